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
  const best = [...Map.groupBy(items, productsOf).values()].flatMap(unbeaten);
  if (best.length <= MOST_SEARCHED) return { searched: unbeaten(best), rest: [] };
  const promising = best.map((item) => ({ item, promise: promiseOf(item) })).sort((a, b) => b.promise - a.promise);
  const ranked = promising.map(({ item }) => item);
  return { searched: unbeaten(ranked.slice(0, MOST_SEARCHED)), rest: ranked.slice(MOST_SEARCHED) };
}

function unbeaten<T extends Item>(items: readonly T[]): T[] {
  const kept: T[] = [];
  for (const item of items.toSorted((a, b) => b.alone - a.alone || (a.cost < b.cost ? -1 : 1)))
    if (!isBeaten(item, kept)) kept.push(item);
  return kept;
}

const productsOf = ({ takes, own = 0n }: Item): bigint => takes & ~own;

/**
 * Whether there are others that can stand for one, so many that one of them is free: those that are for no other products
 * than it is, less as many as there are of these that it does not take.
 */
function isBeaten(item: Item, by: readonly Item[]): boolean {
  const { lists = productsOf(item) } = item;
  const better = new Set<bigint>();
  for (const other of by) {
    if (other.cost > item.cost || !standsFor(other, item)) continue;
    if (other.own === undefined) return true;
    if (other.own !== item.own && ((other.lists ?? 0n) & ~lists) === 0n) better.add(other.own);
  }
  return better.size > 0 && better.size > countOf(lists & ~productsOf(item));
}

/** Whether one is in nobody's way that the other is not in. */
function standsFor(one: Item, other: Item): boolean {
  const takes = productsOf(one);
  if ((takes & other.takes) !== takes) return false;
  const { gift, limit, uses, leaves } = one;
  if (leaves !== undefined && (leaves !== other.leaves || one.fills !== other.fills)) return false;
  if (uses && (!other.uses || isMore(uses, other.uses))) return false;
  if (gift && (gift.product !== other.gift?.product || isMore(gift, other.gift))) return false;
  return !limit || (!!other.limit && limit.counts === other.limit.counts && !isMore(other.limit, limit));
}

/** What it takes off, against the square root of how many lines it takes: the usual measure of what packs well. */
const promiseOf = (item: Item): number => item.alone / Math.sqrt(countOf(productsOf(item)));
