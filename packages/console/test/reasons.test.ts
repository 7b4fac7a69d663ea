import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { skips } from "../../server/src/domain/hand-outs/lines.ts";
import { reasons, reasonText } from "../src/parts/reasons.ts";

const domain = new URL("../../server/src/domain/", import.meta.url);

it("has words for each reason why the rules give somebody no coupon", () => {
  const rules = ["claims/claim.ts", "wallet/give.ts"].map((file) => readFileSync(new URL(file, domain), "utf8")).join();
  const refused = [...rules.matchAll(/refuse\("(\w+)"/g)].map(([, code]) => code as string);
  expect(refused).toContain("person_limit");
  expect([...refused, ...Object.keys(skips)].filter((code) => !(code in reasons.words))).toEqual([]);
});

it("tells a reason that it does not know by its code", () => {
  expect(reasonText((name) => `said ${name}`, "sold_out")).toBe("said sold_out");
  expect(reasonText((name) => `said ${name}`, "of_the_future")).toBe("of_the_future");
});
