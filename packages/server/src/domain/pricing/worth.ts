import type { Discount } from "../records.ts";
import { type Cart, maskOf, sum } from "./cart.ts";
import { countedIn } from "./condition.ts";
import { cutsOf, reducedBy } from "./discount.ts";

/**
 * What a product coupon that could be used alone takes off if it has only these products, fen: 0 where they are not enough.
 * One that stands on one product needs that.
 */
export function worthOn(discount: Discount, cart: Cart, taken: bigint): number {
  if ("outProductId" in discount.benefit && (maskOf(reducedBy(discount), cart) & taken) === 0n) return 0;
  const { items, spend } = countedIn(discount, cart, taken);
  if (items < discount.threshold.items || spend < discount.threshold.spend) return 0;
  const gifts = Number.POSITIVE_INFINITY;
  return sum(cutsOf(discount, cart, cart.amounts, { taken, gifts }).map(({ off }) => off));
}
