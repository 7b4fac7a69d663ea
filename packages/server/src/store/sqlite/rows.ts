import { nameIn } from "../../domain/catalogue/documents.ts";
import type { Coupon, RecordKind } from "../../domain/records.ts";
import type { Column, Role, Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { type Numbers, type OfCoupon, positionOf } from "./numbers.ts";

/** A coupon's columns, and its id: its position is in that. */
export const couponColumns = `${tables.coupon.selected}, coupon.id`;

/** How many columns {@link couponColumns} are. */
export const couponWidth = tables.coupon.width + 1;

/** Reads a coupon from `row`, whose coupon columns begin at `at`. */
export const readCoupon = (appid: string, row: Row, at = 0): Coupon =>
  tables.coupon.read(row, { appid, position: positionOf(row[at + tables.coupon.width]) }, at);

type Own = Column<never, Numbers>;

const app = (role: Role): Own => ({
  name: "app",
  role,
  write: ({ appid }: { appid: string }, numbers) => numbers.app(appid),
});
const couponId = (name: string, role: Role): Own => ({
  name,
  role,
  write: (of: OfCoupon, numbers) => numbers.coupon(of),
});

/** The number of the journal entry that recorded it. */
const entry: Own = { name: "recorded_in", role: "fixed", write: (of: { entry?: number }) => of.entry ?? null };

/** Under what rows are found, by whose they are. */
const owners = { app: [app("key")], coupon: [couponId("coupon", "key")], none: [] };

/** What else stands in rows and in no record: by what numbers they find each other, and a coupon's name. */
const more: { [K in RecordKind]?: readonly Own[] } = {
  app: [{ name: "removal", role: "free", write: () => null }],
  coupon: [
    couponId("id", "key"),
    app("fixed"),
    { name: "name", role: "free", write: ({ document }: Coupon) => nameIn(document) },
  ],
  userCoupon: [app("fixed"), entry],
  hold: [couponId("coupon", "free")],
};

/** The numbers that rows get as they are inserted: from the database, or a claim from its user coupon's row. */
export const numbered: { [K in RecordKind]?: string } = {
  app: "number",
  userCoupon: "id",
  claim: "user_coupon",
  order: "id",
  handOut: "id",
};

/** The columns that are written for a record of a kind. */
export const columnsOf = (kind: RecordKind): readonly Column<object, Numbers>[] => {
  const { owner, columns } = tables[kind];
  return [...owners[owner ?? "none"], ...(more[kind] ?? []), ...columns] as Column<object, Numbers>[];
};
