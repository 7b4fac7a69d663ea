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
export const showUserCoupon = (held: UserCoupon): UserCouponEntry => ({
  out_user_coupon_id: held.outUserCouponId,
  openid: held.openid,
  out_coupon_id: held.outCouponId,
  status: wireUserCouponStatus[held.status],
  create_time: held.createdAt,
  update_time: held.updatedAt,
  end_time: held.validity.end,
  ext_info: held.usedAt === null ? {} : { use_time: held.usedAt },
  start_time: held.validity.start,
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
