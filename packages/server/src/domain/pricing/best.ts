import type { Cart } from "./cart.ts";
import { search } from "./search/search.ts";
import { type Candidate, choicesUnder, type StackingPolicy } from "./stacking.ts";

/**
 * The coupons for which a person pays least under a policy; of equal results the one with fewest coupons, then the one
 * with the coupon that expires first. They come in the order in which they are used. `proven` is false where the search
 * was cut short (`search.ts` says when): then there may be better ones.
 */
export function best(
  candidates: readonly Candidate[],
  cart: Cart,
  policy: StackingPolicy,
): { used: Candidate[]; proven: boolean } {
  const results = choicesUnder(policy, candidates).map(({ products, shops }) =>
    search(cart.total, products, shops.flatMap(asShop)),
  );
  const first = results.reduce((a, b) => (b.pay < a.pay || (b.pay === a.pay && b.cost < a.cost) ? b : a));
  const chosen = new Set([...first.products, first.shop?.candidate]);
  return {
    used: candidates.filter((candidate) => chosen.has(candidate)).toSorted(productsFirst),
    proven: results.every(({ proven }) => proven),
  };
}

const asShop = (candidate: Candidate) =>
  candidate.discount.scope === "shop" ? [{ candidate, benefit: candidate.discount.benefit, cost: candidate.cost }] : [];

const productsFirst = (a: Candidate, b: Candidate) => Number(isShop(a)) - Number(isShop(b));
const isShop = ({ discount }: Candidate) => discount.scope === "shop";
