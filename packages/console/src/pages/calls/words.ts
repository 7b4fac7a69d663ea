import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("calls", {
  title: { zh: "调用日志", en: "Calls" },
});
