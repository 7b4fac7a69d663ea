import type { Client } from "pg";
import { CALLS_KEPT, type LoggedCall } from "../../domain/sandbox/call-log.ts";
import { askedOfCalls, callColumns, callRow, readCall } from "../sql/calls.ts";
import type { Row } from "../sql/columns.ts";
import type { StoreReads } from "../store.ts";
import { type Ask, run, type Statement, statement } from "./statements.ts";

const types: Record<string, string> = { at: "bigint", code: "integer" };
const insertCalls = statement(
  `INSERT INTO call (appid, nth, ${callColumns})
   SELECT ledger.appid, new.nth + coalesce((SELECT max(nth) FROM call WHERE call.appid = ledger.appid), 0), ${callColumns}
   FROM ledger CROSS JOIN unnest(${callColumns.map((name, i) => `$${i + 2}::${types[name] ?? "text"}[]`)})
     WITH ORDINALITY AS new (${callColumns}, nth)
   WHERE ledger.appid = $1 AND ledger.removal IS NULL`,
);
/** Those in front that are too old, as far as the first that is not, and those that are too many. */
const removeCalls = statement(
  `DELETE FROM call WHERE appid = $1 AND nth < greatest(
     (SELECT nth FROM call WHERE appid = $1 AND at >= $2::bigint ORDER BY nth LIMIT 1),
     (SELECT max(nth) FROM call WHERE appid = $1) + 1 - ${CALLS_KEPT.count})`,
);

/** Saves calls of one sandbox app, and removes those that are no longer kept. */
export function saveCalls(client: Client, appid: string, calls: readonly LoggedCall[]): Promise<Row[]>[] {
  const rows = calls.map(callRow);
  const columns = callColumns.map((_, column) => rows.map((row) => row[column]));
  const newest = calls.reduce((latest, { at }) => Math.max(latest, at), 0);
  return [
    run(client, insertCalls, appid, ...columns),
    run(client, removeCalls, appid, newest - CALLS_KEPT.milliseconds),
  ];
}

const filtered = new Map<string, Statement>();

/** Finds those of which some columns are what they must be. */
function selectBefore(asked: readonly string[]): Statement {
  const key = asked.join();
  const made =
    filtered.get(key) ??
    statement(
      `SELECT nth, ${callColumns} FROM call
       WHERE appid = $1 AND nth < $2::bigint ${asked.map((name, i) => `AND ${name} = $${i + 4}`).join(" ")}
       ORDER BY nth DESC LIMIT $3`,
    );
  filtered.set(key, made);
  return made;
}
const selectAfter = statement(
  `SELECT nth, ${callColumns} FROM call WHERE appid = $1 AND nth > $2::bigint ORDER BY nth LIMIT $3`,
);

export const callReads = (ask: Ask): Pick<StoreReads, "listCalls" | "listCallsAfter"> => ({
  async listCalls(appid, filter, before, limit) {
    const asked = askedOfCalls(filter);
    const values = asked.map(([, value]) => value);
    const until = before ?? Number.MAX_SAFE_INTEGER;
    const rows = await ask(selectBefore(asked.map(([column]) => column)), appid, until, limit, ...values);
    return rows.map(([nth, ...row]) => readCall(appid, nth, row));
  },
  listCallsAfter: async (appid, nth, limit) =>
    (await ask(selectAfter, appid, nth, limit)).map(([nth, ...row]) => readCall(appid, nth, row)),
});
