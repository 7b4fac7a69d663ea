import { expect, test } from "vitest";
import { adapters } from "../harness.ts";
import { missed } from "./outcomes.ts";
import { prove } from "./prove.ts";

const RUNS = 90;

test.each(adapters)("%s answers as the model says", { timeout: 240_000 }, async (adapter) => {
  expect(missed(await prove(adapter, RUNS), RUNS)).toEqual([]);
});
