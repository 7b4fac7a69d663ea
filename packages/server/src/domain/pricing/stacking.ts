import type { Cart } from "./cart.ts";
import type { Eligible, WalletCoupon } from "./eligible.ts";
import type { StackingPolicy } from "./policies.ts";
import { worthOn } from "./worth.ts";

/** A coupon that could be used, as the choice among several sees it. */
export type Candidate = Eligible & {
  owned: WalletCoupon;
  /** The products of the cart that it may take, a bit for each that costs anything; a shop coupon takes all. */
  takes: bigint;
  /** What choosing it costs where results are equal: see `rank.ts`. */
  cost: bigint;
};

/** A coupon that is used: which products it takes, and how many items it gives away; 0 where it takes off otherwise. */
export type Use = { candidate: Candidate; taken: bigint; gifts: number };

/** The products that a product coupon may take and that none of those used takes. */
export const leftFor = ({ takes }: Candidate, used: readonly Use[]): bigint =>
  used.reduce((left, { candidate, taken }) => (candidate.discount.scope === "shop" ? left : left & ~taken), takes);

/** Of the coupons that are used, as they are used, those beside which a policy does not let another one be used. */
export function inTheWayOf(
  candidate: Candidate,
  used: readonly Use[],
  policy: StackingPolicy,
  cart: Cart,
): Candidate[] {
  const { discount, takes } = candidate;
  const isFree = discount.scope === "product" && worthOn(discount, cart, leftFor(candidate, used)) > 0;
  const those = used.filter(({ candidate: other, taken }) => {
    if (policy === "one_per_order") return true;
    if (discount.scope !== other.discount.scope) return policy === "exclusive";
    return discount.scope === "shop" || (!isFree && (taken & takes) !== 0n);
  });
  return those.map((use) => use.candidate);
}

/** Coupons to choose from: any product coupons that take no product together, and any one shop coupon. */
export type Choice = { products: readonly Candidate[]; shops: readonly Candidate[] };

/** What a policy lets the best be chosen from: the best of all these choices is the best under the policy. */
export function choicesUnder(policy: StackingPolicy, candidates: readonly Candidate[]): Choice[] {
  const products = candidates.filter(({ discount }) => discount.scope === "product");
  const shops = candidates.filter(({ discount }) => discount.scope === "shop");
  switch (policy) {
    case "product_then_shop":
      return [{ products, shops }];
    case "exclusive":
      return [
        { products, shops: [] },
        { products: [], shops },
      ];
    case "one_per_order":
      return [...products.map((one) => ({ products: [one], shops: [] })), { products: [], shops }];
  }
}
