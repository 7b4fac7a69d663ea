import type { RouteName } from "@quanku/protocol/admin";

/** A column of a list: its title, and the path of what it shows. */
export type Column = readonly [title: string, path: string];

const journal: readonly Column[] = [
  ["seq", "seq"],
  ["time", "time"],
  ["by", "by"],
  ["command", "command"],
];

const userCoupons: readonly Column[] = [
  ["user coupon", "out_user_coupon_id"],
  ["coupon", "out_coupon_id"],
  ["status", "status"],
  ["received", "receive_time"],
  ["ends", "end_time"],
  ["openid", "openid"],
];

const orders: readonly Column[] = [
  ["order", "out_order_id"],
  ["status", "status"],
  ["total", "total"],
  ["discount", "discount"],
  ["payable", "payable"],
  ["refunded", "refunded"],
  ["openid", "openid"],
];

/** What the command line shows of the entries of each list unless JSON is asked for; the last column may be of any width. */
export const columns: Partial<Record<RouteName, readonly Column[]>> = {
  listSandboxStates: [
    ["state", "state"],
    ["saved", "save_time"],
    ["app's time", "app_time"],
    ["records", "records"],
    ["by", "by"],
  ],
  listCoupons: [
    ["coupon", "coupon.out_coupon_id"],
    ["type", "coupon.type"],
    ["status", "status"],
    ["paused", "paused"],
    ["remaining", "stock.remaining"],
    ["claimed", "stock.claimed"],
    ["name", "name"],
  ],
  listCouponHistory: journal,
  listUserCouponHistory: journal,
  listOrderHistory: journal,
  listJournal: journal,
  listHouseJournal: journal,
  listWallet: userCoupons,
  listHolders: userCoupons,
  findUserCoupons: userCoupons,
  listOrders: orders,
  listCouponOrders: orders,
  listReports: [
    ["day", "day"],
    ["claimed", "claimed"],
    ["redeemed", "redeemed"],
    ["returned", "returned"],
    ["expired", "expired"],
    ["given up", "given_up"],
    ["orders", "orders"],
    ["discount", "discount"],
    ["turnover", "turnover"],
    ["refunded", "refunded"],
    ["coupon", "out_coupon_id"],
  ],
  listHandOuts: [
    ["hand-out", "hand_out"],
    ["coupon", "out_coupon_id"],
    ["state", "state"],
    ["dry run", "dry_run"],
    ["lines", "total"],
    ["decided", "next"],
    ["given", "given"],
    ["made", "create_time"],
    ["by", "by"],
  ],
  listPersons: [
    ["openid", "openid"],
    ["unionid", "unionid"],
    ["made", "create_time"],
    ["name", "name"],
  ],
  listFaults: [
    ["fault", "fault"],
    ["what", "what"],
    ["share", "share"],
    ["count", "count"],
    ["seen", "seen"],
    ["hit", "hit"],
    ["seed", "seed"],
    ["ends", "end_time"],
    ["calls", "calls"],
  ],
  listCallbacks: [
    ["callback", "callback"],
    ["time", "time_ms"],
    ["purpose", "purpose"],
    ["verdict", "verdict"],
    ["status", "status"],
    ["ms", "milliseconds"],
    ["request id", "request_id"],
    ["why", "reason"],
  ],
};
