import type { DatabaseSync } from "node:sqlite";
import { endOfPrefix } from "../../domain/catalogue/search.ts";
import { pageAlong, type Search, searchFor, selectedAlong } from "../sql/search.ts";
import { stockIn, tables } from "../sql/tables.ts";
import type { StoreReads } from "../store.ts";
import { type AppNumbers, couponIdAt, positionOf } from "./numbers.ts";
import { couponColumns, couponWidth, readCoupon } from "./rows.ts";
import { query } from "./statements.ts";

/** Looks along one index, each of which holds all that is filtered by, and then at the coupons of the page. */
export function searchReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "findCoupons"> {
  const selected = selectedAlong("id");
  const along = {
    position: query(db, `SELECT ${selected.position} FROM coupon WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?`),
    status: query(
      db,
      `SELECT ${selected.status} FROM coupon WHERE app = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    ),
    kind: query(
      db,
      `SELECT ${selected.kind} FROM coupon WHERE app = ? AND kind = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    ),
    // In two, for SQLite takes of `(name, id) > (?, ?)` the name alone to the index, and one name may be that of many.
    sameName: query(
      db,
      `SELECT ${selected.name} FROM coupon WHERE app = ? AND name = ? AND id > ? ORDER BY id LIMIT ?`,
    ),
    nextNames: query(
      db,
      `SELECT ${selected.name} FROM coupon WHERE app = ? AND name > ? AND name < ? ORDER BY name, id LIMIT ?`,
    ),
  };
  const selectCoupon = query(
    db,
    `SELECT ${couponColumns}, ${tables.stock.selected}
     FROM coupon LEFT JOIN stock ON stock.coupon = coupon.id WHERE coupon.id = ?`,
  );
  return {
    async findCoupons(appid, filters, after, limit) {
      const app = appNumbers.find(appid);
      const { by, looks }: Search = searchFor(filters, limit);
      const { status = "", kind = "", namePrefix = "" } = filters;
      const before = after ? couponIdAt(app, after.position) : couponIdAt(app + 1, 0);
      const start = after ?? { name: namePrefix, position: -1 };
      const rows = {
        position: () => along.position.all(couponIdAt(app, 0), before, looks),
        status: () => along.status.all(app, status, before, looks),
        kind: () => along.kind.all(app, kind, before, looks),
        name: () => {
          const same = along.sameName.all(app, start.name, couponIdAt(app, start.position), looks);
          const left = looks - same.length;
          return left === 0 ? same : [...same, ...along.nextNames.all(app, start.name, endOfPrefix(namePrefix), left)];
        },
      }[by]();
      const { keys, next } = pageAlong(rows, filters, { by, looks, limit, positionOf });
      const entries = keys.map((id) => {
        const row = selectCoupon.get(id) ?? [];
        const coupon = readCoupon(appid, row);
        return { coupon, stock: stockIn(row, coupon, couponWidth) };
      });
      return { entries, next };
    },
  };
}
