import { type Counts, countNames, type Tally } from "../../domain/reports/tally.ts";
import type { TallyPlace } from "../store.ts";
import type { Row } from "./columns.ts";

const columns: Record<keyof Counts, string> = {
  claimed: "claimed",
  redeemed: "redeemed",
  returned: "returned",
  expired: "expired",
  givenUp: "given_up",
  orders: "orders",
  discount: "discount",
  turnover: "turnover",
  refunded: "refunded",
};

/** The columns of counts in the table `tally`, in the order of `countNames`. */
export const countColumns: readonly string[] = countNames.map((name) => columns[name]);

/** What a row that is selected of a tally begins with. */
export const tallyColumns = `day, out_coupon_id, ${countColumns.join(", ")}`;

/** Reads a tally from `row`, which holds {@link tallyColumns}. */
export function readTally(appid: string, [day, outCouponId, ...counts]: Row): Tally {
  const named = Object.fromEntries(countNames.map((name, i) => [name, counts[i]])) as Counts;
  return { appid, day, outCouponId, ...named };
}

/** A tally by the names of its columns, `appid` and those of {@link tallyColumns}. */
export function tallyRow(tally: Tally): Record<string, string | number> {
  const { appid, day, outCouponId } = tally;
  const counts = countNames.map((name) => [columns[name], tally[name]]);
  return { appid, day, out_coupon_id: outCouponId, ...Object.fromEntries(counts) };
}

/** How what is counted is added to what was counted before, at the end of an INSERT. */
export const addingCounts = countColumns.map((name) => `${name} = tally.${name} + excluded.${name}`).join(", ");

/** Where a page of tallies begins, for `(day, out_coupon_id) >= (…)`. No text comes between an id and that with U+0001 after it. */
export const placeFrom = (from: number, last: TallyPlace | null): [day: number, outCouponId: string] =>
  last !== null && last.day >= from ? [last.day, `${last.outCouponId}\u0001`] : [from, ""];
