import type { DatabaseSync } from "node:sqlite";
import { readState, stateColumns, stateValues } from "../sql/states.ts";
import { type KeptState, STATES_KEPT, type Store, type StoreReads } from "../store.ts";
import type { AppNumbers } from "./numbers.ts";
import { query } from "./statements.ts";

/** What is read of saved states. */
export function stateReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "state" | "listStates"> {
  const select = query(db, `SELECT ${stateColumns}, body FROM sandbox_state WHERE app = ? AND name = ?`);
  const selectAll = query(db, `SELECT ${stateColumns} FROM sandbox_state WHERE app = ? ORDER BY name`);
  return {
    async state(appid, name) {
      const row = select.get(appNumbers.find(appid), name);
      return row && { ...readState(appid, row), body: row.at(-1) };
    },
    listStates: async (appid) => selectAll.all(appNumbers.find(appid)).map((row) => readState(appid, row)),
  };
}

/** What is written of saved states; to be called within a transaction. */
export function stateWrites(db: DatabaseSync, appNumbers: AppNumbers) {
  const insert = query(
    db,
    `INSERT OR REPLACE INTO sandbox_state (app, ${stateColumns}, body)
     SELECT number, ${stateColumns.map(() => "?")}, ? FROM app
     WHERE number = ? AND removal IS NULL
       AND (SELECT count(*) FROM sandbox_state AS other WHERE other.app = number AND other.name <> ?) < ${STATES_KEPT}
     RETURNING 1`,
  );
  const remove = query(db, "DELETE FROM sandbox_state WHERE app = ? AND name = ? RETURNING 1");
  return {
    keepState: (state: KeptState): boolean =>
      insert.get(...stateValues(state), state.body, appNumbers.find(state.appid), state.name) !== undefined,
    removeState: (...[appid, name]: Parameters<Store["removeState"]>): boolean =>
      remove.get(appNumbers.find(appid), name) !== undefined,
  };
}
