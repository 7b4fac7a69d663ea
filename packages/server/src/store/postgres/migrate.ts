import type { Client } from "pg";
import { oneAtATime } from "./one-at-a-time.ts";
import { steps } from "./schema.ts";

const UNDEFINED_TABLE = "42P01";
/** `IF NOT EXISTS` does not keep two that create a table at the same moment from meeting: one is told that it is there. */
const MET = ["23505", "42P07", "42710"];

/**
 * Brings a database to the schema of this program, once, however many processes start together: they take turns at the
 * row that holds the version. Refuses a database written by a newer program.
 */
export async function migrate(client: Client): Promise<void> {
  if ((await versionOf(client)) === steps.length) return;
  await createVersion(client);
  await client.query("BEGIN");
  // Citus makes triggers on tables of its schemas only when told to; elsewhere the setting is one that nobody reads.
  await client.query("SET LOCAL citus.enable_unsafe_triggers = on");
  try {
    const { rows } = await client.query("SELECT version FROM schema_version FOR UPDATE");
    const { version } = rows[0];
    assertKnown(version);
    for (const step of steps.slice(version)) {
      if (typeof step === "string") await oneAtATime(client, step);
      else await step(client);
    }
    await client.query("UPDATE schema_version SET version = $1", [steps.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function createVersion(client: Client): Promise<void> {
  try {
    await client.query(
      "CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL, singular boolean PRIMARY KEY CHECK (singular))",
    );
  } catch (error) {
    if (!MET.includes(codeOf(error))) throw error;
  }
  await client.query("INSERT INTO schema_version VALUES (0, true) ON CONFLICT DO NOTHING");
}

/** The version of a database's schema; undefined where it has none. */
async function versionOf(client: Client): Promise<number | undefined> {
  try {
    const { rows } = await client.query("SELECT version FROM schema_version");
    const version = rows[0]?.version;
    if (version !== undefined) assertKnown(version);
    return version;
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? "";

function assertKnown(version: number): void {
  if (version > steps.length)
    throw new Error(
      `the database has schema ${version}, this program knows up to ${steps.length}: start the newer program again, or restore a backup`,
    );
}
