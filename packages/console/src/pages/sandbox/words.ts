import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("sandbox", {
  title: { zh: "沙箱", en: "Sandbox" },
});
