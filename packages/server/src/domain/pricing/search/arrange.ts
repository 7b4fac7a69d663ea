/** What a search must know of a product coupon. */
export type Item = { alone: number; takes: bigint; cost: bigint };

/** Coupons in the order in which a search takes them up; everything else speaks of them by their place in it. */
export type Arrangement<T extends Item> = {
  items: readonly T[];
  /** A bit for each: a set of coupons is a sum of them. */
  bits: readonly bigint[];
  /** 1 for each that takes a line together with it, and for itself. */
  clashes: readonly Uint8Array[];
  /** The same as a set. */
  clashing: readonly bigint[];
  /** All places: by what it takes off, most first; by cost, least first. */
  byOff: readonly number[];
  byCost: readonly number[];
};

export function arrange<T extends Item>(coupons: readonly T[]): Arrangement<T> {
  const items = narrowest(coupons).map((at) => coupons[at] as T);
  const bits = items.map((_, at) => 1n << BigInt(at));
  const clashes = items.map((a) => Uint8Array.from(items, (b) => Number((a.takes & b.takes) !== 0n)));
  const places = items.map((_, at) => at);
  const item = (at: number) => items[at] as T;
  return {
    items,
    bits,
    clashes,
    clashing: clashes.map((row) => bits.reduce((set, bit, at) => (row[at] ? set | bit : set), 0n)),
    byOff: places.toSorted((a, b) => item(b).alone - item(a).alone),
    byCost: places.toSorted((a, b) => (item(a).cost < item(b).cost ? -1 : 1)),
  };
}

/**
 * An order in which, at each step, few of those to come clash with those taken up: next comes the one that clashes with
 * the fewest that nobody before it clashes with. The narrower, the more choices lead to the same, and are one.
 */
function narrowest(coupons: readonly Item[]): number[] {
  const near = coupons.map((a) => coupons.flatMap((b, at) => (a !== b && (a.takes & b.takes) !== 0n ? [at] : [])));
  const fresh = near.map((places) => places.length);
  const reached = new Set<number>();
  const reach = (at: number) => {
    if (reached.has(at)) return;
    reached.add(at);
    for (const other of near[at] as number[]) fresh[other] = (fresh[other] as number) - 1;
  };
  const rest = new Set(coupons.keys());
  const order: number[] = [];
  while (rest.size > 0) {
    const key = (at: number) => 2 * (fresh[at] as number) + Number(!reached.has(at));
    const next = [...rest].reduce((a, b) => (key(b) < key(a) ? b : a));
    rest.delete(next);
    order.push(next);
    reach(next);
    for (const other of near[next] as number[]) reach(other);
  }
  return order;
}
