import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("overview", {
  title: { zh: "概览", en: "Overview" },
});
