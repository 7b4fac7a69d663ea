import { endOfPrefix, isSought } from "../../domain/catalogue/search.ts";
import { pageAlong, searchFor, selectedAlong } from "../sql/search.ts";
import { stockIn, tables } from "../sql/tables.ts";
import type { StockedCoupon, StoreReads } from "../store.ts";
import { couponColumns, couponWidth, readCoupon } from "./rows.ts";
import { type Ask, statement } from "./statements.ts";

const selected = selectedAlong("position");
const along = {
  position: statement(
    `SELECT ${selected.position} FROM coupon WHERE appid = $1 AND position < $2::bigint
     ORDER BY position DESC LIMIT $3`,
  ),
  // Written as ranges: of an equality that most rows are thought to meet, the planner would rather walk all by position.
  status: statement(
    `SELECT ${selected.status} FROM coupon
     WHERE appid = $1 AND status >= $4 AND (status, position) < ($4, $2::bigint)
     ORDER BY status DESC, position DESC LIMIT $3`,
  ),
  kind: statement(
    `SELECT ${selected.kind} FROM coupon
     WHERE appid = $1 AND kind >= $4 AND (kind, position) < ($4, $2::bigint)
     ORDER BY kind DESC, position DESC LIMIT $3`,
  ),
  name: statement(
    `SELECT ${selected.name} FROM coupon
     WHERE appid = $1 AND (name, position) > ($4, $2::integer) AND name < $5 ORDER BY name, position LIMIT $3`,
  ),
};
const selectCoupons = statement(
  `SELECT ${couponColumns}, ${tables.stock.selected}
   FROM coupon LEFT JOIN stock ON stock.appid = coupon.appid AND stock.coupon = coupon.position
   WHERE coupon.appid = $1 AND coupon.position = ANY($2::integer[])`,
);

/** After every position. */
const END = 2 ** 31;

/**
 * Looks along one index, each of which holds all that is filtered by, and then at the coupons of the page. One that was
 * changed between the two, and is not sought any more, is left out.
 */
export const searchReads = (ask: Ask): Pick<StoreReads, "findCoupons"> => ({
  async findCoupons(appid, filters, after, limit) {
    const search = searchFor(filters, limit);
    const { status, kind, namePrefix = "" } = filters;
    const { name, position } = after ?? { name: namePrefix, position: -1 };
    const before = [appid, after?.position ?? END, search.looks];
    const rows = await {
      position: () => ask(along.position, ...before),
      status: () => ask(along.status, ...before, status),
      kind: () => ask(along.kind, ...before, kind),
      name: () => ask(along.name, appid, position, search.looks, name, endOfPrefix(namePrefix)),
    }[search.by]();
    const { keys, next } = pageAlong(rows, filters, { ...search, limit, positionOf: (key) => key });
    if (keys.length === 0) return { entries: [], next };
    const found = new Map<number, StockedCoupon>();
    for (const row of await ask(selectCoupons, appid, keys)) {
      const coupon = readCoupon(row);
      if (isSought(coupon, filters)) found.set(coupon.position, { coupon, stock: stockIn(row, coupon, couponWidth) });
    }
    return { entries: keys.flatMap((key) => found.get(key) ?? []), next };
  },
});
