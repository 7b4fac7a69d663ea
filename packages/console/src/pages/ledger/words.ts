import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("ledger", {
  title: { zh: "账本", en: "Ledger" },
});
