import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("wizard", {
  title: { zh: "新建优惠券", en: "New coupon" },
});
