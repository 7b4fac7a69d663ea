import type { Benefit, Discount, Reduction } from "../records.ts";
import type { Cut } from "./allocate.ts";
import { type Cart, type CartLine, itemsOn, placesOf, sum } from "./cart.ts";

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

/** What a coupon takes off a cart whose lines have so much left to pay, once its threshold is met. */
export function cutsOf(discount: Discount, cart: Cart, left: readonly number[]): Cut[] {
  const { benefit } = discount;
  switch (benefit.kind) {
    case "rate":
    case "amountOff": {
      const places = placesOf(discount.products, cart);
      return [{ places, off: takenOff(benefit, sum(left, places)) }];
    }
    case "tradeIn":
      return tradedIn(benefit, cart);
    case "buyAndGet":
      return freed(benefit.outProductId, freeItems(discount, benefit, cart), cart);
  }
}

/** The products whose lines a coupon may reduce; null: all of them. */
export const reducedBy = ({ benefit, products }: Discount): readonly string[] | null =>
  "outProductId" in benefit ? [benefit.outProductId] : products;

/** The lines of a product, the cheapest first: where it has several prices, that is what is had for less (ADR 10). */
const cheapestFirst = (outProductId: string, { lines, linesOf }: Cart) =>
  (linesOf.get(outProductId) ?? [])
    .map((at) => ({ at, ...(lines[at] as CartLine) }))
    .sort((a, b) => a.price - b.price || a.at - b.at);

/** One item, the cheapest of those that are dearer than what is to be paid for it. */
function tradedIn({ outProductId, price }: Benefit & { kind: "tradeIn" }, cart: Cart): Cut[] {
  const had = cheapestFirst(outProductId, cart).find((line) => line.price > price);
  return had ? [{ places: [had.at], off: had.price - price }] : [];
}

/** How many items are free if there are as many. Of one product, no item is both bought and free. */
function freeItems({ products, threshold }: Discount, benefit: Benefit & { kind: "buyAndGet" }, cart: Cart): number {
  const there = itemsOn(placesOf(products, cart), cart);
  const { items: bought } = threshold;
  const { items: free } = benefit;
  if (!products?.includes(benefit.outProductId)) return Math.floor(there / bought) * free;
  const started = there % (bought + free);
  return Math.floor(there / (bought + free)) * free + Math.max(0, started - bought);
}

/** The first so many items of a product, the cheapest first, for nothing. */
function freed(outProductId: string, count: number, cart: Cart): Cut[] {
  let more = count;
  return cheapestFirst(outProductId, cart).map(({ at, price, quantity }) => {
    const free = Math.min(quantity, more);
    more -= free;
    return { places: [at], off: free * price };
  });
}
