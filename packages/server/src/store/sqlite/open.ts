import { closeSync, openSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { WorkingCopy } from "../../domain/working-copy.ts";
import { tableNames } from "../sql/tables.ts";
import { type Store, StoreBusyError } from "../store.ts";
import { callSaver } from "./calls.ts";
import { checkpoints } from "./checkpoints.ts";
import { DATABASE_FILE, openDatabase, reopenDatabase } from "./connection.ts";
import { handOutWrites } from "./hand-outs.ts";
import { clockReader, endReader, loader } from "./load.ts";
import { AppNumbers, Numbers } from "./numbers.ts";
import { placeOf } from "./place.ts";
import { reads } from "./reads.ts";
import { remover } from "./remove.ts";
import { callbackSaver, saver } from "./save.ts";
import { readSnapshot } from "./snapshot.ts";
import { query } from "./statements.ts";
import { stateWrites } from "./states.ts";

/** How long a transaction may wait for its turn, in milliseconds. */
const PATIENCE = 1000;
/** How long to wait before the next try where another process holds the lock, at most, in milliseconds. */
const LOCKED_PAUSE = 50;
/** What the file of every database begins with. */
const SQLITE_HEAD = "SQLite format 3\0";

/**
 * A store in one file of `dataDir`, on the database built into the runtime. One connection serves reads and writes:
 * a transaction runs in one go, so nothing can come between its first statement and its commit. `patience`: how long
 * another process's lock is waited for, in milliseconds.
 */
export function openSqliteStore(dataDir: string, { patience = PATIENCE } = {}): Store {
  const db = openDatabase(dataDir);
  const file = join(dataDir, DATABASE_FILE);
  const appNumbers = new AppNumbers(db);
  const selectCouponId = query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?");
  const load = loader(db);
  const endOf = endReader(db);
  const clockOf = clockReader(db);
  const { saveChange, saveJournal, saveTally } = saver(db);
  const saveCallbacks = callbackSaver(db, appNumbers);
  const saveCalls = callSaver(db, appNumbers);
  const { addLines, noteLines, removeLines } = handOutWrites(db, appNumbers);
  const removals = remover(db, appNumbers);
  const states = stateWrites(db, appNumbers);
  const { saved, stop } = checkpoints(file);
  const inTransaction = transactions(db, { place: placeOf(file), appNumbers, patience });
  const dataVersion = query(db, "PRAGMA data_version");
  const writeProbe = query(db, "INSERT INTO probe VALUES (0, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at");

  return {
    ...reads(db, appNumbers),
    async transact(keys, work) {
      const count = await inTransaction(() => {
        const records = new WorkingCopy();
        const numbers = new Numbers(appNumbers, selectCouponId);
        const gone = removals.goneOf(new Set(keys.map(({ appid }) => appid)));
        load(keys, records, numbers);
        records.provideEnds((appid) => endOf(appid, numbers));
        records.provideClocks(clockOf);
        const { changes, journal, tallies = [], removes = [], empties = [] } = work(records);
        for (const appid of empties) removals.empty(appid);
        for (const change of changes) {
          if (change.record === "app" && change.fresh) gone.delete(change.value.appid);
          if (gone.has(change.value.appid))
            throw new Error(`a change of app ${change.value.appid}, which does not exist`);
          saveChange(change, numbers);
        }
        saveJournal(journal, numbers);
        for (const tally of tallies) saveTally(tally, numbers);
        for (const appid of removes) removals.begin(appid);
        return changes.length;
      });
      saved(count);
    },
    keepCallbacks: (attempts) => inTransaction(() => saveCallbacks(attempts)),
    keepCalls: (calls) => inTransaction(() => saveCalls(calls), "with the next"),
    keepState: (state) => inTransaction(() => states.keepState(state)),
    removeState: (...named) => inTransaction(() => states.removeState(...named)),
    snapshot: (appid, work) => readSnapshot(file, appid, work),
    async addHandOutLines(appid, list, lines) {
      await inTransaction(() => addLines(appid, list, lines));
      saved(lines.length);
    },
    noteHandOutLines: (...noted) => inTransaction(() => noteLines(...noted)),
    removeHandOutLines: (...removed) => inTransaction(() => removeLines(...removed)),
    removeSome: (appid, limit) => inTransaction(() => removals.removeSome(appid, limit)),
    listRemovals: async () => removals.listRemovals(),
    foreignRevision: oncePerTurn(async () => dataVersion.get()?.[0]),
    async ping() {
      await inTransaction(() => writeProbe.run(Date.now()));
      assertReadable(file);
    },
    kind: "sqlite",
    writers: 1,
    patience,
    async close() {
      await stop();
      db.close();
    },
  };
}

/** When a commit is made durable: before it is acknowledged, or with the next one, which waits for all before it. */
type Durable = "at once" | "with the next";

/**
 * Runs work in transactions. Others are served while another process's lock is waited for, `patience` milliseconds. What
 * may be lost with the machine's power does not wait for the disk.
 */
function transactions(
  db: DatabaseSync,
  { place, appNumbers, patience }: { place: ReturnType<typeof placeOf>; appNumbers: AppNumbers; patience: number },
) {
  function transactOnce<T>(work: () => T, durable: Durable): T {
    assertInPlace(place);
    if (durable === "with the next") db.exec("PRAGMA synchronous = NORMAL");
    try {
      db.exec("BEGIN IMMEDIATE");
      const result = work();
      db.exec("COMMIT");
      // What was committed after a file was deleted is not durable, and not acknowledged.
      assertInPlace(place);
      return result;
    } catch (error) {
      rollBack(db);
      appNumbers.forget();
      throw error;
    } finally {
      if (durable === "with the next") db.exec("PRAGMA synchronous = FULL");
    }
  }

  return async function inTransaction<T>(work: () => T, durable: Durable = "at once"): Promise<T> {
    const deadline = performance.now() + patience;
    for (;;) {
      try {
        return transactOnce(work, durable);
      } catch (error) {
        const why = whyBusy(error);
        if (!why) throw error;
        if (!isLocked(error) || performance.now() >= deadline) throw new StoreBusyError(why, { cause: error });
      }
      await sleep(Math.random() * LOCKED_PAUSE);
    }
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

function assertInPlace(place: ReturnType<typeof placeOf>): void {
  const missing = place.missing();
  if (missing)
    throw new StoreBusyError(`${basename(missing)} was deleted or replaced under the running server: stop it`);
}

/** Looks at the database as one who opens it now: what the connection that writes has in memory hides what is on the disk. */
function assertReadable(file: string): void {
  if (!beginsLikeDatabase(file)) throw new Error(`${basename(file)} is damaged: stop the server and restore a backup`);
  const db = reopenDatabase(file);
  try {
    db.prepare(`SELECT 1 FROM ${tableNames.join(", ")} WHERE false`).get();
  } finally {
    db.close();
  }
}

/** Looks past the log, which may hold a whole first page of a file that lost its own. */
function beginsLikeDatabase(file: string): boolean {
  const fd = openSync(file, "r");
  try {
    const head = Buffer.alloc(SQLITE_HEAD.length);
    readSync(fd, head, 0, head.length, 0);
    return head.toString("latin1") === SQLITE_HEAD;
  } finally {
    closeSync(fd);
  }
}

/** What hinders a write for now, by SQLite's result code without its extension. */
const hindrances: Record<number, string> = {
  5: "another process holds the database's lock",
  6: "another process holds the database's lock",
  8: "the database is read-only",
  10: "the disk cannot be read or written",
  13: "the disk is full",
  14: "the database's files cannot be opened",
};

const codeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff;
const isLocked = (error: unknown) => [5, 6].includes(codeOf(error));
const whyBusy = (error: unknown): string | undefined => hindrances[codeOf(error)];
