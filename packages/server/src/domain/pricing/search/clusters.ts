import type { Item } from "./item.ts";

/** Coupons, what takes most off first, each with the ways to use it, likewise. */
export type Cluster = readonly (readonly Item[])[];

/** Puts coupons together that have something in common with each other, or with others that have. */
export function clustersOf(items: readonly Item[]): Cluster[] {
  const coupons = couponsOf(items);
  const sets = apart(coupons);
  const clusters = sets.map((): Item[][] => []);
  for (const ways of coupons) {
    const { takes } = ways[0] as Item;
    clusters[sets.findIndex((set) => (set & takes) !== 0n)]?.push(ways);
  }
  return clusters;
}

/** What each cluster takes. */
function apart(coupons: readonly Item[][]): bigint[] {
  const sets: bigint[] = [];
  for (const ways of coupons) {
    let met = 0n;
    for (const { takes } of ways) met |= takes;
    let count = 0;
    for (const set of sets)
      if ((set & met) === 0n) sets[count++] = set;
      else met |= set;
    sets.length = count;
    sets.push(met);
  }
  return sets;
}

/** The ways to use each coupon. */
function couponsOf(items: readonly Item[]): Item[][] {
  const coupons: Item[][] = [];
  const varied = new Map<bigint, Item[]>();
  for (const item of items.toSorted((a, b) => b.alone - a.alone)) {
    const { own } = item;
    const known = own === undefined ? undefined : varied.get(own);
    if (known) known.push(item);
    else {
      const ways = [item];
      coupons.push(ways);
      if (own !== undefined) varied.set(own, ways);
    }
  }
  return coupons;
}
