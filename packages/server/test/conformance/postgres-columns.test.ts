import { expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { columnsOf } from "../../src/store/postgres/rows.ts";
import { createSchema, query } from "../../testing/postgres.ts";
import { patient } from "../../testing/stores.ts";
import { declaredBy, foundIn } from "./columns.ts";

it("PostgreSQL's tables have the columns that are declared of their records, and no others but those it numbers itself", async () => {
  const schema = await createSchema();
  try {
    await (await openPostgresStore({ url: schema.url, ...patient })).close();
    const { rows } = await query(
      schema.url,
      `SELECT table_name AS "table", column_name AS "column"
       FROM information_schema.columns WHERE table_schema = current_schema() AND (table_name, column_name) <> ('shop_order', 'number')`,
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
  } finally {
    await schema.drop();
  }
});
