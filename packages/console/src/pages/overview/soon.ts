import type { OperatedCoupon, ReportLine } from "@quanku/sdk/admin";
import { type CouponEnd, claimsAt, nextEnd } from "../../parts/coupon-ends.ts";

const HOUR = 3600;
const DAY = 86_400;
/** How far ahead is soon, in seconds; as much of the past tells the pace. */
export const SOON = 7 * DAY;

/** A coupon whose stock will be gone: how many are left, how many go a day, and in how many seconds that ends. */
export type RunningOut = { coupon: OperatedCoupon; left: number; perDay: number; seconds: number };

/**
 * Which coupons run out within a week if they are claimed as in the last days, soonest first. `lines` are those of the days since
 * `from`, Unix seconds; a coupon that was activated later is judged by the time since, of which there must be an hour at least.
 */
export function runningOut(
  coupons: readonly OperatedCoupon[],
  lines: readonly ReportLine[],
  { from, now }: { from: number; now: number },
): RunningOut[] {
  const claimed = new Map<string, number>();
  for (const { out_coupon_id: id, claimed: number } of lines)
    if (id !== null) claimed.set(id, (claimed.get(id) ?? 0) + number);
  return coupons
    .flatMap((coupon) => {
      const { coupon: wire, stock, status, paused } = coupon;
      const number = claimed.get(wire.out_coupon_id) ?? 0;
      if (!stock || status !== "active" || paused || number === 0 || claimsAt(coupon, now) !== "open") return [];
      const since = Math.max(from, wire.coupon_info.ext_info?.valid_time ?? from);
      const perSecond = number / Math.max(now - since, HOUR);
      const left = Math.max(stock.remaining - stock.promised, 0);
      return [{ coupon, left, perDay: perSecond * DAY, seconds: left / perSecond }];
    })
    .filter(({ seconds }) => seconds <= SOON)
    .toSorted((a, b) => a.seconds - b.seconds);
}

/** Which active coupons can no longer be claimed, or used, within a week, soonest first. */
export function endingSoon(
  coupons: readonly OperatedCoupon[],
  now: number,
): { coupon: OperatedCoupon; end: CouponEnd }[] {
  return coupons
    .flatMap((coupon) => {
      const end = coupon.status === "active" ? nextEnd(coupon, now) : undefined;
      return end && end.at - now <= SOON ? [{ coupon, end }] : [];
    })
    .toSorted((a, b) => a.end.at - b.end.at);
}
