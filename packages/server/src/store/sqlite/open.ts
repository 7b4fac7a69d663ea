import type { DatabaseSync } from "node:sqlite";
import { WorkingCopy } from "../../domain/working-copy.ts";
import { type Store, StoreBusyError } from "../store.ts";
import { checkpoints } from "./checkpoints.ts";
import { openDatabase } from "./connection.ts";
import { loader } from "./load.ts";
import { reads } from "./reads.ts";
import { callbackSaver, saver } from "./save.ts";
import { AppNumbers, query } from "./statements.ts";

/**
 * A store in one file of `dataDir`, on the database built into the runtime. One connection serves reads and writes:
 * a transaction runs in one go, so nothing can come between its first statement and its commit.
 */
export function openSqliteStore(dataDir: string): Store {
  const db = openDatabase(dataDir);
  const appNumbers = new AppNumbers(db);
  const load = loader(db, appNumbers);
  const { saveChange, saveEntry } = saver(db, appNumbers);
  const saveCallbacks = callbackSaver(db, appNumbers);
  const { saved, stop } = checkpoints(dataDir);
  const dataVersion = query(db, "PRAGMA data_version");

  function inTransaction<T>(work: () => T): T {
    try {
      db.exec("BEGIN IMMEDIATE");
      const result = work();
      db.exec("COMMIT");
      return result;
    } catch (error) {
      rollBack(db);
      appNumbers.forget();
      throw isBusy(error) ? new StoreBusyError("the database is locked or full", { cause: error }) : error;
    }
  }

  return {
    ...reads(db, appNumbers),
    async transact(keys, work) {
      const count = inTransaction(() => {
        const records = new WorkingCopy();
        const couponIds = new Map<string, number>();
        load(keys, records, couponIds);
        const { changes, journal } = work(records);
        for (const change of changes) saveChange(change, couponIds);
        for (const entry of journal) saveEntry(entry);
        return changes.length;
      });
      saved(count);
    },
    keepCallbacks: async (attempts) => inTransaction(() => saveCallbacks(attempts)),
    foreignRevision: oncePerTurn(async () => dataVersion.get()?.[0]),
    ping: async () => void dataVersion.get(),
    async close() {
      await stop();
      db.close();
    },
  };
}

/** Asks once in each turn of the event loop: asking SQLite locks the file, which costs more than a kept page. */
function oncePerTurn<T>(ask: () => T): () => T {
  let told: { value: T } | undefined;
  return () => {
    if (!told) {
      told = { value: ask() };
      setImmediate(() => {
        told = undefined;
      });
    }
    return told.value;
  };
}

function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec("ROLLBACK");
}

/** SQLITE_BUSY, SQLITE_LOCKED and SQLITE_FULL, whatever their extended code. */
const isBusy = (error: unknown) => [5, 6, 13].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);
