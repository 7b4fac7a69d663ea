import type { Client } from "pg";
import { isGone, type RecordKind, recordKinds } from "../../domain/records.ts";
import type { Change } from "../../domain/working-copy.ts";
import { told, toldColumns } from "../sql/attempts.ts";
import { listed, ofRole, type Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type Commit, type JournalEntry } from "../store.ts";
import { columnsOf, type Positions, rowWriter } from "./rows.ts";
import { asJson, run, type Statement, statement } from "./statements.ts";

const rowsOf = (table: string) => `json_populate_recordset(NULL::${table}, $1) AS new`;
const insert = (table: string, more = "") => statement(`INSERT INTO ${table} SELECT * FROM ${rowsOf(table)} ${more}`);

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
  const inserting = insert(table, removable ? put : "");
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
const insertLedgers = insert("ledger");
const updateLedgers = update("ledger", [{ name: "seq" }], [{ name: "appid" }]);
const insertEntries = insert("journal");

/** By what a commit is found again whose answer was lost: its first journal entry, and the id in it. */
export type Mark = { appid: string; seq: number; transaction: string };

/**
 * Saves what a transaction leaves behind, with one statement for each kind of change, all sent at once. `seqs` are those
 * of the locked apps, and are moved on by the journal. `positions` knows the coupons that were loaded.
 */
export function save(
  client: Client,
  { changes, journal }: Commit,
  { seqs, positions, transaction }: { seqs: Map<string, number>; positions: Positions; transaction: string },
): { sent: Promise<unknown>[]; mark: Mark | undefined } {
  for (const { record, value } of changes)
    if (record === "coupon") positions.note(value.appid, value.outCouponId, value.position);
  const isNew = new Set(changes.flatMap(({ record, value, fresh }) => (record === "app" && fresh ? value.appid : [])));
  for (const appid of isNew) seqs.set(appid, 0);
  const entries = entryRows(journal, seqs, transaction);
  const [fresh, known] = [true, false].map((wanted) =>
    [...seqs].filter(([appid]) => isNew.has(appid) === wanted).map(([appid, seq]) => ({ appid, seq })),
  ) as [object[], object[]];

  const rowOf = ({ record, value }: Change) => writes[record].rowOf(value, positions);
  const sent = [
    send(client, insertLedgers, fresh),
    send(client, updateLedgers, known),
    ...[...Map.groupBy(changes, statementOf)].map(([saving, changed]) => send(client, saving, changed.map(rowOf))),
    send(client, insertEntries, entries),
  ];
  return { sent, mark: entries[0] && { appid: entries[0].appid, seq: entries[0].seq, transaction } };
}

/** The rows of journal entries, numbered on from `seqs`, which are moved on. */
function entryRows(journal: readonly JournalEntry[], seqs: Map<string, number>, transaction: string) {
  return journal.map(({ appid, at, command, by, steps }, i) => {
    const last = seqs.get(appid);
    if (last === undefined) throw new Error(`a change of app ${appid}, which does not exist or was not locked`);
    const seq = last + 1;
    seqs.set(appid, seq);
    return {
      appid,
      seq,
      at,
      command,
      given_by: by,
      steps: JSON.stringify(steps),
      transaction: i === 0 ? transaction : null,
    };
  });
}

async function send(client: Client, saving: Statement, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await run(client, saving, asJson(rows));
}

function statementOf(change: Change): Statement {
  const { insert, update, remove } = writes[change.record];
  if (isGone(change)) return remove;
  return change.fresh ? insert : update;
}

const attemptsGiven = `json_to_recordset($1)
  AS new (appid text, nth bigint, at bigint, attempt text, ${toldColumns.map((name) => `${name} text`)})`;
const insertCallbacks = statement(
  `INSERT INTO callback (appid, nth, at, attempt, ${toldColumns})
   SELECT ledger.appid, new.nth + coalesce((SELECT max(nth) FROM callback WHERE callback.appid = ledger.appid), 0),
     new.at, new.attempt, ${toldColumns.map((name) => `new.${name}`)}
   FROM ${attemptsGiven} JOIN ledger ON ledger.appid = new.appid
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
  const rows = attempts.map((attempt, i) => ({
    appid: attempt.appid,
    nth: i + 1,
    at: attempt.at,
    attempt: JSON.stringify(attempt),
    ...Object.fromEntries(Object.entries(told).map(([name, tell]) => [name, tell(attempt)])),
  }));
  const sent = (saving: Statement) => run(client, saving, asJson(rows));
  return [sent(insertCallbacks), sent(removeOldCallbacks), sent(removeManyCallbacks)];
}
