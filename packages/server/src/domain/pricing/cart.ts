import { COUNT_MAX } from "../rule.ts";

/** A line of a cart: so many items of a product, at a price for each, fen. A product may stand on several lines. */
export type CartLine = { outProductId: string; price: number; quantity: number };

/** A cart, read once for all coupons. */
export type Cart = {
  lines: readonly CartLine[];
  /** What each line comes to at its price, fen. */
  amounts: readonly number[];
  /** What all lines come to, fen: at most COUNT_MAX, so every sum of parts of it is a safe integer. */
  total: number;
  /** The lines of each product, by their places in the cart. */
  linesOf: ReadonlyMap<string, readonly number[]>;
  /** The places of all lines. */
  places: readonly number[];
  /** The places of some products' lines, of those that were asked for. */
  placesOf: Map<readonly string[], readonly number[]>;
  /** A bit for each product: a set of products is a sum of them. */
  bitOf: ReadonlyMap<string, bigint>;
  /** The bit of each line's product, and of all of them. */
  bits: readonly bigint[];
  all: bigint;
};

/** The set of all products, whatever is in the cart. */
export const everything = -1n;

/**
 * Reads a cart. Prices are whole fen from 0, quantities whole from 1, both up to COUNT_MAX, and so is the total; a cart
 * that is not so is a fault of the caller, which throws a RangeError naming the line.
 */
export function readCart(lines: readonly CartLine[]): Cart {
  for (const [at, { price, quantity }] of lines.entries()) {
    checkWhole(price, 0, `lines[${at}].price`);
    checkWhole(quantity, 1, `lines[${at}].quantity`);
  }
  const amounts = lines.map(({ price, quantity }) => price * quantity);
  const total = sum(amounts);
  if (total > COUNT_MAX) throw new RangeError(`lines must come to at most ${COUNT_MAX} fen together`);
  const linesOf = new Map<string, number[]>();
  for (const [at, { outProductId }] of lines.entries()) {
    const places = linesOf.get(outProductId);
    if (places) places.push(at);
    else linesOf.set(outProductId, [at]);
  }
  const bitOf = new Map([...linesOf.keys()].map((product, at) => [product, 1n << BigInt(at)]));
  const bits = lines.map(({ outProductId }) => bitOf.get(outProductId) as bigint);
  const all = (1n << BigInt(bitOf.size)) - 1n;
  return { lines, amounts, total, linesOf, places: [...amounts.keys()], placesOf: new Map(), bitOf, bits, all };
}

function checkWhole(value: number, min: number, name: string): void {
  if (!Number.isInteger(value) || value < min || value > COUNT_MAX)
    throw new RangeError(`${name} must be a whole number from ${min} to ${COUNT_MAX}`);
}

/** The places of the lines of some products, in the cart's order; null: of all. */
export function placesOf(products: readonly string[] | null, cart: Cart): readonly number[] {
  if (products === null) return cart.places;
  const known = cart.placesOf.get(products);
  if (known) return known;
  const places = [...new Set(products)].flatMap((product) => cart.linesOf.get(product) ?? []).sort((a, b) => a - b);
  cart.placesOf.set(products, places);
  return places;
}

/** The set of some products as far as they are in the cart; null: of all. */
export const maskOf = (products: readonly string[] | null, { bitOf, all }: Cart): bigint =>
  products === null ? all : products.reduce((set, product) => set | (bitOf.get(product) ?? 0n), 0n);

/** The places of a set's bits, in order. */
export function placesIn(set: bigint): number[] {
  const places: number[] = [];
  for (let [rest, from] = [set, 0]; rest > 0n; rest >>= 32n, from += 32)
    for (let word = Number(BigInt.asIntN(32, rest)); word !== 0; word &= word - 1)
      places.push(from + 31 - Math.clz32(word & -word));
  return places;
}

/** How many products are in a set. */
export const countOf = (products: bigint): number => placesIn(products).length;

/** How many items stand on some lines. */
export const itemsOn = (places: readonly number[], { lines }: Cart): number =>
  places.reduce((items, at) => items + (lines[at] as CartLine).quantity, 0);

/** The sum of some of the numbers, or of all. */
export const sum = (numbers: readonly number[], places?: readonly number[]): number =>
  places ? places.reduce((total, at) => total + (numbers[at] as number), 0) : numbers.reduce((a, b) => a + b, 0);
