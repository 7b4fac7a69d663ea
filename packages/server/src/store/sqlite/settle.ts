import type { DatabaseSync } from "node:sqlite";
import { subjectsOf } from "../../domain/journal.ts";
import type { Claim, Order, Stock, UserCoupon } from "../../domain/records.ts";
import { Tallies } from "../../domain/reports/tally.ts";
import type { Step } from "../../domain/working-copy.ts";
import { keptColumns, keptNames, readKept, type Said, saidIn } from "../sql/journal-rows.ts";
import { type AppNumbers, Numbers } from "./numbers.ts";
import { putter, tallySaver } from "./save.ts";
import { query } from "./statements.ts";

/** How many rows of the journal are read at a time. */
const ROWS = 8;

type Owable = { stock: Stock; userCoupon: UserCoupon & { entry?: number }; claim: Claim; order: Order };

/** A record as the last entry about it left it. */
type Put = { [K in keyof Owable]: { record: K; value: Owable[K] } }[keyof Owable];

/** What the entries of the journal from one place to another say, each record once. */
class Fold {
  /** The entries are those above `from`, up to `through`. */
  readonly from: number;
  readonly through: number;
  /** The last entry that was folded. */
  at: number;
  readonly stocks = new Map<string, Stock>();
  readonly userCoupons = new Map<string, Owable["userCoupon"]>();
  readonly claims: Claim[] = [];
  /** In the order in which they were first asked for, as they are listed. */
  readonly orders = new Map<string, Order>();
  readonly touched: { appid: string; subject: string; seq: number }[] = [];
  readonly tallies = new Tallies();
  /** What is still to be written, in the order in which it is found in the tables; undefined until all is folded. */
  puts: Put[] | undefined;

  constructor(from: number, through: number) {
    this.from = from;
    this.at = from;
    this.through = through;
  }

  add(appid: string, { seq, at, command, by, text }: Said): void {
    const steps = JSON.parse(text) as Step[];
    for (const subject of subjectsOf({ by: by as never, steps })) this.touched.push({ appid, subject, seq });
    this.tallies.add({ appid, at, command, steps });
    for (const step of steps) this.#note(appid, seq, step);
    this.at = seq;
  }

  /** The steps are its own: what the journal said was just read. */
  #note(appid: string, seq: number, { record, before, after }: Step): void {
    const value = Object.assign(after, { appid });
    if (record === "stock") this.stocks.set(`${appid}\0${(value as Stock).outCouponId}`, value as Stock);
    else if (record === "claim") this.claims.push(value as Claim);
    else if (record === "order") this.orders.set(`${appid}\0${(value as Order).outOrderId}`, value as Order);
    else if (record === "userCoupon") {
      const userCoupon = value as Owable["userCoupon"];
      const key = `${appid}\0${userCoupon.outUserCouponId}\0${userCoupon.outCouponId}`;
      const entry = before === null ? seq : this.userCoupons.get(key)?.entry;
      if (entry !== undefined) userCoupon.entry = entry;
      this.userCoupons.set(key, userCoupon);
    } else throw new Error(`entry ${seq} owes a record that cannot be: ${record}`);
  }

  /** In the order of the indexes, so that a page that many of them are on is written once. Claims come after what they name. */
  sort(): Put[] {
    const userCoupons = [...this.userCoupons.values()].sort(byWallet);
    const claims = this.claims.sort(byRequest);
    return [
      ...[...this.stocks.values()].map((value) => ({ record: "stock", value }) as const),
      ...userCoupons.map((value) => ({ record: "userCoupon", value }) as const),
      ...claims.map((value) => ({ record: "claim", value }) as const),
      ...[...this.orders.values()].map((value) => ({ record: "order", value }) as const),
    ].reverse();
  }
}

const byWallet = (a: UserCoupon, b: UserCoupon) =>
  compare(a.appid, b.appid) || compare(a.openid, b.openid) || a.slot - b.slot;
const byRequest = (a: Claim, b: Claim) => compare(a.appid, b.appid) || compare(a.requestId, b.requestId);
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * Writes to the tables what the journal says since `settled`. All that it writes is absolute, and counts are added in the
 * commit that moves `settled`: what was begun and not ended is done again, to the same end.
 */
export function settler(db: DatabaseSync, appNumbers: AppNumbers) {
  const selectMark = query(db, "SELECT seq, (SELECT max(seq) FROM journal) FROM settled");
  const moveMark = query(db, "UPDATE settled SET seq = ?");
  const selectRows = query(
    db,
    `SELECT ${keptColumns}, appid FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${ROWS}`,
  );
  const selectCouponId = query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?");
  const touch = query(db, "INSERT INTO touched (app, subject, seq) VALUES (?, ?, ?)");
  const put = putter(db);
  const saveTally = tallySaver(db);
  let fold: Fold | undefined;
  let numbers = new Numbers(appNumbers, selectCouponId);

  /** Reads on; answers how much of `work` is left. */
  function read(into: Fold, work: number): number {
    let left = work;
    while (left > 0 && into.at < into.through) {
      const rows = selectRows.all(into.at, into.through).map((row) => readKept(row[keptNames.length], row));
      if (rows.length === 0) into.at = into.through;
      for (const row of rows)
        for (const entry of saidIn(row)) {
          into.add(row.appid, entry);
          left--;
        }
    }
    return left;
  }

  function write(puts: Put[], work: number): void {
    for (let left = work; left > 0 && puts.length > 0; left--) {
      const { record, value } = puts.pop() as Put;
      put(record, value, numbers);
    }
  }

  /** What goes with the last of a fold. */
  function finish({ touched, tallies, through }: Fold): void {
    for (const { appid, subject, seq } of touched) touch.run(numbers.app(appid), subject, seq);
    for (const tally of tallies.all) saveTally(tally, numbers);
    moveMark.run(through);
  }

  /** The last entry that the tables follow from, and the last there is. */
  function mark(): { settled: number; last: number } {
    const [settled, last] = selectMark.get() ?? [0, 0];
    return { settled, last: last ?? 0 };
  }

  function some(through: number, work: number): boolean {
    const { settled } = mark();
    if (settled >= through) return true;
    // Somebody else settled, and may have changed what was settled since.
    if (fold?.from !== settled || fold.through !== through) {
      fold = new Fold(settled, through);
      numbers = new Numbers(appNumbers, selectCouponId);
    }
    const left = read(fold, work);
    if (left <= 0 || fold.at < through) return false;
    fold.puts ??= fold.sort();
    write(fold.puts, left);
    if (fold.puts.length > 0) return false;
    finish(fold);
    fold = undefined;
    return true;
  }

  return {
    /** The last entry, where the tables follow from all there are; else undefined. */
    done(): number | undefined {
      const { settled, last } = mark();
      return settled >= last ? last : undefined;
    },
    /** Notes, within a transaction that wrote an entry and what it says, that the tables follow from it. */
    keepUp: (seq: number): void => moveMark.run(seq),
    /**
     * Goes on settling the entries up to one, for so many entries that are read or records that are written. Within a
     * transaction. Answers whether the tables follow from them.
     */
    some,
    /** Settles all there is, within a transaction; answers the last entry of it. */
    all(): number {
      const { last } = mark();
      fold = undefined;
      some(last, Number.MAX_SAFE_INTEGER);
      return last;
    },
    /** Forgets what it has read, because a transaction came to nothing. */
    forget(): void {
      fold = undefined;
    },
  };
}
