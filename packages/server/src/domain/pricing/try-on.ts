import type { Coupon, Discount, UserCoupon } from "../records.ts";
import type { CartLine } from "./cart.ts";
import { type Quote, quote } from "./quote.ts";

/**
 * What a cart costs for a person who has one coupon of a discount and nothing else, whatever its times: it can be used at
 * any. Throws a RangeError as `quote`.
 */
export function tryOn(discount: Discount, lines: readonly CartLine[]): Quote {
  return quote(lines, [{ coupon: couponOf(discount), userCoupon: held }], "one_per_order", 0);
}

const ids = { appid: "", outCouponId: "" };
const times = { createdAt: 0, updatedAt: 0 };

const couponOf = (discount: Discount): Coupon => ({
  ...ids,
  ...times,
  position: 0,
  kind: "shop_direct_reduction",
  channel: 1,
  document: "{}",
  terms: { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount },
  status: "active",
  paused: false,
  activatedAt: 0,
});

const held: UserCoupon = {
  ...ids,
  ...times,
  outUserCouponId: "",
  openid: "",
  slot: 0,
  status: "effective",
  receivedAt: 0,
  validity: { start: 0, end: 0 },
  usedAt: null,
  order: null,
};
