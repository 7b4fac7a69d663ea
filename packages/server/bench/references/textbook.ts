/**
 * What a developer writes first: `node:http`, `node:sqlite`, one transaction for each request. Its database is opened as
 * Quanku's is, so that both run on the same settings; statements are prepared once, and nothing of a body is checked beyond
 * what the rules need.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "../../src/store/sqlite/connection.ts";

const [dataDir, appid, token, ...couponIds] = process.argv.slice(2) as [string, string, string, ...string[]];
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
CREATE TABLE claim_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appid TEXT NOT NULL,
  request_id TEXT NOT NULL,
  held_coupon INTEGER NOT NULL,
  UNIQUE (appid, request_id)
);
`);
const insertCoupon = db.prepare(
  `INSERT INTO shop_coupon (appid, out_coupon_id, status, limit_per_person, valid_days, remaining, claimed, update_time)
   VALUES (?, ?, 2, 5, 30, 2000000000, 0, 0)`,
);
db.exec("BEGIN");
for (const id of couponIds) insertCoupon.run(appid, id);
db.exec("COMMIT");

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
const selectClaimed = db.prepare(
  "SELECT held_coupon.* FROM claim_request JOIN held_coupon ON held_coupon.id = held_coupon WHERE claim_request.appid = ? AND request_id = ?",
);
const selectHeld = db.prepare("SELECT * FROM held_coupon WHERE id = ?");
const insertClaim = db.prepare("INSERT INTO claim_request (appid, request_id, held_coupon) VALUES (?, ?, ?)");

type RecordBody = {
  openid: string;
  user_coupon: { out_coupon_id: string; out_user_coupon_id: string; status: number };
  recv_time?: number;
};
type ClaimBody = { openid: string; out_coupon_id: string; request_id: string };
type CouponRow = { id: number; status: number; limit_per_person: number; valid_days: number };
type HeldRow = {
  out_user_coupon_id: string;
  openid: string;
  out_coupon_id: string;
  status: number;
  create_time: number;
  update_time: number;
  end_time: number;
  start_time: number;
};
type Reply = { errcode: number; user_coupon?: object };

const now = () => Math.floor(Date.now() / 1000);

function record(app: string, { openid, user_coupon, recv_time }: RecordBody): Reply {
  const { out_coupon_id: couponId, out_user_coupon_id: id, status } = user_coupon;
  const existing = selectExisting.get(app, couponId, id) as { openid: string } | undefined;
  if (existing) return { errcode: existing.openid === openid ? 0 : 1090033 };
  return { errcode: give(app, couponId, openid, id, status, recv_time ?? now()).errcode };
}

function claim(app: string, { openid, out_coupon_id: couponId, request_id }: ClaimBody): Reply {
  const claimed = selectClaimed.get(app, request_id) as HeldRow | undefined;
  if (claimed && (claimed.openid !== openid || claimed.out_coupon_id !== couponId)) return { errcode: 1090033 };
  if (claimed) return { errcode: 0, user_coupon: shown(claimed) };
  const { errcode, held } = give(app, couponId, openid, randomUUID(), 100, now());
  if (held === undefined) return { errcode };
  insertClaim.run(app, request_id, held);
  return { errcode, user_coupon: shown(selectHeld.get(held) as HeldRow) };
}

/** Answers the errcode, and the id of the row if one was given. */
function give(app: string, couponId: string, openid: string, id: string, status: number, received: number) {
  const coupon = selectCoupon.get(app, couponId) as CouponRow | undefined;
  if (!coupon) return { errcode: 1090057 };
  if (coupon.status !== 2) return { errcode: 1090058 };
  const { held } = countHeld.get(app, openid, couponId) as { held: number };
  if (held >= coupon.limit_per_person) return { errcode: 1090030 };
  const end = received + coupon.valid_days * 86_400;
  const time = now();
  const row = insertHeld.run(app, couponId, id, openid, status, received, received, end, time, time);
  if (takeOne.run(time, coupon.id).changes !== 1) return { errcode: 1090029 };
  return { errcode: 0, held: row.lastInsertRowid };
}

const shown = (held: HeldRow) => ({
  out_user_coupon_id: held.out_user_coupon_id,
  openid: held.openid,
  out_coupon_id: held.out_coupon_id,
  status: held.status,
  create_time: held.create_time,
  update_time: held.update_time,
  end_time: held.end_time,
  ext_info: {},
  start_time: held.start_time,
});

const appOfToken = new Map([[token, appid]]);

function serve(request: IncomingMessage, response: ServerResponse, body: string): void {
  const [path, query] = (request.url ?? "").split("?") as [string, string?];
  const app = appOfToken.get(new URLSearchParams(query).get("access_token") ?? "");
  let answer: Reply = { errcode: 40001 };
  if (app !== undefined) {
    const parsed = JSON.parse(body);
    db.exec("BEGIN IMMEDIATE");
    answer = path.endsWith("/claim") ? claim(app, parsed) : record(app, parsed);
    db.exec(answer.errcode === 0 ? "COMMIT" : "ROLLBACK");
  }
  const reply = JSON.stringify(answer);
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
