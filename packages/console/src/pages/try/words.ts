import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("try", {
  title: { zh: "试一试", en: "Try it" },
});
