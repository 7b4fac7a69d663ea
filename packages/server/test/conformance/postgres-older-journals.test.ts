import { expect, it, onTestFinished } from "vitest";
import type { Claim } from "../../src/domain/records.ts";
import { journalEnds } from "../../src/store/postgres/journal-ends.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { steps } from "../../src/store/postgres/schema.ts";
import type { Store } from "../../src/store/store.ts";
import { createSchema, query } from "../../testing/postgres.ts";
import { patient } from "../../testing/stores.ts";
import { keptOfJournals, liveThrough } from "./older-journals.ts";

/** What three requests of an app were granted. */
async function claimsOf(store: Store): Promise<(Claim | undefined)[]> {
  const requestIds = ["o1", "o2", "o519"];
  let claims: (Claim | undefined)[] = [];
  await store.transact(
    requestIds.map((requestId) => ({ need: "claim", appid: "a", requestId })),
    (records) => {
      claims = requestIds.map((requestId) => records.claim("a", requestId));
      return { changes: [], journal: [] };
    },
  );
  return claims;
}

it("a PostgreSQL database from before journals were chained comes to hold what the ledger would have kept", async () => {
  const [newer, older] = [await createSchema(), await createSchema()];
  onTestFinished(async () => void (await Promise.all([newer.drop(), older.drop()])));
  const store = await openPostgresStore({ url: newer.url, ...patient });
  await liveThrough(store);
  const kept = await keptOfJournals(store);
  const claims = await claimsOf(store);
  expect(claims.map((claim) => claim?.outUserCouponId)).toEqual(["u1", "u2", "u519"]);
  await store.close();

  const before = steps.slice(0, steps.indexOf(journalEnds)) as string[];
  for (const step of before) await query(older.url, step);
  const [{ name }] = (await query(newer.url, "SELECT current_schema() AS name")).rows;
  const { rows } = await query(
    older.url,
    `SELECT table_name AS "table", string_agg(column_name, ', ') AS columns
     FROM information_schema.columns WHERE table_schema = current_schema() 
       AND table_name NOT IN ('journal', 'claim') GROUP BY table_name`,
  );
  for (const { table, columns } of rows)
    await query(
      older.url,
      // The house's row came later than journals were chained.
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${name}.${table} ${table === "ledger" ? "WHERE appid <> ''" : ""}`,
    );
  await query(
    older.url,
    `INSERT INTO claim SELECT appid, request_id, coupon, out_user_coupon_id FROM ${name}.user_coupon WHERE request_id <> 'o2';
     INSERT INTO hold VALUES ('a', 'held', 0, 'o', 9, NULL)`,
  );
  // An entry had a row of its own.
  for (const { rows } of kept)
    await query(
      older.url,
      `INSERT INTO journal (appid, seq, at, command, steps, given_by) SELECT appid, seq, at, command, text, by
       FROM json_to_recordset($1) AS entry (appid text, seq bigint, at bigint, command text, text text, by text)`,
      [JSON.stringify(rows)],
    );
  await query(
    older.url,
    `CREATE TABLE schema_version (version integer NOT NULL, singular boolean PRIMARY KEY CHECK (singular));
     INSERT INTO schema_version VALUES (${before.length}, true)`,
  );

  const again = await openPostgresStore({ url: older.url, ...patient });
  onTestFinished(() => again.close());
  expect(await keptOfJournals(again)).toEqual(kept);
  expect(await claimsOf(again)).toEqual([claims[0], undefined, claims[2]]);
  const { rows: holds } = await query(older.url, "SELECT appid, holds FROM ledger ORDER BY appid");
  expect(holds).toEqual([
    { appid: "", holds: 0 },
    { appid: "a", holds: 1 },
    { appid: "b", holds: 0 },
  ]);
  const entry = JSON.stringify([{ appid: "a", seq: 9999, at: 1, command: "x", steps: "[]", digest: "" }]);
  const asBefore = "INSERT INTO journal SELECT * FROM json_populate_recordset(NULL::journal, $1)";
  await expect(query(older.url, asBefore, [entry]), "what processes of before write").rejects.toThrow("entries");
  for (const change of ["UPDATE journal SET at = 0", "DELETE FROM journal"])
    await expect(query(older.url, change)).rejects.toThrow("append-only");
});
