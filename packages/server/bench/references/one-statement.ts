/**
 * The least that a page from PostgreSQL can cost: one statement by the primary key whose answer is the page itself, made of
 * entries that lie there ready as text, and a handler that does nothing but send it.
 */
import { servePostgres } from "./postgres-server.ts";

const [url, appid] = process.argv.slice(2) as [string, string];

const page = {
  name: "page",
  rowMode: "array" as const,
  text: `SELECT '{"errcode":0,"total_num":' || (SELECT max(position) + 1 FROM ready_entry WHERE appid = $1) || ',"result_list":['
           || string_agg(entry, ',' ORDER BY position) || ']}'
         FROM ready_entry WHERE appid = $1 AND position >= $2 AND position < $2 + $3`,
};

servePostgres(url, async (pool, _path, body) => {
  const { page_size, offset } = JSON.parse(body);
  const { rows } = await pool.query({ ...page, values: [appid, offset, page_size] });
  return rows[0]?.[0];
});
