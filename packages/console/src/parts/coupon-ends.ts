import type { OperatedCoupon } from "@quanku/sdk/admin";

/** What of a coupon is over after a set second: that it can be claimed, or that what people hold can be used. Unix seconds. */
export type CouponEnd = { of: "claims" | "validity"; at: number };

/** When a coupon begins and ends, as its document says it; a validity counted from the claim has no set end. Unix seconds. */
export function timesOf({ coupon: { coupon_info } }: Pick<OperatedCoupon, "coupon">) {
  const { receive_info: claims, valid_info: validity } = coupon_info;
  const isFixed = validity?.valid_type === 1;
  return {
    claims: { start: claims.start_time || undefined, end: claims.end_time || undefined },
    validity: isFixed ? { start: validity.start_time || undefined, end: validity.end_time || undefined } : undefined,
    days: validity?.valid_type === 2 ? validity.valid_day_num : undefined,
    seconds: validity?.valid_type === 3 ? validity.valid_second : undefined,
  };
}

/** What of a coupon ends next, if anything that is still to come does. */
export function nextEnd(coupon: Pick<OperatedCoupon, "coupon">, now: number): CouponEnd | undefined {
  const { claims, validity } = timesOf(coupon);
  const ends: { of: CouponEnd["of"]; at: number | undefined }[] = [
    { of: "claims", at: claims.end },
    { of: "validity", at: validity?.end },
  ];
  return ends
    .filter((end): end is CouponEnd => end.at !== undefined && end.at >= now)
    .toSorted((a, b) => a.at - b.at)[0];
}

/** Why nobody can claim a coupon at a time although it is active, if so: its claim window, or the validity of what would be given. */
export function claimsAt(coupon: Pick<OperatedCoupon, "coupon">, now: number): "open" | "notYet" | "over" {
  const { claims, validity } = timesOf(coupon);
  if (claims.start !== undefined && now < claims.start) return "notYet";
  return [claims.end, validity?.end].some((end) => end !== undefined && now > end) ? "over" : "open";
}
