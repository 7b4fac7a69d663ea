/**
 * What a developer writes first on PostgreSQL: one transaction for each claim, `LIMIT … OFFSET` and `COUNT(*)` for each page.
 * Statements are prepared once. It is spared most of the rules: nothing of a body is checked, nobody's limit is counted.
 */
import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { servePostgres } from "./postgres-server.ts";

const [url, appid] = process.argv.slice(2) as [string, string];

const takeOne = {
  name: "take",
  text: `UPDATE textbook_coupon SET remaining = remaining - 1, claimed = claimed + 1
         WHERE appid = $1 AND out_coupon_id = $2 AND remaining > 0 RETURNING valid_days`,
};
const give = {
  name: "give",
  text: `INSERT INTO textbook_user_coupon (appid, out_coupon_id, out_user_coupon_id, openid, request_id, status, create_time, end_time)
         VALUES ($1, $2, $3, $4, $5, 100, $6, $7)`,
};
const listPage = {
  name: "page",
  text: `SELECT out_coupon_id, type, status, create_time, update_time, document
         FROM textbook_coupon WHERE appid = $1 ORDER BY id LIMIT $2 OFFSET $3`,
};
const countAll = { name: "count", text: "SELECT COUNT(*) FROM textbook_coupon WHERE appid = $1" };

type Claim = { openid: string; out_coupon_id: string; request_id: string };
type Page = { page_size: number; offset: number };

servePostgres(url, async (pool, path, body) => {
  const parsed = JSON.parse(body);
  return JSON.stringify(path.includes("/get_list") ? await getList(pool, parsed) : await claim(pool, parsed));
});

async function claim(pool: Pool, asked: Claim): Promise<object> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const answer = await taken(client, asked);
    await client.query(answer === undefined ? "ROLLBACK" : "COMMIT");
    return answer === undefined ? { errcode: 1090029 } : { errcode: 0, user_coupon: answer };
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

async function taken(client: PoolClient, { openid, out_coupon_id, request_id }: Claim): Promise<object | undefined> {
  const { rows } = await client.query({ ...takeOne, values: [appid, out_coupon_id] });
  if (rows.length === 0) return;
  const create_time = Math.floor(Date.now() / 1000);
  const end_time = create_time + rows[0].valid_days * 86_400;
  const out_user_coupon_id = randomUUID();
  const values = [appid, out_coupon_id, out_user_coupon_id, openid, request_id, create_time, end_time];
  await client.query({ ...give, values });
  return { out_user_coupon_id, openid, out_coupon_id, status: 100, create_time, start_time: create_time, end_time };
}

async function getList(pool: Pool, { page_size, offset }: Page): Promise<object> {
  const { rows } = await pool.query({ ...listPage, values: [appid, page_size, offset] });
  const counted = await pool.query({ ...countAll, values: [appid] });
  const result_list = rows.map(({ document, ...coupon }) => ({ coupon: { ...coupon, coupon_info: document } }));
  return { errcode: 0, total_num: Number(counted.rows[0].count), result_list };
}
