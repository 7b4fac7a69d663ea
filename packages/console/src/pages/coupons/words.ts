import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("coupons", {
  title: { zh: "优惠券", en: "Coupons" },
});
