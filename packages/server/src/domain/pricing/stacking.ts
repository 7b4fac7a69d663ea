import type { Eligible, HeldCoupon } from "./eligible.ts";
import type { StackingPolicy } from "./policies.ts";

/** A coupon that could be used, as the choice among several sees it. */
export type Candidate = Eligible & {
  held: HeldCoupon;
  /** The products of the cart whose lines it takes, a bit for each that costs anything; a shop coupon takes all. */
  takes: bigint;
  /** What choosing it costs where results are equal: see `rank.ts`. */
  cost: bigint;
};

/** Whether a policy lets two coupons go together. */
export function combinable(policy: StackingPolicy, a: Candidate, b: Candidate): boolean {
  const apart = (a.takes & b.takes) === 0n;
  switch (policy) {
    case "product_then_shop":
      return apart || a.discount.scope !== b.discount.scope;
    case "exclusive":
      return apart;
    case "one_per_order":
      return false;
  }
}

/** A coupon that is used, and how many items it gives away; 0 where it takes off otherwise. */
export type Use = { candidate: Candidate; gifts: number };

/** Coupons to choose from: any product coupons that take no line together, and any one shop coupon. */
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
