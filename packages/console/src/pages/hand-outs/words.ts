import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("handOuts", {
  title: { zh: "发放", en: "Hand out" },
});
