import { expect, it } from "vitest";
import { spanOf } from "../src/ui/span.ts";
import { texts } from "../src/words/language.ts";

it.each([
  [0, "0 s"],
  [59, "59 s"],
  [600, "10 min"],
  [3599, "59 min 59 s"],
  [5420, "1 h 30 min"],
  [86_399, "1 d"],
  [31 * 86_400 - 1, "31 d"],
  [-(5 * 86_400 + 7200), "5 d 2 h"],
])("%d seconds are %s", async (seconds, told) => {
  await texts.changeLanguage("en");
  expect(spanOf(seconds)).toBe(told);
});
