import type { SentCoupon } from "@quanku/protocol/calls";
import type { WalletCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { Coupon, Discount, UserCoupon } from "../../../src/domain/records.ts";
import { contentOf } from "../../../src/wire/coupon.ts";
import { coupon } from "../../../testing/coupons.ts";
import { aContent, aCoupon, aUserCoupon } from "../../../testing/records.ts";

/** The second at which the tests ask, within every validity unless a test says otherwise. */
export const NOW = 500;

type Changes = { coupon?: Partial<Coupon>; userCoupon?: Partial<UserCoupon> };

/** A coupon a person holds, effective and of an active coupon, unless changed. */
export function owned(id: string, discount: Discount | null, changes: Changes = {}): WalletCoupon {
  const { terms } = aContent({ total: 1, discount });
  const coupon = aCoupon("a", `coupon-${id}`, 0, { terms, ...changes.coupon });
  const endless = { start: 0, end: 0 };
  return { coupon, userCoupon: aUserCoupon(coupon, "o", id, 0, { validity: endless, ...changes.userCoupon }) };
}

/** The discount that the wire's `discount_info` of a type is read as. */
export function discountFrom(type: number, discount_info: object | undefined): Discount | null {
  const sent = coupon("c", { total_num: 1 }, { type, discount_info });
  return contentOf("a", sent as SentCoupon, "{}").terms.discount;
}

/** A validity that ends at a second. */
export const until = (end: number | undefined): Partial<UserCoupon> =>
  end === undefined ? {} : { validity: { start: 1, end } };
