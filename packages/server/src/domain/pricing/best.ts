import { type Cart, everything } from "./cart.ts";
import { takesWhatItCounts } from "./condition.ts";
import { optionsOf } from "./search/options.ts";
import { search } from "./search/search.ts";
import {
  type Candidate,
  type Choice,
  choicesUnder,
  leftFor,
  type StackingPolicy,
  type ThresholdBasis,
  type Use,
} from "./stacking.ts";

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
  const results = choicesUnder(policy, candidates).map((choice) => bestOf(choice, cart, basis));
  const first = results.reduce((a, b) => (b.pay < a.pay || (b.pay === a.pay && b.cost < a.cost) ? b : a));
  // How these share what several of them may take depends on them alone, not on which others there were.
  const again = bestOf(first.chosen, cart, basis, [64]);
  const { products, chosen } = again.pay === first.pay && again.cost === first.cost ? again : first;
  return {
    used: [...shared(products), ...chosen.shops.map((candidate) => ({ candidate, taken: everything, gifts: 0 }))],
    proven: results.every(({ proven }) => proven),
  };
}

function bestOf({ products, shops }: Choice, cart: Cart, basis: ThresholdBasis, settling?: readonly number[]) {
  const options = optionsOf(products, shops, cart, basis, settling !== undefined);
  const found = search(cart.total, options.items, options.shops, { widths: settling, onRest: options.onRest });
  const uses = found.products.toSorted((a, b) => products.indexOf(a.candidate) - products.indexOf(b.candidate));
  return {
    products: uses,
    chosen: { products: uses.map(({ candidate }) => candidate), shops: found.shop ? [found.shop.candidate] : [] },
    pay: found.pay,
    cost: found.cost >> options.shift,
    proven: found.proven && options.whole,
  };
}

/** What all coupons leave that may take it, since they take off as much without, the first of them takes. */
function shared(uses: readonly Use[]): Use[] {
  const done: Use[] = [];
  for (const [at, { candidate, taken, gifts }] of uses.entries()) {
    const more = takesWhatItCounts(candidate.discount) ? leftFor(candidate, [...done, ...uses.slice(at)]) : 0n;
    done.push({ candidate, taken: taken | more, gifts });
  }
  return done;
}
