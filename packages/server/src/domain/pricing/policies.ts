/** Which coupons may be used together on one order (ADR 10). */
export const policies = {
  product_then_shop: { means: "At most one product coupon per product, and one shop coupon on what they leave." },
  exclusive: { means: "At most one coupon per line: product coupons, or one shop coupon, which is on every line." },
  one_per_order: { means: "At most one coupon." },
} as const;

export type StackingPolicy = keyof typeof policies;

/** What a shop coupon's threshold is judged by; a product coupon's always by the cart's prices (ADR 10). */
export const bases = {
  list: { means: "The cart's prices, less what product coupons give away for nothing." },
  after_product_coupons: { means: "What product coupons leave to pay." },
} as const;

export type ThresholdBasis = keyof typeof bases;
