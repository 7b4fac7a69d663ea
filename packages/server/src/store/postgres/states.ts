import type { Client } from "pg";
import { readState, stateColumns, stateValues } from "../sql/states.ts";
import { type KeptState, STATES_KEPT, type StoreReads } from "../store.ts";
import { type Ask, run, statement } from "./statements.ts";

const select = statement(`SELECT ${stateColumns}, body FROM sandbox_state WHERE appid = $1 AND name = $2`);
const selectAll = statement(`SELECT ${stateColumns} FROM sandbox_state WHERE appid = $1 ORDER BY name`);

/** What is read of saved states. */
export const stateReads = (ask: Ask): Pick<StoreReads, "state" | "listStates"> => ({
  async state(appid, name) {
    const [row] = await ask(select, appid, name);
    return row && { ...readState(appid, row), body: row.at(-1) };
  },
  listStates: async (appid) => (await ask(selectAll, appid)).map((row) => readState(appid, row)),
});

const insert = statement(
  `INSERT INTO sandbox_state (appid, ${stateColumns}, body)
   SELECT ledger.appid, ${stateColumns.map((_, i) => `$${i + 3}`)}, $2 FROM ledger
   WHERE ledger.appid = $1 AND removal IS NULL
     AND (SELECT count(*) FROM sandbox_state AS other WHERE other.appid = $1 AND other.name <> $3) < ${STATES_KEPT}
   ON CONFLICT (appid, name) DO UPDATE
     SET ${["body", ...stateColumns.slice(1)].map((name) => `${name} = EXCLUDED.${name}`)}
   RETURNING 1`,
);
const remove = statement("DELETE FROM sandbox_state WHERE appid = $1 AND name = $2 RETURNING 1");

/** Keeps a state, of an app that is locked; answers whether there was room. */
export const keepState = async (client: Client, state: KeptState): Promise<boolean> =>
  (await run(client, insert, state.appid, state.body, ...stateValues(state))).length > 0;

/** Removes a state; answers whether there was one. */
export const removeState = async (client: Client, appid: string, name: string): Promise<boolean> =>
  (await run(client, remove, appid, name)).length > 0;
