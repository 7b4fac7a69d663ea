import type { SentCoupon } from "@quanku/protocol/calls";
import type { HeldCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { Coupon, Discount, UserCoupon } from "../../../src/domain/records.ts";
import { contentOf } from "../../../src/wire/coupon.ts";

/** The second at which the tests ask, within every validity unless a test says otherwise. */
export const NOW = 500;

type Changes = { coupon?: Partial<Coupon>; userCoupon?: Partial<UserCoupon> };

/** A coupon a person holds, effective and of an active coupon, unless changed. */
export function held(id: string, discount: Discount | null, changes: Changes = {}): HeldCoupon {
  const terms = { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount };
  return {
    coupon: {
      appid: "a",
      outCouponId: `coupon-${id}`,
      position: 0,
      kind: "shop_flat_discount",
      channel: 4,
      document: "{}",
      terms,
      status: "active",
      createdAt: 1,
      updatedAt: 1,
      activatedAt: 1,
      ...changes.coupon,
    },
    userCoupon: {
      appid: "a",
      outCouponId: `coupon-${id}`,
      outUserCouponId: id,
      openid: "o",
      slot: 0,
      status: "effective",
      createdAt: 1,
      updatedAt: 1,
      receivedAt: 1,
      validity: { start: 0, end: 0 },
      usedAt: null,
      order: null,
      ...changes.userCoupon,
    },
  };
}

/** The discount that the wire's `discount_info` of a type is read as. */
export function discountFrom(type: number, discount_info: object | undefined): Discount | null {
  const coupon = {
    out_coupon_id: "c",
    type,
    promote_type: 4,
    coupon_info: {
      name: "n",
      promote_info: { promote_type: 4 },
      ...(discount_info && { discount_info }),
      receive_info: { total_num: 1 },
    },
  };
  return contentOf("a", coupon as SentCoupon, "{}").terms.discount;
}

/** A validity that ends at a second. */
export const until = (end: number | undefined): Partial<UserCoupon> =>
  end === undefined ? {} : { validity: { start: 1, end } };
