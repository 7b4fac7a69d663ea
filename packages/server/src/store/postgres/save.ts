import type { Client } from "pg";
import { CALLBACKS_KEPT, type CallbackAttempt } from "../../domain/claims/attempts.ts";
import { IdMap } from "../../domain/id-map.ts";
import { isGone, type RecordKind, recordKinds } from "../../domain/records.ts";
import type { Change, JournalEnd } from "../../domain/working-copy.ts";
import { toldColumns, toldOf } from "../sql/attempts.ts";
import { listed, ofRole, type Row } from "../sql/columns.ts";
import type { NewRow } from "../sql/journal-rows.ts";
import { tables } from "../sql/tables.ts";
import { addingCounts, countColumns, tallyRow } from "../sql/tallies.ts";
import type { Commit } from "../store.ts";
import { saveRows } from "./journal.ts";
import { type LockedEnd, saveLedgers } from "./ledgers.ts";
import { beginRemoval } from "./remove.ts";
import { columnsOf, type Positions, typeOfColumn } from "./rows.ts";
import { run, type Statement, statement } from "./statements.ts";

/** What is given to a statement as an array for each of its columns, and how their rows are named in it; as keys are. */
const given = (columns: Named, name = "new") =>
  `(SELECT ${columns.map((column, i) => `unnest($${i + 1}::${typeOfColumn(column.name)}[]) AS ${column.name}`)}) AS ${name}`;

/** A statement that is given rows, and what each of its columns is of one of them. */
type Saving<T> = { statement: Statement; columns: readonly { write(one: T, positions: Positions): unknown }[] };

type Named = readonly { name: string }[];

/** What the database puts in rows by itself: an app's orders are numbered as they come, under the lock of the app. */
const added: Record<string, { name: string; value: string }[]> = {
  shop_order: [
    {
      name: "number",
      value: `row_number() OVER ()
        + coalesce((SELECT max(earlier.number) FROM shop_order AS earlier WHERE earlier.appid = new.appid), 0)`,
    },
  ],
};

function insert(table: string, columns: Named, more = ""): Statement {
  const own = added[table] ?? [];
  const values = [listed(columns), ...own.map(({ value }) => value)];
  return statement(
    `INSERT INTO ${table} (${listed([...columns, ...own])}) SELECT ${values} FROM ${given(columns)} ${more}`,
  );
}
const same = (table: string, keys: Named) => listed(keys, " AND ", (name) => `${table}.${name} = new.${name}`);

/** How records of a kind are written. What may be put where another is always is; what has nothing free never changes. */
function writesOf(kind: RecordKind): Record<"insert" | "update" | "remove", Saving<object>> {
  const { table, removable } = tables[kind];
  const columns = columnsOf(kind);
  const [keys, free] = [ofRole("key", columns), ofRole("free", columns)];
  const set = (from: string) => listed(free, ", ", (name) => `${name} = ${from}.${name}`);
  const put = `ON CONFLICT (${listed(keys)}) DO UPDATE SET ${set("EXCLUDED")}`;
  const inserting = { statement: insert(table, columns, removable ? put : ""), columns };
  const changed = [...keys, ...free];
  const updating = () =>
    statement(`UPDATE ${table} SET ${set("new")} FROM ${given(changed)} WHERE ${same(table, keys)}`);
  return {
    insert: inserting,
    update: removable || free.length === 0 ? inserting : { statement: updating(), columns: changed },
    remove: {
      statement: statement(`DELETE FROM ${table} USING ${given(keys)} WHERE ${same(table, keys)}`),
      columns: keys,
    },
  };
}

const writes = Object.fromEntries(recordKinds.map((kind) => [kind, writesOf(kind)])) as {
  [K in RecordKind]: ReturnType<typeof writesOf>;
};

/** Saves rows that are told by the names of their columns. */
function rowsBy<T extends Record<string, unknown>>(table: string, names: readonly string[], more?: string): Saving<T> {
  const columns = names.map((name) => ({ name, write: (row: T) => row[name] }));
  return { statement: insert(table, columns, more), columns };
}
const insertTouched = rowsBy("touched", ["appid", "subject", "seq"]);
const addTallies = rowsBy(
  "tally",
  ["appid", "day", "out_coupon_id", ...countColumns],
  `ON CONFLICT (appid, day, out_coupon_id) DO UPDATE SET ${addingCounts}`,
);

/** By what a commit is found again whose answer was lost: its first journal entry, and the id in it. */
export type Mark = { appid: string; seq: number; transaction: string };

/** What a commit leaves to be found by; undefined where it leaves no journal entry. */
export const markOf = ([first]: readonly NewRow[], transaction: string): Mark | undefined =>
  first && { appid: first.appid, seq: first.seq, transaction };

/** Where the journals that a commit writes to end after it. */
export const newEndsOf = ({ journal }: Commit): Map<string, JournalEnd> =>
  new Map(journal.map(({ appid, seq, digest }) => [appid, { seq, digest }]));

