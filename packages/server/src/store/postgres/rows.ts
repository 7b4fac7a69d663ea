import { nameIn } from "../../domain/catalogue/documents.ts";
import type { Coupon, RecordKind } from "../../domain/records.ts";
import type { Column, Role, Row, Value } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { countColumns } from "../sql/tallies.ts";

/** What names a coupon, or something that is a coupon's; `position` where that is known. */
type OfCoupon = { appid: string; outCouponId: string; position?: number };

/** The positions of the coupons that a transaction met: by them rows name their coupon. */
export class Positions {
  readonly #known = new Map<string, number>();

  find({ appid, outCouponId, position }: OfCoupon): number {
    return position ?? (this.#known.get(`${appid}\0${outCouponId}`) as number);
  }

  note(appid: string, outCouponId: string, position: number): void {
    this.#known.set(`${appid}\0${outCouponId}`, position);
  }
}

type Written<R> = Column<R, Positions, Value | boolean>;
type Own = Written<never>;

const appid: Own = { name: "appid", role: "key", property: "appid", write: (of: { appid: string }) => of.appid };
const position = (name: string, role: Role): Own => ({
  name,
  role,
  write: (of: OfCoupon, positions) => positions.find(of),
});
const free = (name: string, write: (coupon: Coupon) => Value | boolean): Own => ({ name, role: "free", write });

/** The number of the journal entry that recorded it. */
const entry: Own = { name: "entry", role: "fixed", write: (of: { entry?: number }) => of.entry ?? null };

/** By what rows are found, by whose they are. */
const owners = { app: [appid], coupon: [appid, position("coupon", "key")], none: [] };

/** The request that it answers, where it was recorded for one. */
const requestId: Own = {
  name: "request_id",
  role: "fixed",
  write: (of: { requestId?: string }) => of.requestId ?? null,
};

/** What else stands in rows and in no record; of a coupon's terms and its document what statements ask for. */
const more: { [K in RecordKind]?: readonly Own[] } = {
  coupon: [
    appid,
    position("position", "key"),
    free("limited", ({ terms }) => terms.limitPerPerson !== null),
    free("name", ({ document }) => nameIn(document)),
    free("ends_at", ({ terms }) => (terms.validity?.kind === "fixed" ? terms.validity.interval.end : null)),
  ],
  userCoupon: [entry, requestId],
  claim: [
    position("coupon", "fixed"),
    { name: "out_user_coupon_id", role: "fixed", write: (claim: { outUserCouponId: string }) => claim.outUserCouponId },
  ],
  hold: [position("coupon", "free")],
};

/** The columns of a kind's table. */
export const columnsOf = (kind: RecordKind): readonly Written<object>[] => {
  const { owner, columns } = tables[kind];
  return [...owners[owner ?? "none"], ...(more[kind] ?? []), ...columns] as Written<object>[];
};

/** The columns that are no texts, by their types. */
const types: Record<string, readonly string[]> = {
  boolean: ["limited"],
  integer: ["position", "coupon", "slot", "paused", "remaining", "held"],
  bigint: [
    ...["created_at", "updated_at", "received_at", "activated_at", "used_at", "starts_at", "ends_at"],
    ...["locked_until", "until", "worker_until", "at", "nth", "seq", "entry", "day", "channel", "token_quota"],
    ...countColumns,
  ],
};
const typeOf = new Map(Object.entries(types).flatMap(([type, names]) => names.map((name) => [name, type])));

/** The type that a column's values are given as; those that are narrower take them all the same. */
export const typeOfColumn = (name: string): string => typeOf.get(name) ?? "text";

/**
 * All claims, as the table `claim` is selected from: each stands in the row of the user coupon that was recorded for it; in a
 * table of its own where that was recorded before, as also all that were granted before rows had a place for it.
 */
export const allClaims = `(SELECT appid, request_id, coupon, out_user_coupon_id FROM user_coupon WHERE request_id IS NOT NULL
  UNION ALL SELECT appid, request_id, coupon, out_user_coupon_id FROM claim) AS claim`;

/** A coupon's columns, and where it is. */
export const couponColumns = `${tables.coupon.selected}, coupon.appid, coupon.position`;

/** How many columns {@link couponColumns} are. */
export const couponWidth = tables.coupon.width + 2;

/** Reads a coupon from `row`, whose coupon columns begin at `at`. */
export function readCoupon(row: Row, at = 0): Coupon {
  const own = at + tables.coupon.width;
  return tables.coupon.read(row, { appid: row[own], position: row[own + 1] }, at);
}

/**
 * The out_coupon_id behind a row of a table. Asked row by row: on tables that were empty when it planned, the planner
 * may join all coupons of the app to each row.
 */
export const couponIdOf = (table: "stock" | "user_coupon" | "claim" | "hold"): string =>
  `(SELECT out_coupon_id FROM coupon WHERE coupon.appid = ${table}.appid AND coupon.position = ${table}.coupon)`;
