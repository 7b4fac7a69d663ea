import type { Benefit, Discount, Reduction } from "../records.ts";
import type { Cut } from "./allocate.ts";
import { type Cart, type CartLine, everything, type Listed, listedIn, productIn, sum } from "./cart.ts";

/** The whole in which a rate is counted: 5100 of it is 51 %. */
const RATE_WHOLE = 10_000;

/** What is taken off an amount, fen: a rate is paid rounded half up to the fen, and nothing goes below 0. */
export function takenOff(benefit: Reduction, amount: number): number {
  if (benefit.kind === "amountOff") return Math.min(benefit.amountOff, amount);
  return amount - Math.floor((amount * benefit.rate + RATE_WHOLE / 2) / RATE_WHOLE);
}

/**
 * Whether less is paid for an amount than for one that is larger by `less`, whichever from `least` on the larger is: not
 * where both may be rounded to the same fen, nor where nothing is to be paid for either.
 */
export const paysLess = (benefit: Reduction, less: number, least: number): boolean =>
  benefit.kind === "amountOff" ? least > benefit.amountOff : less * benefit.rate >= RATE_WHOLE;

/** How a coupon is used: of the products that it may reduce those `taken`, and so many items given away at most. */
export type Extent = { taken: bigint; gifts: number };
const whole: Extent = { taken: everything, gifts: Number.POSITIVE_INFINITY };

/** What a coupon takes off a cart whose lines have so much left to pay, once its threshold is met. */
export function cutsOf(discount: Discount, cart: Cart, left: readonly number[], { taken, gifts } = whole): Cut[] {
  const { benefit } = discount;
  switch (benefit.kind) {
    case "rate":
    case "amountOff": {
      const all = listedIn(cart, discount.products).places;
      const places = taken === everything ? all : all.filter((at) => ((cart.bits[at] as bigint) & taken) !== 0n);
      return [{ places, off: takenOff(benefit, sum(left, places)) }];
    }
    case "tradeIn":
      return tradedIn(benefit, cart);
    case "buyAndGet":
      return firstOf(givenAway(discount, benefit, cart), gifts).map(({ at, price, items }) => ({
        places: [at],
        off: items * price,
      }));
  }
}

/** What a coupon takes off a cart by itself, once its threshold is met, fen. */
export function offAlone(discount: Discount, cart: Cart): number {
  const { benefit, products } = discount;
  if (!("outProductId" in benefit)) return takenOff(benefit, listedIn(cart, products).spend);
  return cutsOf(discount, cart, cart.amounts).reduce((all, { off }) => all + off, 0);
}

/** The products whose lines a coupon may reduce; null: all of them. */
export const reducedBy = ({ benefit, products }: Discount): readonly string[] | null =>
  "outProductId" in benefit ? [benefit.outProductId] : products;

/** The products of the cart whose lines a coupon may reduce. */
export const reducedIn = (cart: Cart, { benefit, products }: Discount): Listed =>
  "outProductId" in benefit ? productIn(cart, benefit.outProductId) : listedIn(cart, products);

/** So many items of a line, at its price. */
type Run = { at: number; price: number; items: number };

/** The lines of a product that cost anything, the dearest first: what is had for less is the dearest (ADR 10). */
const dearestFirst = (outProductId: string, cart: Cart): Run[] =>
  productIn(cart, outProductId)
    .places.map((at) => ({
      at,
      price: (cart.lines[at] as CartLine).price,
      items: (cart.lines[at] as CartLine).quantity,
    }))
    .filter(({ price }) => price > 0)
    .sort((a, b) => b.price - a.price || a.at - b.at);

/** One item, the dearest, if it costs more than what is to be paid for it. */
function tradedIn({ outProductId, price }: Benefit & { kind: "tradeIn" }, cart: Cart): Cut[] {
  const [had] = dearestFirst(outProductId, cart);
  return had && had.price > price ? [{ places: [had.at], off: had.price - price }] : [];
}

/** How many items a coupon gives away at most; of one at a price of 0 there is nothing to give. */
export const giftsOf = (discount: Discount, cart: Cart): number =>
  discount.benefit.kind === "buyAndGet"
    ? givenAway(discount, discount.benefit, cart).reduce((all, { items }) => all + items, 0)
    : Number(discount.benefit.kind === "tradeIn" && discount.benefit.price === 0);

/**
 * The items that are free, the dearest first. Of another product, the dearest of it. Of the same, no item is both bought
 * and free: all are put into groups, the dearest first, and the last of each group are the free ones, so that most is
 * free; those at 0 come last, and use up nothing.
 */
function givenAway({ products, threshold }: Discount, benefit: Benefit & { kind: "buyAndGet" }, cart: Cart): Run[] {
  const { items: bought } = threshold;
  const { items: free, outProductId } = benefit;
  const runs = dearestFirst(outProductId, cart);
  if (!products?.includes(outProductId))
    return firstOf(runs, Math.floor(listedIn(cart, products).items / bought) * free);
  const freeOf = (items: number) =>
    Math.floor(items / (bought + free)) * free + Math.max(0, (items % (bought + free)) - bought);
  let before = 0;
  return runs.map((run) => {
    const items = freeOf(before + run.items) - freeOf(before);
    before += run.items;
    return { ...run, items };
  });
}

/** The first so many items. */
function firstOf(runs: readonly Run[], count: number): Run[] {
  let more = count;
  return runs.map((run) => {
    const items = Math.min(run.items, more);
    more -= items;
    return { ...run, items };
  });
}
