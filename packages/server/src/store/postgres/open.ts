import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { CallbackAttempt } from "../../domain/claims/attempts.ts";
import type { RecordKey } from "../../domain/records.ts";
import type { LoggedCall } from "../../domain/sandbox/call-log.ts";
import { WorkingCopy } from "../../domain/working-copy.ts";
import { rowsOfEntries } from "../sql/journal-rows.ts";
import { beingRemoved, type Commit, type Store, StoreBusyError } from "../store.ts";
import { saveCalls } from "./calls.ts";
import { openConnections, type PostgresOptions } from "./connection.ts";
import { addLines, noteLines, removeLines } from "./hand-outs.ts";
import { clockIn, lock } from "./ledgers.ts";
import { asksForHolds, distinct, load, provideNothings } from "./load.ts";
import { readSeq, reads, selectNothing } from "./reads.ts";
import { emptiedTables, empty, removeSome, selectGoing } from "./remove.ts";
import { Revisions } from "./revisions.ts";
import { Positions } from "./rows.ts";
import { type Mark, markOf, newEndsOf, save, saveCallbacks } from "./save.ts";
import { snapshotReads } from "./snapshot.ts";
import { type Ask, ConnectionLost, command, oneByOne, run, statement, together } from "./statements.ts";
import { keepState, removeState } from "./states.ts";

/** Each statement sees what was committed before it: those after the lock see all that the lock waited for. */
const BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

/** Every statement sees what the first one saw; nothing can be written. */
const BEGIN_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/** How many bytes of a state are written as quickly as what a call writes. */
const SMALL = 2 ** 20;

const writeProbe = statement(
  "INSERT INTO probe (appid, at) VALUES ('', $1) ON CONFLICT (appid) DO UPDATE SET at = excluded.at",
);
const selectMark = statement("SELECT 1 FROM journal WHERE appid = $1 AND seq = $2 AND transaction = $3");

/**
 * A store in a PostgreSQL database that any number of processes share. A transaction locks its apps, loads, and is
 * decided; then it is saved and committed: two journeys to the database, however many records there are.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const connections = await openConnections(options);
  const ask: Ask = (asked, ...values) =>
    connections.use("read", typeof values[0] === "string" ? values[0] : "", (client) => run(client, asked, ...values));
  const revisions = new Revisions((appid) => readSeq(ask, appid));
  const holders = new Set<string>();

  return {
    ...reads(ask),
    async transact(keys, work, isLong = false) {
      const attempt = transaction(keys, work, { revisions, holders, isLong });
      const once = (client: Client) => rolledBackOnFault(client, attempt);
      // What takes long has a connection of its own, on which statements may; it is not tried again.
      await (isLong ? connections.alone(once) : connections.use("write", appidsOf(keys).join(), once));
    },
    async keepCallbacks(attempts) {
      const nths = new Map<CallbackAttempt, number>();
      const save = (ofApp: CallbackAttempt[]) => async (client: Client) => {
        const { appid } = ofApp[0] as CallbackAttempt;
        const [, , given] = await together(client, () => [
          command(client, BEGIN),
          lock(client, [appid]),
          ...saveCallbacks(client, appid, ofApp),
          commitOn(client),
        ]);
        const inOrder = given.map(([nth]) => nth as number).toSorted((a, b) => a - b);
        for (const [i, attempt] of ofApp.entries()) nths.set(attempt, inOrder[i] ?? 0);
      };
      // App by app: a lock that is held on one keeps no other's from being written.
      const saving = [...Map.groupBy(attempts, ({ appid }) => appid)].map(([appid, ofApp]) =>
        connections.use("write", appid, (client) => rolledBackOnFault(client, save(ofApp))),
      );
      await Promise.allSettled(saving);
      await Promise.all(saving);
      return attempts.map((attempt) => nths.get(attempt) ?? 0);
    },
    async keepCalls(calls) {
      const save = (appid: string, ofApp: LoggedCall[]) => async (client: Client) =>
        void (await together(client, () => [
          command(client, BEGIN),
          command(client, "SET LOCAL synchronous_commit = off"),
          lock(client, [appid]),
          ...saveCalls(client, appid, ofApp),
          commitOn(client),
        ]));
      const saving = [...Map.groupBy(calls, ({ appid }) => appid)].map(([appid, ofApp]) =>
        connections.use("write", appid, (client) => rolledBackOnFault(client, save(appid, ofApp))),
      );
      await Promise.allSettled(saving);
      await Promise.all(saving);
    },
    async keepState(state) {
      let isKept = false;
      const keep = async (client: Client) => {
        await command(client, BEGIN);
        await lock(client, [state.appid]);
        isKept = await keepState(client, state);
        await commitOn(client);
      };
      const once = (client: Client) => rolledBackOnFault(client, keep);
      const isSmall = state.body.byteLength < SMALL;
      await (isSmall ? connections.use("write", state.appid, once) : connections.alone(once));
      return isKept;
    },
    removeState: (appid, name) => connections.use("write", appid, (client) => removeState(client, appid, name)),
    snapshot: (appid, work) =>
      connections.alone(async (client) => {
        await command(client, BEGIN_SNAPSHOT);
        return work(snapshotReads((asked, ...values) => run(client, asked, ...values), appid));
      }),
    async addHandOutLines(appid, list, lines) {
      await connections.use("write", appid, (client) => addLines(client, appid, list, lines));
    },
    async noteHandOutLines(handOut, worker, results) {
      const note = async (client: Client) =>
        void (await together(client, () => [
          command(client, BEGIN),
          lock(client, [handOut.appid]),
          noteLines(client, handOut, worker, results),
          commitOn(client),
        ]));
      await connections.use("write", handOut.appid, (client) => rolledBackOnFault(client, note));
    },
    removeHandOutLines: (appid, list, limit) =>
      connections.use("write", appid, (client) => removeLines(client, appid, list, limit)),
    async removeSome(appid, limit) {
      let removed = 0;
      await connections.use("write", appid, (client) =>
        rolledBackOnFault(client, async () => {
          removed = await removeSome(client, appid, limit);
        }),
      );
      return removed;
    },
    listRemovals: async () => (await ask(selectGoing)).map(([appid]) => appid),
    foreignRevision: (appid) => revisions.ask(appid),
    async ping() {
      await connections.use("write", "", (client) => run(client, writeProbe, Date.now()));
      await ask(selectNothing);
    },
    kind: "postgres",
    writers: connections.writers,
    patience: connections.patience,
    connections: () => connections.counts(),
    close: () => connections.close(),
  };
}

type Around = {
  revisions: Revisions;
  /** Apps that had open holds when they were last locked: of these alone holds are asked for before that is known. */
  holders: Set<string>;
  isLong: boolean;
};

