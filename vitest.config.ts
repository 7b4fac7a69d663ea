import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** One more than there are cores: many tests wait for a clock, a disk or another process. */
const maxWorkers = Math.min(availableParallelism() + 1, 8);

/** What takes longest begins first, also where no run before tells: the model, then slow tests. Short ones fill the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      moduleId.includes(".slow.") ? (moduleId.includes("/model/") ? 0 : 1) : 2;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Ends what hangs. How fast a machine is decides nothing about a test, so these are far beyond what any takes. */
const hanging = (minutes: number) => ({
  testTimeout: minutes * 60_000,
  hookTimeout: minutes * 60_000,
  expect: { poll: { timeout: (minutes * 60_000) / 2, interval: 10 } },
});

/** `npm run check` runs on the embedded stores alone, and starts no PostgreSQL: see `adapters` in testing/stores.ts. */
const ofPostgres = process.env.QUANKU_TEST_STORES === "embedded" ? ["**/postgres*.test.ts"] : [];

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: SlowFirst },
    // Most of what is made is made for one request. With room for many at once little of it is left to be copied when it is collected.
    execArgv: ["--max-semi-space-size=64"],
    globalSetup: "packages/server/testing/postgres.ts",
    projects: [
      {
        test: {
          name: "fast",
          include: ["packages/*/test/**/*.test.ts"],
          exclude: ["**/*.slow.test.ts", ...ofPostgres],
          // Files share a worker one after another, and what they import: to load a server takes as long as most of their tests.
          isolate: false,
          ...hanging(2),
        },
      },
      {
        test: {
          name: "slow",
          include: ["packages/*/test/**/*.slow.test.ts"],
          globalSetup: "packages/console/testing/setup.ts",
          ...hanging(10),
        },
      },
    ],
  },
});
