import type { Claim, Order, RecordKind, RecordOf, Stock, UserCoupon } from "../../domain/records.ts";
import type { Step, WorkingCopy } from "../../domain/working-copy.ts";
import { ENTRIES_A_ROW, type NewRow, saidAt } from "../sql/journal-rows.ts";
import type { JournalEntry } from "../store.ts";

/** Entries that were committed together, those together that share a row: how many, the first and the last number. */
export type Committed = {
  written: readonly { entries: readonly JournalEntry[]; row: NewRow }[];
  count: number;
  first: number;
  last: number;
};

/** Where an entry stands: the number of its row times {@link ENTRIES_A_ROW}, and its place in that. */
type Place = number;
/** Where something is said, the last place last. Most often there is one. */
type Places = Place | Place[];

/** What is owed of one app: counts and stocks as they are now, and where it is said what else there is. */
class Debt {
  readonly stocks = new Map<string, Stock>();
  /** By their requests. */
  readonly claims = new Map<string, Place>();
  readonly orders = new Map<string, Place>();
  /** By their own ids: whichever coupon they are of. */
  readonly userCoupons = new Map<string, Places>();
  /** By whose they are. */
  readonly wallets = new Map<string, Places>();
  /** How many of a coupon that has a limit somebody was given who got one: by the coupon, and whose they are. */
  readonly given = new Map<string, Map<string, number>>();
}

/** How many user coupons they have who got one, by their app and who they are. */
export class Sizes {
  readonly #ofApps = new Map<string, Map<string, number>>();

  get = (appid: string, openid: string): number | undefined => this.#ofApps.get(appid)?.get(openid);

  set(appid: string, openid: string, size: number): void {
    const ofApp = this.#ofApps.get(appid);
    if (ofApp) ofApp.set(openid, size);
    else this.#ofApps.set(appid, new Map([[openid, size]]));
  }
}

/**
 * What the entries of some time say that is not in the tables. The records are read from the texts of the journal's rows:
 * hardly anybody asks for them, and as objects they would be most of what is kept and collected.
 */
export class Generation {
  readonly #debts = new Map<string, Debt>();
  readonly #rows: NewRow[] = [];
  readonly sizes = new Sizes();
  entries = 0;
  /** The first and the last entry in it. */
  first = 0;
  last = 0;

  /** Adds what was committed on a copy. */
  add({ written, count, first, last }: Committed, records: WorkingCopy): void {
    if (this.entries === 0) this.first = first;
    this.last = last;
    this.entries += count;
    for (const { entries, row } of written) {
      const place = this.#rows.push(row) * ENTRIES_A_ROW - ENTRIES_A_ROW;
      for (const [i, { appid, steps }] of entries.entries()) {
        const debt = this.#of(appid);
        for (const step of steps) {
          note(debt, step, place + i);
          if (step.record === "userCoupon" && step.before === null)
            this.#count(debt, step.after as UserCoupon, records);
        }
      }
    }
  }

  stock = (appid: string, outCouponId: string): Stock | undefined => this.#debts.get(appid)?.stocks.get(outCouponId);

  claim(appid: string, requestId: string): Claim | undefined {
    const place = this.#debts.get(appid)?.claims.get(requestId);
    return this.#read("claim", appid, place, (claim) => claim.requestId === requestId);
  }

  order(appid: string, outOrderId: string): Order | undefined {
    const place = this.#debts.get(appid)?.orders.get(outOrderId);
    return this.#read("order", appid, place, (order) => order.outOrderId === outOrderId);
  }

  userCoupon(appid: string, outCouponId: string, outUserCouponId: string): UserCoupon | undefined {
    const places = this.#debts.get(appid)?.userCoupons.get(outUserCouponId);
    const isIt = (one: UserCoupon) => one.outUserCouponId === outUserCouponId && one.outCouponId === outCouponId;
    return this.#read("userCoupon", appid, places, isIt);
  }

  inSlot(appid: string, openid: string, slot: number): UserCoupon | undefined {
    const places = this.#debts.get(appid)?.wallets.get(openid);
    return this.#read("userCoupon", appid, places, (one) => one.openid === openid && one.slot === slot);
  }

  given = (appid: string, outCouponId: string, openid: string): number | undefined =>
    this.#debts.get(appid)?.given.get(outCouponId)?.get(openid);

  /** Notes what somebody has who got a user coupon. */
  #count(debt: Debt, { appid, openid, outCouponId }: UserCoupon, records: WorkingCopy): void {
    this.sizes.set(appid, openid, records.walletSize(appid, openid));
    const given = records.knownCount("given", [appid, outCouponId, openid]);
    if (given !== undefined) givenOf(debt, outCouponId).set(openid, given);
  }

  #of(appid: string): Debt {
    let debt = this.#debts.get(appid);
    if (!debt) {
      debt = new Debt();
      this.#debts.set(appid, debt);
    }
    return debt;
  }

  /** A record as the last of some places that says anything of it says that it is. */
  #read<K extends RecordKind>(
    kind: K,
    appid: string,
    places: Places | undefined,
    isIt: (value: RecordOf[K]) => boolean,
  ): RecordOf[K] | undefined {
    if (places === undefined) return;
    for (const place of typeof places === "number" ? [places] : places.toReversed()) {
      const row = this.#rows[Math.floor(place / ENTRIES_A_ROW)] as NewRow;
      const steps = JSON.parse(saidAt(row, place % ENTRIES_A_ROW).text) as Step[];
      for (const { record, after } of steps.toReversed())
        if (record === kind && isIt(after as RecordOf[K])) return Object.assign(after, { appid }) as RecordOf[K];
    }
  }
}

function note(debt: Debt, { record, after }: Step, place: Place): void {
  if (record === "stock") debt.stocks.set((after as Stock).outCouponId, after as Stock);
  else if (record === "claim") debt.claims.set((after as Claim).requestId, place);
  else if (record === "order") debt.orders.set((after as Order).outOrderId, place);
  else if (record === "userCoupon") {
    const { openid, outUserCouponId } = after as UserCoupon;
    addPlace(debt.userCoupons, outUserCouponId, place);
    addPlace(debt.wallets, openid, place);
  }
}

function addPlace(to: Map<string, Places>, id: string, place: Place): void {
  const before = to.get(id);
  if (before === undefined) to.set(id, place);
  else if (typeof before === "number") to.set(id, [before, place]);
  else before.push(place);
}

function givenOf({ given }: Debt, outCouponId: string): Map<string, number> {
  let ofCoupon = given.get(outCouponId);
  if (!ofCoupon) {
    ofCoupon = new Map();
    given.set(outCouponId, ofCoupon);
  }
  return ofCoupon;
}
