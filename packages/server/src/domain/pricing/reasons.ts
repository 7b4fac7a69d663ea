import type { CouponStatus, UserCouponId } from "../records.ts";

export type { UserCouponId };

/**
 * Why a coupon of a person is not used on a cart, in order of precedence: where several hold, the first is told.
 * `alone`: the coupon could be used on this cart if no other were.
 */
export const reasons = {
  not_in_force: { alone: false, means: "The coupon is void, withdrawn or still a draft." },
  given_up: { alone: false, means: "The person gave it up." },
  already_used: { alone: false, means: "It is used." },
  locked: { alone: false, means: "It is locked for an order." },
  no_longer_valid: { alone: false, means: "Its validity is over." },
  not_valid_yet: { alone: false, means: "Its validity has not begun." },
  states_no_discount: { alone: false, means: "The coupon lacks something that the discount of its kind needs." },
  no_matching_product: { alone: false, means: "Nothing that it reduces is in the cart." },
  below_threshold: { alone: false, means: "There is not enough in the cart of what it asks for." },
  gives_nothing: { alone: false, means: "It would take nothing off." },
  not_combinable: {
    alone: true,
    means: "The policy does not let it go with coupons that are used: one is enough, or they have what it would need.",
  },
  condition_undone: {
    alone: true,
    means: "What it, or a coupon that is used, gives away or takes off would leave a condition of theirs unmet.",
  },
  adds_nothing: { alone: true, means: "With the coupons that are used, it would take nothing more off." },
} as const;

export type ReasonCode = keyof typeof reasons;

/** What explains each reason, and says what it would take. Times are Unix seconds, money is fen. */
export type Facts = {
  not_in_force: { status: CouponStatus };
  given_up: Record<never, never>;
  already_used: { usedAt: number | null };
  locked: { until: number };
  no_longer_valid: { ended: number };
  not_valid_yet: { starts: number };
  states_no_discount: Record<never, never>;
  /** One of these in the cart. */
  no_matching_product: { oneOf: readonly string[] };
  /** So many more items, and for so much more, `of` these products; null: of any. */
  below_threshold: { itemsMore: number; spendMore: number; of: readonly string[] | null };
  gives_nothing: Record<never, never>;
  /** Those in its way. */
  not_combinable: { with: readonly UserCouponId[] };
  /** Those it does not go with; so many more items, and for so much more, its own condition would need beside them. */
  condition_undone: { with: readonly UserCouponId[]; itemsMore: number; spendMore: number };
  adds_nothing: Record<never, never>;
};

/** One code and its facts. */
export type Reason = { [Code in ReasonCode]: { code: Code; facts: Facts[Code] } }[ReasonCode];
