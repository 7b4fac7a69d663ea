import { expect, test } from "vitest";
import { missed } from "./outcomes.ts";
import { prove } from "./prove.ts";

const RUNS = 90;

// The stores that take longer have their turn in the slow tests beside it.
test("memory answers as the model says", async () => {
  expect(missed(await prove("memory", RUNS), RUNS)).toEqual([]);
});
