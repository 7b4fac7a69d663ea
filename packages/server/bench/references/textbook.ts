/**
 * What a developer writes first: `node:http`, `node:sqlite`, one transaction for each request. Its database is opened as
 * Quanku's is, so that both run on the same settings; statements are prepared once, and nothing of a body is checked beyond
 * what the rules need.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "../../src/store/sqlite/connection.ts";

const [dataDir, appid, token, hotCoupon] = process.argv.slice(2) as [string, string, string, string];
const db = openDatabase(dataDir);
db.exec(`
CREATE TABLE shop_coupon (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appid TEXT NOT NULL,
  out_coupon_id TEXT NOT NULL,
  status INTEGER NOT NULL,
  limit_per_person INTEGER NOT NULL,
  valid_days INTEGER NOT NULL,
  remaining INTEGER NOT NULL CHECK (remaining >= 0),
  claimed INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  UNIQUE (appid, out_coupon_id)
);
CREATE TABLE held_coupon (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appid TEXT NOT NULL,
  out_coupon_id TEXT NOT NULL,
  out_user_coupon_id TEXT NOT NULL,
  openid TEXT NOT NULL,
  status INTEGER NOT NULL,
  recv_time INTEGER NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER NOT NULL,
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  UNIQUE (appid, out_coupon_id, out_user_coupon_id)
);
CREATE INDEX held_coupon_of_person ON held_coupon (appid, openid, out_coupon_id);
`);
db.prepare("INSERT INTO shop_coupon VALUES (1, ?, ?, 2, 1, 30, 2000000000, 0, 0)").run(appid, hotCoupon);

const appOfToken = new Map([[token, appid]]);
const selectCoupon = db.prepare("SELECT * FROM shop_coupon WHERE appid = ? AND out_coupon_id = ?");
const selectExisting = db.prepare(
  "SELECT openid FROM held_coupon WHERE appid = ? AND out_coupon_id = ? AND out_user_coupon_id = ?",
);
const countHeld = db.prepare(
  "SELECT count(*) AS held FROM held_coupon WHERE appid = ? AND openid = ? AND out_coupon_id = ?",
);
const insertHeld = db.prepare(
  `INSERT INTO held_coupon (appid, out_coupon_id, out_user_coupon_id, openid, status, recv_time, start_time, end_time,
     create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const takeOne = db.prepare(
  "UPDATE shop_coupon SET remaining = remaining - 1, claimed = claimed + 1, update_time = ? WHERE id = ? AND remaining > 0",
);

type Body = {
  openid: string;
  user_coupon: { out_coupon_id: string; out_user_coupon_id: string; status: number };
  recv_time?: number;
};
type CouponRow = { id: number; status: number; limit_per_person: number; valid_days: number };

/** Answers the errcode. */
function record(app: string, { openid, user_coupon, recv_time }: Body): number {
  const { out_coupon_id: couponId, out_user_coupon_id: id, status } = user_coupon;
  const now = Math.floor(Date.now() / 1000);
  const received = recv_time ?? now;
  const coupon = selectCoupon.get(app, couponId) as CouponRow | undefined;
  if (!coupon) return 1090057;
  const existing = selectExisting.get(app, couponId, id) as { openid: string } | undefined;
  if (existing) return existing.openid === openid ? 0 : 1090033;
  if (coupon.status !== 2) return 1090058;
  const { held } = countHeld.get(app, openid, couponId) as { held: number };
  if (held >= coupon.limit_per_person) return 1090030;
  const end = received + coupon.valid_days * 86_400;
  insertHeld.run(app, couponId, id, openid, status, received, received, end, now, now);
  return takeOne.run(now, coupon.id).changes === 1 ? 0 : 1090029;
}

function serve(request: IncomingMessage, response: ServerResponse, body: string): void {
  const app = appOfToken.get(new URLSearchParams(request.url?.split("?")[1]).get("access_token") ?? "");
  let errcode = 40001;
  if (app !== undefined) {
    const parsed = JSON.parse(body) as Body;
    db.exec("BEGIN IMMEDIATE");
    errcode = record(app, parsed);
    db.exec(errcode === 0 ? "COMMIT" : "ROLLBACK");
  }
  const reply = JSON.stringify({ errcode });
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": reply.length });
  response.end(reply);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => serve(request, response, Buffer.concat(chunks).toString()));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
