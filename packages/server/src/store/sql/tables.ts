import { defaultSettings } from "../../domain/access/settings.ts";
import type { WalletCoupon } from "../../domain/pricing/eligible.ts";
import type {
  App,
  Claim,
  Coupon,
  HandOut,
  Hold,
  Interval,
  Operator,
  Order,
  Person,
  RecordKind,
  Stock,
  UserCoupon,
} from "../../domain/records.ts";
import { always, type Field, fixed, flag, free, from, json, key, type Row, table } from "./columns.ts";

const interval = (start: string, end: string): Field<Interval> => ({
  columns: [
    { name: start, role: "free", write: (interval) => interval.start },
    { name: end, role: "free", write: (interval) => interval.end },
  ],
  read: (row, at) => ({ start: row[at], end: row[at + 1] }),
});

const onOrder = (outOrderId: string, until: string): Field<UserCoupon["order"]> => ({
  columns: [
    { name: outOrderId, role: "free", write: (order) => order?.outOrderId ?? null },
    { name: until, role: "free", write: (order) => order?.until ?? null },
  ],
  read: (row, at) => (row[at] === null ? null : { outOrderId: row[at], until: row[at + 1] }),
});

const jsonOrNull = <T extends object>(name: string): Field<T | null> => ({
  columns: [{ name, role: "free", write: (value) => value && JSON.stringify(value) }],
  read: (row, at) => row[at] && JSON.parse(row[at]),
});

/** Terms that were stored before they told the discount state none, until their coupon is replaced. */
const noDiscount = () => ({ discount: null });

/**
 * What both SQL adapters know of each record: its table, its columns, and what stands in them. Where an app or a coupon
 * is in their keys, each says itself (`own` in its `rows.ts`).
 */
export const tables = {
  app: table<App>()(
    { table: "app", owner: null, given: [] },
    {
      appid: key("appid"),
      createdAt: fixed("created_at"),
      secret: json("secret"),
      tokenQuota: free("token_quota"),
      tokens: json("tokens"),
      settings: json("settings", ({ appid }) => defaultSettings(appid as string)),
      confirmedUrl: free("confirmed_url"),
      exported: jsonOrNull("exported"),
      sandbox: jsonOrNull("sandbox"),
    },
  ),
  coupon: table<Coupon>()(
    { table: "coupon", owner: null, given: ["appid", "position"] },
    {
      outCouponId: fixed("out_coupon_id"),
      kind: free("kind"),
      channel: free("channel"),
      document: free("document"),
      terms: json("terms", noDiscount),
      status: free("status"),
      paused: flag("paused"),
      createdAt: fixed("created_at"),
      updatedAt: free("updated_at"),
      activatedAt: free("activated_at"),
    },
  ),
  stock: table<Stock>()(
    { table: "stock", owner: "coupon", given: ["appid", "outCouponId", "position"] },
    {
      remaining: free("remaining"),
      claimed: free("claimed"),
      promised: free("held"),
      createdAt: free("created_at"),
      updatedAt: free("updated_at"),
    },
  ),
  userCoupon: table<UserCoupon>()(
    { table: "user_coupon", owner: "coupon", given: ["appid", "outCouponId"] },
    {
      outUserCouponId: key("out_user_coupon_id"),
      openid: fixed("openid"),
      slot: fixed("slot"),
      status: free("status"),
      createdAt: fixed("created_at"),
      updatedAt: free("updated_at"),
      receivedAt: free("received_at"),
      validity: interval("starts_at", "ends_at"),
      usedAt: free("used_at"),
      order: onOrder("out_order_id", "locked_until"),
    },
  ),
  /** A claim is the user coupon it was granted, as it was then: what it is read from never changes. */
  claim: table<Claim>()(
    { table: "claim", owner: "app", given: ["appid", "outCouponId"] },
    {
      requestId: key("request_id"),
      outUserCouponId: from("user_coupon", fixed("out_user_coupon_id")),
      openid: from("user_coupon", fixed("openid")),
      claimedAt: from("user_coupon", fixed("created_at")),
      validity: from("user_coupon", interval("starts_at", "ends_at")),
    },
  ),
  hold: table<Hold>()(
    { table: "hold", owner: "app", given: ["appid", "outCouponId"], removable: true },
    {
      requestId: key("request_id"),
      openid: free("openid"),
      until: free("until"),
      takenBy: free("taken_by"),
      open: always(true),
    },
  ),
  order: table<Order, Exclude<keyof Order, "appid" | "outOrderId">>()(
    { table: "shop_order", owner: "app", given: ["appid"], rest: "content" },
    { outOrderId: key("out_order_id") },
  ),
  operator: table<Operator, Exclude<keyof Operator, "appid" | "name" | "open">>()(
    { table: "house_operator", owner: "app", given: ["appid"], rest: "content", removable: true },
    { name: key("name"), open: always(true) },
  ),
  handOut: table<HandOut, "outCouponId" | "total" | "by" | "dryRun" | "next" | "after" | "given" | "refusals">()(
    { table: "hand_out", owner: "app", given: ["appid"], rest: "content" },
    {
      handOutId: key("hand_out_id"),
      list: fixed("list"),
      state: free("state"),
      createdAt: fixed("created_at"),
      updatedAt: free("updated_at"),
      worker: free("worker"),
      workerUntil: free("worker_until"),
    },
  ),
  person: table<Person>()(
    { table: "person", owner: "app", given: ["appid"], removable: true },
    {
      name: key("name"),
      openid: free("openid"),
      unionid: free("unionid"),
      createdAt: free("created_at"),
      open: always(true),
    },
  ),
} satisfies Record<RecordKind, object>;

/** What a cart is priced with, of a coupon and of one that a person has: `WalletCoupon`. */
export const held = {
  coupon: table<WalletCoupon["coupon"]>()(
    { table: "coupon", owner: null, given: [] },
    { outCouponId: fixed("out_coupon_id"), status: free("status"), terms: json("terms", noDiscount) },
  ),
  userCoupon: table<WalletCoupon["userCoupon"]>()(
    { table: "user_coupon", owner: "coupon", given: ["outCouponId"] },
    {
      outUserCouponId: key("out_user_coupon_id"),
      slot: fixed("slot"),
      status: free("status"),
      validity: interval("starts_at", "ends_at"),
      usedAt: free("used_at"),
      order: onOrder("out_order_id", "locked_until"),
    },
  ),
};

/** A coupon's stock in a row it was joined to; undefined where it has none. */
export const stockIn = (row: Row, coupon: Coupon, at: number): Stock | undefined =>
  row[at] === null ? undefined : tables.stock.read(row, coupon, at);

/** What is kept of the journal beside its rows. */
const kept = ["ledger", "touched", "tally"];

/** All tables that hold records, and those beside them that both adapters have. */
export const tableNames = [
  ...Object.values(tables).map(({ table }) => table),
  "call",
  "callback",
  "hand_out_line",
  "sandbox_state",
  "journal",
  ...kept,
];
