import type { Coupon, Discount, UserCoupon } from "../records.ts";
import { lockOn } from "../wallet/user-coupons.ts";
import { isPastEnd } from "../wallet/validity.ts";
import type { Cart } from "./cart.ts";
import { conditionOf, countedIn } from "./condition.ts";
import { offAlone, reducedBy, reducedIn } from "./discount.ts";
import type { Reason } from "./reasons.ts";

/** A user coupon with the coupon it is one of; of both what says whether it can be used, and what it takes off. */
export type WalletCoupon = {
  coupon: Pick<Coupon, "outCouponId" | "status" | "terms">;
  userCoupon: Pick<UserCoupon, "outCouponId" | "outUserCouponId" | "slot" | "status" | "validity" | "usedAt" | "order">;
};

/** A coupon that could be used, and what it would take off by itself, fen. */
export type Eligible = { discount: Discount; alone: number };

/** Whether a coupon could be used on a cart if it were the only one; if not, why. `now` is Unix seconds. */
export function eligible(owned: WalletCoupon, cart: Cart, now: number): Eligible | Reason {
  const standing = standingOf(owned, now);
  if (standing) return standing;
  const { discount } = owned.coupon.terms;
  if (!discount) return { code: "states_no_discount", facts: {} };
  const missing = missingIn(cart, discount);
  if (missing) return missing;
  const alone = offAlone(discount, cart);
  return alone > 0 ? { discount, alone } : { code: "gives_nothing", facts: {} };
}

/** Whether a user coupon could be used now on some cart. */
export const isUsable = (owned: WalletCoupon, now: number): boolean => standingOf(owned, now) === undefined;

/** Why a user coupon cannot be used on anything now. A coupon that is expired leaves those handed out as they are. */
function standingOf({ coupon, userCoupon }: WalletCoupon, now: number): Reason | undefined {
  if (coupon.status !== "active" && coupon.status !== "expired")
    return { code: "not_in_force", facts: { status: coupon.status } };
  const { status, validity, usedAt } = userCoupon;
  if (status === "given_up") return { code: "given_up", facts: {} };
  if (status === "used") return { code: "already_used", facts: { usedAt } };
  const lock = lockOn(userCoupon, now);
  if (lock) return { code: "locked", facts: { until: lock.until } };
  if (status === "expired" || isPastEnd(userCoupon, now))
    return { code: "no_longer_valid", facts: { ended: validity.end } };
  if (now < validity.start) return { code: "not_valid_yet", facts: { starts: validity.start } };
}

/** What the cart lacks of what a coupon asks for, were it the only one. */
function missingIn(cart: Cart, discount: Discount): Reason | undefined {
  const oneOf = reducedIn(cart, discount).places.length === 0 ? reducedBy(discount) : null;
  if (oneOf) return { code: "no_matching_product", facts: { oneOf } };
  const wanted = conditionOf(discount);
  const there = countedIn(discount, cart);
  const itemsMore = Math.max(0, wanted.items - there.items);
  const spendMore = Math.max(0, wanted.spend - there.spend);
  if (itemsMore > 0 || spendMore > 0)
    return { code: "below_threshold", facts: { itemsMore, spendMore, of: discount.products } };
}
