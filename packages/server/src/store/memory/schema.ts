import type { App, Claim, Coupon, Hold, Order, Stock, UserCoupon } from "../../domain/records.ts";
import type { CallbackAttempt, JournalRow } from "../store.ts";

/** Keys are ids joined by U+0000, which no id holds. */
export const keyOf = (...ids: string[]) => ids.join("\0");

/** Everything the memory store holds. */
export const emptyTables = () => ({
  apps: new Map<string, App>(),
  /** The coupons of an app by position. */
  catalogues: new Map<string, Coupon[]>(),
  /** The position of (appid, out_coupon_id). */
  positions: new Map<string, number>(),
  /** By (appid, out_coupon_id). */
  stocks: new Map<string, Stock>(),
  /** By (appid, out_coupon_id, out_user_coupon_id). */
  userCoupons: new Map<string, UserCoupon>(),
  /** By (appid, request_id). */
  claims: new Map<string, Claim>(),
  /** Those that are open, by (appid, request_id). */
  holds: new Map<string, Hold>(),
  /** The keys of the user coupons of (appid, openid) by slot. */
  wallets: new Map<string, string[]>(),
  /** By (appid, out_order_id). */
  orders: new Map<string, Order>(),
  /** Of an app, newest last. */
  callbacks: new Map<string, CallbackAttempt[]>(),
  /** Of an app, oldest first. */
  journals: new Map<string, JournalRow[]>(),
});
export type Tables = ReturnType<typeof emptyTables>;

export function findCoupon(tables: Tables, appid: string, outCouponId: string): Coupon | undefined {
  const position = tables.positions.get(keyOf(appid, outCouponId));
  return position === undefined ? undefined : tables.catalogues.get(appid)?.[position];
}
