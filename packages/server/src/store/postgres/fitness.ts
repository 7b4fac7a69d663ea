import type { ClientBase } from "pg";

/** The database runs with settings that Quanku does not serve on. */
export class UnfitDatabase extends Error {
  override name = "UnfitDatabase";
}

type Settings = Record<string, string>;

/** Settings without which an acknowledged write could be lost. */
const DURABLE = ["fsync", "full_page_writes", "synchronous_commit"];

const settings = `SELECT json_object_agg(name, setting) FROM pg_settings
  WHERE name IN (${[...DURABLE, "server_encoding"].map((name) => `'${name}'`)})`;
const selectOwn = `SELECT (${settings}) AS settings, to_regclass('ledger') IS NULL AS "isEmpty",
  EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS "isCitus"`;

/** The nodes of a Citus cluster that an app's writes go to, and while there are no tables, all that they may be made on. */
const selectNodes = {
  holders: "SELECT nodename || ':' || nodeport AS node, success, result FROM run_command_on_placements('ledger', $1)",
  all: `SELECT nodename || ':' || nodeport AS node, success, result
    FROM run_command_on_all_nodes($1) LEFT JOIN pg_dist_node USING (nodeid)`,
};

/**
 * Throws {@link UnfitDatabase}, naming the setting, where a write that is acknowledged on a connection could be lost: by
 * the database, or by a node of its Citus cluster that holds the tables. Throws as well where such a node does not answer.
 * Answers whether it is such a cluster.
 */
export async function assertFit(client: Pick<ClientBase, "query">): Promise<boolean> {
  const [own] = (await client.query(selectOwn)).rows as { settings: Settings; isEmpty: boolean; isCitus: boolean }[];
  if (!own) throw new Error("the database does not tell its settings");
  assertSettings("PostgreSQL", own.settings);
  if (!own.isCitus) return false;
  const { rows } = await client.query(own.isEmpty ? selectNodes.all : selectNodes.holders, [settings]);
  for (const { node, success, result } of rows) {
    if (!success) throw new Error(`the Citus node ${node} does not answer: ${result}`);
    assertSettings(`the Citus node ${node}`, JSON.parse(result));
  }
  return true;
}

function assertSettings(where: string, settings: Settings): void {
  for (const name of DURABLE)
    if (settings[name] === "off")
      throw new UnfitDatabase(`${where} runs with ${name} off: writes would not be durable; set it to on`);
  if (settings.server_encoding !== "UTF8")
    throw new UnfitDatabase(
      `the database's encoding is ${settings.server_encoding}, not UTF8: create it with ENCODING 'UTF8'`,
    );
}
