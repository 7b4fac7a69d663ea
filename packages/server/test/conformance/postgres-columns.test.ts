import { expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { columnsOf, typeOfColumn } from "../../src/store/postgres/rows.ts";
import { createSchema, query } from "../../testing/postgres.ts";
import { patient } from "../../testing/stores.ts";
import { declaredBy, foundIn } from "./columns.ts";

it("PostgreSQL's tables have the columns that are declared of their records, and no others but those it numbers itself", async () => {
  const schema = await createSchema();
  try {
    await (await openPostgresStore({ url: schema.url, ...patient })).close();
    const { rows } = await query(
      schema.url,
      `SELECT table_name AS "table", column_name AS "column", data_type AS type
       FROM information_schema.columns WHERE table_schema = current_schema()
         AND (table_name, column_name) <> ('shop_order', 'number')`,
    );
    const declared = declaredBy((kind) => columnsOf(kind).map(({ name }) => name));
    expect(declared).toEqual(
      foundIn(rows, [
        "ledger",
        "call",
        "callback",
        "hand_out_line",
        "journal",
        "probe",
        "sandbox_state",
        "schema_version",
        "tally",
        "touched",
      ]),
    );
    // A number is given as one of 64 bits where another table has it so.
    const wide = (type: string) => type.replace("integer", "bigint");
    const written = rows.filter(({ table }) => table in declared || ["touched", "tally", "callback"].includes(table));
    const wrong = written.filter(({ column, type }) => wide(typeOfColumn(column)) !== wide(type));
    expect(wrong).toEqual([]);
  } finally {
    await schema.drop();
  }
});
