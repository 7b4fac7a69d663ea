import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { DATABASE_FILE } from "../../src/store/sqlite/connection.ts";
import { journalEnds } from "../../src/store/sqlite/journal-ends.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { steps } from "../../src/store/sqlite/schema.ts";
import { patient } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { APPS, keptOfJournals, liveThrough } from "./older-journals.ts";

it("a SQLite database from before journals were chained comes to hold what the ledger would have kept", async () => {
  const [newer, older] = [temporaryDirectory(), temporaryDirectory()];
  onTestFinished(newer.remove);
  onTestFinished(older.remove);
  const patience = { patience: patient.statementTimeout };
  const store = openSqliteStore(newer.path, patience);
  await liveThrough(store);
  const kept = await keptOfJournals(store);
  const wallets = await store.listWallets("a", null, 9999);
  const entries = await Promise.all(["", ...APPS].map((appid) => store.readJournal(appid, 0, 9999)));
  await store.close();

  const before = steps.slice(0, steps.indexOf(journalEnds)) as string[];
  const db = new DatabaseSync(join(older.path, DATABASE_FILE), { enableForeignKeyConstraints: false });
  for (const step of before) db.exec(step);
  db.exec(`PRAGMA user_version = ${before.length}`);
  db.prepare("ATTACH ? AS newer").run(join(newer.path, DATABASE_FILE));
  const columns = db
    .prepare(
      `SELECT of.name AS "table", group_concat(column.name) AS columns
       FROM main.sqlite_schema AS of JOIN pragma_table_info(of.name) AS column WHERE of.type = 'table' GROUP BY of.name`,
    )
    .all();
  for (const { table, columns: names } of columns)
    if (table !== "journal") db.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM newer.${table}`);
  // Each entry had a row of its own.
  const insert = db.prepare(
    "INSERT INTO main.journal (seq, appid, at, command, steps, given_by) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const { seq, appid, at, command, text, by } of entries.flat()) insert.run(seq, appid, at, command, text, by);
  db.close();

  const again = openSqliteStore(older.path, patience);
  onTestFinished(() => again.close());
  expect(await keptOfJournals(again)).toEqual(kept);
  expect(wallets.length).toBeGreaterThan(500);
  expect(await again.listWallets("a", null, 9999)).toEqual(wallets);
  const looking = new DatabaseSync(join(older.path, DATABASE_FILE));
  onTestFinished(() => looking.close());
  for (const change of ["UPDATE journal SET at = 0", "DELETE FROM journal"])
    expect(() => looking.exec(change)).toThrow("append-only");
  const plan = looking.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM journal WHERE appid = 'a' AND seq > 5").all();
  expect(JSON.stringify(plan)).toContain("journal_of_app (appid=? AND rowid>?)");
});
