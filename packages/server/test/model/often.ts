import { expect, test } from "vitest";
import type { TestedName } from "../../testing/stores.ts";
import { missed } from "./outcomes.ts";
import { prove } from "./prove.ts";

/** How many sequences, by what one costs; the environment turns them up for a soak. */
const usualRuns: Record<TestedName, number> = {
  memory: 2_000,
  sqlite: 100,
  "journal first": 100,
  postgres: 60,
};

/** Proves an adapter with many sequences. Each adapter has a file of its own, so that they are proved at the same time. */
export function proveOften(adapter: TestedName): void {
  const runs = Number(process.env.QUANKU_MODEL_RUNS ?? usualRuns[adapter]);
  test(`${adapter} answers as the model says, ${runs} times`, { timeout: 600_000 + runs * 1000 }, async () => {
    expect(missed(await prove(adapter, runs), runs)).toEqual([]);
  });
}
