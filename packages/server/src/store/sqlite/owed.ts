import {
  asksForGiven,
  type Claim,
  type Coupon,
  type RecordKey,
  type Stock,
  type UserCoupon,
} from "../../domain/records.ts";
import type { Change, WorkingCopy } from "../../domain/working-copy.ts";

/** What a command may need to know that is decided on what is owed. Holds are never owed, and so always in the tables. */
const answered = new Set<RecordKey["need"]>([
  "coupon",
  "userCoupon",
  "claim",
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
    if (record === "stock") return [value.remaining, value.claimed, value.promised].every(isCount);
    if (record === "userCoupon") return isCount(value.slot) && (!fresh || isCounted(value, records));
    return record === "claim";
  });

/** Whether it is known how many the person has now of all coupons, and of this one if anybody will ask for that. */
function isCounted({ appid, openid, outCouponId }: UserCoupon, records: WorkingCopy): boolean {
  if (records.knownCount("walletSize", [appid, openid]) === undefined) return false;
  const coupon = records.knownCoupon(appid, outCouponId);
  return records.knownCount("given", [appid, outCouponId, openid]) !== undefined || (!!coupon && !asksForGiven(coupon));
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** What a commit leaves to be owed: what it changed, the copy that was decided on, and its entries. */
export type Left = { changes: readonly Change[]; records: WorkingCopy; entries: number; first: number; last: number };

/** What is owed of one wallet. */
type Wallet = {
  /** How many user coupons it holds; undefined: as many as before. */
  size: number | undefined;
  /** In the order in which they were written; of a slot the last counts. Most wallets owe one. */
  coupons: UserCoupon[];
  /** How many the person was given of coupons that have a limit; of a coupon the last counts. */
  given: { outCouponId: string; count: number }[];
};

/** What is owed of one app. */
class Debt {
  readonly stocks = new Map<string, Stock>();
  readonly claims = new Map<string, Claim>();
  /** By their own ids: those that have one, each of another coupon. */
  readonly userCoupons = new Map<string, UserCoupon[]>();
  readonly wallets = new Map<string, Wallet>();
}

/** A coupon, and the id of its row. */
export type Met = { coupon: Coupon; id: number };

/** How many coupons are remembered. */
const COUPONS_MET = 10_000;

/** What the entries of some time say that is not in the tables. */
class Generation {
  readonly debts = new Map<string, Debt>();
  entries = 0;
  /** The first and the last entry in it. */
  first = 0;
  last = 0;

  of(appid: string): Debt {
    let debt = this.debts.get(appid);
    if (!debt) {
      debt = new Debt();
      this.debts.set(appid, debt);
    }
    return debt;
  }
}

/** What two generations tell: what is newer goes first. It goes on telling that when they are settled. */
export class Told {
  readonly filling: Generation;
  readonly settling: Generation | undefined;

  constructor(filling: Generation, settling?: Generation) {
    this.filling = filling;
    this.settling = settling;
  }

  stock = (appid: string, outCouponId: string): Stock | undefined =>
    this.#find(appid, ({ stocks }) => stocks.get(outCouponId));

  claim = (appid: string, requestId: string): Claim | undefined =>
    this.#find(appid, ({ claims }) => claims.get(requestId));

  userCoupon = (appid: string, outCouponId: string, outUserCouponId: string): UserCoupon | undefined =>
    this.#find(appid, ({ userCoupons }) =>
      userCoupons.get(outUserCouponId)?.findLast((one) => one.outCouponId === outCouponId),
    );

  /** How many user coupons a wallet holds; undefined where the tables know. */
  walletSize = (appid: string, openid: string): number | undefined =>
    this.#find(appid, ({ wallets }) => wallets.get(openid)?.size);

  /** How many of a coupon a person was given; undefined where the tables know. */
  given = (appid: string, outCouponId: string, openid: string): number | undefined =>
    this.#find(
      appid,
      ({ wallets }) => wallets.get(openid)?.given.findLast((one) => one.outCouponId === outCouponId)?.count,
    );

  /** The user coupon in a slot of a wallet; undefined where the tables know. */
  inSlot = (appid: string, openid: string, slot: number): UserCoupon | undefined =>
    this.#find(appid, ({ wallets }) => wallets.get(openid)?.coupons.findLast((one) => one.slot === slot));

  #find<T>(appid: string, find: (debt: Debt) => T | undefined): T | undefined {
    const filling = this.filling.debts.get(appid);
    const found = filling && find(filling);
    if (found !== undefined || !this.settling) return found;
    const settling = this.settling.debts.get(appid);
    return settling && find(settling);
  }
}

