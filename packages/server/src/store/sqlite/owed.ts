import type { JournalEntry } from "../../domain/journal-entry.ts";
import { asksForGiven, type RecordKey, type UserCoupon } from "../../domain/records.ts";
import type { Change, WorkingCopy } from "../../domain/working-copy.ts";
import { Generation, type ReadSteps, type Sizes } from "./generation.ts";
import { Steady } from "./steady.ts";

/** What a command may need to know that is decided on what is owed. Holds are never owed, and so always in the tables. */
const answered = new Set<RecordKey["need"]>([
  "coupon",
  "userCoupon",
  "claim",
  "order",
  "hold",
  "holdsOf",
  "walletSize",
  "given",
]);

/** Whether all that keys name can be told while something is owed. */
export const canBeTold = (keys: readonly RecordKey[]): boolean => keys.every(({ need }) => answered.has(need));

/**
 * Whether changes may be owed: they all follow from what the journal says of them, what a wallet comes to is known, and
 * nothing in them is what the tables refuse, so that whoever decided wrongly is told at once.
 */
export const canBeOwed = (changes: readonly Change[], records: WorkingCopy): boolean =>
  changes.every(({ record, value, fresh }) => {
    if (record === "stock") return isCount(value.remaining) && isCount(value.claimed) && isCount(value.promised);
    if (record === "userCoupon") return isCount(value.slot) && (!fresh || isCounted(value, records));
    return record === "claim" || record === "order";
  });

/** Whether it is known how many the person has now of all coupons, and of this one if anybody will ask for that. */
function isCounted({ appid, openid, outCouponId }: UserCoupon, records: WorkingCopy): boolean {
  if (records.knownCount("walletSize", [appid, openid]) === undefined) return false;
  const coupon = records.knownCoupon(appid, outCouponId);
  return records.knownCount("given", [appid, outCouponId, openid]) !== undefined || (!!coupon && !asksForGiven(coupon));
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** What a commit leaves to be owed: its entries, the last of all of them last, and the copy that was decided on. */
export type Left = { journal: readonly JournalEntry[]; records: WorkingCopy };

/** How many generations are remembered, after they were settled, for what they say of the sizes of wallets. */
const REMEMBERED = 6;

/**
 * What two generations tell: what is newer goes first. It goes on telling that when they are settled. Sizes of wallets
 * still are what those before them say.
 */
export class Told {
  readonly filling: Generation;
  readonly settling: Generation | undefined;
  readonly before: readonly Sizes[];

  constructor(filling: Generation, settling: Generation | undefined, before: readonly Sizes[]) {
    this.filling = filling;
    this.settling = settling;
    this.before = before;
  }

  stock = (appid: string, outCouponId: string) => this.#ask((of) => of.stock(appid, outCouponId));
  claim = (appid: string, requestId: string) => this.#ask((of) => of.claim(appid, requestId));
  order = (appid: string, outOrderId: string) => this.#ask((of) => of.order(appid, outOrderId));
  userCoupon = (appid: string, outCouponId: string, outUserCouponId: string) =>
    this.#ask((of) => of.userCoupon(appid, outCouponId, outUserCouponId));
  /** How many user coupons a wallet holds; undefined where the tables know. */
  walletSize = (appid: string, openid: string): number | undefined => {
    let size = this.#ask(({ sizes }) => sizes.get(appid, openid));
    for (const sizes of this.before) size ??= sizes.get(appid, openid);
    return size;
  };
  /** How many of a coupon a person was given; undefined where the tables know. */
  given = (appid: string, outCouponId: string, openid: string) =>
    this.#ask((of) => of.given(appid, outCouponId, openid));
  /** The user coupons of a wallet that are not in the tables as they are now, by their slots. */
  inWallet = (appid: string, openid: string): Map<number, UserCoupon> =>
    new Map([this.settling, this.filling].flatMap((of) => (of ? [...of.inWallet(appid, openid)] : [])));

  #ask<T>(ask: (of: Generation) => T | undefined): T | undefined {
    return ask(this.filling) ?? (this.settling && ask(this.settling));
  }
}

