import { extname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import type { Bits } from "./bits.ts";
import { query } from "./statements.ts";

/** How many rows are read at a time, so that no old state of the database is kept for long. */
const PAGE = 5000;

/** `done` tells whether all rows were noted. */
export type Reading = { done: Promise<boolean>; stop(): void };

/** Notes the rows of the tables, as they are when it comes to them. */
export function noteRows(db: DatabaseSync, bits: Bits): void {
  const selectUserCoupons = query(
    db,
    `SELECT id, app, coupon, openid, out_user_coupon_id FROM user_coupon WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  for (let rows = selectUserCoupons.all(-1); rows.length > 0; rows = selectUserCoupons.all(rows.at(-1)?.[0]))
    for (const [, app, coupon, openid, outUserCouponId] of rows) {
      bits.note("wallet", app, openid);
      bits.note("given", coupon, openid);
      bits.note("userCoupon", coupon, outUserCouponId);
    }
  noteNames(db, "claim", "request_id", (app, requestId) => bits.note("request", app, requestId));
  noteNames(db, "shop_order", "out_order_id", (app, outOrderId) => bits.note("order", app, outOrderId));
}

/** Reads a table in the order of an index of its apps and a column. */
function noteNames(db: DatabaseSync, table: string, column: string, note: (app: number, name: string) => void): void {
  const select = query(
    db,
    `SELECT app, ${column} FROM ${table} WHERE (app, ${column}) > (?, ?) ORDER BY app, ${column} LIMIT ${PAGE}`,
  );
  for (let rows = select.all(-1, ""); rows.length > 0; rows = select.all(...(rows.at(-1) as [])))
    for (const [app, name] of rows) note(app, name);
}

/** The same at once, on a connection that is open. */
export const readHere =
  (db: DatabaseSync) =>
  (bits: Bits): Reading => {
    noteRows(db, bits);
    return { done: Promise.resolve(true), stop() {} };
  };

/** TypeScript in the repository, JavaScript where this is published: as this module, so its neighbour. */
const entry = new URL(`./seen-thread${extname(import.meta.url)}`, import.meta.url);

/** The same on a thread of its own, which ends with it. */
export const readBeside =
  (file: string) =>
  ({ words }: Bits): Reading => {
    const thread = new Worker(entry, { workerData: { file, words } });
    thread.unref();
    // Told by its exit, which follows.
    thread.on("error", () => {});
    const done = new Promise<boolean>((resolve) => thread.once("exit", (code) => resolve(code === 0)));
    return { done, stop: () => void thread.terminate() };
  };