/**
 * What was acknowledged and stands in the journal, but in no other table yet. All that it tells is how something is now,
 * never by how much it changed: what it knows goes before what the tables say, and of what it does not know the tables
 * are exact. It forgets a generation at once, after all of it was written to the tables.
 */
export class Owed {
  readonly #coupons = new Map<string, Met>();
  readonly #couponsById = new Map<number, Coupon>();

  /** What it tells now. Whoever reads the tables too takes this first: what is settled meanwhile is still in it. */
  told = new Told(new Generation());

  /** How many generations were settled. */
  generations = 0;

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
    const { filling, settling } = this.told;
    if (settling) throw new Error("a generation is being settled already");
    if (filling.entries > 0) this.told = new Told(new Generation(), filling);
  }

  /** The closed generation is in the tables. */
  settled(): void {
    this.generations++;
    this.told = new Told(this.told.filling);
  }

  /** All of it is in the tables, or they say something newer. */
  forget(): void {
    this.#coupons.clear();
    this.#couponsById.clear();
    this.told = new Told(new Generation());
  }

  /** A coupon that was met since the tables were last written to otherwise: what may be owed changes none. */
  met(appid: string, outCouponId: string, meet: () => Met | undefined): Met | undefined {
    return remembered(this.#coupons, `${appid}\0${outCouponId}`, meet);
  }

  /** The same by the id of its row, for whoever knows that it is there. */
  metById(id: number, meet: () => Coupon): Coupon {
    return remembered(this.#couponsById, id, meet) as Coupon;
  }

  /** Notes what a commit changed. */
  add({ changes, records, entries, first, last }: Left): void {
    const { filling } = this.told;
    if (filling.entries === 0) filling.first = first;
    filling.entries += entries;
    filling.last = last;
    for (const { record, value, fresh } of changes) {
      const debt = filling.of(value.appid);
      if (record === "stock") debt.stocks.set(value.outCouponId, value);
      else if (record === "claim") debt.claims.set(value.requestId, value);
      else if (record === "userCoupon") {
        const same = debt.userCoupons.get(value.outUserCouponId);
        if (same) same.push(value);
        else debt.userCoupons.set(value.outUserCouponId, [value]);
        addToWallet(debt, value, fresh, records);
      }
    }
  }

  /** Tells a copy what is owed of a key; answers whether that is all of it, so that no table need be asked. */
  tell(key: RecordKey, records: WorkingCopy): boolean {
    if (this.entries === 0) return false;
    const { told } = this;
    const { need, appid } = key;
    if (need === "claim") {
      const claim = told.claim(appid, key.requestId);
      if (claim) records.provide(need, [appid, key.requestId], claim);
      return claim !== undefined;
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

function remembered<K, T>(known: Map<K, T>, key: K, meet: () => T | undefined): T | undefined {
  const there = known.get(key);
  if (there) return there;
  const met = meet();
  if (known.size >= COUPONS_MET) known.clear();
  if (met) known.set(key, met);
  return met;
}

/** `fresh`: the person did not have it before. */
function addToWallet(debt: Debt, value: UserCoupon, fresh: boolean, records: WorkingCopy): void {
  const { appid, openid, outCouponId } = value;
  let wallet = debt.wallets.get(openid);
  if (!wallet) {
    wallet = { size: undefined, coupons: [], given: [] };
    debt.wallets.set(openid, wallet);
  }
  wallet.coupons.push(value);
  if (!fresh) return;
  wallet.size = records.walletSize(appid, openid);
  const given = records.knownCount("given", [appid, outCouponId, openid]);
  if (given !== undefined) wallet.given.push({ outCouponId, count: given });
}
