import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { Claim, Order, RecordKind, RecordOf, Stock, UserCoupon } from "../../domain/records.ts";
import type { Step, WorkingCopy } from "../../domain/working-copy.ts";

/** The numbers of the entries that say something, the last of them last. Most often there is one. */
type Entries = number | number[];

/** Reads the steps of an entry of an app's journal. */
export type ReadSteps = (appid: string, seq: number) => Step[];

/** What is owed of one app: counts and stocks as they are now, and which entries say what else there is. */
class Debt {
  readonly stocks = new Map<string, Stock>();
  /** By their requests. */
  readonly claims = new Map<string, number>();
  readonly orders = new Map<string, number>();
  /** By their own ids: whichever coupon they are of. */
  readonly userCoupons = new Map<string, Entries>();
  /** By whose they are. */
  readonly wallets = new Map<string, Entries>();
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
 * What the entries of some time say that is not in the tables. Records are read from the journal: hardly anybody asks for
 * them, and as objects they would be most of what is kept and collected.
 */
export class Generation {
  readonly #debts = new Map<string, Debt>();
  readonly #steps: ReadSteps;
  readonly sizes = new Sizes();
  entries = 0;
  /** The first and the last entry in it. */
  first = 0;
  last = 0;

  constructor(steps: ReadSteps) {
    this.#steps = steps;
  }

  /** Adds what was committed on a copy. */
  add(journal: readonly JournalEntry[], records: WorkingCopy): void {
    for (const { appid, seq, steps } of journal) {
      if (this.entries === 0) this.first = seq;
      this.last = seq;
      this.entries++;
      const debt = this.#of(appid);
      for (const step of steps) {
        note(debt, step, seq);
        if (step.record === "userCoupon" && step.before === null) this.#count(debt, step.after as UserCoupon, records);
      }
    }
  }

  stock = (appid: string, outCouponId: string): Stock | undefined => this.#debts.get(appid)?.stocks.get(outCouponId);

  claim(appid: string, requestId: string): Claim | undefined {
    const seq = this.#debts.get(appid)?.claims.get(requestId);
    return this.#read("claim", appid, seq, (claim) => claim.requestId === requestId);
  }

  order(appid: string, outOrderId: string): Order | undefined {
    const seq = this.#debts.get(appid)?.orders.get(outOrderId);
    return this.#read("order", appid, seq, (order) => order.outOrderId === outOrderId);
  }

  userCoupon(appid: string, outCouponId: string, outUserCouponId: string): UserCoupon | undefined {
    const seqs = this.#debts.get(appid)?.userCoupons.get(outUserCouponId);
    const isIt = (one: UserCoupon) => one.outUserCouponId === outUserCouponId && one.outCouponId === outCouponId;
    return this.#read("userCoupon", appid, seqs, isIt);
  }

  /** The user coupons of a wallet that are owed, by their slots. */
  inWallet(appid: string, openid: string): Map<number, UserCoupon> {
    const found = new Map<number, UserCoupon>();
    for (const seq of each(this.#debts.get(appid)?.wallets.get(openid)))
      for (const { record, after } of this.#steps(appid, seq)) {
        const userCoupon = Object.assign(after, { appid }) as UserCoupon;
        if (record === "userCoupon" && userCoupon.openid === openid) found.set(userCoupon.slot, userCoupon);
      }
    return found;
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

  /** A record as the last of some entries that says anything of it says that it is. */
  #read<K extends RecordKind>(
    kind: K,
    appid: string,
    seqs: Entries | undefined,
    isIt: (value: RecordOf[K]) => boolean,
  ): RecordOf[K] | undefined {
    for (const seq of each(seqs).toReversed())
      for (const { record, after } of this.#steps(appid, seq).toReversed())
        if (record === kind && isIt(after as RecordOf[K])) return Object.assign(after, { appid }) as RecordOf[K];
  }
}

const each = (seqs: Entries = []): readonly number[] => (typeof seqs === "number" ? [seqs] : seqs);

function note(debt: Debt, { record, after }: Step, seq: number): void {
  if (record === "stock") debt.stocks.set((after as Stock).outCouponId, after as Stock);
  else if (record === "claim") debt.claims.set((after as Claim).requestId, seq);
  else if (record === "order") debt.orders.set((after as Order).outOrderId, seq);
  else if (record === "userCoupon") {
    const { openid, outUserCouponId } = after as UserCoupon;
    add(debt.userCoupons, outUserCouponId, seq);
    add(debt.wallets, openid, seq);
  }
}

function add(to: Map<string, Entries>, id: string, seq: number): void {
  const before = to.get(id);
  if (before === undefined) to.set(id, seq);
  else if (typeof before === "number") to.set(id, [before, seq]);
  else before.push(seq);
}

function givenOf({ given }: Debt, outCouponId: string): Map<string, number> {
  let ofCoupon = given.get(outCouponId);
  if (!ofCoupon) {
    ofCoupon = new Map();
    given.set(outCouponId, ofCoupon);
  }
  return ofCoupon;
}
