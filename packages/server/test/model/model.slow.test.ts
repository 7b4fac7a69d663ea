import { expect, test } from "vitest";
import { adapters } from "../harness.ts";
import { missed } from "./outcomes.ts";
import { prove } from "./prove.ts";

/** The environment turns it up for a soak; nobody waits for less than it takes. */
const RUNS = Number(process.env.QUANKU_MODEL_RUNS ?? 2_000);
const timeout = 240_000 + RUNS * 100;

test.each(adapters)("%s answers as the model says, thousands of times", { timeout }, async (adapter) => {
  expect(missed(await prove(adapter, RUNS), RUNS)).toEqual([]);
});
