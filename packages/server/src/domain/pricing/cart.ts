import { COUNT_MAX } from "../rule.ts";

/** A line of a cart: so many items of a product, at a price for each, fen. A product may stand on several lines. */
export type CartLine = { outProductId: string; price: number; quantity: number };

/** Some products of a cart: the places of their lines in its order, a bit for each, and what is there of them. */
export type Listed = { places: readonly number[]; set: bigint; items: number; spend: number };

/** A cart, read once for all coupons. */
export type Cart = {
  lines: readonly CartLine[];
  /** What each line comes to at its price, fen. */
  amounts: readonly number[];
  /** What all lines come to, fen: at most COUNT_MAX, so every sum of parts of it is a safe integer. */
  total: number;
  /** Each product: its set is one bit, and a set of products is a sum of such. */
  products: ReadonlyMap<string, Listed>;
  /** All of them. */
  whole: Listed;
  /** Those that some lists of products name, of the lists that were asked for. */
  listed: Map<readonly string[], Listed>;
  /** The bit of each line's product, and of all products that cost anything. */
  bits: readonly bigint[];
  priced: bigint;
};

/** The set of all products, whatever is in the cart. */
export const everything = -1n;

/**
 * Reads a cart. Prices are whole fen from 0, quantities whole from 1, both up to COUNT_MAX, and so is the total; a cart
 * that is not so is a fault of the caller, which throws a RangeError naming the line.
 */
export function readCart(lines: readonly CartLine[]): Cart {
  for (let at = 0; at < lines.length; at++) {
    const { price, quantity } = lines[at] as CartLine;
    checkWhole(price, 0, at, "price");
    checkWhole(quantity, 1, at, "quantity");
  }
  const amounts = lines.map(({ price, quantity }) => price * quantity);
  const total = sum(amounts);
  if (total > COUNT_MAX) throw new RangeError(`lines must come to at most ${COUNT_MAX} fen together`);
  const products = new Map<string, Listed & { places: number[] }>();
  const bits: bigint[] = [];
  let [items, priced, bit] = [0, 0n, 1n];
  for (let at = 0; at < lines.length; at++) {
    const { outProductId, quantity } = lines[at] as CartLine;
    let product = products.get(outProductId);
    if (!product) {
      product = { places: [], set: bit, items: 0, spend: 0 };
      products.set(outProductId, product);
      bit <<= 1n;
    }
    const amount = amounts[at] as number;
    product.places.push(at);
    product.items += quantity;
    product.spend += amount;
    bits.push(product.set);
    items += quantity;
    if (amount > 0) priced |= product.set;
  }
  const whole = { places: [...amounts.keys()], set: bit - 1n, items, spend: total };
  return { lines, amounts, total, products, whole, listed: new Map(), bits, priced };
}

function checkWhole(value: number, min: number, at: number, name: string): void {
  if (!Number.isInteger(value) || value < min || value > COUNT_MAX)
    throw new RangeError(`lines[${at}].${name} must be a whole number from ${min} to ${COUNT_MAX}`);
}

/** Some products as far as they are in the cart; null: all of them. */
export function listedIn(cart: Cart, products: readonly string[] | null): Listed {
  if (products === null) return cart.whole;
  if (products.length === 1) return productIn(cart, products[0] as string);
  const known = cart.listed.get(products);
  if (known) return known;
  let set = 0n;
  for (const product of products) set |= productIn(cart, product).set;
  const places = cart.whole.places.filter((at) => ((cart.bits[at] as bigint) & set) !== 0n);
  const listed = { places, set, items: itemsOn(places, cart), spend: sum(cart.amounts, places) };
  cart.listed.set(products, listed);
  return listed;
}

/** One product as far as it is in the cart. */
export const productIn = (cart: Cart, product: string): Listed => cart.products.get(product) ?? nowhere;

const nowhere: Listed = { places: [], set: 0n, items: 0, spend: 0 };

/** The places of a set's bits, in order. */
export function placesIn(set: bigint): number[] {
  const places: number[] = [];
  for (let [rest, from] = [set, 0]; rest > 0n; rest >>= 32n, from += 32)
    for (let word = Number(BigInt.asIntN(32, rest)); word !== 0; word &= word - 1)
      places.push(from + 31 - Math.clz32(word & -word));
  return places;
}

/** How many products are in a set. */
export function countOf(products: bigint): number {
  let count = 0;
  for (let rest = products; rest > 0n; rest >>= 32n)
    for (let word = Number(BigInt.asIntN(32, rest)); word !== 0; word &= word - 1) count++;
  return count;
}

/** How many items stand on some lines. */
export function itemsOn(places: readonly number[], { lines }: Cart): number {
  let items = 0;
  for (const at of places) items += (lines[at] as CartLine).quantity;
  return items;
}

/** The sum of some of the numbers, or of all. */
export function sum(numbers: readonly number[], places?: readonly number[]): number {
  let total = 0;
  if (places) for (const at of places) total += numbers[at] as number;
  else for (let at = 0; at < numbers.length; at++) total += numbers[at] as number;
  return total;
}
