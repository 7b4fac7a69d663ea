import type { CallName } from "@quanku/protocol/calls";
import sample from "../../protocol/reference/bodies/documented/add.request.json" with { type: "json" };
import type { Reply } from "./replies.ts";

/** Whoever calls as a shop, in this process or over a socket; `must` throws where the answer is not errcode 0. */
type Shop = { must(call: CallName, body: object): Promise<Reply> };

/** A coupon as `add` wants it. It takes 5 yuan off and is good for 30 days, unless another type and `coupon_info` are given. */
export const coupon = (
  out_coupon_id: string,
  receive_info: object,
  { type = 104, ...info }: { type?: number; [member: string]: unknown } = {},
) => ({
  out_coupon_id,
  type,
  promote_type: 4,
  coupon_info: {
    name: "立减5元",
    promote_info: { promote_type: 4, finder: {} },
    discount_info: { discount_fee: 500 },
    receive_info,
    valid_info: { valid_type: 2, valid_day_num: 30 },
    ...info,
  },
});

/** A complete coupon of the documented sample's kind (type 101, every block filled in), without its time limits. */
export function sampleCoupon(outCouponId: string, changes: { total_num?: number; limit_num_one_person?: number } = {}) {
  const made = structuredClone(sample.coupon);
  made.out_coupon_id = outCouponId;
  Object.assign(made.coupon_info.receive_info, changes);
  return made;
}

/** What `add_user_coupon` is asked. */
export const userCoupon = (openid: string, out_coupon_id: string, out_user_coupon_id: string, status = 100) => ({
  openid,
  user_coupon: { out_user_coupon_id, out_coupon_id, status },
});

/** Adds a coupon and activates it. */
export async function addActive(shop: Shop, added: { out_coupon_id: string }): Promise<void> {
  await shop.must("add", { coupon: added });
  await shop.must("update_status", { out_coupon_id: added.out_coupon_id, status: 2 });
}

/** Gives a person a coupon; the arguments are those of {@link userCoupon}. */
export const give = (shop: Shop, ...given: Parameters<typeof userCoupon>): Promise<Reply> =>
  shop.must("add_user_coupon", userCoupon(...given));
