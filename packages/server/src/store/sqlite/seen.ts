import type { RecordKey, RecordKind } from "../../domain/records.ts";
import type { Change, WorkingCopy } from "../../domain/working-copy.ts";
import { Bits } from "./bits.ts";
import type { Numbers } from "./numbers.ts";
import type { Reading } from "./seen-rows.ts";

/** How many things are noted of a record. */
const thingsOf: { [K in RecordKind]?: number } = { claim: 1, order: 1, userCoupon: 3 };
/** The same of a user coupon that was claimed. */
const THINGS_A_ROW = 4;
/** How long no other process may have written until it is worth reading the tables anew, in milliseconds. */
const QUIET = 10_000;

type Options = {
  /** Begins to note the rows of the tables. */
  read: (bits: Bits) => Reading;
  /** About how many user coupons there are. */
  rows: () => number;
  /** How many bits there are at least. */
  bits?: number | undefined;
};

/**
 * Which requests, wallets, user coupons and orders there may be: of those that surely are new nobody need look into the tables. It
 * knows nothing until all rows were read, beside what goes on, with what is written meanwhile noted too; and nothing again
 * from when another process wrote.
 */
export class Seen {
  readonly #options: Options;
  #bits: Bits | undefined;
  #reading: Reading | undefined;
  #isWhole = false;
  #noted = 0;
  #forgotAt = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins to read what the tables hold, which is all there is; what comes after that is to be noted. */
  begin(): void {
    this.#drop();
    const { read, rows, bits: least } = this.#options;
    this.#noted = THINGS_A_ROW * rows();
    const bits = Bits.for(2 * this.#noted, least);
    const reading = read(bits);
    this.#bits = bits;
    this.#reading = reading;
    void reading.done.then((isWhole) => {
      if (this.#reading !== reading) return;
      if (isWhole) this.#isWhole = true;
      else this.forget();
    });
  }

  /** Begins anew, where it is worth it, at a time when the tables hold all there is. */
  beginAnew(): void {
    const isFull = this.#bits !== undefined && this.#noted > this.#bits.room;
    if (isFull || (!this.#bits && performance.now() - this.#forgotAt > QUIET)) this.begin();
  }

  /** Knows nothing any more: another process wrote, or the tables could not be read. */
  forget(): void {
    this.#drop();
    this.#forgotAt = performance.now();
  }

  /** Notes what a commit made. */
  note(changes: readonly Change[], numbers: Numbers): void {
    const bits = this.#bits;
    if (!bits) return;
    for (const { record, value, fresh } of changes) {
      if (!fresh) continue;
      this.#noted += thingsOf[record] ?? 0;
      if (record === "claim") bits.note("request", numbers.app(value.appid), value.requestId);
      else if (record === "order") bits.note("order", numbers.app(value.appid), value.outOrderId);
      else if (record === "userCoupon") {
        const coupon = numbers.coupon(value);
        bits.note("wallet", numbers.app(value.appid), value.openid);
        bits.note("given", coupon, value.openid);
        bits.note("userCoupon", coupon, value.outUserCouponId);
      }
    }
  }

  /** Tells a copy that there is none of what a key names, where that is sure; answers whether it is. */
  tellNew(key: RecordKey, records: WorkingCopy, numbers: Numbers): boolean {
    const bits = this.#isWhole ? this.#bits : undefined;
    if (!bits) return false;
    const { need, appid } = key;
    if (need === "claim") {
      if (bits.mayHave("request", numbers.app(appid), key.requestId)) return false;
      records.provide(need, [appid, key.requestId], undefined);
      return true;
    }
    if (need === "order") {
      if (bits.mayHave("order", numbers.app(appid), key.outOrderId)) return false;
      records.provide(need, [appid, key.outOrderId], undefined);
      return true;
    }
    if (need === "userCoupon") {
      if (bits.mayHave("userCoupon", numbers.coupon(key), key.outUserCouponId)) return false;
      records.provide(need, [appid, key.outCouponId, key.outUserCouponId], undefined);
      return true;
    }
    if (need === "walletSize") {
      if (bits.mayHave("wallet", numbers.app(appid), key.openid)) return false;
      records.provideCount(need, [appid, key.openid], 0);
      return true;
    }
    if (need === "given") {
      if (bits.mayHave("given", numbers.coupon(key), key.openid)) return false;
      records.provideCount(need, [appid, key.outCouponId, key.openid], 0);
      return true;
    }
    return false;
  }

  #drop(): void {
    this.#reading?.stop();
    this.#bits = undefined;
    this.#reading = undefined;
    this.#isWhole = false;
  }
}
