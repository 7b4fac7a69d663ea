import { placesIn } from "../cart.ts";
import type { Item } from "./item.ts";
import { Prices } from "./prices.ts";

/** Coupons in the order in which a search takes them up; everything else speaks of them by their place in it. */
export type Arrangement<T extends Item> = {
  items: readonly T[];
  /** A bit for each: a set of coupons is a sum of them. */
  bits: readonly bigint[];
  /** Those that do not go together with each, and itself, as a set. */
  clashing: readonly bigint[];
  /** All places, by what it takes off, most first. */
  byOff: readonly number[];
  /** 1 for each that does not go together with it, and for itself. */
  clashes: readonly Uint8Array[];
  /** The same as far as they take a line together; this and what follows is reckoned once costs decide. */
  shared(): readonly Uint8Array[];
  /** All places, by cost, least first. */
  byCost(): readonly number[];
  prices: Prices;
};

export function arrange<T extends Item>(coupons: readonly T[]): Arrangement<T> {
  const apart = meeting(coupons.map(({ takes }) => takes));
  const order = narrowest(apart);
  const items = order.map((at) => coupons[at] as T);
  const bits = items.map((_, at) => 1n << BigInt(at));
  const clashes = order.map((at) => inOrder(apart[at] as Uint8Array, order));
  const places = items.map((_, at) => at);
  const item = (at: number) => items[at] as T;
  const byOff = places.toSorted((a, b) => item(b).alone - item(a).alone);
  return {
    items,
    bits,
    clashing: clashes.map(setOf),
    byOff,
    clashes,
    shared: once(() =>
      items.some(({ lines, takes }) => lines !== undefined && lines !== takes)
        ? meeting(items.map(({ lines, takes }) => lines ?? takes))
        : clashes,
    ),
    byCost: once(() => places.toSorted((a, b) => compare(item(a).cost, item(b).cost) || item(b).alone - item(a).alone)),
    prices: new Prices(items, byOff),
  };
}

function once<R>(reckon: () => R): () => R {
  let known: { result: R } | undefined;
  return () => {
    known ??= { result: reckon() };
    return known.result;
  };
}

/** A row with its places in another order. */
function inOrder(row: Uint8Array, order: readonly number[]): Uint8Array {
  const ordered = new Uint8Array(order.length);
  for (let at = 0; at < order.length; at++) ordered[at] = row[order[at] as number] as number;
  return ordered;
}

/** The set of those that have a 1. */
function setOf(row: Uint8Array): bigint {
  let set = 0n;
  for (let from = 0; from < row.length; from += 32) {
    let word = 0;
    for (let at = Math.min(from + 32, row.length) - 1; at >= from; at--) word = 2 * word + (row[at] as number);
    set |= BigInt(word) << BigInt(from);
  }
  return set;
}

/** For each of some sets 1 for each that it has something in common with, and for itself. */
function meeting(sets: readonly bigint[]): Uint8Array[] {
  const rows = sets.map(() => new Uint8Array(sets.length));
  /** By each bit, those that have it. */
  const having: number[][] = [];
  for (const [at, set] of sets.entries())
    for (const place of placesIn(set)) {
      having[place] ??= [];
      const those = having[place] as number[];
      those.push(at);
      for (const other of those) {
        (rows[at] as Uint8Array)[other] = 1;
        (rows[other] as Uint8Array)[at] = 1;
      }
    }
  return rows;
}

const compare = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);

/**
 * An order in which, at each step, few of those to come clash with those taken up: next comes the one that clashes with
 * the fewest that nobody before it clashes with. The narrower, the more choices lead to the same, and are one.
 */
function narrowest(clashes: readonly Uint8Array[]): number[] {
  const count = clashes.length;
  const near = clashes.map((row, one) => placesOf(row).filter((at) => at !== one));
  const fresh = near.map((places) => places.length);
  const isReached = new Uint8Array(count);
  const isTaken = new Uint8Array(count);
  const reach = (at: number) => {
    if (isReached[at]) return;
    isReached[at] = 1;
    for (const other of near[at] as number[]) fresh[other] = (fresh[other] as number) - 1;
  };
  const order: number[] = [];
  while (order.length < count) {
    let [next, least] = [-1, Number.POSITIVE_INFINITY];
    for (let at = 0; at < count; at++) {
      const key = 2 * (fresh[at] as number) + 1 - (isReached[at] as number);
      if (!isTaken[at] && key < least) [next, least] = [at, key];
    }
    isTaken[next] = 1;
    order.push(next);
    reach(next);
    for (const other of near[next] as number[]) reach(other);
  }
  return order;
}

function placesOf(row: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = 0; at < row.length; at++) if (row[at]) places.push(at);
  return places;
}
