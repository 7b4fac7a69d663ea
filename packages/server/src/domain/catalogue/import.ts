import { refuse, unchanged, write } from "../outcome.ts";
import type { Coupon, Stock } from "../records.ts";
import type { Rule } from "../rule.ts";
import { sameContent } from "./coupons.ts";

export type ImportCoupon = {
  do: "importCoupon";
  coupon: Omit<Coupon, "position">;
  stock: Omit<Stock, "position" | "held"> | null;
};

/** A coupon of a live shop with the status, times and stock it has there, at the end of the catalogue. */
export const importCoupon: Rule<ImportCoupon> = {
  needs: ({ coupon: { appid, outCouponId } }) => [
    { need: "coupon", appid, outCouponId },
    { need: "catalogueSize", appid },
  ],
  decide({ coupon, stock }, records) {
    const existing = records.coupon(coupon.appid, coupon.outCouponId);
    if (existing)
      return sameContent(existing, coupon) && existing.createdAt === coupon.createdAt
        ? unchanged
        : refuse("coupon_exists", { id: coupon.outCouponId });
    const position = records.catalogueSize(coupon.appid);
    const imported = { record: "coupon", value: { ...coupon, position } } as const;
    return stock ? write(imported, { record: "stock", value: { ...stock, position, held: 0 } }) : write(imported);
  },
};