type Told = {
  /** Where the journals of the apps that were locked end, and where those that are written to will. */
  ends: ReadonlyMap<string, LockedEnd>;
  moved: ReadonlyMap<string, JournalEnd>;
  /** The rows of the journal. */
  rows: readonly NewRow[];
  /** Knows the coupons that were loaded. */
  positions: Positions;
  /** Names this transaction. */
  transaction: string;
};

/** Sends what saves all that a transaction leaves behind: one statement for each kind of change, unless it has very many. */
export function* save(
  client: Client,
  commit: Commit,
  { ends, moved, rows, positions, transaction }: Told,
): Generator<Promise<unknown>> {
  const { changes, journal, tallies = [], removes = [] } = commit;
  for (const { record, value } of changes)
    if (record === "coupon") positions.note(value.appid, value.outCouponId, value.position);
  yield* saveLedgers(client, commit, ends, moved);
  for (const [saving, changed] of Map.groupBy(withClaims(changes), savingOf))
    yield* inPieces(client, saving, changed.map(writtenOf), positions);
  yield* saveRows(client, rows, transaction);
  const touched = journal.flatMap(({ appid, seq, subjects }) => subjects.map((subject) => ({ appid, subject, seq })));
  yield* inPieces(client, insertTouched, touched, positions);
  yield* inPieces(client, addTallies, tallies.map(tallyRow), positions);
  for (const appid of removes) yield* beginRemoval(client, appid);
}

/** A change, and the request that a user coupon was recorded for. */
type Written = Change & { requestId?: string };

const writtenOf = ({ value, entry, requestId }: Written): object =>
  entry === undefined && requestId === undefined ? value : { ...value, entry, requestId };

/** Puts a claim to the user coupon that is recorded with it; of several claims that it answers the others stay by themselves. */
function withClaims(changes: readonly Change[]): readonly Written[] {
  if (!changes.some(({ record }) => record === "claim")) return changes;
  const recorded = new IdMap<Written>();
  const all = changes.map((change): Written => {
    if (change.record !== "userCoupon" || !change.fresh) return change;
    const written = { ...change };
    const { appid, outCouponId, outUserCouponId } = change.value;
    recorded.set(written, appid, outCouponId, outUserCouponId);
    return written;
  });
  return all.filter(({ record, value }) => {
    if (record !== "claim") return true;
    const given = recorded.get(value.appid, value.outCouponId, value.outUserCouponId);
    if (!given || given.requestId !== undefined) return true;
    given.requestId = value.requestId;
    return false;
  });
}

/** How many rows go in one statement. A batch has fewer; what is put back of a whole app may have many more. */
const ROWS = 1000;

/** Sends rows as they are asked for, each statement's made when it is. */
function* inPieces<T>(
  client: Client,
  { statement, columns }: Saving<T>,
  all: readonly T[],
  positions: Positions,
): Generator<Promise<unknown>> {
  for (let at = 0; at < all.length; at += ROWS) {
    const some = all.slice(at, at + ROWS);
    yield run(client, statement, ...columns.map(({ write }) => some.map((one) => write(one, positions))));
  }
}

function savingOf(change: Change): Saving<object> {
  const { insert, update, remove } = writes[change.record];
  if (isGone(change)) return remove;
  return change.fresh ? insert : update;
}

const attemptColumns = ["appid", "nth", "at", "attempt", ...toldColumns].map((name) => ({ name }));
const attemptsGiven = given(attemptColumns);
const insertCallbacks = statement(
  `INSERT INTO callback (${listed(attemptColumns)})
   SELECT ledger.appid, new.nth + coalesce((SELECT max(nth) FROM callback WHERE callback.appid = ledger.appid), 0),
     new.at, new.attempt, ${toldColumns.map((name) => `new.${name}`)}
   FROM ${attemptsGiven} JOIN ledger ON ledger.appid = new.appid AND ledger.removal IS NULL
   RETURNING nth`,
);
const removeOldCallbacks = statement("DELETE FROM callback WHERE appid = $1 AND at < $2::bigint");
const removeManyCallbacks = statement(
  `DELETE FROM callback WHERE appid = $1
     AND nth <= (SELECT max(nth) FROM callback WHERE appid = $1) - ${CALLBACKS_KEPT.count}`,
);

/**
 * Saves attempts at asking the merchant of one app, and removes those that are no longer kept. The first statement's rows
 * are the numbers that they were given, in any order; none where there is no such app.
 */
export function saveCallbacks(
  client: Client,
  appid: string,
  attempts: readonly CallbackAttempt[],
): [Promise<Row[]>, ...Promise<Row[]>[]] {
  const rows = attempts.map((attempt, i) => [appid, i + 1, attempt.at, JSON.stringify(attempt), ...toldOf(attempt)]);
  const newest = attempts.reduce((latest, { at }) => Math.max(latest, at), 0);
  return [
    run(client, insertCallbacks, ...attemptColumns.map((_, column) => rows.map((row) => row[column]))),
    run(client, removeOldCallbacks, appid, newest - CALLBACKS_KEPT.milliseconds),
    run(client, removeManyCallbacks, appid),
  ];
}
