import { type CouponInfo, type StatedDiscount, statesDiscount } from "@quanku/protocol/calls";
import type { Discount } from "../domain/records.ts";

type Stated = NonNullable<CouponInfo["discount_info"]>;
type Condition = NonNullable<Stated["discount_condition"]>;

/** The same with everything there, down to the leaves. */
type Complete<T> = T extends string | number | readonly unknown[]
  ? T
  : { [Member in keyof T]-?: Complete<NonNullable<T[Member]>> };

/** Reads the discount from a merchant's document; null where it lacks something that its type needs. */
export function discountOf(coupon: StatedDiscount): Discount | null {
  if (!statesDiscount(coupon)) return null;
  // What the type needs is there, and nothing else is looked at, but for a trade-in's condition.
  const stated = coupon.coupon_info.discount_info as Complete<Stated>;
  const condition = stated.discount_condition;
  const shop = coupon.type > 100;
  const what = { scope: shop ? "shop" : "product", products: shop ? null : condition?.out_product_ids } as const;
  const rate = { kind: "rate", rate: stated.discount_num } as const;
  const amountOff = { kind: "amountOff", amountOff: stated.discount_fee } as const;
  switch (coupon.type) {
    case 1:
    case 101:
      return { ...what, threshold: { items: condition.product_cnt, spend: 0 }, benefit: rate };
    case 2:
    case 102:
      return { ...what, threshold: { items: 0, spend: condition.product_price }, benefit: amountOff };
    case 3:
    case 103:
      return { ...what, threshold: { items: 0, spend: 0 }, benefit: rate };
    case 4:
    case 104:
      return { ...what, threshold: { items: 0, spend: 0 }, benefit: amountOff };
    case 5:
      return tradeInOf(condition);
    case 6:
      return buyAndGetOf(condition);
  }
}

/** A trade-in's condition is whatever stands beside it: products alone ask for one item of them (ADR 10). */
function tradeInOf({ tradein_info, ...beside }: Complete<Condition>): Discount {
  const { out_product_ids = [], product_cnt = 0, product_price = 0 } = beside as Condition;
  const named = out_product_ids.length > 0;
  return {
    scope: "product",
    products: named ? out_product_ids : null,
    threshold: { items: product_cnt || Number(named && product_price === 0), spend: product_price },
    benefit: { kind: "tradeIn", outProductId: tradein_info.out_product_id, price: tradein_info.price },
  };
}

const buyAndGetOf = ({ buyget_info }: Complete<Condition>): Discount => ({
  scope: "product",
  products: [buyget_info.buy_out_product_id],
  threshold: { items: buyget_info.buy_product_cnt, spend: 0 },
  benefit: { kind: "buyAndGet", outProductId: buyget_info.get_out_product_id, items: buyget_info.get_product_cnt },
});
