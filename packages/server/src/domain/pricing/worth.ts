import type { Discount } from "../records.ts";
import type { Cart } from "./cart.ts";
import { countedIn } from "./condition.ts";
import { offAlone, reducedIn, takenOff } from "./discount.ts";

/**
 * What a product coupon that could be used alone takes off if it has only these products, fen: 0 where they are not enough.
 * One that stands on one product needs that.
 */
export function worthOn(discount: Discount, cart: Cart, taken: bigint): number {
  const { benefit, threshold } = discount;
  if ("outProductId" in benefit) return (reducedIn(cart, discount).set & taken) === 0n ? 0 : offAlone(discount, cart);
  const { items, spend } = countedIn(discount, cart, taken);
  return items < threshold.items || spend < threshold.spend ? 0 : takenOff(benefit, spend);
}
