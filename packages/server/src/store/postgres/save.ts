import type { Client } from "pg";
import type { StoredRecord } from "../../domain/records.ts";
import type { Change } from "../../domain/working-copy.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type Commit } from "../store.ts";
import { appRow, claimRow, couponRow, holdRow, orderRow, stockRow, userCouponRow } from "./rows.ts";
import { asJson, run, type Statement, statement } from "./statements.ts";

type Table = "app" | "ledger" | "coupon" | "stock" | "user_coupon" | "claim" | "hold" | "shop_order" | "journal";

const rowsOf = (table: Table) => `json_populate_recordset(NULL::${table}, $1) AS new`;
const insert = (table: Table, more = "") => statement(`INSERT INTO ${table} SELECT * FROM ${rowsOf(table)} ${more}`);
const update = (table: Table, columns: string[], key: string[]) =>
  statement(
    `UPDATE ${table} SET ${columns.map((column) => `${column} = new.${column}`).join(", ")} FROM ${rowsOf(table)}
     WHERE ${["appid", ...key].map((column) => `${table}.${column} = new.${column}`).join(" AND ")}`,
  );

const inserts: Record<StoredRecord["record"], Statement> = {
  app: insert("app"),
  coupon: insert("coupon"),
  stock: insert("stock"),
  userCoupon: insert("user_coupon"),
  claim: insert("claim"),
  order: insert("shop_order"),
  hold: insert(
    "hold",
    "ON CONFLICT (appid, request_id) DO UPDATE SET until = EXCLUDED.until, taken_by = EXCLUDED.taken_by",
  ),
};

/** A hold is put whether it is new or not, and a claim never changes. */
const updates: { [record in StoredRecord["record"]]?: Statement } = {
  app: update("app", ["secret", "token_quota", "tokens", "settings", "confirmed_url"], []),
  coupon: update(
    "coupon",
    ["kind", "channel", "document", "terms", "status", "updated_at", "activated_at", "limited", "ends_at"],
    ["position"],
  ),
  stock: update("stock", ["remaining", "claimed", "held", "created_at", "updated_at"], ["coupon"]),
  userCoupon: update(
    "user_coupon",
    ["status", "updated_at", "received_at", "starts_at", "ends_at", "used_at", "out_order_id", "locked_until"],
    ["coupon", "out_user_coupon_id"],
  ),
  order: update("shop_order", ["content"], ["out_order_id"]),
};

const removeHolds = statement(
  `DELETE FROM hold USING ${rowsOf("hold")} WHERE hold.appid = new.appid AND hold.request_id = new.request_id`,
);
const insertLedgers = insert("ledger");
const updateLedgers = update("ledger", ["seq"], []);
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
  { seqs, positions, transaction }: { seqs: Map<string, number>; positions: Map<string, number>; transaction: string },
): { sent: Promise<unknown>[]; mark: Mark | undefined } {
  for (const { record, value } of changes)
    if (record === "coupon") positions.set(`${value.appid}\0${value.outCouponId}`, value.position);
  const isNew = new Set(changes.flatMap(({ record, value, fresh }) => (record === "app" && fresh ? value.appid : [])));
  for (const appid of isNew) seqs.set(appid, 0);
  const entries = journal.map(({ appid, at, command, steps }, i) => {
    const last = seqs.get(appid);
    if (last === undefined) throw new Error(`a change of app ${appid}, which does not exist or was not locked`);
    const seq = last + 1;
    seqs.set(appid, seq);
    return { appid, seq, at, command, steps: JSON.stringify(steps), transaction: i === 0 ? transaction : null };
  });
  const ledgers = [...seqs].map(([appid, seq]) => ({ appid, seq }));

  const sent = [
    send(
      client,
      insertLedgers,
      ledgers.filter(({ appid }) => isNew.has(appid)),
    ),
    send(
      client,
      updateLedgers,
      ledgers.filter(({ appid }) => !isNew.has(appid)),
    ),
    ...Map.groupBy(changes, statementOf)
      .entries()
      .map(([saving, changed]) =>
        send(
          client,
          saving,
          changed.map((change) => rowOf(change, positions)),
        ),
      ),
    send(client, insertEntries, entries),
  ];
  return { sent, mark: entries[0] && { appid: entries[0].appid, seq: entries[0].seq, transaction } };
}

async function send(client: Client, saving: Statement, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await run(client, saving, asJson(rows));
}

function statementOf({ record, value, fresh }: Change): Statement {
  if (record === "hold" && !value.open) return removeHolds;
  return (fresh ? undefined : updates[record]) ?? inserts[record];
}

function rowOf({ record, value }: Change, positions: Map<string, number>): object {
  const coupon = () => positions.get(`${value.appid}\0${(value as { outCouponId: string }).outCouponId}`) as number;
  switch (record) {
    case "app":
      return appRow(value);
    case "coupon":
      return couponRow(value);
    case "stock":
      return stockRow(value);
    case "userCoupon":
      return userCouponRow(value, coupon());
    case "claim":
      return claimRow(value, coupon());
    case "order":
      return orderRow(value);
    case "hold":
      return holdRow(value, coupon());
  }
}

const attemptsGiven = "json_to_recordset($1) AS new (appid text, nth bigint, at bigint, attempt text)";
const insertCallbacks = statement(
  `INSERT INTO callback (appid, nth, at, attempt)
   SELECT ledger.appid, new.nth + coalesce((SELECT max(nth) FROM callback WHERE callback.appid = ledger.appid), 0),
     new.at, new.attempt
   FROM ${attemptsGiven} JOIN ledger ON ledger.appid = new.appid`,
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

/** Saves attempts at asking a merchant, and removes those that are no longer kept. */
export function saveCallbacks(client: Client, attempts: readonly CallbackAttempt[]): Promise<unknown>[] {
  const rows = [...Map.groupBy(attempts, ({ appid }) => appid).values()].flatMap((ofApp) =>
    ofApp.map((attempt, i) => ({
      appid: attempt.appid,
      nth: i + 1,
      at: attempt.at,
      attempt: JSON.stringify(attempt),
    })),
  );
  return [insertCallbacks, removeOldCallbacks, removeManyCallbacks].map((saving) => run(client, saving, asJson(rows)));
}
