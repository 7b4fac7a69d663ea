import type { Discount } from "../records.ts";
import type { CartLine } from "./cart.ts";
import type { WalletCoupon } from "./eligible.ts";
import { type Quote, quote } from "./quote.ts";

/**
 * What a cart costs for a person who has one coupon of a discount and nothing else, whatever its times: it can be used at
 * any. Throws a RangeError as `quote`.
 */
export function tryOn(discount: Discount, lines: readonly CartLine[]): Quote {
  return quote(lines, [{ coupon: couponOf(discount), userCoupon: held }], "one_per_order", 0);
}

const couponOf = (discount: Discount): WalletCoupon["coupon"] => ({
  outCouponId: "",
  status: "active",
  terms: { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount },
});

const held: WalletCoupon["userCoupon"] = {
  outCouponId: "",
  outUserCouponId: "",
  slot: 0,
  status: "effective",
  validity: { start: 0, end: 0 },
  usedAt: null,
  order: null,
};
