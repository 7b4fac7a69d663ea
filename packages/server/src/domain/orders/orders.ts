import { isRefusal, type Refusal, refuse } from "../outcome.ts";
import type { UserCouponId } from "../pricing/reasons.ts";
import type { Order, StoredRecord, UserCoupon } from "../records.ts";
import type { Rule } from "../rule.ts";
import type { Records } from "../working-copy.ts";
import { needsOf, type OrderRequest, price } from "./price.ts";

export type LockOrder = OrderRequest & {
  do: "lockOrder";
  /** How long the coupons are kept for the order, in seconds. */
  ttl: number;
};

/**
 * Keeps coupons of a person for one order until it is paid or the time is over. The same again while the lock stands has
 * the same answer; after that the order is decided anew (our decision).
 */
export const lockOrder: Rule<LockOrder, Order> = {
  needs: ({ appid, outOrderId, userCoupons }) => needsOf(appid, outOrderId, userCoupons),
  decide(command, records, now) {
    const { appid, outOrderId, ttl } = command;
    const before = records.order(appid, outOrderId);
    const refused = before && whyNotAgain(before, command);
    if (refused) return refused;
    if (before && (before.status === "redeemed" || isLocked(before, now))) return { writes: [], result: before };
    const priced = price(command, records, now);
    if (isRefusal(priced)) return priced;
    const order: Order = {
      ...begun(command),
      ...priced,
      status: "locked",
      lockedUntil: now + ttl,
      redeemedAt: null,
    };
    const lock = (userCoupon: UserCoupon): UserCoupon => ({
      ...userCoupon,
      order: { outOrderId, until: now + ttl },
      updatedAt: now,
    });
    return { writes: [{ record: "order", value: order }, ...changed(order, records, lock)], result: order };
  },
};

export type RedeemOrder = OrderRequest & { do: "redeemOrder" };

/**
 * An order is paid: its coupons are used on it, all or none. With a lock that still stands they are used as they were
 * locked; else the order is decided now.
 */
export const redeemOrder: Rule<RedeemOrder, Order> = {
  needs: ({ appid, outOrderId, userCoupons }) => needsOf(appid, outOrderId, userCoupons),
  decide(command, records, now) {
    const { appid, outOrderId } = command;
    const before = records.order(appid, outOrderId);
    const refused = before && whyNotAgain(before, command);
    if (refused) return refused;
    if (before?.status === "redeemed") return { writes: [], result: before };
    if (before && !sameCoupons(before.coupons, command.userCoupons)) return refuse("order_moved", { id: outOrderId });
    const content = before && isLocked(before, now) ? before : price(command, records, now);
    if (isRefusal(content)) return content;
    const order: Order = {
      ...begun(command),
      lines: content.lines,
      coupons: content.coupons,
      status: "redeemed",
      lockedUntil: before?.lockedUntil ?? null,
      redeemedAt: now,
    };
    const use = (userCoupon: UserCoupon): UserCoupon => ({
      ...userCoupon,
      status: "used",
      usedAt: now,
      order: { outOrderId, until: null },
      updatedAt: now,
    });
    return { writes: [{ record: "order", value: order }, ...changed(order, records, use)], result: order };
  },
};

/** Why an order's id cannot stand for this request any more, if so. */
function whyNotAgain(before: Order, { outOrderId, asked }: OrderRequest): Refusal | undefined {
  if (before.asked !== asked) return refuse("order_exists", { id: outOrderId });
  if (before.status === "returned") return refuse("order_returned", { id: outOrderId });
}

/** What an order has of its request, whatever is decided on it. */
const begun = ({ appid, outOrderId, openid, asked, policy, basis }: OrderRequest) => ({
  appid,
  outOrderId,
  openid,
  asked,
  policy,
  basis,
  returns: [],
});

/** Whether an order's coupons are kept for it now. The last second of a lock counts. */
export const isLocked = ({ status, lockedUntil }: Order, now: number): boolean =>
  status === "locked" && lockedUntil !== null && now <= lockedUntil;

/** The user coupons of an order after a change to each. */
export function changed(
  order: Order,
  records: Records,
  change: (userCoupon: UserCoupon) => UserCoupon,
): StoredRecord[] {
  return order.coupons.map(({ outCouponId, outUserCouponId }) => {
    const userCoupon = records.userCoupon(order.appid, outCouponId, outUserCouponId) as UserCoupon;
    return { record: "userCoupon", value: change(userCoupon) };
  });
}

export const sameCoupons = (some: readonly UserCouponId[], others: readonly UserCouponId[]): boolean =>
  some.length === others.length &&
  some.every(({ outCouponId, outUserCouponId }) =>
    others.some((other) => other.outCouponId === outCouponId && other.outUserCouponId === outUserCouponId),
  );
