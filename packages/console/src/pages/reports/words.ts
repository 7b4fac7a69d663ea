import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("reports", {
  title: { zh: "报表", en: "Reports" },
});
