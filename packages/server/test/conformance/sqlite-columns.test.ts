import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { columnsOf, numbered } from "../../src/store/sqlite/rows.ts";
import { migrate } from "../../src/store/sqlite/schema.ts";
import { declaredBy, foundIn } from "./columns.ts";

it("SQLite's tables have the columns that are declared of their records, and no others", () => {
  const db = new DatabaseSync(":memory:");
  migrate(db);
  const columns = db
    .prepare(
      `SELECT sqlite_schema.name AS "table", column.name AS "column"
       FROM sqlite_schema JOIN pragma_table_info(sqlite_schema.name) AS column WHERE sqlite_schema.type = 'table'`,
    )
    .all() as { table: string; column: string }[];
  db.close();
  const declared = declaredBy((kind) => [...columnsOf(kind).map(({ name }) => name), numbered[kind] ?? []].flat());
  expect(declared).toEqual(
    foundIn(columns, [
      "call",
      "callback",
      "hand_out_line",
      "journal",
      "ledger",
      "probe",
      "sandbox_state",
      "settled",
      "tally",
      "touched",
      "wallet",
    ]),
  );
});
