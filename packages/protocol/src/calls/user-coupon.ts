import { z } from "zod";
import { merchantId, object, openid, optionalNumber, seconds } from "./scalars.ts";

/** User coupon statuses: 100 effective, 101 expired, 102 used, 103 given up (protocol.md section 4). */
export const userCouponStatuses = [100, 101, 102, 103] as const;
export type UserCouponStatus = (typeof userCouponStatuses)[number];

/** The two ids that together name a user coupon in an app. */
export const userCouponIds = z.object({ out_user_coupon_id: merchantId(), out_coupon_id: merchantId() });

/** One entry of `get_usercoupon_list`. Times are Unix seconds; 0 and 0 where the coupon states no validity. */
export const userCouponEntry = z.object({
  out_user_coupon_id: merchantId(),
  openid: openid(),
  out_coupon_id: merchantId(),
  status: z.literal(userCouponStatuses),
  create_time: seconds(),
  update_time: seconds(),
  end_time: seconds(),
  ext_info: object(z.object({ use_time: optionalNumber(seconds()) })),
  start_time: seconds(),
});
export type UserCouponEntry = z.infer<typeof userCouponEntry>;
