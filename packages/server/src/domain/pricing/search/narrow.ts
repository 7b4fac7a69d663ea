import { countOf } from "../cart.ts";
import { isMore } from "../condition.ts";
import type { Item } from "./item.ts";

/** How many product coupons are searched at most, so that no wallet holds up everybody else. */
const MOST_SEARCHED = 200;

/**
 * Leaves out coupons that need not be looked at: where another takes off as much at no more cost and from no other products,
 * a choice is no worse with that one instead, unless it has that one on other products. Of what is left, `searched` are
 * those that promise most, at most 200; `rest` are the others.
 */
export function narrow<T extends Item>(items: readonly T[]): { searched: T[]; rest: T[] } {
  const meant = items.map((item) => ({ item, products: productsOf(item) }));
  const groups = [...Map.groupBy(meant, ({ products }) => products).values()];
  const best = groups.flatMap((group) => (group.length > 1 ? unbeaten(group) : group));
  if (best.length <= MOST_SEARCHED) return { searched: itemsOf(unbeaten(best)), rest: [] };
  const promising = best.map((one) => ({ one, promise: promiseOf(one) })).sort((a, b) => b.promise - a.promise);
  const ranked = promising.map(({ one }) => one);
  return {
    searched: itemsOf(unbeaten(ranked.slice(0, MOST_SEARCHED))),
    rest: itemsOf(ranked.slice(MOST_SEARCHED)),
  };
}

/** An item, and the products that it takes. */
type Meant<T extends Item> = { item: T; products: bigint };

const itemsOf = <T extends Item>(those: readonly Meant<T>[]): T[] => those.map(({ item }) => item);

function unbeaten<T extends Item>(those: readonly Meant<T>[]): Meant<T>[] {
  const kept: Meant<T>[] = [];
  for (const one of those.toSorted(({ item: a }, { item: b }) => b.alone - a.alone || (a.cost < b.cost ? -1 : 1)))
    if (!isBeaten(one, kept)) kept.push(one);
  return kept;
}

const productsOf = ({ takes, own }: Item): bigint => (own === undefined ? takes : takes & ~own);

/**
 * Whether there are others that can stand for one, so many that one of them is free: those that are for no other products
 * than it is, less as many as there are of these that it does not take.
 */
function isBeaten<T extends Item>({ item, products }: Meant<T>, by: readonly Meant<T>[]): boolean {
  const { lists = products } = item;
  const better: bigint[] = [];
  for (const { item: other, products: its } of by) {
    if ((its & item.takes) !== its || other.cost > item.cost || !standsFor(other, item)) continue;
    if (other.own === undefined) return true;
    if (other.own !== item.own && ((other.lists ?? 0n) & ~lists) === 0n && !better.includes(other.own))
      better.push(other.own);
  }
  return better.length > 0 && better.length > countOf(lists & ~products);
}

/** Whether one, which takes no other products, is in nobody's way that the other is not in. */
function standsFor(one: Item, other: Item): boolean {
  const { gift, limit, uses, leaves } = one;
  if (leaves !== undefined && (leaves !== other.leaves || one.fills !== other.fills)) return false;
  if (uses && (!other.uses || isMore(uses, other.uses))) return false;
  if (gift && (gift.product !== other.gift?.product || isMore(gift, other.gift))) return false;
  return !limit || (!!other.limit && limit.counts === other.limit.counts && !isMore(other.limit, limit));
}

/** What it takes off, against the square root of how many lines it takes: the usual measure of what packs well. */
const promiseOf = ({ item, products }: Meant<Item>): number => item.alone / Math.sqrt(countOf(products));
