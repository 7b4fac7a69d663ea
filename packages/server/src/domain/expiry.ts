import type { Accepted } from "./outcome.ts";
import type { Coupon, StoredRecord, UserCoupon } from "./records.ts";
import type { Rule } from "./rule.ts";
import { lockOn } from "./wallet/user-coupons.ts";
import { isPastEnd } from "./wallet/validity.ts";

/** Whether an active coupon can be used by nobody any more: its fixed validity is over. Validity includes its end. */
export const isCouponOver = ({ status, terms }: Coupon, now: number): boolean =>
  status === "active" && terms.validity?.kind === "fixed" && now > terms.validity.interval.end;

/**
 * Whether an effective user coupon is past its end; one that is locked for an order stays as it is until the lock ends.
 */
export const isUserCouponOver = (userCoupon: UserCoupon, now: number): boolean =>
  userCoupon.status === "effective" && isPastEnd(userCoupon, now) && !lockOn(userCoupon, now);

export type ExpireCoupon = { do: "expireCoupon"; appid: string; outCouponId: string };

/** What the expiry job does to a coupon: nothing, unless it is over now. Answers whether it was. */
export const expireCoupon: Rule<ExpireCoupon, boolean> = {
  needs: ({ appid, outCouponId }) => [{ need: "coupon", appid, outCouponId }],
  decide({ appid, outCouponId }, records, now) {
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon || !isCouponOver(coupon, now)) return notOver;
    return expired({ record: "coupon", value: { ...coupon, status: "expired", updatedAt: now } });
  },
};

export type ExpireUserCoupon = {
  do: "expireUserCoupon";
  appid: string;
  outCouponId: string;
  outUserCouponId: string;
};

/** What the expiry job does to a user coupon: nothing, unless it is over now. Answers whether it was. */
export const expireUserCoupon: Rule<ExpireUserCoupon, boolean> = {
  needs: ({ appid, outCouponId, outUserCouponId }) => [{ need: "userCoupon", appid, outCouponId, outUserCouponId }],
  decide({ appid, outCouponId, outUserCouponId }, records, now) {
    const userCoupon = records.userCoupon(appid, outCouponId, outUserCouponId);
    if (!userCoupon || !isUserCouponOver(userCoupon, now)) return notOver;
    return expired({ record: "userCoupon", value: { ...userCoupon, status: "expired", updatedAt: now } });
  },
};

const notOver: Accepted<boolean> = { writes: [], result: false };
const expired = (record: StoredRecord): Accepted<boolean> => ({ writes: [record], result: true });
