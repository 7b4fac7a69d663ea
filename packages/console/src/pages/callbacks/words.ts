import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("callbacks", {
  title: { zh: "回调", en: "Callbacks" },
});
