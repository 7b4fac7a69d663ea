import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("health", {
  title: { zh: "状态", en: "Health" },
});
