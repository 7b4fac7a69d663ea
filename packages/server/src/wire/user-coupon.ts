import type { RouteReply } from "@quanku/protocol/admin";
import type { UserCouponStatus as WireStatus } from "@quanku/protocol/calls";
import type { Claim, UserCoupon, UserCouponStatus } from "../domain/records.ts";
import { invert } from "./coupon.ts";

export const userCouponStatusOf: Record<WireStatus, UserCouponStatus> = {
  100: "effective",
  101: "expired",
  102: "used",
  103: "given_up",
};
export const wireUserCouponStatus = invert(userCouponStatusOf);

/** A user coupon as an entry of `get_usercoupon_list`, as JSON text. */
export const encodeUserCouponEntry = (userCoupon: UserCoupon): string =>
  encode(userCoupon, userCoupon, userCoupon.usedAt === null ? "{}" : `{"use_time":${userCoupon.usedAt}}`);

/** What a granted claim answers, now and whenever it is repeated: the user coupon as it was given, as JSON text. */
export const encodeClaim = (claim: Claim): string =>
  encode(claim, { status: "effective", createdAt: claim.claimedAt, updatedAt: claim.claimedAt }, "{}");

const encode = (
  { outUserCouponId, openid, outCouponId, validity }: Claim | UserCoupon,
  { status, createdAt, updatedAt }: Pick<UserCoupon, "status" | "createdAt" | "updatedAt">,
  extInfo: string,
): string =>
  `{"out_user_coupon_id":${JSON.stringify(outUserCouponId)},"openid":${JSON.stringify(openid)},` +
  `"out_coupon_id":${JSON.stringify(outCouponId)},"status":${wireUserCouponStatus[status]},` +
  `"create_time":${createdAt},"update_time":${updatedAt},"end_time":${validity.end},` +
  `"ext_info":${extInfo},"start_time":${validity.start}}`;

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
