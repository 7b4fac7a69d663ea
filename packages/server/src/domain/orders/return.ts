import { isRefusal, refuse } from "../outcome.ts";
import type { UserCouponId } from "../pricing/reasons.ts";
import { type ReturnedItems, refund } from "../pricing/refund.ts";
import type { Order, OrderReturn, StoredRecord, UserCoupon } from "../records.ts";
import type { Rule } from "../rule.ts";
import { isPastEnd } from "../wallet/validity.ts";
import type { Records } from "../working-copy.ts";
import { sameCoupons } from "./orders.ts";
import { needsOf } from "./price.ts";

export type ReturnOrder = {
  do: "returnOrder";
  appid: string;
  outOrderId: string;
  /** The order's coupons, as it was read. */
  userCoupons: readonly UserCouponId[];
  /** Some items, under an id of the merchant's; null: all that is left. */
  items: { outReturnId: string; lines: readonly ReturnedItems[] } | null;
};

/** What a return comes to: the order as it is now, and this return of it. */
export type Returned = { order: Order; now: OrderReturn };

/**
 * An order, or items of it, comes back. What is paid back never adds up to more than was paid. The coupons come back
 * when everything did: effective again, or expired if their time is over; one that was given to another order since is
 * left alone. Of an order that is only locked, all comes back at once. The same return again has the same answer.
 */
export const returnOrder: Rule<ReturnOrder, Returned> = {
  needs: ({ appid, outOrderId, userCoupons }) => needsOf(appid, outOrderId, userCoupons),
  decide({ appid, outOrderId, userCoupons, items }, records, now) {
    const order = records.order(appid, outOrderId);
    if (!order) return refuse("unknown_order", { id: outOrderId });
    if (!sameCoupons(order.coupons, userCoupons)) return refuse("order_moved", { id: outOrderId });
    const outReturnId = items?.outReturnId ?? null;
    const before = order.returns.find((one) => one.outReturnId === outReturnId);
    if (before)
      return !items || sameItems(before.lines, items.lines)
        ? { writes: [], result: { order, now: before } }
        : refuse("order_exists", { id: items.outReturnId });
    const isPaid = order.redeemedAt !== null;
    if (items && !isPaid)
      return refuse(order.status === "locked" ? "order_not_redeemed" : "order_returned", { id: outOrderId });
    const returned = returnedOf(order);
    const left = order.lines
      .map(({ quantity }, line) => ({ line, quantity: quantity - (returned[line] as number) }))
      .filter(({ quantity }) => quantity > 0);
    const refunded = isPaid ? refund(order.lines, returned, items?.lines ?? left) : { lines: [], returned };
    if (isRefusal(refunded)) return refunded;
    const entry: OrderReturn = { outReturnId, lines: refunded.lines };
    const isAll = !items || order.lines.every(({ quantity }, line) => refunded.returned[line] === quantity);
    const after: Order = {
      ...order,
      status: isAll ? "returned" : order.status,
      returns: [...order.returns, entry],
    };
    const coupons = isAll && order.status !== "returned" ? givenBack(order, records, now) : [];
    return { writes: [{ record: "order", value: after }, ...coupons], result: { order: after, now: entry } };
  },
};

/** How many items of each line came back so far. */
export const returnedOf = ({ lines, returns }: Order): number[] =>
  lines.map((_, place) =>
    returns.flatMap((one) => one.lines).reduce((sum, { line, quantity }) => sum + (line === place ? quantity : 0), 0),
  );

/** The user coupons that are still this order's, free again. */
function givenBack(order: Order, records: Records, now: number): StoredRecord[] {
  return order.coupons.flatMap(({ outCouponId, outUserCouponId }): StoredRecord[] => {
    const userCoupon = records.userCoupon(order.appid, outCouponId, outUserCouponId) as UserCoupon;
    if (userCoupon.order?.outOrderId !== order.outOrderId) return [];
    const status =
      userCoupon.status === "used" ? (isPastEnd(userCoupon, now) ? "expired" : "effective") : userCoupon.status;
    const value = {
      ...userCoupon,
      status,
      usedAt: status === userCoupon.status ? userCoupon.usedAt : null,
      order: null,
      updatedAt: now,
    };
    return [{ record: "userCoupon", value }];
  });
}

const sameItems = (some: readonly ReturnedItems[], others: readonly ReturnedItems[]): boolean =>
  some.length === others.length &&
  some.every(({ line, quantity }, at) => others[at]?.line === line && others[at]?.quantity === quantity);
