import type { Cart } from "./cart.ts";
import type { StackingPolicy, ThresholdBasis } from "./policies.ts";
import { optionsOf } from "./search/options.ts";
import { search } from "./search/search.ts";
import { type Candidate, choicesUnder, type Use } from "./stacking.ts";

/**
 * The coupons for which a person pays least under a policy; of equal results the one with fewest coupons, then the one
 * with the coupon that expires first. They come in the order in which they are used. `proven` is false where the search
 * was cut short (`search.ts` and `options.ts` say when): then there may be better ones.
 */
export function best(
  candidates: readonly Candidate[],
  cart: Cart,
  policy: StackingPolicy,
  basis: ThresholdBasis,
): { used: Use[]; proven: boolean } {
  const results = choicesUnder(policy, candidates).map(({ products, shops }) => {
    const { items, shops: beside, whole, shift } = optionsOf(products, shops, cart, basis);
    const found = search(cart.total, items, beside);
    return { ...found, cost: found.cost >> shift, proven: found.proven && whole };
  });
  const first = results.reduce((a, b) => (b.pay < a.pay || (b.pay === a.pay && b.cost < a.cost) ? b : a));
  const shop: Use[] = first.shop ? [{ candidate: first.shop.candidate, gifts: 0 }] : [];
  return {
    used: [...first.products.toSorted((a, b) => placeOf(a) - placeOf(b)), ...shop],
    proven: results.every(({ proven }) => proven),
  };

  function placeOf({ candidate }: Use): number {
    return candidates.indexOf(candidate);
  }
}
