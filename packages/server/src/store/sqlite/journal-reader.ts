import type { DatabaseSync } from "node:sqlite";
import type { JournalText } from "../../domain/journal-entry.ts";
import type { Row } from "../sql/columns.ts";
import { entriesIn, type KeptRow, keptColumns, linesIn, NEVER, readKept, saidOf } from "../sql/journal-rows.ts";
import type { ReadSteps } from "./generation.ts";
import { query } from "./statements.ts";

/** Reads entries of an app's journal from its rows, of which one may hold many; no more rows than hold what is asked for. */
export function journalReader(db: DatabaseSync) {
  const select = (more: string) => query(db, `SELECT ${keptColumns} FROM journal WHERE appid = ? AND ${more}`);
  const selectAfter = select("seq > ? ORDER BY seq");
  const selectBefore = select("seq < ? ORDER BY seq DESC");

  /** The entries of the row that holds one. */
  function around(appid: string, seq: number): JournalText[] {
    for (const row of selectAfter.iterate(appid, seq - 1)) return entriesIn(readKept(appid, row));
    return [];
  }

  return {
    /** At most `limit` after one, in order. */
    after(appid: string, seq: number, limit: number): JournalText[] {
      const found: JournalText[] = [];
      if (limit > 0)
        for (const row of selectAfter.iterate(appid, seq)) {
          found.push(...entriesIn(readKept(appid, row)).filter((entry) => entry.seq > seq));
          if (found.length >= limit) break;
        }
      return found.slice(0, limit);
    },
    /** At most `limit` before one, null: from the last on, newest first. */
    before(appid: string, seq: number | null, limit: number): JournalText[] {
      const end = seq ?? NEVER;
      const found = seq === null ? [] : around(appid, seq).filter((entry) => entry.seq < end);
      found.reverse();
      if (found.length < limit)
        for (const row of selectBefore.iterate(appid, end)) {
          found.push(...entriesIn(readKept(appid, row)).reverse());
          if (found.length >= limit) break;
        }
      return found.slice(0, limit);
    },
    /** Those with the numbers that are told, in their order. */
    of(appid: string, seqs: readonly number[]): JournalText[] {
      let near: JournalText[] = [];
      const found: JournalText[] = [];
      for (const seq of seqs) {
        const isHere = (entry: JournalText) => entry.seq === seq;
        if (!near.some(isHere)) near = around(appid, seq);
        found.push(...near.filter(isHere));
      }
      return found;
    },
  };
}

/** Reads what single entries say; those that share a row one after another with little more than reading that. */
export function stepsReader(db: DatabaseSync): ReadSteps {
  const select = query(db, `SELECT ${keptColumns} FROM journal WHERE appid = ? AND seq >= ? ORDER BY seq LIMIT 1`);
  let near: { row: KeptRow; lines: string } | undefined;
  return (appid, seq) => {
    if (near?.row.appid !== appid || seq > near.row.seq || seq <= near.row.seq - near.row.entries) {
      const row = readKept(appid, select.get(appid, seq) as Row);
      near = { row, lines: linesIn(row) };
    }
    return JSON.parse(saidOf(near.row, near.lines, seq).text);
  };
}
