import type { DatabaseSync } from "node:sqlite";
import type { HandOutLine, LineResult } from "../../domain/hand-outs/lines.ts";
import type { HandOut } from "../../domain/records.ts";
import { tables } from "../sql/tables.ts";
import type { StoreReads } from "../store.ts";
import { type AppNumbers, NONE } from "./numbers.ts";
import { query } from "./statements.ts";

const { handOut } = tables;

type HandOutReads = Pick<
  StoreReads,
  "handOut" | "listHandOuts" | "listOpenHandOuts" | "listHandOutLines" | "listLooseLines"
>;

/** What is read of hand-outs and their lines. */
export function handOutReads(db: DatabaseSync, appNumbers: AppNumbers): HandOutReads {
  const selectOne = query(db, `SELECT ${handOut.selected} FROM hand_out WHERE app = ? AND hand_out_id = ?`);
  const selectAll = query(
    db,
    `SELECT ${handOut.selected} FROM hand_out WHERE app = ? AND (created_at, hand_out_id) < (?, ?)
     ORDER BY created_at DESC, hand_out_id DESC LIMIT ?`,
  );
  const selectOpen = query(
    db,
    `SELECT ${handOut.selected}, appid FROM hand_out JOIN app ON app.number = hand_out.app
     WHERE (state IN ('checking', 'running') OR worker IS NOT NULL)
       AND (worker IS NULL OR worker = ? OR worker_until < ?) ORDER BY worker_until, updated_at LIMIT ?`,
  );
  const selectLines = query(
    db,
    "SELECT line, openid, result FROM hand_out_line WHERE app = ? AND list = ? AND line > ? ORDER BY line LIMIT ?",
  );
  const next = (column: string) =>
    `(SELECT next.${column} FROM hand_out_line AS next WHERE (next.app, next.list) > (found.app, found.list)
      ORDER BY next.app, next.list LIMIT 1)`;
  // From list to list by the key, however many lines each has.
  const selectLoose = query(
    db,
    `WITH RECURSIVE found (app, list) AS (
       SELECT * FROM (SELECT app, list FROM hand_out_line ORDER BY app, list LIMIT 1)
       UNION ALL SELECT ${next("app")}, ${next("list")} FROM found WHERE found.app IS NOT NULL
     )
     SELECT appid, list FROM found JOIN app ON app.number = found.app
     WHERE list < ? AND NOT EXISTS (SELECT 1 FROM hand_out WHERE hand_out.app = found.app AND hand_out.list = found.list)
     LIMIT ?`,
  );
  return {
    async handOut(appid, handOutId) {
      const row = selectOne.get(appNumbers.find(appid), handOutId);
      return row && handOut.read(row, { appid });
    },
    listHandOuts: async (appid, last, limit) =>
      selectAll
        .all(appNumbers.find(appid), last?.createdAt ?? Number.MAX_SAFE_INTEGER, last?.handOutId ?? "", limit)
        .map((row) => handOut.read(row, { appid })),
    listOpenHandOuts: async (worker, second, limit) =>
      selectOpen.all(worker, second, limit).map((row) => handOut.read(row, { appid: row[handOut.width] })),
    listHandOutLines: async (appid, list, after, limit) =>
      selectLines
        .all(appNumbers.find(appid), list, after, limit)
        .map(([line, openid, result]) => ({ line, openid, result: JSON.parse(result) })),
    listLooseLines: async (before, limit) => selectLoose.all(before, limit).map(([appid, list]) => ({ appid, list })),
  };
}

/** What is written of hand-outs' lines, within a transaction. */
export function handOutWrites(db: DatabaseSync, appNumbers: AppNumbers) {
  const insert = query(
    db,
    `INSERT INTO hand_out_line (app, list, line, openid, result)
     SELECT ?1, ?2, ?3, ?4,
       CASE WHEN EXISTS (SELECT 1 FROM hand_out_line WHERE app = ?1 AND list = ?2 AND openid = ?4)
         THEN '{"skipped":"repeated"}' END`,
  );
  const selectWorker = query(db, "SELECT worker FROM hand_out WHERE app = ? AND hand_out_id = ?");
  const update = query(db, "UPDATE hand_out_line SET result = ? WHERE app = ? AND list = ? AND line = ?");
  const remove = query(
    db,
    `DELETE FROM hand_out_line WHERE (app, list, line) IN
       (SELECT app, list, line FROM hand_out_line WHERE app = ? AND list = ? ORDER BY line LIMIT ?)
     RETURNING 1`,
  );
  return {
    addLines(appid: string, list: string, lines: readonly Pick<HandOutLine, "line" | "openid">[]): void {
      const app = appNumbers.find(appid);
      if (app === NONE) throw new Error(`lines of app ${appid}, which does not exist`);
      for (const { line, openid } of lines) insert.run(app, list, line, openid);
    },
    noteLines(
      { appid, handOutId, list }: Pick<HandOut, "appid" | "handOutId" | "list">,
      worker: string,
      results: readonly { line: number; result: LineResult }[],
    ): void {
      const app = appNumbers.find(appid);
      if (selectWorker.get(app, handOutId)?.[0] !== worker) return;
      for (const { line, result } of results) update.run(JSON.stringify(result), app, list, line);
    },
    removeLines: (appid: string, list: string, limit: number): number =>
      remove.all(appNumbers.find(appid), list, limit).length,
  };
}
