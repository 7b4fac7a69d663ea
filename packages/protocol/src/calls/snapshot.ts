import { z } from "zod";
import { integer, merchantId, object, optional, optionalNumber, seconds } from "./scalars.ts";
import { couponShown, couponStock } from "./table.ts";
import { userCouponEntry } from "./user-coupon.ts";

/**
 * One line of a snapshot: a shop as the platform shows it, in order of creation (our format; JSON Lines).
 * A coupon line is an entry of `get_list`, with `"paused":true` beside it where claims are paused, which is read of a coupon
 * that is new only; a user coupon line is `{"user_coupon": <entry of get_usercoupon_list>}`.
 * `appid` is not read: the importing app owns what it imports.
 */
export const snapshotCoupon = z.object({
  coupon: object(couponShown.extend({ appid: optional(z.string()) })),
  coupon_stock: optional(couponStock.extend({ appid: optional(z.string()) })),
  paused: optional(z.boolean()),
});
export type SnapshotCoupon = z.infer<typeof snapshotCoupon>;

export const snapshotUserCoupon = z.object({
  user_coupon: userCouponEntry.extend({
    out_coupon_id: merchantId(),
    start_time: integer(),
    recv_time: optionalNumber(seconds()),
  }),
});
export type SnapshotUserCoupon = z.infer<typeof snapshotUserCoupon>;
