import { type Cart, productIn, sum } from "./cart.ts";
import { type Amount, add, countedProducts, nothing, spareOf } from "./condition.ts";
import { cutsOf } from "./discount.ts";
import type { ThresholdBasis } from "./policies.ts";
import type { Use } from "./stacking.ts";

/** A use of a product coupon: what it takes off, what it gives away, and what others may give away of what it counts. */
export type Effect = Use & { off: number; gift: Amount & { product: bigint }; limit: Amount & { counts: bigint } };

/** `off`: what it takes off, where that is known. */
export function effectOf(
  use: Use,
  cart: Cart,
  off = sum(cutsOf(use.candidate.discount, cart, cart.amounts, use).map((cut) => cut.off)),
): Effect {
  const { candidate, taken, gifts } = use;
  const { discount } = candidate;
  const product = "outProductId" in discount.benefit ? productIn(cart, discount.benefit.outProductId).set : 0n;
  const counts = countedProducts(discount, cart);
  return {
    candidate,
    taken,
    gifts,
    off,
    gift: gifts > 0 ? { product, items: gifts, spend: off } : noGift,
    limit: counts === 0n ? unlimited : { counts, ...spareOf(discount, cart, gifts) },
  };
}

const noGift = { product: 0n, ...nothing };
const unlimited = { counts: 0n, items: Number.POSITIVE_INFINITY, spend: Number.POSITIVE_INFINITY };

/** What a product coupon takes of that which a shop coupon's threshold is judged by. */
export const usedUp = ({ off, gift }: Pick<Effect, "off" | "gift">, basis: ThresholdBasis): Amount => ({
  items: gift.items,
  spend: basis === "list" ? gift.spend : off,
});

/** The most that one coupon of several gives away of each product: of each, one coupon at most is used. */
export function mostGiven(gifts: readonly Effect["gift"][]): Map<bigint, Amount> {
  const most = new Map<bigint, Amount>();
  for (const { product, items, spend } of gifts) {
    if (items === 0) continue;
    const before = most.get(product) ?? nothing;
    most.set(product, { items: Math.max(before.items, items), spend: Math.max(before.spend, spend) });
  }
  return most;
}

/** What is given away of some products together. */
export function givenOf(products: bigint, most: ReadonlyMap<bigint, Amount>): Amount {
  let all = nothing;
  for (const [product, gift] of products === 0n ? [] : most) if ((products & product) !== 0n) all = add(all, gift);
  return all;
}
