import type { RouteReply } from "@quanku/protocol/admin";
import type { UserCouponEntry, UserCouponStatus as WireStatus } from "@quanku/protocol/calls";
import type { Claim, UserCoupon, UserCouponStatus } from "../domain/records.ts";
import { invert } from "./coupon.ts";

export const userCouponStatusOf: Record<WireStatus, UserCouponStatus> = {
  100: "effective",
  101: "expired",
  102: "used",
  103: "given_up",
};
export const wireUserCouponStatus = invert(userCouponStatusOf);

/** A user coupon as the wire shows it, its fields in the wire's order. */
export const showUserCoupon = (userCoupon: UserCoupon): UserCouponEntry => ({
  out_user_coupon_id: userCoupon.outUserCouponId,
  openid: userCoupon.openid,
  out_coupon_id: userCoupon.outCouponId,
  status: wireUserCouponStatus[userCoupon.status],
  create_time: userCoupon.createdAt,
  update_time: userCoupon.updatedAt,
  end_time: userCoupon.validity.end,
  ext_info: userCoupon.usedAt === null ? {} : { use_time: userCoupon.usedAt },
  start_time: userCoupon.validity.start,
});

/** What a granted claim answers, now and whenever it is repeated: the user coupon as it was given. */
export const showClaim = ({ claimedAt, ...claim }: Claim): UserCouponEntry =>
  showUserCoupon({
    ...claim,
    slot: 0,
    status: "effective",
    createdAt: claimedAt,
    updatedAt: claimedAt,
    receivedAt: claimedAt,
    usedAt: null,
    order: null,
  });

/** A user coupon as operators see it. */
export const showToOperators = (userCoupon: UserCoupon): RouteReply<"showUserCoupon">["user_coupon"] => ({
  out_coupon_id: userCoupon.outCouponId,
  out_user_coupon_id: userCoupon.outUserCouponId,
  openid: userCoupon.openid,
  status: userCoupon.status,
  create_time: userCoupon.createdAt,
  update_time: userCoupon.updatedAt,
  receive_time: userCoupon.receivedAt,
  start_time: userCoupon.validity.start,
  end_time: userCoupon.validity.end,
  use_time: userCoupon.usedAt,
  out_order_id: userCoupon.order?.outOrderId ?? null,
  lock_end_time: userCoupon.order?.until ?? null,
});
