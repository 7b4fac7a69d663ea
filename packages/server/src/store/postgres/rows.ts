import { defaultSettings } from "../../domain/access/settings.ts";
import type { App, Claim, Coupon, Hold, Order, Stock, UserCoupon } from "../../domain/records.ts";

/** Rows come as arrays in the order of these columns: cheaper than objects on pages of 200. */
const columns = {
  app: "appid, created_at, secret, token_quota, tokens, settings, confirmed_url",
  coupon:
    "appid, out_coupon_id, position, kind, channel, document, terms, status, created_at, updated_at, activated_at",
  stock: "remaining, claimed, held, created_at, updated_at",
  user_coupon:
    "out_user_coupon_id, openid, slot, status, created_at, updated_at, received_at, starts_at, ends_at, used_at, out_order_id, locked_until",
  hold: "request_id, openid, until, taken_by",
};

/** A table's columns, each with the table's name before it. */
export const columnsOf = (table: keyof typeof columns): string =>
  columns[table]
    .split(", ")
    .map((column) => `${table}.${column}`)
    .join(", ");

/** How many columns {@link columnsOf} names: what is selected after them begins there. */
export const widthOf = (table: keyof typeof columns): number => columns[table].split(", ").length;

/**
 * The out_coupon_id behind a row of a table. Asked row by row: on tables that were empty when it planned, the planner
 * may join all coupons of the app to each row.
 */
export const couponIdOf = (table: "user_coupon" | "claim" | "hold"): string =>
  `(SELECT out_coupon_id FROM coupon WHERE coupon.appid = ${table}.appid AND coupon.position = ${table}.coupon)`;

// biome-ignore lint/suspicious/noExplicitAny: the columns have the types that the schema declares
export type Row = any[];

export const readApp = (row: Row): App => ({
  appid: row[0],
  createdAt: row[1],
  secret: JSON.parse(row[2]),
  tokenQuota: row[3],
  tokens: JSON.parse(row[4]),
  // A setting that came after the app was saved has its default.
  settings: { ...defaultSettings(row[0]), ...JSON.parse(row[5]) },
  confirmedUrl: row[6],
});

export const appRow = ({ appid, createdAt, secret, tokenQuota, tokens, settings, confirmedUrl }: App) => ({
  appid,
  created_at: createdAt,
  secret: JSON.stringify(secret),
  token_quota: tokenQuota,
  tokens: JSON.stringify(tokens),
  settings: JSON.stringify(settings),
  confirmed_url: confirmedUrl,
});

export const readCoupon = (row: Row): Coupon => ({
  appid: row[0],
  outCouponId: row[1],
  position: row[2],
  kind: row[3],
  channel: row[4],
  document: row[5],
  terms: JSON.parse(row[6]),
  status: row[7],
  createdAt: row[8],
  updatedAt: row[9],
  activatedAt: row[10],
});

export const couponRow = (coupon: Coupon) => {
  const { appid, outCouponId, position, kind, channel, document, terms, status } = coupon;
  return {
    appid,
    out_coupon_id: outCouponId,
    position,
    kind,
    channel,
    document,
    terms: JSON.stringify(terms),
    status,
    created_at: coupon.createdAt,
    updated_at: coupon.updatedAt,
    activated_at: coupon.activatedAt,
    limited: terms.limitPerPerson !== null,
    ends_at: terms.validity?.kind === "fixed" ? terms.validity.interval.end : null,
  };
};

/** Reads a coupon's stock from `row`, whose stock columns begin at `at`; undefined where it has none. */
export const readStock = ({ appid, outCouponId, position }: Coupon, row: Row, at: number): Stock | undefined =>
  row[at] === null
    ? undefined
    : {
        appid,
        outCouponId,
        position,
        remaining: row[at],
        claimed: row[at + 1],
        promised: row[at + 2],
        createdAt: row[at + 3],
        updatedAt: row[at + 4],
      };

export const stockRow = ({ appid, position, remaining, claimed, promised, createdAt, updatedAt }: Stock) => ({
  appid,
  coupon: position,
  remaining,
  claimed,
  held: promised,
  created_at: createdAt,
  updated_at: updatedAt,
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

/** `coupon` is the position of the user coupon's coupon. */
export const userCouponRow = (held: UserCoupon, coupon: number) => ({
  appid: held.appid,
  coupon,
  out_user_coupon_id: held.outUserCouponId,
  openid: held.openid,
  slot: held.slot,
  status: held.status,
  created_at: held.createdAt,
  updated_at: held.updatedAt,
  received_at: held.receivedAt,
  starts_at: held.validity.start,
  ends_at: held.validity.end,
  used_at: held.usedAt,
  out_order_id: held.order?.outOrderId ?? null,
  locked_until: held.order?.until ?? null,
});

/** A claim is the user coupon it was granted, as it was then: what it is read from never changes. */
export const claimColumns = `claim.appid, request_id, ${couponIdOf("claim")}, claim.out_user_coupon_id, user_coupon.openid,
  user_coupon.created_at, user_coupon.starts_at, user_coupon.ends_at`;

export const readClaim = (row: Row): Claim => ({
  appid: row[0],
  requestId: row[1],
  outCouponId: row[2],
  outUserCouponId: row[3],
  openid: row[4],
  claimedAt: row[5],
  validity: { start: row[6], end: row[7] },
});

export const claimRow = ({ appid, requestId, outUserCouponId }: Claim, coupon: number) => ({
  appid,
  request_id: requestId,
  coupon,
  out_user_coupon_id: outUserCouponId,
});

export const readHold = (appid: string, outCouponId: string, row: Row): Hold => ({
  appid,
  requestId: row[0],
  outCouponId,
  openid: row[1],
  until: row[2],
  takenBy: row[3],
  open: true,
});

export const holdRow = ({ appid, requestId, openid, until, takenBy }: Hold, coupon: number) => ({
  appid,
  request_id: requestId,
  coupon,
  openid,
  until,
  taken_by: takenBy,
});

export const orderColumns = "shop_order.appid, shop_order.out_order_id, shop_order.content";

export const readOrder = (row: Row): Order => ({ appid: row[0], outOrderId: row[1], ...JSON.parse(row[2]) });

export const orderRow = ({ appid, outOrderId, ...content }: Order) => ({
  appid,
  out_order_id: outOrderId,
  content: JSON.stringify(content),
});
