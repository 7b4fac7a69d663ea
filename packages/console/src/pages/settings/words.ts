import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("settings", {
  title: { zh: "应用设置", en: "App settings" },
});
