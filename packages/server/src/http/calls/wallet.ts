import { encodeUserCouponEntry, userCouponStatusOf } from "../../wire/user-coupon.ts";
import { change, type Handlers } from "./handler.ts";

type WalletCall = "add_user_coupon" | "get_usercoupon_list" | "update_user_coupon" | "update_usercoupon_status";

/** The calls about the coupons that a person holds. */
export const walletHandlers: Handlers<WalletCall> = {
  add_user_coupon: (services, caller, { openid, user_coupon, recv_time }) =>
    change(services, caller, {
      do: "recordUserCoupon",
      appid: caller.app.appid,
      openid,
      outCouponId: user_coupon.out_coupon_id,
      outUserCouponId: user_coupon.out_user_coupon_id,
      status: userCouponStatusOf[user_coupon.status],
      receivedAt: recv_time,
    }),
  async get_usercoupon_list({ reads }, { app: { appid } }, { openid, page_size, offset }) {
    const { total, entries } = await reads.listUserCoupons(appid, openid, offset, page_size);
    return {
      ready: `{"errcode":0,"total_num":${total},"result_list":[${entries.map(encodeUserCouponEntry).join(",")}]}`,
    };
  },
  update_user_coupon: (services, caller, { openid, user_coupon, recv_time }) =>
    change(services, caller, {
      do: "amendUserCoupon",
      appid: caller.app.appid,
      openid,
      outCouponId: user_coupon.out_coupon_id,
      outUserCouponId: user_coupon.out_user_coupon_id,
      receivedAt: recv_time,
      usedAt: user_coupon.ext_info.use_time,
    }),
  update_usercoupon_status: (services, caller, { openid, out_coupon_id, out_user_coupon_id, status }) =>
    change(services, caller, {
      do: "changeUserCouponStatus",
      appid: caller.app.appid,
      openid,
      outCouponId: out_coupon_id,
      outUserCouponId: out_user_coupon_id,
      to: userCouponStatusOf[status],
    }),
};
