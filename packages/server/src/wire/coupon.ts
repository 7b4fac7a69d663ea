import {
  type CouponInfo,
  type CouponShown,
  type CouponType,
  INT32_MAX,
  type SentCoupon,
  type CouponStatus as WireStatus,
} from "@quanku/protocol/calls";
import type { CouponContent } from "../domain/catalogue/coupons.ts";
import type { Coupon, CouponKind, CouponStatus, Interval, Stock, Terms, Validity } from "../domain/records.ts";
import type { StockedCoupon } from "../store/store.ts";
import { discountOf } from "./discount.ts";

export const kindOfType: Record<CouponType, CouponKind> = {
  1: "product_conditional_discount",
  2: "product_full_reduction",
  3: "product_flat_discount",
  4: "product_direct_reduction",
  5: "product_trade_in",
  6: "product_buy_and_get",
  101: "shop_conditional_discount",
  102: "shop_full_reduction",
  103: "shop_flat_discount",
  104: "shop_direct_reduction",
};
const typeOfKind = invert(kindOfType);

export const couponStatusOf: Record<WireStatus, CouponStatus> = {
  0: "withdrawn",
  1: "draft",
  2: "active",
  3: "expired",
  4: "void",
};
export const wireCouponStatus = invert(couponStatusOf);

/** What a merchant's coupon says, from the wire's words to ours; `document` is its `coupon_info` as it is kept. */
export const contentOf = (appid: string, coupon: SentCoupon | CouponShown, document: string): CouponContent => ({
  appid,
  outCouponId: coupon.out_coupon_id,
  kind: kindOfType[coupon.type],
  channel: coupon.promote_type,
  document,
  terms: termsOf(coupon),
});

/** Reads the terms the rules need from a merchant's document. */
function termsOf(coupon: SentCoupon): Terms {
  const { receive_info, valid_info } = coupon.coupon_info;
  return {
    claimWindow: intervalOf(receive_info),
    limitPerPerson: receive_info.limit_num_one_person ?? null,
    total: receive_info.total_num,
    validity: validityOf(valid_info),
    discount: discountOf(coupon),
  };
}

function validityOf(info: CouponInfo["valid_info"]): Validity | null {
  switch (info?.valid_type) {
    case 1: {
      const interval = intervalOf(info);
      return interval && { kind: "fixed", interval };
    }
    case 2:
      return info.valid_day_num === undefined ? null : { kind: "days", days: info.valid_day_num };
    case 3:
      return info.valid_second === undefined ? null : { kind: "seconds", seconds: info.valid_second };
    default:
      return null;
  }
}

type WireInterval = { start_time?: number | undefined; end_time?: number | undefined };

/** A live shop's coupon may give one end alone: then nothing ends it at the other. */
const intervalOf = ({ start_time, end_time }: WireInterval): Interval | null =>
  start_time === undefined && end_time === undefined ? null : { start: start_time ?? 0, end: end_time ?? INT32_MAX };

/** A coupon as the wire shows it, as JSON text: the stored document is put in as it is. */
export function encodeCoupon(coupon: Coupon): string {
  return (
    `{"out_coupon_id":${JSON.stringify(coupon.outCouponId)},"type":${typeOfKind[coupon.kind]},` +
    `"promote_type":${coupon.channel},"coupon_info":${documentWithExtInfo(coupon)},` +
    `"status":${wireCouponStatus[coupon.status]},"create_time":${coupon.createdAt},` +
    `"update_time":${coupon.updatedAt},"appid":${JSON.stringify(coupon.appid)}}`
  );
}

/** `ext_info` is ours to add, at the document's end, once the coupon was activated. A document is never empty. */
const documentWithExtInfo = ({ document, activatedAt }: Coupon): string =>
  activatedAt === null ? document : `${document.slice(0, -1)},"ext_info":{"valid_time":${activatedAt}}}`;

/** `coupon_stock` as JSON text: `issued_num` is what is left, `receive_num` what was handed out. */
export const encodeStock = (stock: Stock): string =>
  `{"out_coupon_id":${JSON.stringify(stock.outCouponId)},` +
  `"stock_info":{"issued_num":${stock.remaining},"receive_num":${stock.claimed}},` +
  `"create_time":${stock.createdAt},"update_time":${stock.updatedAt},"appid":${JSON.stringify(stock.appid)}}`;

/** A coupon and its stock as an entry of `get_list`, and a line of a snapshot, as JSON text. */
export const encodeEntry = ({ coupon, stock }: StockedCoupon): string =>
  stock
    ? `{"coupon":${encodeCoupon(coupon)},"coupon_stock":${encodeStock(stock)}}`
    : `{"coupon":${encodeCoupon(coupon)}}`;

export function invert<K extends number, V extends string>(map: Record<K, V>): Record<V, K> {
  return Object.fromEntries(Object.entries(map).map(([k, v]) => [v, Number(k)])) as Record<V, K>;
}
