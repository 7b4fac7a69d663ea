import { type Cart, everything } from "./cart.ts";
import { takesWhatItCounts } from "./condition.ts";
import type { StackingPolicy, ThresholdBasis } from "./policies.ts";
import { type Option, type Options, optionsOf } from "./search/options.ts";
import { search } from "./search/search.ts";
import { type Candidate, type Choice, choicesUnder, leftFor, type Use } from "./stacking.ts";

/** With how many choices at each step coupons that are chosen already share what several of them may take. */
const SHARING = [64];
/** So few coupons have no more choices than that before the last of them is taken up. */
const FEW = 7;

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
  const results = choicesUnder(policy, candidates).map((choice) => {
    const options = optionsOf(choice.products, choice.shops, cart, basis, false);
    return bestOf(choice, options, cart);
  });
  const first = results.reduce((a, b) => (isBetter(b, a) ? b : a));
  const { products, chosen } = sharing(first, cart, basis);
  return {
    used: [...shared(products), ...chosen.shops.map((candidate) => ({ candidate, taken: everything, gifts: 0 }))],
    proven: results.every(({ proven }) => proven),
  };
}

function bestOf({ products }: Choice, options: Options, cart: Cart, widths?: readonly number[]): Best {
  const found = search(cart.total, options.items, options.shops, { widths, onRest: options.onRest });
  const uses = inOrder(found.products, products);
  return {
    products: uses,
    chosen: { products: uses.map(({ candidate }) => candidate), shops: found.shop ? [found.shop.candidate] : [] },
    pay: found.pay,
    cost: found.cost >> options.shift,
    proven: found.proven && options.whole,
  };
}

const inOrder = (uses: readonly Option[], products: readonly Candidate[]): Option[] =>
  uses.toSorted((a, b) => products.indexOf(a.candidate) - products.indexOf(b.candidate));

/** How the coupons of a choice share what several of them may take: it depends on them alone, not on which others there were. */
function sharing(first: Best, cart: Cart, basis: ThresholdBasis): Pick<Best, "products" | "chosen"> {
  const { products, shops } = first.chosen;
  const options = optionsOf(products, shops, cart, basis, true);
  if (first.proven && isSettled(options.items, products))
    return { products: inOrder(options.items, products), chosen: first.chosen };
  const again = bestOf(first.chosen, options, cart, SHARING);
  return isBetter(first, again) ? first : again;
}

/**
 * Whether there is nothing to share: each coupon has one way to be used, in nobody's way. Then all of them together are
 * the best choice among them, if they were the best among more; with few, a search would find just that.
 */
function isSettled(items: readonly Option[], products: readonly Candidate[]): boolean {
  if (items.length !== products.length || items.length > FEW) return false;
  let taken = 0n;
  for (const { takes, gift, limit, uses, leaves = 0n } of items) {
    if ((taken & takes) !== 0n || gift || limit || uses || leaves !== 0n) return false;
    taken |= takes;
  }
  return true;
}

type Best = Result & { products: Use[]; chosen: Choice; proven: boolean };

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
