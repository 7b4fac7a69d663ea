import { nameIn } from "../../domain/catalogue/documents.ts";
import type { Coupon, RecordKind } from "../../domain/records.ts";
import type { Column, Role, Row, Value } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";

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

/** What else stands in rows and in no record; of a coupon's terms and its document what statements ask for. */
const more: { [K in RecordKind]?: readonly Own[] } = {
  coupon: [
    appid,
    position("position", "key"),
    free("limited", ({ terms }) => terms.limitPerPerson !== null),
    free("name", ({ document }) => nameIn(document)),
    free("ends_at", ({ terms }) => (terms.validity?.kind === "fixed" ? terms.validity.interval.end : null)),
  ],
  userCoupon: [entry],
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

/** Makes rows of records of a kind, to be told as JSON: each has all columns, by their names. */
export function rowWriter(kind: RecordKind): (record: object, positions: Positions) => object {
  const columns = columnsOf(kind);
  return (record, positions) => {
    const row: Record<string, unknown> = {};
    for (const { name, write } of columns) row[name] = write(record, positions);
    return row;
  };
}

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
