import { isMore } from "../condition.ts";
import type { Item } from "./arrange.ts";

/** How many product coupons are searched at most, so that no wallet holds up everybody else. */
const MOST_SEARCHED = 200;

/**
 * Leaves out coupons that need not be looked at: where another takes off as much at no more cost and from no other lines, a
 * choice is no worse with that one instead. Of what is left, `searched` are those that promise most, at most 200; `rest`
 * are the others.
 */
export function narrow<T extends Item>(items: readonly T[]): { searched: T[]; rest: T[] } {
  const best = [...Map.groupBy(items, ({ takes }) => takes).values()].flatMap(unbeaten);
  if (best.length <= MOST_SEARCHED) return { searched: unbeaten(best), rest: [] };
  const ranked = best.toSorted((a, b) => promiseOf(b) - promiseOf(a));
  return { searched: unbeaten(ranked.slice(0, MOST_SEARCHED)), rest: ranked.slice(MOST_SEARCHED) };
}

function unbeaten<T extends Item>(items: readonly T[]): T[] {
  const kept: T[] = [];
  for (const item of items.toSorted((a, b) => b.alone - a.alone || (a.cost < b.cost ? -1 : 1)))
    if (!kept.some((other) => other.cost <= item.cost && standsFor(other, item))) kept.push(item);
  return kept;
}

/** Whether one is in nobody's way that the other is not in. */
function standsFor(one: Item, other: Item): boolean {
  if ((one.takes & other.takes) !== one.takes) return false;
  const { gift, limit, uses } = one;
  if (uses && (!other.uses || isMore(uses, other.uses))) return false;
  if (gift && (gift.product !== other.gift?.product || isMore(gift, other.gift))) return false;
  return !limit || (!!other.limit && limit.counts === other.limit.counts && !isMore(other.limit, limit));
}

/** What it takes off, against the square root of how many lines it takes: the usual measure of what packs well. */
function promiseOf({ alone, takes }: Item): number {
  const lines = takes.toString(2).replaceAll("0", "").length;
  return alone / Math.sqrt(lines);
}
