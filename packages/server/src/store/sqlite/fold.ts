import { subjectsOf } from "../../domain/journal.ts";
import type { Claim, Stock, UserCoupon } from "../../domain/records.ts";
import { Tallies, type Tally } from "../../domain/reports/tally.ts";
import type { Step } from "../../domain/working-copy.ts";
import type { Said } from "../sql/journal-rows.ts";
import type { Numbers } from "./numbers.ts";
import { Runs } from "./runs.ts";
import type { Put, PutRow, Putter } from "./save.ts";

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
 * What some entries of the journal say, as rows of tables. They are put in the order of indexes, so that a page that many of
 * them are on is written once: claims after what they name, and what was changed again as often as it was.
 */
export class Fold {
  readonly from: number;
  readonly through: number;
  readonly #options: Options;
  readonly #stocks = new Map<string, Stock>();
  readonly #userCoupons: Runs<PutRow>;
  readonly #claims: Runs<PutRow>;
  readonly #touched: { appid: string; subject: string; seq: number }[] = [];
  readonly #tallies = new Tallies();
  /** Whether all entries were read. */
  isRead = false;
  readonly #writing = this.#writeAll();

  constructor(options: Options) {
    const { from, through, puts } = options;
    this.from = from;
    this.through = through;
    this.#options = options;
    this.#userCoupons = new Runs(inOrder(puts.userCoupon, ["app", "openid", "slot"]));
    this.#claims = new Runs(inOrder(puts.claim, ["app", "request_id"]));
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
    else if (record === "claim") this.#claims.add(puts.claim.rowOf(after as Claim, numbers));
    else if (record === "userCoupon") {
      if (before === null) value.entry = seq;
      this.#userCoupons.add(puts.userCoupon.rowOf(after as UserCoupon, numbers));
    } else throw new Error(`entry ${seq} owes a record that cannot be: ${record}`);
  }

  /** Goes on after each row. */
  *#writeAll(): Generator<void, void> {
    const { puts, numbers } = this.#options;
    for (const stock of this.#stocks.values()) yield puts.stock.put(puts.stock.rowOf(stock, numbers));
    for (let row = this.#userCoupons.take(); row; row = this.#userCoupons.take()) yield puts.userCoupon.put(row);
    for (let row = this.#claims.take(); row; row = this.#claims.take()) yield puts.claim.put(row);
    for (const { appid, subject, seq } of this.#touched) yield puts.touch(numbers.app(appid), subject, seq);
  }
}

/** The order of an index, of an app's number, a text and maybe another number. */
function inOrder(put: Put<never>, [app, text, number = app]: [app: string, text: string, number?: string]) {
  const [first, second, third] = [put.at(app), put.at(text), put.at(number)] as [number, number, number];
  return (a: PutRow, b: PutRow): number =>
    (a[first] as number) - (b[first] as number) ||
    compare(a[second] as string, b[second] as string) ||
    (a[third] as number) - (b[third] as number);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
