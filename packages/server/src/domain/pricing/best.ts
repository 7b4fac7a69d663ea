import { type Cart, everything } from "./cart.ts";
import { takesWhatItCounts } from "./condition.ts";
import type { StackingPolicy, ThresholdBasis } from "./policies.ts";
import { optionsOf } from "./search/options.ts";
import { search } from "./search/search.ts";
import { type Candidate, type Choice, choicesUnder, leftFor, type Use } from "./stacking.ts";

/** With how many choices at each step coupons that are chosen already share what several of them may take. */
const SHARING = [64];

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
  const first = results.reduce((a, b) => (isBetter(b, a) ? b : a));
  // How these share what several of them may take depends on them alone, not on which others there were.
  const again = bestOf(first.chosen, cart, basis, SHARING);
  const { products, chosen } = isBetter(first, again) ? first : again;
  return {
    used: [...shared(products), ...chosen.shops.map((candidate) => ({ candidate, taken: everything, gifts: 0 }))],
    proven: results.every(({ proven }) => proven),
  };
}

function bestOf({ products, shops }: Choice, cart: Cart, basis: ThresholdBasis, sharing?: readonly number[]) {
  const options = optionsOf(products, shops, cart, basis, sharing !== undefined);
  const found = search(cart.total, options.items, options.shops, { widths: sharing, onRest: options.onRest });
  const uses = found.products.toSorted((a, b) => products.indexOf(a.candidate) - products.indexOf(b.candidate));
  return {
    products: uses,
    chosen: { products: uses.map(({ candidate }) => candidate), shops: found.shop ? [found.shop.candidate] : [] },
    pay: found.pay,
    cost: found.cost >> options.shift,
    proven: found.proven && options.whole,
  };
}

type Result = { pay: number; cost: bigint };

const isBetter = (a: Result, b: Result): boolean => a.pay < b.pay || (a.pay === b.pay && a.cost < b.cost);

/** What all coupons leave that may take it, since they take off as much without, the first of them takes. */
function shared(uses: readonly Use[]): Use[] {
  const done: Use[] = [];
  for (const [at, { candidate, taken, gifts }] of uses.entries()) {
    const more = takesWhatItCounts(candidate.discount) ? leftFor(candidate, [...done, ...uses.slice(at)]) : 0n;
    done.push({ candidate, taken: taken | more, gifts });
  }
  return done;
}
