import type { SnapshotCoupon, SnapshotUserCoupon } from "@quanku/protocol/calls";
import type { ImportCoupon } from "../domain/catalogue/import.ts";
import type { UserCoupon } from "../domain/records.ts";
import type { ImportUserCoupon } from "../domain/wallet/import.ts";
import type { StockedCoupon } from "../store/store.ts";
import { contentOf, couponStatusOf, encodeEntry } from "./coupon.ts";
import { encodeUserCouponEntry, userCouponStatusOf } from "./user-coupon.ts";

/** A coupon and its stock as a line of a snapshot, as JSON text: an entry of `get_list`, and whether claims are paused. */
export function encodeStockedCoupon(stocked: StockedCoupon): string {
  const entry = encodeEntry(stocked);
  return stocked.coupon.paused ? `${entry.slice(0, -1)},"paused":true}` : entry;
}

/** A user coupon as a line of a snapshot, as JSON text. */
export const encodeUserCoupon = (userCoupon: UserCoupon): string =>
  `{"user_coupon":${encodeUserCouponEntry(userCoupon).slice(0, -1)},"recv_time":${userCoupon.receivedAt}}}`;

/** A coupon line of a snapshot as the command that brings it into an app; `document` is its `coupon_info` as kept. */
export function importCouponOf(
  appid: string,
  { coupon, coupon_stock: stock, paused = false }: SnapshotCoupon,
  document: string,
): ImportCoupon {
  const content = contentOf(appid, { ...coupon, appid }, document);
  return {
    do: "importCoupon",
    coupon: {
      ...content,
      status: couponStatusOf[coupon.status],
      paused,
      createdAt: coupon.create_time,
      updatedAt: coupon.update_time,
      activatedAt: coupon.coupon_info.ext_info?.valid_time ?? null,
    },
    stock: stock
      ? {
          appid,
          outCouponId: content.outCouponId,
          remaining: stock.stock_info.issued_num,
          claimed: stock.stock_info.receive_num,
          createdAt: stock.create_time,
          updatedAt: stock.update_time,
        }
      : null,
  };
}

/** A user coupon line of a snapshot as the command that brings it into an app. */
export const importUserCouponOf = (appid: string, { user_coupon: sent }: SnapshotUserCoupon): ImportUserCoupon => ({
  do: "importUserCoupon",
  userCoupon: {
    appid,
    outCouponId: sent.out_coupon_id,
    outUserCouponId: sent.out_user_coupon_id,
    openid: sent.openid,
    status: userCouponStatusOf[sent.status],
    createdAt: sent.create_time,
    updatedAt: sent.update_time,
    receivedAt: sent.recv_time ?? sent.create_time,
    validity: { start: sent.start_time, end: sent.end_time },
    usedAt: sent.ext_info.use_time ?? null,
  },
});
