import type { DatabaseSync } from "node:sqlite";
import type { NewRow } from "../sql/journal-rows.ts";
import { AppNumbers } from "./numbers.ts";
import { rowSaver } from "./save.ts";
import { settler } from "./settle.ts";
import { query } from "./statements.ts";

/** Rows of journals, each with the number of its app, and what was the last entry of all when they were decided. */
export type Batch = { rows: { app: number; row: NewRow }[]; after: number };

/** What is done on the connection that writes while something is owed. */
export type Writing = {
  /** Adds rows to journals and makes them durable. False, with nothing done: another process wrote since they were decided. */
  commit(batch: Batch): boolean;
  /**
   * Goes on settling the entries up to one, for so many entries that are read or records that are written; it takes the
   * lock only to write. Answers whether that is done.
   */
  settle(through: number, work: number): boolean;
};

/** Settling need not wait for the disk: what it writes follows from the journal, and comes after it in the log. */
export function writing(db: DatabaseSync): Writing {
  const saveRow = rowSaver(db);
  const settling = settler(db, new AppNumbers(db));
  const selectLast = query(db, "SELECT max(seq) FROM journal");

  function transact<T>(work: () => T): T {
    db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      db.exec("COMMIT");
      return result;
    } catch (error) {
      settling.forget();
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }

  return {
    commit: ({ rows, after }) =>
      transact(() => {
        if ((selectLast.get()?.[0] ?? 0) !== after) return false;
        for (const { app, row } of rows) saveRow(app, row);
        return true;
      }),
    settle(through, work) {
      const left = settling.read(through, work);
      if (left === 0) return false;
      db.exec("PRAGMA synchronous = NORMAL");
      try {
        return transact(() => settling.write(through, left));
      } finally {
        db.exec("PRAGMA synchronous = FULL");
      }
    },
  };
}
