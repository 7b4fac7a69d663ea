import type { DatabaseSync } from "node:sqlite";
import type { RecordKey } from "../../domain/records.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import {
  appColumns,
  claimColumns,
  couponColumns,
  couponIdAt,
  holdColumns,
  positionOf,
  readApp,
  readClaim,
  readCoupon,
  readHold,
  readOrder,
  readStock,
  readUserCoupon,
  stockColumns,
  userCouponColumns,
} from "./rows.ts";
import { type AppNumbers, query } from "./statements.ts";

const holdColumnCount = holdColumns.split(", ").length;

/** Kinds of records in the order they are loaded: coupons before what refers to them. */
const firstNeeds: RecordKey["need"][] = ["app", "catalogueSize", "coupon"];

/**
 * Provides what keys name. The ids of the coupons met on the way are noted in `couponIds`, by appid and
 * out_coupon_id joined by U+0000; an absent coupon has none.
 */
export function loader(db: DatabaseSync, appNumbers: AppNumbers) {
  const selectApp = query(db, `SELECT ${appColumns} FROM app WHERE appid = ?`);
  const selectCoupon = query(db, `SELECT ${couponColumns} FROM coupon WHERE app = ? AND out_coupon_id = ?`);
  const selectCouponId = query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?");
  const selectStock = query(db, `SELECT ${stockColumns} FROM stock WHERE coupon = ?`);
  const selectLastCoupon = query(db, "SELECT max(id) FROM coupon WHERE id >= ? AND id < ?");
  const selectUserCoupon = query(
    db,
    `SELECT ${userCouponColumns} FROM user_coupon WHERE coupon = ? AND out_user_coupon_id = ?`,
  );
  const selectClaim = query(
    db,
    `SELECT ${claimColumns} FROM claim
     JOIN user_coupon ON user_coupon.id = claim.user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE claim.app = ? AND request_id = ?`,
  );
  const selectHold = query(
    db,
    `SELECT ${holdColumns}, out_coupon_id FROM hold JOIN coupon ON coupon.id = hold.coupon
     WHERE hold.app = ? AND request_id = ?`,
  );
  const selectHoldsOf = query(db, `SELECT ${holdColumns} FROM hold WHERE coupon = ? AND openid = ?`);
  const selectOrder = query(db, "SELECT content FROM shop_order WHERE app = ? AND out_order_id = ?");
  const selectLastSlot = query(db, "SELECT max(slot) FROM user_coupon WHERE app = ? AND openid = ?");
  const countGiven = query(db, "SELECT count(*) FROM user_coupon WHERE app = ? AND openid = ? AND coupon = ?");

  return function load(keys: readonly RecordKey[], records: WorkingCopy, couponIds: Map<string, number>): void {
    for (const key of keys) if (firstNeeds.includes(key.need)) loadFirst(key);
    for (const key of keys) if (!firstNeeds.includes(key.need)) loadHeldThings(key);

    function loadFirst(key: RecordKey): void {
      const { appid } = key;
      const app = appNumbers.find(appid);
      if (key.need === "app") {
        const row = selectApp.get(appid);
        records.provide("app", [appid], row && readApp(row));
      } else if (key.need === "catalogueSize") {
        const last = app === undefined ? null : selectLastCoupon.get(couponIdAt(app, 0), couponIdAt(app + 1, 0))?.[0];
        records.provideCount("catalogueSize", [appid], last === null ? 0 : positionOf(last) + 1);
      } else if (key.need === "coupon") {
        const row = app === undefined ? undefined : selectCoupon.get(app, key.outCouponId);
        if (row) couponIds.set(`${appid}\0${key.outCouponId}`, row[0]);
        const coupon = row && readCoupon(appid, row);
        records.provide("coupon", [appid, key.outCouponId], coupon);
        const stockRow = row && selectStock.get(row[0]);
        records.provide("stock", [appid, key.outCouponId], coupon && stockRow && readStock(coupon, stockRow));
      }
    }

    function loadHeldThings(key: RecordKey): void {
      const { appid } = key;
      const app = appNumbers.find(appid) ?? -1;
      if (key.need === "walletSize") {
        const last = selectLastSlot.get(app, key.openid)?.[0];
        records.provideCount("walletSize", [appid, key.openid], last === null ? 0 : last + 1);
      } else if (key.need === "claim") {
        const row = selectClaim.get(app, key.requestId);
        records.provide("claim", [appid, key.requestId], row && readClaim(appid, key.requestId, row));
      } else if (key.need === "hold") {
        const row = selectHold.get(app, key.requestId);
        records.provide("hold", [appid, key.requestId], row && readHold(appid, row[holdColumnCount], row));
      } else if (key.need === "order") {
        const row = selectOrder.get(app, key.outOrderId);
        records.provide("order", [appid, key.outOrderId], row && readOrder(appid, key.outOrderId, row));
      } else if (key.need === "holdsOf") {
        const { outCouponId, openid } = key;
        const rows = selectHoldsOf.all(couponId(app, appid, outCouponId), openid);
        const holds = rows.map((row) => readHold(appid, outCouponId, row));
        records.provideHoldsOf([appid, outCouponId, openid], holds);
      } else if (key.need === "userCoupon") {
        const row = selectUserCoupon.get(couponId(app, appid, key.outCouponId), key.outUserCouponId);
        const userCoupon = row && readUserCoupon(appid, key.outCouponId, row);
        records.provide("userCoupon", [appid, key.outCouponId, key.outUserCouponId], userCoupon);
      } else if (key.need === "given") {
        const coupon = records.coupon(appid, key.outCouponId);
        if (coupon && coupon.status !== "draft" && coupon.terms.limitPerPerson === null) return;
        const count = countGiven.get(app, key.openid, couponId(app, appid, key.outCouponId))?.[0];
        records.provideCount("given", [appid, key.outCouponId, key.openid], count);
      }
    }

    function couponId(app: number, appid: string, outCouponId: string): number {
      const key = `${appid}\0${outCouponId}`;
      const id = couponIds.get(key) ?? selectCouponId.get(app, outCouponId)?.[0] ?? -1;
      couponIds.set(key, id);
      return id;
    }
  };
}
