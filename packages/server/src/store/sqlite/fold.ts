import { subjectsOf } from "../../domain/journal.ts";
import type { Claim, Order, Stock, UserCoupon } from "../../domain/records.ts";
import { Tallies, type Tally } from "../../domain/reports/tally.ts";
import type { Step } from "../../domain/working-copy.ts";
import type { Said } from "../sql/journal-rows.ts";
import { NONE, type Numbers } from "./numbers.ts";
import { Runs } from "./runs.ts";
import { type InWallet, inWallet, type PutRow, type Putter } from "./save.ts";

/** An entry of the journal, and whose it is. */
export type Entry = { appid: string; said: Said };

type Options = {
  /** The entries are those above `from`, up to `through`. */
  from: number;
  through: number;
  entries: Iterator<Entry>;
  puts: Putter;
  numbers: Numbers;
};

/**
 * What some entries of the journal say, as rows of tables. User coupons are put in the order in which they came, at the end
 * of their table and its indexes, as often as they were changed; then what names their rows, in its own order, so that a page
 * that many are on is written once.
 */
export class Fold {
  readonly from: number;
  readonly through: number;
  readonly #options: Options;
  readonly #stocks = new Map<string, Stock>();
  readonly #userCoupons: Given[] = [];
  /** In the order in which they came, as they are listed. */
  readonly #orders: PutRow[] = [];
  readonly #wallets = new Runs<Given>(byWallet);
  readonly #claims = new Runs<Claimed>(byRequest);
  readonly #touched: { appid: string; subject: string; seq: number }[] = [];
  readonly #tallies = new Tallies();
  /** Whether all entries were read. */
  isRead = false;
  readonly #writing = this.#writeAll();

  constructor(options: Options) {
    const { from, through } = options;
    this.from = from;
    this.through = through;
    this.#options = options;
  }

  /** What is counted by all entries. */
  get tallies(): Tally[] {
    return this.#tallies.all;
  }

  /** Reads so many entries; answers how many fewer there were. */
  read(count: number): number {
    let left = count;
    for (; left > 0 && !this.isRead; left--) {
      const next = this.#options.entries.next();
      if (next.done) this.isRead = true;
      else this.#add(next.value);
    }
    return left;
  }

  /** Writes so many rows, once all is read; answers whether that was all of them. */
  write(count: number): boolean {
    for (let left = count; left > 0; left--) if (this.#writing.next().done) return true;
    return false;
  }

  #add({ appid, said: { seq, at, command, by, text } }: Entry): void {
    const steps = JSON.parse(text) as Step[];
    for (const subject of subjectsOf({ by: by as never, steps })) this.#touched.push({ appid, subject, seq });
    this.#tallies.add({ appid, at, command, steps });
    for (const step of steps) this.#note(appid, seq, step);
  }

  /** The steps are its own: what the journal said was just read. */
  #note(appid: string, seq: number, { record, before, after }: Step): void {
    const { puts, numbers } = this.#options;
    const value = after as { appid: string; entry?: number };
    value.appid = appid;
    if (record === "stock") this.#stocks.set(`${appid}\0${(after as Stock).outCouponId}`, after as Stock);
    else if (record === "claim") this.#noteClaim(after as Claim);
    else if (record === "order") this.#orders.push(puts.order.rowOf(after as Order, numbers));
    else if (record === "userCoupon") {
      if (before === null) value.entry = seq;
      this.#noteUserCoupon(after as UserCoupon, before === null);
    } else throw new Error(`entry ${seq} owes a record that cannot be: ${record}`);
  }

  #noteUserCoupon(userCoupon: UserCoupon, isNew: boolean): void {
    const { puts, numbers } = this.#options;
    const row = puts.userCoupon.rowOf(userCoupon, numbers);
    const { outUserCouponId } = userCoupon;
    const { app, openid, slot, coupon } = inWallet(userCoupon, numbers);
    const given = { app, openid, slot, coupon, outUserCouponId, isNew, row, id: NONE };
    this.#userCoupons.push(given);
    if (isNew) this.#wallets.add(given);
  }

  /** What is claimed was recorded just before, unless the merchant had recorded it himself. */
  #noteClaim(claim: Claim): void {
    const { numbers } = this.#options;
    const { requestId, outUserCouponId } = claim;
    const coupon = numbers.coupon(claim);
    const last = this.#userCoupons.at(-1);
    const isOfLast = last?.isNew && last.outUserCouponId === outUserCouponId && last.coupon === coupon;
    const given = isOfLast ? last : undefined;
    this.#claims.add({ app: numbers.app(claim.appid), requestId, coupon, outUserCouponId, given });
  }

  /** Goes on after each row. */
  *#writeAll(): Generator<void, void> {
    const { puts, numbers } = this.#options;
    for (const stock of this.#stocks.values()) yield void puts.stock.put(puts.stock.rowOf(stock, numbers));
    yield* this.#writeUserCoupons();
    for (let one = this.#wallets.take(); one; one = this.#wallets.take()) yield void puts.wallet(one, one.id);
    for (let one = this.#claims.take(); one; one = this.#claims.take())
      yield void puts.claim(one.app, one.requestId, one.given?.id ?? puts.idOf(one.coupon, one.outUserCouponId));
    for (const row of this.#orders) yield void puts.order.put(row);
    for (const { appid, subject, seq } of this.#touched) yield puts.touch(numbers.app(appid), subject, seq);
  }

  /**
   * They are numbered on from the last row, unless that tells that this was begun before: then they may be there already.
   * Nobody else adds rows without settling first.
   */
  *#writeUserCoupons(): Generator<void, void> {
    const { puts, from } = this.#options;
    let { id: last, entry } = puts.last();
    const wasBegun = entry > from;
    for (const given of this.#userCoupons) {
      if (given.isNew && !wasBegun) given.id = ++last;
      puts.userCoupon.put(given.row, given.id === NONE ? null : given.id);
      if (given.isNew && wasBegun) given.id = puts.idOf(given.coupon, given.outUserCouponId);
      yield;
    }
    if (!wasBegun && puts.last().id !== last) throw new Error(`entries after ${from} recorded what was there before`);
  }
}

/** A user coupon as an entry left it, and the number of its row once that is put; `isNew`: it was recorded by the entry. */
type Given = InWallet & { outUserCouponId: string; isNew: boolean; row: PutRow; id: number };
/** A claim; `given` where its user coupon was recorded with it. */
type Claimed = Pick<Given, "app" | "coupon" | "outUserCouponId"> & { requestId: string; given: Given | undefined };

const byWallet = (a: Given, b: Given): number => a.app - b.app || compare(a.openid, b.openid) || a.slot - b.slot;
const byRequest = (a: Claimed, b: Claimed): number => a.app - b.app || compare(a.requestId, b.requestId);
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
