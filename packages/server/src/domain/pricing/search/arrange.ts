import type { Amount } from "../condition.ts";

/** What a search must know of a product coupon. */
export type Item = {
  alone: number;
  /** Two that share a bit do not go together: each line is one, and what else keeps coupons apart. */
  takes: bigint;
  cost: bigint;
  /** The lines alone; absent: `takes`. */
  lines?: bigint;
  /** Decides where results and costs are equal; it never comes to what costs differ by. */
  kept?: bigint;
  /** What it gives away, where that may come to too much together with what others do. */
  gift?: Amount & { product: bigint };
  /** How much of what it counts others may give away together; absent: they cannot come to more. */
  limit?: Amount & { counts: bigint };
  /** What it takes of that which thresholds of shop coupons are judged by; absent: it does not matter. */
  uses?: Amount;
};

/** Coupons in the order in which a search takes them up; everything else speaks of them by their place in it. */
export type Arrangement<T extends Item> = {
  items: readonly T[];
  /** A bit for each: a set of coupons is a sum of them. */
  bits: readonly bigint[];
  /** 1 for each that does not go together with it, and for itself. */
  clashes: readonly Uint8Array[];
  /** The same as far as they take a line together. */
  shared: readonly Uint8Array[];
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
  const linesOf = ({ lines, takes }: Item) => lines ?? takes;
  const shared = items.some(({ lines }) => lines !== undefined)
    ? items.map((a) => Uint8Array.from(items, (b) => Number((linesOf(a) & linesOf(b)) !== 0n)))
    : clashes;
  const places = items.map((_, at) => at);
  const item = (at: number) => items[at] as T;
  return {
    items,
    bits,
    clashes,
    shared,
    clashing: clashes.map((row) => bits.reduce((set, bit, at) => (row[at] ? set | bit : set), 0n)),
    byOff: places.toSorted((a, b) => item(b).alone - item(a).alone),
    byCost: places.toSorted((a, b) => compare(item(a).cost, item(b).cost) || item(b).alone - item(a).alone),
  };
}

const compare = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);

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
