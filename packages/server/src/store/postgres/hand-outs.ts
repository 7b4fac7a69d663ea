import type { Client } from "pg";
import type { HandOutLine, LineResult } from "../../domain/hand-outs/lines.ts";
import type { HandOut } from "../../domain/records.ts";
import { tables } from "../sql/tables.ts";
import type { StoreReads } from "../store.ts";
import { type Ask, asJson, run, statement } from "./statements.ts";

const { handOut } = tables;

const selectOne = statement(`SELECT ${handOut.selected} FROM hand_out WHERE appid = $1 AND hand_out_id = $2`);
const selectAll = statement(
  `SELECT ${handOut.selected} FROM hand_out WHERE appid = $1 AND (created_at, hand_out_id) < ($2::bigint, $3)
   ORDER BY created_at DESC, hand_out_id DESC LIMIT $4`,
);
const selectOpen = statement(
  `SELECT ${handOut.selected}, appid FROM hand_out
   WHERE (state IN ('checking', 'running') OR worker IS NOT NULL)
     AND (worker IS NULL OR worker = $1 OR worker_until < $2) ORDER BY worker_until, updated_at LIMIT $3`,
);
const selectLines = statement(
  "SELECT line, openid, result FROM hand_out_line WHERE appid = $1 AND list = $2 AND line > $3 ORDER BY line LIMIT $4",
);
// From list to list by the key, however many lines each has.
const selectLoose = statement(
  `WITH RECURSIVE found AS (
     (SELECT appid, list FROM hand_out_line ORDER BY appid, list LIMIT 1)
     UNION ALL
     SELECT next.appid, next.list FROM found CROSS JOIN LATERAL
       (SELECT line.appid, line.list FROM hand_out_line AS line WHERE (line.appid, line.list) > (found.appid, found.list)
        ORDER BY line.appid, line.list LIMIT 1) AS next
   )
   SELECT appid, list FROM found WHERE list < $1
     AND NOT EXISTS (SELECT FROM hand_out WHERE hand_out.appid = found.appid AND hand_out.list = found.list)
   LIMIT $2`,
);

type HandOutReads = Pick<
  StoreReads,
  "handOut" | "listHandOuts" | "listOpenHandOuts" | "listHandOutLines" | "listLooseLines"
>;

/** What is read of hand-outs and their lines. */
export const handOutReads = (ask: Ask): HandOutReads => ({
  async handOut(appid, handOutId) {
    const [row] = await ask(selectOne, appid, handOutId);
    return row && handOut.read(row, { appid });
  },
  listHandOuts: async (appid, last, limit) =>
    (await ask(selectAll, appid, last?.createdAt ?? Number.MAX_SAFE_INTEGER, last?.handOutId ?? "", limit)).map((row) =>
      handOut.read(row, { appid }),
    ),
  listOpenHandOuts: async (worker, second, limit) =>
    (await ask(selectOpen, worker, second, limit)).map((row) => handOut.read(row, { appid: row[handOut.width] })),
  listHandOutLines: async (appid, list, after, limit) =>
    (await ask(selectLines, appid, list, after, limit)).map(([line, openid, result]) => ({
      line,
      openid,
      result: JSON.parse(result),
    })),
  listLooseLines: async (before, limit) =>
    (await ask(selectLoose, before, limit)).map(([appid, list]) => ({ appid, list })),
});

/** A batch that was sent before, whose answer was lost, is there already. */
const insert = statement(
  `INSERT INTO hand_out_line (appid, list, line, openid, result)
   SELECT $1, $2, new.line, new.openid,
     CASE WHEN new.nth > 1 OR earlier.line IS NOT NULL THEN '{"skipped":"repeated"}' END
   FROM (SELECT line, openid, row_number() OVER (PARTITION BY openid ORDER BY line) AS nth
     FROM unnest($3::integer[], $4::text[]) AS given (line, openid)) AS new
   LEFT JOIN LATERAL (SELECT line FROM hand_out_line AS before
     WHERE before.appid = $1 AND before.list = $2 AND before.openid = new.openid LIMIT 1) AS earlier ON true
   ON CONFLICT (appid, list, line) DO NOTHING`,
);

/** Adds lines to a list, as one statement. */
export async function addLines(
  client: Client,
  appid: string,
  list: string,
  lines: readonly Pick<HandOutLine, "line" | "openid">[],
): Promise<void> {
  const columns = [lines.map(({ line }) => line), lines.map(({ openid }) => openid)];
  await run(client, insert, appid, list, ...columns);
}

// `OFFSET 0` keeps a list's lines from being found by the list alone and looked through for each result.
const update = statement(
  `UPDATE hand_out_line SET result = new.result FROM
     (SELECT $2 AS appid, $3 AS list, given.* FROM json_to_recordset($1) AS given (line integer, result text) OFFSET 0) AS new
   WHERE hand_out_line.appid = new.appid AND hand_out_line.list = new.list AND hand_out_line.line = new.line
     AND EXISTS (SELECT FROM hand_out WHERE hand_out.appid = $2 AND hand_out_id = $4 AND worker = $5)`,
);

/** Notes results of lines, under the lock of their app. */
export async function noteLines(
  client: Client,
  { appid, handOutId, list }: Pick<HandOut, "appid" | "handOutId" | "list">,
  worker: string,
  results: readonly { line: number; result: LineResult }[],
): Promise<void> {
  const rows = results.map(({ line, result }) => ({ line, result: JSON.stringify(result) }));
  await run(client, update, asJson(rows), appid, list, handOutId, worker);
}

const remove = statement(
  `DELETE FROM hand_out_line WHERE appid = $1 AND ctid = ANY (ARRAY
     (SELECT ctid FROM hand_out_line WHERE appid = $1 AND list = $2 ORDER BY line LIMIT $3))
   RETURNING 1`,
);

/** Removes lines of a list; answers how many. */
export const removeLines = async (client: Client, appid: string, list: string, limit: number): Promise<number> =>
  (await run(client, remove, appid, list, limit)).length;
