import { expect, it, onTestFinished } from "vitest";
import { journalEnds } from "../../src/store/postgres/journal-ends.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { steps } from "../../src/store/postgres/schema.ts";
import { createSchema, query } from "../../testing/postgres.ts";
import { patient } from "../../testing/stores.ts";
import { keptOfJournals, liveThrough } from "./older-journals.ts";

it("a PostgreSQL database from before journals were chained comes to hold what the ledger would have kept", async () => {
  const [newer, older] = [await createSchema(), await createSchema()];
  onTestFinished(async () => void (await Promise.all([newer.drop(), older.drop()])));
  const store = await openPostgresStore({ url: newer.url, ...patient });
  await liveThrough(store);
  const kept = await keptOfJournals(store);
  await store.close();

  const before = steps.slice(0, steps.indexOf(journalEnds)) as string[];
  for (const step of before) await query(older.url, step);
  const [{ name }] = (await query(newer.url, "SELECT current_schema() AS name")).rows;
  const { rows } = await query(
    older.url,
    `SELECT table_name AS "table", string_agg(column_name, ', ') AS columns
     FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'journal' GROUP BY table_name`,
  );
  for (const { table, columns } of rows)
    await query(
      older.url,
      // The house's row came later than journals were chained.
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${name}.${table} ${table === "ledger" ? "WHERE appid <> ''" : ""}`,
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
  for (const change of ["UPDATE journal SET at = 0", "DELETE FROM journal"])
    await expect(query(older.url, change)).rejects.toThrow("append-only");
});
