import type { RouteReply } from "@quanku/protocol/admin";
import { nameIn } from "../domain/catalogue/documents.ts";
import type { StockedCoupon } from "../store/store.ts";
import { encodeCoupon } from "./coupon.ts";
import { wordsOf } from "./words.ts";

type Entry = RouteReply<"showCoupon">["coupon"];

/** A coupon as operators see it, as JSON text: its document keeps every digit. */
export function encodeCouponEntry({ coupon, stock }: StockedCoupon): string {
  const { status, paused, document } = coupon;
  const beside: Omit<Entry, "coupon"> = {
    status,
    name: nameIn(document),
    words: wordsOf(coupon),
    paused,
    stock: stock ? { remaining: stock.remaining, claimed: stock.claimed, promised: stock.promised } : null,
  };
  return `{"coupon":${encodeCoupon(coupon)},${JSON.stringify(beside).slice(1)}`;
}
