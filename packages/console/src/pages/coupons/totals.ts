import type { OperatedCoupon, ReportLine } from "@quanku/sdk/admin";

/** What report lines count. */
export type Totals = Record<Exclude<keyof ReportLine, "day" | "out_coupon_id">, number>;

const none: Totals = {
  claimed: 0,
  redeemed: 0,
  returned: 0,
  expired: 0,
  given_up: 0,
  orders: 0,
  discount: 0,
  turnover: 0,
  refunded: 0,
};
const counts = Object.keys(none) as (keyof Totals)[];

/** The sums of report lines. */
export function totalsOf(lines: readonly ReportLine[]): Totals {
  const sums = { ...none };
  for (const line of lines) for (const name of counts) sums[name] += line[name];
  return sums;
}

/** How many of a coupon are used now: redeemed, and not returned since. */
export const usedNow = ({ redeemed, returned }: Totals): number => Math.max(redeemed - returned, 0);

/**
 * How many of a coupon people hold and could use. Reports count what happened here: where the stock says that others were claimed
 * (imported, or set over the wire) it is not known what became of those, and the number is `about` right.
 */
export function heldOf(stock: OperatedCoupon["stock"], totals: Totals): { held: number; isExact: boolean } {
  const claimed = Math.max(stock?.claimed ?? 0, totals.claimed);
  const gone = usedNow(totals) + totals.expired + totals.given_up;
  return { held: Math.max(claimed - gone, 0), isExact: claimed === totals.claimed };
}
