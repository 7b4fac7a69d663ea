import { type Cart, everything } from "./cart.ts";
import { takesWhatItCounts } from "./condition.ts";
import type { StackingPolicy, ThresholdBasis } from "./policies.ts";
import { exactly } from "./search/exact.ts";
import { type Option, type Options, optionsOf } from "./search/options.ts";
import { search } from "./search/search.ts";
import { type Candidate, type Choice, choicesUnder, type Use } from "./stacking.ts";

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
  const results = choicesUnder(policy, candidates).map(({ products, shops }) =>
    bestOf(optionsOf(products, shops, cart, basis, false), cart),
  );
  const first = results.reduce((a, b) => (isBetter(b, a) ? b : a));
  const { products, chosen } = sharing(first, cart, basis);
  return {
    used: [...shared(products), ...chosen.shops.map((candidate) => ({ candidate, taken: everything, gifts: 0 }))],
    proven: results.every(({ proven }) => proven),
  };
}

function bestOf(options: Options, cart: Cart, widths?: readonly number[]): Best {
  const found =
    exactly(cart.total, options.items, options.shops) ??
    search(cart.total, options.items, options.shops, { widths, onRest: options.onRest });
  const uses = inOrder(found.products);
  return {
    products: uses,
    chosen: { products: uses.map(({ candidate }) => candidate), shops: found.shop ? [found.shop.candidate] : [] },
    pay: found.pay,
    cost: found.cost >> options.shift,
    proven: found.proven && options.whole,
  };
}

/** As they rank. */
const inOrder = (uses: readonly Option[]): Option[] =>
  uses.toSorted((a, b) => (a.candidate.cost < b.candidate.cost ? -1 : 1));

/** How the coupons of a choice share what several of them may take: it depends on them alone, not on which others there were. */
function sharing(first: Best, cart: Cart, basis: ThresholdBasis): Pick<Best, "products" | "chosen"> {
  const { products, shops } = first.chosen;
  const again = bestOf(optionsOf(products, shops, cart, basis, true), cart, SHARING);
  return isBetter(first, again) ? first : again;
}

type Best = Result & { products: Use[]; chosen: Choice; proven: boolean };

type Result = { pay: number; cost: bigint };

const isBetter = (a: Result, b: Result): boolean => a.pay < b.pay || (a.pay === b.pay && a.cost < b.cost);

/** What all coupons leave that may take it, since they take off as much without, the first of them takes. */
function shared(uses: readonly Use[]): Use[] {
  let all = 0n;
  for (const { taken } of uses) all |= taken;
  return uses.map(({ candidate, taken, gifts }) => {
    const more = takesWhatItCounts(candidate.discount) ? candidate.takes & ~all : 0n;
    all |= more;
    return { candidate, taken: taken | more, gifts };
  });
}
