import type { Interval, Validity } from "../records.ts";
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

/** Ends beyond what the wire can carry are cut to it. */
const endOf = (start: number, length: number) => Math.min(start + length, COUNT_MAX);
