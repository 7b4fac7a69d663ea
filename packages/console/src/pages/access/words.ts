import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("access", {
  title: { zh: "应用与人员", en: "Access" },
});
