import type { DatabaseSync } from "node:sqlite";
import { keptColumns, keptNames, readKept, saidIn } from "../sql/journal-rows.ts";
import { type Entry, Fold } from "./fold.ts";
import { type AppNumbers, Numbers } from "./numbers.ts";
import { putter, tallySaver } from "./save.ts";
import { query } from "./statements.ts";

/**
 * Writes to the tables what the journal says since `settled`. All that it writes is absolute, and counts are added in the
 * commit that moves `settled`: what was begun and not ended is done again, to the same end.
 */
export function settler(db: DatabaseSync, appNumbers: AppNumbers) {
  const selectMark = query(db, "SELECT seq, (SELECT max(seq) FROM journal) FROM settled");
  const moveMark = query(db, "UPDATE settled SET seq = ?");
  const selectRow = query(
    db,
    `SELECT ${keptColumns}, appid FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 1`,
  );
  const selectCouponId = query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?");
  const puts = putter(db);
  const saveTally = tallySaver(db);
  let fold: Fold | undefined;
  let numbers = new Numbers(appNumbers, selectCouponId);

  function* entriesOf(from: number, through: number): Generator<Entry, void> {
    for (let at = from, row = selectRow.get(at, through); row; row = selectRow.get(at, through)) {
      const appid = row[keptNames.length];
      for (const said of saidIn(readKept(appid, row))) {
        at = said.seq;
        yield { appid, said };
      }
    }
  }

  /** The last entry that the tables follow from, and the last there is. */
  function mark(): { settled: number; last: number } {
    const [settled, last] = selectMark.get() ?? [0, 0];
    return { settled, last: last ?? 0 };
  }

  /** What is folded of the entries up to one; undefined where the tables follow from them. */
  function foldOf(through: number): Fold | undefined {
    const { settled } = mark();
    if (settled >= through) return undefined;
    // Somebody else settled, and may have changed what was settled since.
    if (fold?.from !== settled || fold.through !== through) {
      numbers = new Numbers(appNumbers, selectCouponId);
      fold = new Fold({ from: settled, through, entries: entriesOf(settled, through), puts, numbers });
    }
    return fold;
  }

  /** What was begun and came to nothing does not go on. */
  function orForget<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      fold = undefined;
      throw error;
    }
  }

  /**
   * Reads on what the entries up to one say, so many of them at most; answers how many fewer that were. Needs no
   * transaction: what is read counts only while nobody else settles.
   */
  const read = (through: number, work: number): number => orForget(() => foldOf(through)?.read(work) ?? work);

  /**
   * Writes on what was read, so many records at most. Within a transaction. Answers whether the tables follow from all
   * entries up to one.
   */
  function write(through: number, work: number): boolean {
    const ready = foldOf(through);
    if (!ready) return true;
    if (!ready.isRead || !orForget(() => ready.write(work))) return false;
    for (const tally of ready.tallies) saveTally(tally, numbers);
    moveMark.run(through);
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
    read,
    write,
    /** Settles all there is, within a transaction; answers the last entry of it. */
    all(): number {
      const { last } = mark();
      fold = undefined;
      read(last, Number.MAX_SAFE_INTEGER);
      write(last, Number.MAX_SAFE_INTEGER);
      return last;
    },
    /** Forgets what it has read, because a transaction came to nothing. */
    forget(): void {
      fold = undefined;
    },
  };
}
