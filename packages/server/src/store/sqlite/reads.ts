import type { DatabaseSync } from "node:sqlite";
import type { StoreReads } from "../store.ts";
import {
  appColumns,
  couponColumns,
  couponIdAt,
  holdColumns,
  positionOf,
  readApp,
  readCoupon,
  readHold,
  readOrder,
  readStock,
  readUserCoupon,
  stockColumns,
  userCouponColumns,
} from "./rows.ts";
import { type AppNumbers, query } from "./statements.ts";

const qualified = (table: string, columns: string) =>
  columns
    .split(", ")
    .map((column) => `${table}.${column}`)
    .join(", ");

export function reads(db: DatabaseSync, appNumbers: AppNumbers): StoreReads {
  const selectLastCoupon = query(db, "SELECT max(id) FROM coupon WHERE id >= ? AND id < ?");
  const selectPage = query(
    db,
    `SELECT ${qualified("coupon", couponColumns)}, ${qualified("stock", stockColumns)}
     FROM coupon LEFT JOIN stock ON stock.coupon = coupon.id
     WHERE coupon.id >= ? AND coupon.id < ? ORDER BY coupon.id`,
  );
  const couponColumnCount = couponColumns.split(", ").length;
  const selectCoupon = query(db, `SELECT ${couponColumns} FROM coupon WHERE app = ? AND out_coupon_id = ?`);
  const selectLastSlot = query(db, "SELECT max(slot) FROM user_coupon WHERE app = ? AND openid = ?");
  const selectSlots = query(
    db,
    `SELECT ${qualified("user_coupon", userCouponColumns)}, coupon.out_coupon_id
     FROM user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE user_coupon.app = ? AND openid = ? AND slot > ? AND slot <= ? ORDER BY slot DESC`,
  );
  const selectWallets = query(
    db,
    `SELECT ${qualified("user_coupon", userCouponColumns)}, coupon.out_coupon_id
     FROM user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE user_coupon.app = ? AND (openid, slot) > (?, ?) ORDER BY openid, slot LIMIT ?`,
  );
  const userCouponColumnCount = userCouponColumns.split(", ").length;
  const selectHeld = query(
    db,
    `SELECT ${qualified("user_coupon", userCouponColumns)}, ${qualified("coupon", couponColumns)}
       , user_coupon.all_usable
     FROM (SELECT *, count(*) FILTER (WHERE usable) OVER () AS all_usable
       FROM (SELECT *, CASE
           WHEN status = 'effective' AND starts_at <= ?3 AND (ends_at = 0 OR ends_at >= ?3)
             AND (locked_until IS NULL OR locked_until < ?3)
           THEN (SELECT status IN ('active', 'expired') FROM coupon WHERE coupon.id = user_coupon.coupon)
           ELSE 0 END AS usable
         FROM user_coupon WHERE app = ?1 AND openid = ?2)
       ORDER BY usable DESC,
         CASE WHEN usable THEN CASE WHEN ends_at = 0 THEN 9007199254740991 ELSE ends_at END END,
         slot DESC
       LIMIT ?4) AS user_coupon
     JOIN coupon ON coupon.id = user_coupon.coupon ORDER BY slot DESC`,
  );
  const selectOrder = query(db, "SELECT content FROM shop_order WHERE app = ? AND out_order_id = ?");
  const selectApp = query(db, `SELECT ${appColumns} FROM app WHERE appid = ?`);
  const selectApps = query(db, `SELECT ${appColumns} FROM app ORDER BY number`);
  const selectHolds = query(
    db,
    `SELECT ${qualified("hold", holdColumns)}, out_coupon_id, appid
     FROM hold JOIN coupon ON coupon.id = hold.coupon JOIN app ON app.number = hold.app
     WHERE until < ? ORDER BY until LIMIT ?`,
  );
  const holdColumnCount = holdColumns.split(", ").length;
  const selectCouponsOver = query(
    db,
    `SELECT out_coupon_id FROM coupon
     WHERE app = ? AND status = 'active' AND terms ->> '$.validity.interval.end' < ? LIMIT ?`,
  );
  const selectUserCouponsOver = query(
    db,
    `SELECT out_coupon_id, out_user_coupon_id FROM user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE user_coupon.app = ? AND user_coupon.status = 'effective' AND ends_at > 0 AND ends_at < ?
       AND (locked_until IS NULL OR locked_until < ?) LIMIT ?`,
  );
  const selectCallbacks = query(db, "SELECT attempt FROM callback WHERE app = ? ORDER BY at DESC, id DESC LIMIT ?");
  const selectJournal = query(
    db,
    "SELECT seq, appid, at, command, steps FROM journal WHERE appid = ? AND seq > ? ORDER BY seq LIMIT ?",
  );

  return {
    async listCoupons(appid, offset, limit) {
      const app = appNumbers.find(appid);
      const last = app === undefined ? null : selectLastCoupon.get(couponIdAt(app, 0), couponIdAt(app + 1, 0))?.[0];
      if (app === undefined || last === null) return { total: 0, entries: [] };
      const total = positionOf(last) + 1;
      const end = Math.min(offset + limit, total);
      if (offset >= end) return { total, entries: [] };
      const rows = selectPage.all(couponIdAt(app, offset), couponIdAt(app, end));
      const entries = rows.map((row) => {
        const coupon = readCoupon(appid, row);
        const hasStock = row[couponColumnCount] !== null;
        return { coupon, stock: hasStock ? readStock(coupon, row, couponColumnCount) : undefined };
      });
      return { total, entries };
    },
    async coupon(appid, outCouponId) {
      const row = selectCoupon.get(appNumbers.find(appid) ?? -1, outCouponId);
      return row && readCoupon(appid, row);
    },
    async listUserCoupons(appid, openid, offset, limit) {
      const app = appNumbers.find(appid) ?? -1;
      const last = selectLastSlot.get(app, openid)?.[0];
      if (last === null) return { total: 0, entries: [] };
      const newest = last - offset;
      const rows = newest < 0 ? [] : selectSlots.all(app, openid, newest - limit, newest);
      return { total: last + 1, entries: rows.map((row) => readUserCoupon(appid, row[userCouponColumnCount], row)) };
    },
    listWallets: async (appid, last, limit) =>
      selectWallets
        .all(appNumbers.find(appid) ?? -1, last?.openid ?? "", last?.slot ?? -1, limit)
        .map((row) => readUserCoupon(appid, row[userCouponColumnCount], row)),
    async listHeldCoupons(appid, openid, now, limit) {
      const rows = selectHeld.all(appNumbers.find(appid) ?? -1, openid, now, limit);
      const entries = rows.map((row) => {
        const coupon = readCoupon(appid, row.slice(userCouponColumnCount));
        return { coupon, userCoupon: readUserCoupon(appid, coupon.outCouponId, row) };
      });
      return { entries, more: Math.max(0, (rows[0]?.at(-1) ?? 0) - limit) };
    },
    async order(appid, outOrderId) {
      const row = selectOrder.get(appNumbers.find(appid) ?? -1, outOrderId);
      return row && readOrder(appid, outOrderId, row);
    },
    async app(appid) {
      const row = selectApp.get(appid);
      return row && readApp(row);
    },
    listApps: async () => selectApps.all().map(readApp),
    listHolds: async (second, limit) =>
      selectHolds.all(second, limit).map((row) => readHold(row[holdColumnCount + 1], row[holdColumnCount], row)),
    listCouponsOver: async (appid, second, limit) =>
      selectCouponsOver.all(appNumbers.find(appid) ?? -1, second, limit).map(([outCouponId]) => outCouponId),
    listUserCouponsOver: async (appid, second, limit) =>
      selectUserCouponsOver
        .all(appNumbers.find(appid) ?? -1, second, second, limit)
        .map(([outCouponId, outUserCouponId]) => ({ outCouponId, outUserCouponId })),
    listCallbacks: async (appid, limit) =>
      selectCallbacks.all(appNumbers.find(appid) ?? -1, limit).map(([attempt]) => JSON.parse(attempt)),
    readJournal: async (appid, after, limit) =>
      selectJournal.all(appid, after, limit).map(([seq, , at, command, steps]) => ({
        seq,
        appid,
        at,
        command,
        steps: JSON.parse(steps),
      })),
  };
}
