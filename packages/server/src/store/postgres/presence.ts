import pg from "pg";
import { assertUrl } from "./connection.ts";

/** Whether a database holds Quanku's tables. Looks only. Throws where it cannot be opened. */
export async function hasPostgresData(url: string): Promise<boolean> {
  assertUrl(url);
  const client = new pg.Client({ connectionString: url, application_name: "quanku", connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query("SELECT to_regclass('schema_version') IS NOT NULL AS is_there");
    return rows[0].is_there;
  } finally {
    await client.end().catch(() => {});
  }
}