/** A transaction, to be tried until it is known to be committed: each try begins anew. */
function transaction(
  named: readonly RecordKey[],
  work: (records: WorkingCopy) => Commit,
  { revisions, holders, isLong }: Around,
) {
  const keys = distinct(named);
  const appids = appidsOf(keys);
  /** A commit whose answer was lost. */
  let inDoubt: Mark | undefined;
  return async (client: Client): Promise<void> => {
    if (inDoubt && (await isCommitted(client, inDoubt))) return;
    inDoubt = undefined;
    const records = new WorkingCopy();
    const positions = new Positions();
    const isLater = (key: RecordKey) => asksForHolds(key) && !holders.has(key.appid);
    const [later, first] = [keys.filter(isLater), keys.filter((key) => !isLater(key))];
    provideNothings(later, records);
    const [, ends] = await together(client, () => [
      command(client, BEGIN),
      lock(client, appids),
      ...load(client, first, records, positions),
    ]);
    for (const [appid, { removal, holds }] of ends) {
      if (removal === "going") throw new StoreBusyError(beingRemoved(appid));
      if (holds > 0) holders.add(appid);
      else holders.delete(appid);
    }
    const held = later.filter(({ appid }) => holders.has(appid));
    if (held.length > 0) await together(client, () => load(client, held, records, positions));
    records.provideEnds((appid) => ends.get(appid) ?? { seq: 0, digest: "" });
    records.provideClocks((appid) => clockIn(ends.get(appid)));
    const commit = work(records);
    if (commit.changes.length === 0 && commit.journal.length === 0 && !commit.removes && !commit.empties)
      return void (await command(client, "ROLLBACK"));
    const moved = newEndsOf(commit);
    const { empties = [] } = commit;
    const rows = rowsOfEntries(commit.journal);
    const emptied = empties.length > 0 ? await emptiedTables(client) : [];
    const transaction = randomUUID();
    function* sending() {
      for (const appid of empties) yield* empty(client, emptied, appid);
      yield* save(client, commit, { ends, moved, rows, positions, transaction });
      for (const [appid, { seq }] of moved) revisions.moving(appid, ends.get(appid)?.seq ?? 0, seq);
      yield commitOn(client);
    }
    try {
      await (isLong ? oneByOne(sending()) : together(client, () => [...sending()]));
      for (const [appid, { seq }] of moved) revisions.saw(appid, seq);
    } catch (error) {
      if (error instanceof ConnectionLost) inDoubt = markOf(rows, transaction) ?? neverToBeKnown(error);
      throw error;
    } finally {
      for (const appid of moved.keys()) revisions.stopped(appid);
    }
  };
}

const appidsOf = (named: readonly { appid: string }[]) => [...new Set(named.map(({ appid }) => appid))];

/** A transaction in which a statement failed is rolled back by COMMIT, which says so. */
async function commitOn(client: Client): Promise<void> {
  if ((await command(client, "COMMIT")) !== "COMMIT") throw new Error("the transaction was rolled back");
}

async function rolledBackOnFault(client: Client, work: (client: Client) => Promise<void>): Promise<void> {
  try {
    await work(client);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) await command(client, "ROLLBACK");
    throw error;
  }
}

/** Whether a commit whose answer was lost took place. Waits until its transaction is over. */
async function isCommitted(client: Client, { appid, seq, transaction }: Mark): Promise<boolean> {
  const [, , rows] = await together(client, () => [
    command(client, BEGIN),
    lock(client, [appid]),
    run(client, selectMark, appid, seq, transaction),
    command(client, "ROLLBACK"),
  ]);
  return rows.length > 0;
}

function neverToBeKnown(cause: unknown): never {
  throw new StoreBusyError("the connection broke in a commit that left no journal entry to find it by", { cause });
}
