import type { RouteReply } from "@quanku/protocol/admin";
import { statedDiscount } from "@quanku/protocol/calls";
import type { CartLine } from "../domain/pricing/cart.ts";
import type { QuotedCoupon } from "../domain/pricing/quote.ts";
import { tryOn } from "../domain/pricing/try-on.ts";
import type { Discount } from "../domain/records.ts";
import { discountOf } from "./discount.ts";
import { showReason } from "./order.ts";
import { yuan } from "./words.ts";

type Quoted = NonNullable<RouteReply<"previewCoupon">["preview"]["quote"]>;
type Reason = NonNullable<Quoted["reason"]>;

/** The discount that a coupon states which may be unfinished; null where it cannot be told yet. */
export function discountIn(coupon: unknown): Discount | null {
  const read = statedDiscount.safeParse(coupon);
  return read.success ? discountOf(read.data) : null;
}

/** What a cart costs for a person who has one coupon of this discount, and why it takes nothing off where it does not. */
export function showTried(discount: Discount, cart: readonly CartLine[]): Quoted {
  const { total, discount: off, payable, lines, coupons } = tryOn(discount, cart);
  return {
    total,
    discount: off,
    payable,
    lines: lines.map(({ outProductId, ...line }) => ({ out_product_id: outProductId, ...line })),
    reason: reasonIn(coupons[0] as QuotedCoupon),
  };
}

function reasonIn(judged: QuotedCoupon): Reason | null {
  if (judged.used) return null;
  const { reason } = judged;
  const none = { items_more: null, spend_more: null, out_product_ids: null };
  const told = (zh: string) => ({ zh, en: showReason(reason).explained });
  switch (reason.code) {
    case "no_matching_product": {
      const oneOf = [...reason.facts.oneOf];
      return {
        ...none,
        code: reason.code,
        words: told(`需要加入以下商品之一：${oneOf.join("、")}`),
        out_product_ids: oneOf,
      };
    }
    case "below_threshold": {
      const { itemsMore, spendMore, of } = reason.facts;
      const more = [itemsMore > 0 ? `还差 ${itemsMore} 件` : "", spendMore > 0 ? `还差 ${yuan(spendMore)} 元` : ""];
      const zh = `${more.filter(Boolean).join("，")}${of ? `（限商品 ${of.join("、")}）` : ""}`;
      return {
        code: reason.code,
        words: told(zh),
        items_more: itemsMore,
        spend_more: spendMore,
        out_product_ids: of && [...of],
      };
    }
    case "gives_nothing":
      return { ...none, code: reason.code, words: told("对这个购物车没有可减的金额") };
    default:
      throw new Error(`a coupon by itself is not used because of ${reason.code}`);
  }
}
