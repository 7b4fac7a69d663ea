import type { Interval, UserCoupon, Validity } from "../records.ts";
import { COUNT_MAX } from "../rule.ts";

const DAY = 86_400;

/** When a user coupon received at `receivedAt` can be used: 0 and 0 where the coupon states no validity. */
export function validityFrom(validity: Validity | null, receivedAt: number): Interval {
  switch (validity?.kind) {
    case undefined:
      return { start: 0, end: 0 };
    case "fixed":
      return validity.interval;
    case "days":
      return { start: receivedAt, end: endOf(receivedAt, validity.days * DAY) };
    case "seconds":
      return { start: receivedAt, end: endOf(receivedAt, validity.seconds) };
  }
}

/**
 * The last second a user coupon is valid. An end of 0 is none: that second never comes (our decision; a shop that is
 * imported may have such ends beside any start). The adapters' SQL says the same, which test/conformance/lists.ts proves.
 */
export const expiryOf = ({ validity }: Pick<UserCoupon, "validity">): number =>
  validity.end === 0 ? Number.POSITIVE_INFINITY : validity.end;

/** Whether a user coupon's validity is over, whatever its status. Validity includes its end. */
export const isPastEnd = (userCoupon: Pick<UserCoupon, "validity">, now: number): boolean => now > expiryOf(userCoupon);

/** Ends beyond what the wire can carry are cut to it. */
const endOf = (start: number, length: number) => Math.min(start + length, COUNT_MAX);
