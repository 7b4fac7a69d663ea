import type { Discount } from "../records.ts";
import { type Cart, itemsOn, maskOf, placesOf, sum } from "./cart.ts";

/** Items, and what they come to, fen. */
export type Amount = { items: number; spend: number };

/** What must be in the cart for a coupon: where the same product is bought and got, one more, which is the free one. */
export const conditionOf = (discount: Discount): Amount =>
  getsWhatIsBought(discount) ? { ...discount.threshold, items: discount.threshold.items + 1 } : discount.threshold;

/** What is there of what a coupon counts, at the cart's prices. */
export function countedIn(discount: Discount, cart: Cart): Amount {
  const places = placesOf(discount.products, cart).filter((at) => counts(discount, cart.lines[at]?.outProductId));
  return { items: itemsOn(places, cart), spend: sum(cart.amounts, places) };
}

/** The products of the cart that a coupon counts and that another coupon may give away. */
export function countedProducts(discount: Discount, cart: Cart): bigint {
  const { benefit, products } = discount;
  if (getsWhatIsBought(discount)) return 0n;
  const own = "outProductId" in benefit ? maskOf([benefit.outProductId], cart) : 0n;
  return maskOf(products, cart) & ~own;
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

/** What is traded in never counts towards its own condition. */
const counts = ({ benefit }: Discount, outProductId: string | undefined): boolean =>
  benefit.kind !== "tradeIn" || benefit.outProductId !== outProductId;
