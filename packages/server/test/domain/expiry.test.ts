import { expect, it } from "vitest";
import { isCouponOver, isUserCouponOver } from "../../src/domain/expiry.ts";
import type { Coupon, UserCoupon, Validity } from "../../src/domain/records.ts";

const END = 100;
const fixed: Validity = { kind: "fixed", interval: { start: 50, end: END } };
const days: Validity = { kind: "days", days: 1 };

const coupon = (status: Coupon["status"], validity: Validity | null) => ({ status, terms: { validity } }) as Coupon;
const userCoupon = (status: UserCoupon["status"], end: number, start = 0) =>
  ({ status, validity: { start, end }, order: null }) as UserCoupon;

it.each([
  [coupon("active", fixed), END, false],
  [coupon("active", fixed), END + 1, true],
  [coupon("draft", fixed), END + 1, false],
  [coupon("void", fixed), END + 1, false],
  [coupon("active", days), END * 86_400, false],
  [coupon("active", null), END + 1, false],
])("coupon %j at %d: over is %s", (value, now, over) => {
  expect(isCouponOver(value, now)).toBe(over);
});

it.each([
  [userCoupon("effective", END), END, false],
  [userCoupon("effective", END), END + 1, true],
  [userCoupon("used", END), END + 1, false],
  [userCoupon("given_up", END), END + 1, false],
  [userCoupon("effective", 0), END, false],
  [userCoupon("effective", 0, 1), END, false],
  [userCoupon("effective", 1, 2), END, true],
])("user coupon %j at %d: over is %s", (value, now, over) => {
  expect(isUserCouponOver(value, now)).toBe(over);
});

it("a user coupon that is locked for an order is over when its lock is, not before", () => {
  const locked = { ...userCoupon("effective", 100), order: { outOrderId: "o", until: 200 } };
  expect([101, 200, 201].map((now) => isUserCouponOver(locked, now))).toEqual([false, false, true]);
});
