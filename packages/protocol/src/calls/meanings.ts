/**
 * What each number and name of a fixed set means (protocol.md sections 3 and 4, ADR 10): the schemas take these and no
 * others, and tell their meanings in the reference.
 */

/** Coupon types: 1-6 concern products, 101-104 the whole shop. */
export const couponTypeMeanings = {
  1: "product, conditional discount: of so many items of some products a part is paid",
  2: "product, full reduction: from an amount spent on some products, an amount off",
  3: "product, flat discount: of some products a part is paid",
  4: "product, direct reduction: an amount off some products",
  5: "product, trade-in: an item of a product at the trade-in's price",
  6: "product, buy and get: so many items of a product bought, so many of one free",
  101: "shop, conditional discount: of so many items a part is paid",
  102: "shop, full reduction: from an amount spent, an amount off",
  103: "shop, flat discount: of everything a part is paid",
  104: "shop, direct reduction: an amount off",
} as const;

/** Statuses of a coupon. */
export const couponStatusMeanings = {
  0: "stands in the platform's samples; no call leads to it",
  1: "being edited",
  2: "active, can be claimed",
  3: "expired",
  4: "void",
} as const;

/** How long a claimed coupon can be used. */
export const validTypeMeanings = {
  1: "from start_time to end_time",
  2: "valid_day_num days from the claim",
  3: "valid_second seconds from the claim",
} as const;

/** Statuses of a user coupon. */
export const userCouponStatusMeanings = {
  100: "effective",
  101: "expired",
  102: "used",
  103: "given up",
} as const;

/** Statuses of an order. */
export const orderStatusMeanings = {
  locked: "its coupons are kept for it",
  redeemed: "it is paid, its coupons are used",
  returned: "all of it came back, and so did its coupons",
} as const;

/** Which coupons may be used together on one order. */
export const stackingPolicyMeanings = {
  product_then_shop: "product coupons that share no line, then one shop coupon on what they leave",
  exclusive: "product coupons that share no line, or one shop coupon",
  one_per_order: "one coupon",
} as const;

/** Why a coupon is not used, in order of precedence: where several hold, the first is told. */
export const reasonMeanings = {
  not_in_force: "the coupon is void, withdrawn or still being edited",
  given_up: "the person gave it up",
  already_used: "it is used",
  locked: "it is locked for an order",
  no_longer_valid: "its validity is over",
  not_valid_yet: "its validity has not begun",
  states_no_discount: "the coupon lacks something that the discount of its type needs",
  no_matching_product: "nothing that it reduces is in the cart",
  below_threshold: "there is not enough in the cart of what it asks for",
  gives_nothing: "it would take nothing off",
  not_combinable: "the policy does not let it go with a coupon that is used",
  condition_undone:
    "what it, or a coupon that is used, gives away or takes off would leave a condition of theirs unmet",
  adds_nothing: "with the coupons that are used it would take nothing more off",
} as const;

/** The members of a set of meanings, and what a description says of them. */
export const told = (about: string, meanings: Record<string, string>): string =>
  `${about}: ${Object.entries(meanings)
    .map(([member, meaning]) => `\`${member}\` ${meaning}`)
    .join("; ")}.`;
