import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("people", {
  title: { zh: "用户", en: "People" },
});
