import type { Client } from "pg";
import type { Row } from "../sql/columns.ts";
import { command, run, statement } from "./statements.ts";

/** Each commit moves an app's `seq`: by that others notice this one, and forget what they remember of the app. */
const beginning = [
  "UPDATE ledger SET removal = 'going', seq = seq + 1, digest = '', holds = 0 WHERE appid = $1",
  "DELETE FROM app WHERE appid = $1",
  "DELETE FROM hold WHERE appid = $1",
  "DELETE FROM hand_out WHERE appid = $1",
].map(statement);

/** Makes an app one that is removed. */
export const beginRemoval = (client: Client, appid: string): Promise<Row[]>[] =>
  beginning.map((begin) => run(client, begin, appid));

export const selectGoing = statement("SELECT appid FROM ledger WHERE removal = 'going' ORDER BY appid");
const selectRemoval = statement("SELECT FROM ledger WHERE appid = $1 AND removal = 'going' FOR UPDATE");
const finish = statement("UPDATE ledger SET removal = 'gone' WHERE appid = $1");
/** Asked of the schema, so that no table is forgotten. */
const selectTables = statement(
  `SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
   WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND column_name = 'appid'
     AND table_name NOT IN ('ledger', 'probe') ORDER BY table_name`,
);

/** Removes at most `limit` rows of an app that is being removed, in a transaction of its own; 0 once all is gone. */
export async function removeSome(client: Client, appid: string, limit: number): Promise<number> {
  await command(client, "BEGIN ISOLATION LEVEL READ COMMITTED");
  let removed = 0;
  if ((await run(client, selectRemoval, appid)).length > 0) {
    for (const [table] of await run(client, selectTables)) {
      const gone = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE appid = $1 LIMIT $2)) RETURNING 1`;
      removed = (await run(client, statementOf(gone), appid, limit)).length;
      if (removed > 0) break;
    }
    if (removed === 0) await run(client, finish, appid);
  }
  await command(client, "COMMIT");
  return removed;
}

/** What an app keeps that is emptied, of the tables that are asked for above: itself and its saved states. */
const stays = ["app", "sandbox_state"];

/** The tables that have what an app has beside itself and its saved states. */
export const emptiedTables = async (client: Client): Promise<string[]> =>
  (await run(client, selectTables)).map(([table]) => table).filter((table) => !stays.includes(table));

/** Removes all that an app has in such tables, in the transaction that locked it. */
export const empty = (client: Client, tables: readonly string[], appid: string): Promise<Row[]>[] =>
  tables.map((table) => run(client, statementOf(`DELETE FROM ${table} WHERE appid = $1`), appid));

const statements = new Map<string, ReturnType<typeof statement>>();

/** A statement whose text is known to few places only, prepared once for each. */
function statementOf(text: string) {
  const made = statements.get(text) ?? statement(text);
  statements.set(text, made);
  return made;
}
