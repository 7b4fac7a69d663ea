import { defaultSettings } from "../../domain/access/settings.ts";
import type { App, Claim, Coupon, Hold, Order, Stock, UserCoupon } from "../../domain/records.ts";

/** Rows come as arrays in the order of these columns: cheaper than objects on pages of 200. */
export const couponColumns =
  "id, out_coupon_id, kind, channel, document, terms, status, created_at, updated_at, activated_at";
export const stockColumns = "remaining, claimed, held, created_at, updated_at";
export const userCouponColumns =
  "out_user_coupon_id, openid, slot, status, created_at, updated_at, received_at, starts_at, ends_at, used_at, out_order_id, locked_until";
export const appColumns = "number, appid, created_at, secret, token_quota, tokens, settings, confirmed_url";

const POSITIONS = 2 ** 32;

/** The position of the coupon with an `id`. */
export const positionOf = (id: number) => id % POSITIONS;

/** The `id` of the coupon at a position of an app. */
export const couponIdAt = (app: number, position: number) => app * POSITIONS + position;

// biome-ignore lint/suspicious/noExplicitAny: SQLite's columns have the types its STRICT tables declare
export type Row = any[];

/** What terms that were stored before they told the discount lack: such a coupon states none until it is replaced. */
const beforeDiscounts = { discount: null };

export const readCoupon = (appid: string, row: Row): Coupon => ({
  appid,
  outCouponId: row[1],
  position: positionOf(row[0]),
  kind: row[2],
  channel: row[3],
  document: row[4],
  terms: { ...beforeDiscounts, ...JSON.parse(row[5]) },
  status: row[6],
  createdAt: row[7],
  updatedAt: row[8],
  activatedAt: row[9],
});

/** Reads a coupon's stock from `row`, whose stock columns begin at `at`. */
export const readStock = ({ appid, outCouponId, position }: Coupon, row: Row, at = 0): Stock => ({
  appid,
  outCouponId,
  position,
  remaining: row[at],
  claimed: row[at + 1],
  promised: row[at + 2],
  createdAt: row[at + 3],
  updatedAt: row[at + 4],
});

export const readUserCoupon = (appid: string, outCouponId: string, row: Row): UserCoupon => ({
  appid,
  outCouponId,
  outUserCouponId: row[0],
  openid: row[1],
  slot: row[2],
  status: row[3],
  createdAt: row[4],
  updatedAt: row[5],
  receivedAt: row[6],
  validity: { start: row[7], end: row[8] },
  usedAt: row[9],
  order: row[10] === null ? null : { outOrderId: row[10], until: row[11] },
});

/** A claim is the user coupon it was granted, as it was then: what it is read from never changes. */
export const claimColumns = "out_coupon_id, out_user_coupon_id, openid, user_coupon.created_at, starts_at, ends_at";

export const readClaim = (appid: string, requestId: string, row: Row): Claim => ({
  appid,
  requestId,
  outCouponId: row[0],
  outUserCouponId: row[1],
  openid: row[2],
  claimedAt: row[3],
  validity: { start: row[4], end: row[5] },
});

export const holdColumns = "request_id, openid, until, taken_by";

export const readHold = (appid: string, outCouponId: string, row: Row): Hold => ({
  appid,
  requestId: row[0],
  outCouponId,
  openid: row[1],
  until: row[2],
  takenBy: row[3],
  open: true,
});

export const readOrder = (appid: string, outOrderId: string, row: Row): Order => ({
  appid,
  outOrderId,
  ...JSON.parse(row[0]),
});

export const readApp = (row: Row): App => ({
  appid: row[1],
  createdAt: row[2],
  secret: JSON.parse(row[3]),
  tokenQuota: row[4],
  tokens: JSON.parse(row[5]),
  // A setting that came after the app was saved has its default.
  settings: { ...defaultSettings(row[1]), ...JSON.parse(row[6]) },
  confirmedUrl: row[7],
});
