import { z } from "zod";
import { couponId, createTime, personId, updateTime, userCouponId } from "./ids.ts";
import { userCouponStatusMeanings } from "./meanings.ts";
import { object, oneOf, optionalNumber, seconds } from "./scalars.ts";

/** User coupon statuses: 100 effective, 101 expired, 102 used, 103 given up (protocol.md section 4). */
export type UserCouponStatus = keyof typeof userCouponStatusMeanings;
export const userCouponStatus = (about = "The user coupon's status") => oneOf(userCouponStatusMeanings, about);

/** The two ids that together name a user coupon in an app. */
export const userCouponIds = z.object({ out_user_coupon_id: userCouponId(), out_coupon_id: couponId() });

/** When a user coupon was used, of its `ext_info`. */
export const useTime = () => optionalNumber(seconds().describe("When it was used, Unix seconds."));

/** One entry of `get_usercoupon_list`. Times are Unix seconds; 0 and 0 where the coupon states no validity. */
export const userCouponEntry = z.object({
  out_user_coupon_id: userCouponId(),
  openid: personId(),
  out_coupon_id: couponId(),
  status: userCouponStatus(),
  create_time: createTime(),
  update_time: updateTime(),
  end_time: seconds().describe(
    "The last second in which it can be used, Unix seconds; 0 where the coupon states none.",
  ),
  ext_info: object(z.object({ use_time: useTime() }).describe("What there is to tell besides.")),
  start_time: seconds().describe(
    "The first second in which it can be used, Unix seconds; 0 where the coupon states none.",
  ),
});
export type UserCouponEntry = z.infer<typeof userCouponEntry>;