/**
 * What was acknowledged and stands in the journal, but in no other table yet. All that it tells is how something is now,
 * never by how much it changed: what it knows goes before what the tables say, and of what it does not know the tables
 * are exact. It forgets a generation at once, after all of it was written to the tables.
 */
export class Owed {
  /** What it was decided on beside that, and goes on being so. */
  readonly steady = new Steady();
  /** Where journals end that were added to. */
  readonly #digests = new Map<string, string>();

  /** What it tells now. Whoever reads the tables too takes this first: what is settled meanwhile is still in it. */
  told: Told;

  /** How many generations were settled. */
  generations = 0;

  readonly #steps: ReadSteps;

  /** `steps` reads what was committed. */
  constructor(steps: ReadSteps) {
    this.#steps = steps;
    this.told = new Told(new Generation(steps), undefined, []);
  }

  /** How many entries are owed. */
  get entries(): number {
    const { filling, settling } = this.told;
    return filling.entries + (settling?.entries ?? 0);
  }

  /** Whether anything is owed that an entry says. */
  has(entry: number): boolean {
    const oldest = this.told.settling ?? this.told.filling;
    return oldest.entries > 0 && oldest.first <= entry;
  }

  /** The last entry of the generation that is being settled; undefined while none is. */
  get settlingThrough(): number | undefined {
    return this.told.settling?.last;
  }

  /** Closes the generation that is being filled, so that it can be settled. */
  close(): void {
    const { filling, settling, before } = this.told;
    if (settling) throw new Error("a generation is being settled already");
    if (filling.entries > 0) this.told = new Told(new Generation(this.#steps), filling, before);
  }

  /** The closed generation is in the tables. */
  settled(): void {
    const { filling, settling, before } = this.told;
    this.generations++;
    this.told = new Told(filling, undefined, settling ? [settling.sizes, ...before].slice(0, REMEMBERED) : before);
  }

  /** All of it is in the tables, or they say something newer. */
  forget(): void {
    this.steady.forget();
    this.#digests.clear();
    this.told = new Told(new Generation(this.#steps), undefined, []);
  }

  /** Notes what a commit left. */
  add({ journal, records }: Left): void {
    this.told.filling.add(journal, records);
    for (const { appid, digest } of journal) this.#digests.set(appid, digest);
  }

  /** The digest of an app's last entry, where one was added. */
  digest = (appid: string): string | undefined => this.#digests.get(appid);

  /** Tells a copy what is owed of a key; answers whether that is all of it, so that no table need be asked. */
  tell(key: RecordKey, records: WorkingCopy): boolean {
    const { told } = this;
    const { need, appid } = key;
    if (need === "claim") {
      const claim = told.claim(appid, key.requestId);
      if (claim) records.provide(need, [appid, key.requestId], claim);
      return claim !== undefined;
    }
    if (need === "order") {
      const order = told.order(appid, key.outOrderId);
      if (order) records.provide(need, [appid, key.outOrderId], order);
      return order !== undefined;
    }
    if (need === "userCoupon") {
      const found = told.userCoupon(appid, key.outCouponId, key.outUserCouponId);
      if (found) records.provide(need, [appid, key.outCouponId, key.outUserCouponId], found);
      return found !== undefined;
    }
    if (need === "walletSize") {
      const size = told.walletSize(appid, key.openid);
      if (size !== undefined) records.provideCount(need, [appid, key.openid], size);
      return size !== undefined;
    }
    if (need === "given") {
      const given = told.given(appid, key.outCouponId, key.openid);
      if (given !== undefined) records.provideCount(need, [appid, key.outCouponId, key.openid], given);
      return given !== undefined;
    }
    return false;
  }
}
