import type { Client } from "pg";
import { CALLBACKS_KEPT, type CallbackAttempt } from "../../domain/claims/attempts.ts";
import { type App, isGone, type RecordKind, recordKinds } from "../../domain/records.ts";
import type { Change, JournalEnd } from "../../domain/working-copy.ts";
import { told, toldColumns } from "../sql/attempts.ts";
import { listed, ofRole, type Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { addingCounts, tallyRow } from "../sql/tallies.ts";
import type { Commit, JournalEntry } from "../store.ts";
import type { LockedEnd } from "./load.ts";
import { beginRemoval } from "./remove.ts";
import { columnsOf, type Positions, rowWriter } from "./rows.ts";
import { asJson, run, type Statement, statement } from "./statements.ts";

const rowsOf = (table: string) => `json_populate_recordset(NULL::${table}, $1) AS new`;
const insert = (table: string, more = "") => statement(`INSERT INTO ${table} SELECT * FROM ${rowsOf(table)} ${more}`);
/** What the database adds to a row by itself: an app's orders are numbered as they come, under the lock of the app. */
const added: { [K in RecordKind]?: { name: string; value: string } } = {
  order: {
    name: "number",
    value: `row_number() OVER () + coalesce(
      (SELECT max(earlier.number) FROM shop_order AS earlier WHERE earlier.appid = new.appid), 0)`,
  },
};
/** Inserts rows of records of a kind. */
function insertOf(kind: RecordKind, columns: Named, more: string): Statement {
  const { table } = tables[kind];
  const { name, value } = added[kind] ?? {};
  const [names, values] = [
    [...columns, ...(name ? [{ name }] : [])],
    [listed(columns), ...(value ? [value] : [])],
  ];
  return statement(`INSERT INTO ${table} (${listed(names)}) SELECT ${values} FROM ${rowsOf(table)} ${more}`);
}

type Named = readonly { name: string }[];
const same = (table: string, keys: Named) => listed(keys, " AND ", (name) => `${table}.${name} = new.${name}`);
const update = (table: string, columns: Named, keys: Named) =>
  statement(
    `UPDATE ${table} SET ${listed(columns, ", ", (name) => `${name} = new.${name}`)} FROM ${rowsOf(table)}
     WHERE ${same(table, keys)}`,
  );

/** How records of a kind are written. What may be put where another is always is; what has nothing free never changes. */
function writesOf(kind: RecordKind) {
  const { table, removable } = tables[kind];
  const columns = columnsOf(kind);
  const [keys, free] = [ofRole("key", columns), ofRole("free", columns)];
  const put = `ON CONFLICT (${listed(keys)}) DO UPDATE SET ${listed(free, ", ", (name) => `${name} = EXCLUDED.${name}`)}`;
  const inserting = insertOf(kind, columns, removable ? put : "");
  return {
    rowOf: rowWriter(kind),
    insert: inserting,
    update: removable || free.length === 0 ? inserting : update(table, free, keys),
    remove: statement(`DELETE FROM ${table} USING ${rowsOf(table)} WHERE ${same(table, keys)}`),
  };
}

const writes = Object.fromEntries(recordKinds.map((kind) => [kind, writesOf(kind)])) as {
  [K in RecordKind]: ReturnType<typeof writesOf>;
};
const insertLedgers = insert(
  "ledger",
  `ON CONFLICT (appid) DO UPDATE SET seq = EXCLUDED.seq, digest = EXCLUDED.digest, clock = EXCLUDED.clock, removal = NULL
   WHERE ledger.removal = 'gone'`,
);
const updateLedgers = update("ledger", [{ name: "seq" }, { name: "digest" }, { name: "clock" }], [{ name: "appid" }]);
const insertEntries = insert("journal");
const insertTouched = insert("touched");
const addTallies = insert("tally", `ON CONFLICT (appid, day, out_coupon_id) DO UPDATE SET ${addingCounts}`);

/** By what a commit is found again whose answer was lost: its first journal entry, and the id in it. */
export type Mark = { appid: string; seq: number; transaction: string };

/** What a commit leaves to be found by; undefined where it leaves no journal entry. */
export const markOf = ({ journal: [first] }: Commit, transaction: string): Mark | undefined =>
  first && { appid: first.appid, seq: first.seq, transaction };

/** Where the journals that a commit writes to end after it. */
export const newEndsOf = ({ journal }: Commit): Map<string, JournalEnd> =>
  new Map(journal.map(({ appid, seq, digest }) => [appid, { seq, digest }]));

type Saving = {
  /** Where the journals of the apps that were locked end, and where those that are written to will. */
  ends: ReadonlyMap<string, LockedEnd>;
  moved: ReadonlyMap<string, JournalEnd>;
  /** Knows the coupons that were loaded. */
  positions: Positions;
  /** Names this transaction. */
  transaction: string;
};

/** Sends what saves all that a transaction leaves behind: one statement for each kind of change, unless it has very many. */
export function* save(
  client: Client,
  { changes, journal, tallies = [], removes = [] }: Commit,
  { ends, moved, positions, transaction }: Saving,
): Generator<Promise<unknown>> {
  for (const { record, value } of changes)
    if (record === "coupon") positions.note(value.appid, value.outCouponId, value.position);
  const isNew = new Set(changes.flatMap(({ record, value, fresh }) => (record === "app" && fresh ? value.appid : [])));
  for (const appid of moved.keys())
    if (ends.get(appid)?.removal !== null && !isNew.has(appid))
      throw new Error(`a change of app ${appid}, which does not exist or was not locked`);
  const clocks = new Map(
    changes.flatMap(({ record, value }) => (record === "app" ? [[value.appid, clockText(value)]] : [])),
  );
  const clockOf = (appid: string) => (clocks.has(appid) ? clocks.get(appid) : ends.get(appid)?.clock) ?? null;
  const ledgers = [...moved].map(([appid, { seq, digest }]) => ({ appid, seq, digest, clock: clockOf(appid) }));
  // An app has a row to be locked by from the beginning, whatever is written of it.
  for (const appid of isNew)
    if (!moved.has(appid)) ledgers.push({ appid, seq: ends.get(appid)?.seq ?? 0, digest: "", clock: clockOf(appid) });

  const rowOf = ({ record, value, entry }: Change) =>
    writes[record].rowOf(entry === undefined ? value : { ...value, entry }, positions);
  const send = <T>(saving: Statement, all: readonly T[], rowOf: (one: T, i: number) => object) =>
    inPieces(client, saving, all, rowOf);
  yield* send(
    insertLedgers,
    ledgers.filter(({ appid }) => isNew.has(appid)),
    itself,
  );
  yield* send(
    updateLedgers,
    ledgers.filter(({ appid }) => !isNew.has(appid)),
    itself,
  );
  for (const [saving, changed] of Map.groupBy(changes, statementOf)) yield* send(saving, changed, rowOf);
  yield* send(insertEntries, journal, (entry, i) => entryRow(entry, i === 0 ? transaction : null));
  const touched = journal.flatMap(({ appid, seq, subjects }) => subjects.map((subject) => ({ appid, subject, seq })));
  yield* send(insertTouched, touched, itself);
  yield* send(addTallies, tallies, tallyRow);
  for (const appid of removes) yield* beginRemoval(client, appid);
}

/** An app's clock as the row that transactions lock holds it; null where it has none of its own. */
const clockText = ({ sandbox }: App): string | null => sandbox && JSON.stringify(sandbox.clock);

/** The row of a journal entry; the first of a transaction has the id that its commit is found by. */
const entryRow = ({ subjects: _, by, text, ...entry }: JournalEntry, transaction: string | null) => ({
  ...entry,
  given_by: by,
  steps: text,
  transaction,
});

const itself = <T>(row: T): T => row;

/** How many rows go in one statement. A batch has fewer; what is put back of a whole app may have many more. */
const ROWS = 1000;

/** Sends rows as they are asked for, each statement's made when it is. */
function* inPieces<T>(
  client: Client,
  saving: Statement,
  all: readonly T[],
  rowOf: (one: T, i: number) => object,
): Generator<Promise<unknown>> {
  for (let at = 0; at < all.length; at += ROWS)
    yield run(client, saving, asJson(all.slice(at, at + ROWS).map((one, i) => rowOf(one, at + i))));
}

function statementOf(change: Change): Statement {
  const { insert, update, remove } = writes[change.record];
  if (isGone(change)) return remove;
  return change.fresh ? insert : update;
}

const attemptsGiven = `unnest($1::text[], $2::bigint[], $3::text[], ${toldColumns.map((_, i) => `$${i + 4}::text[]`)})
  WITH ORDINALITY AS new (appid, at, attempt, ${toldColumns}, nth)`;
const insertCallbacks = statement(
  `INSERT INTO callback (appid, nth, at, attempt, ${toldColumns})
   SELECT ledger.appid, new.nth + coalesce((SELECT max(nth) FROM callback WHERE callback.appid = ledger.appid), 0),
     new.at, new.attempt, ${toldColumns.map((name) => `new.${name}`)}
   FROM ${attemptsGiven} JOIN ledger ON ledger.appid = new.appid AND ledger.removal IS NULL
   RETURNING nth`,
);
const removeOldCallbacks = statement(
  `DELETE FROM callback USING (SELECT appid, max(at) AS newest FROM ${attemptsGiven} GROUP BY appid) AS given
   WHERE callback.appid = given.appid AND callback.at < given.newest - ${CALLBACKS_KEPT.milliseconds}`,
);
const removeManyCallbacks = statement(
  `DELETE FROM callback USING
     (SELECT DISTINCT new.appid, (SELECT max(nth) FROM callback WHERE callback.appid = new.appid) AS last
      FROM ${attemptsGiven}) AS given
   WHERE callback.appid = given.appid AND callback.nth <= given.last - ${CALLBACKS_KEPT.count}`,
);

/**
 * Saves attempts at asking the merchant of one app, and removes those that are no longer kept. The first statement's rows
 * are the numbers that they were given, in any order; none where there is no such app.
 */
export function saveCallbacks(
  client: Client,
  attempts: readonly CallbackAttempt[],
): [Promise<Row[]>, ...Promise<Row[]>[]] {
  const columns = [
    attempts.map(({ appid }) => appid),
    attempts.map(({ at }) => at),
    attempts.map((attempt) => JSON.stringify(attempt)),
    ...Object.values(told).map((tell) => attempts.map(tell)),
  ];
  const sent = (saving: Statement) => run(client, saving, ...columns);
  return [sent(insertCallbacks), sent(removeOldCallbacks), sent(removeManyCallbacks)];
}
