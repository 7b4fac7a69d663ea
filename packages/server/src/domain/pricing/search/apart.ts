import { isMore } from "../condition.ts";
import { type Effect, givenOf, mostGiven } from "../effect.ts";
import type { Item } from "./item.ts";

/**
 * Marks the ways of which one undoes the other's condition by itself, by bits of `takes` from one on, and those that may do
 * so together with others.
 */
export function keepApart(items: Item[], effects: readonly Effect[], from: bigint): void {
  const places = [...items.keys()];
  const effect = (at: number) => effects[at] as Effect;
  const giving = Map.groupBy(
    places.filter((at) => effect(at).gifts > 0),
    (at) => effect(at).gift.product,
  );
  // Of ways that are on the same product, and never together, those that are undone by the same are one.
  const asking = Map.groupBy(
    places.filter((at) => effect(at).limit.counts > 0n),
    (at) => `${items[at]?.takes} ${Object.values(effect(at).limit).join(" ")}`,
  );
  let bit = from;
  for (const group of asking.values()) {
    const { limit } = effect(group[0] as number);
    const rest: number[] = [];
    for (const [product, those] of giving) {
      if ((limit.counts & product) === 0n) continue;
      // A bit for each product, since those that give different ones may go together.
      const undoing = those.filter((at) => isMore(effect(at).gift, limit));
      for (const at of undoing.length > 0 ? [...group, ...undoing] : []) (items[at] as Item).takes |= bit;
      if (undoing.length > 0) bit <<= 1n;
      rest.push(...those.filter((at) => !isMore(effect(at).gift, limit)));
    }
    if (!isMore(givenOf(limit.counts, mostGiven(rest.map((at) => effect(at).gift))), limit)) continue;
    for (const at of group) (items[at] as Item).limit = limit;
    for (const at of rest) (items[at] as Item).gift = effect(at).gift;
  }
}
