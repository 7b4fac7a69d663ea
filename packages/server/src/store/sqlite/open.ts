import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import { callSaver } from "./calls.ts";
import { checkpoints } from "./checkpoints.ts";
import { commits } from "./commits.ts";
import { DATABASE_FILE, openDatabase } from "./connection.ts";
import { handOutWrites } from "./hand-outs.ts";
import { JournalFirst } from "./journal-first.ts";
import { stepsReader } from "./journal-reader.ts";
import { AppNumbers } from "./numbers.ts";
import { Owed } from "./owed.ts";
import { placeOf } from "./place.ts";
import { assertReadable } from "./readable.ts";
import { reads } from "./reads.ts";
import { remover } from "./remove.ts";
import { callbackSaver } from "./save.ts";
import { Seen } from "./seen.ts";
import { readBeside, readHere } from "./seen-rows.ts";
import { settler } from "./settle.ts";
import { settledReads } from "./settled-reads.ts";
import { beginSnapshot, readSnapshot } from "./snapshot.ts";
import { query } from "./statements.ts";
import { stateWrites } from "./states.ts";
import { type Durable, moments, patiently, transactions } from "./transactions.ts";
import { Turn } from "./turn.ts";
import { startWriter, writerHere } from "./writer.ts";
import { writing } from "./writing.ts";

/** How long a transaction may wait for its turn, in milliseconds. */
const PATIENCE = 1000;
/** How many entries are settled together. */
const GENERATION = 16_000;
/** After how many records it is worth a thread that the journal is written first. */
const MANY = 1000;

/**
 * `patience`: how long another process's lock is waited for, in milliseconds. Tests make generations small, keep in mind
 * with few `bits` what there is, and have the journal written first from the beginning, without a thread.
 */
export type SqliteOptions = {
  patience?: number;
  generation?: number;
  bits?: number;
  journalFirst?: "always" | "under load";
};

/**
 * A store in one file of `dataDir`, on the database built into the runtime. One connection reads and writes: a transaction
 * runs in one go, so nothing can come between its first statement and its commit. Under load, a thread writes the journal
 * of claims and the like alone, and the tables follow it (`journal-first.ts`).
 */
export function openSqliteStore(
  dataDir: string,
  { patience = PATIENCE, generation = GENERATION, bits, journalFirst = "under load" }: SqliteOptions = {},
): Store {
  const db = openDatabase(dataDir);
  const file = join(dataDir, DATABASE_FILE);
  const place = placeOf(file);
  const appNumbers = new AppNumbers(db);
  const selectLast = query(db, "SELECT max(seq) FROM journal");
  const lastEntry = (): number => selectLast.get()?.[0] ?? 0;
  const transact = transactions(db, { place, appNumbers });
  const atOneMoment = moments(db);
  const settling = settler(db, appNumbers);
  const owed = new Owed(stepsReader(db));
  const countRows = query(db, "SELECT max(id) FROM user_coupon");
  const seen = new Seen({
    read: journalFirst === "always" ? readHere(db) : readBeside(file),
    rows: () => countRows.get()?.[0] ?? 0,
    bits,
  });
  const turn = new Turn();
  const settleHere = () => settling.done() ?? transact(settling.all);
  const inTurn = <T>(attempt: () => T | Promise<T>) => turn.take(() => patiently(patience, attempt));
  const first = new JournalFirst({ owed, seen, turn, inTurn, atOneMoment, generation, last: lastEntry, settleHere });
  const saveCallbacks = callbackSaver(db, appNumbers);
  const saveCalls = callSaver(db, appNumbers);
  const { addLines, noteLines, removeLines } = handOutWrites(db, appNumbers);
  const removals = remover(db, appNumbers, owed.steady);
  const states = stateWrites(db, appNumbers);
  const commit = commits({
    db,
    appNumbers,
    owed,
    seen,
    first,
    transact,
    atOneMoment,
    settling,
    removals,
    place,
    lastEntry,
  });
  const { saved, stop } = checkpoints(file);
  const writeProbe = query(db, "INSERT INTO probe VALUES (0, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at");
  const here = writing(db);
  settleHere();
  const begin = () => first.begin(journalFirst === "always" ? writerHere(here) : startWriter(file, here));
  let records = 0;
  if (journalFirst === "always") begin();

  const inTransaction = <T>(work: () => T, durable?: Durable) =>
    inTurn(async () => {
      await first.rest();
      return transact(work, durable);
    });

  /** Nobody writes between what is looked at and where it begins. */
  async function settledSnapshot(): Promise<DatabaseSync> {
    for (;;) {
      await first.settleAll();
      const begun = transact(() => (settling.done() === undefined ? undefined : beginSnapshot(file)));
      if (begun) return begun;
    }
  }

  return {
    ...settledReads(reads(db, appNumbers, owed), first, owed),
    async transact(keys, work) {
      const count = await inTurn(() => commit(keys, work));
      saved(count);
      records += count;
      if (records >= MANY && !first.isOn) begin();
    },
    keepCallbacks: (attempts) => inTransaction(() => saveCallbacks(attempts)),
    keepCalls: (calls) => inTransaction(() => saveCalls(calls), "with the next"),
    keepState: (state) => inTransaction(() => states.keepState(state)),
    removeState: (...named) => inTransaction(() => states.removeState(...named)),
    snapshot: async (appid, work) => readSnapshot(await inTurn(settledSnapshot), appid, work),
    async addHandOutLines(appid, list, lines) {
      await inTransaction(() => addLines(appid, list, lines));
      saved(lines.length);
    },
    noteHandOutLines: (...noted) => inTransaction(() => noteLines(...noted)),
    removeHandOutLines: (...removed) => inTransaction(() => removeLines(...removed)),
    removeSome: (appid, limit) => inTransaction(() => removals.removeSome(appid, limit)),
    listRemovals: async () => removals.listRemovals(),
    foreignRevision: oncePerTurn(() => first.revision()),
    async ping() {
      await inTransaction(() => writeProbe.run(Date.now()));
      assertReadable(file);
    },
    settling: () => ({ owed: owed.entries, generations: owed.generations }),
    kind: "sqlite",
    writers: 1,
    patience,
    async close() {
      await stop();
      await turn.take(() => first.settleAll()).catch(() => {});
      await first.stop();
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
