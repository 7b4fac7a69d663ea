import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("orders", {
  title: { zh: "订单", en: "Orders" },
});
