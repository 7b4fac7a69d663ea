import type { Discount } from "../records.ts";
import { type Cart, type CartLine, everything, type Listed, listedIn, productIn } from "./cart.ts";

/** Items, and what they come to, fen. */
export type Amount = { items: number; spend: number };

/** What must be in the cart for a coupon: where the same product is bought and got, one more, which is the free one. */
export const conditionOf = (discount: Discount): Amount =>
  getsWhatIsBought(discount) ? { ...discount.threshold, items: discount.threshold.items + 1 } : discount.threshold;

/**
 * What is there of what a coupon counts, at the cart's prices. One that reduces what it counts counts only what it has
 * `taken`, and what costs nothing, which nobody takes. What is traded in never counts towards its own condition.
 */
export function countedIn(discount: Discount, cart: Cart, taken = everything): Amount {
  const { benefit, products } = discount;
  const listed = listedIn(cart, products);
  if (benefit.kind === "tradeIn") return without(listed, productIn(cart, benefit.outProductId));
  if (taken === everything || !takesWhatItCounts(discount)) return listed;
  let [items, spend] = [0, 0];
  for (const at of listed.places) {
    const amount = cart.amounts[at] as number;
    if (amount > 0 && ((cart.bits[at] as bigint) & taken) === 0n) continue;
    items += (cart.lines[at] as CartLine).quantity;
    spend += amount;
  }
  return { items, spend };
}

/** What is there of some products but one. */
const without = (those: Listed, one: Listed): Amount =>
  (those.set & one.set) === 0n ? those : { items: those.items - one.items, spend: those.spend - one.spend };

/** The products of the cart that a coupon counts and that another coupon may give away. */
export function countedProducts(discount: Discount, cart: Cart): bigint {
  const { benefit, products, scope } = discount;
  if ((scope === "product" && takesWhatItCounts(discount)) || getsWhatIsBought(discount)) return 0n;
  const own = "outProductId" in benefit ? productIn(cart, benefit.outProductId).set : 0n;
  return listedIn(cart, products).set & ~own;
}

/**
 * How much of what a coupon counts can be taken away and its condition is still met; Infinity where it asks for nothing.
 * One that gives items away needs what is bought for so many `gifts`.
 */
export function spareOf(discount: Discount, cart: Cart, gifts: number): Amount {
  const there = countedIn(discount, cart);
  const { benefit, threshold } = discount;
  const times = benefit.kind === "buyAndGet" ? Math.ceil(gifts / benefit.items) : 1;
  return {
    items: threshold.items === 0 ? Number.POSITIVE_INFINITY : there.items - times * threshold.items,
    spend: threshold.spend === 0 ? Number.POSITIVE_INFINITY : there.spend - threshold.spend,
  };
}

export const isMore = (a: Amount, b: Amount): boolean => a.items > b.items || a.spend > b.spend;

export const add = (a: Amount, b: Amount): Amount => ({ items: a.items + b.items, spend: a.spend + b.spend });

export const nothing: Amount = { items: 0, spend: 0 };

const getsWhatIsBought = ({ benefit, products }: Discount): boolean =>
  benefit.kind === "buyAndGet" && !!products?.includes(benefit.outProductId);

/** Whether a coupon reduces what it counts, whatever that is: types 1 to 4 and 101 to 104. */
export const takesWhatItCounts = ({ benefit }: Discount): boolean => !("outProductId" in benefit);
