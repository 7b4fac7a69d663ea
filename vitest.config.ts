import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** One more than there are cores: many tests wait for a clock, a disk or another process. */
const maxWorkers = Math.min(availableParallelism() + 1, 8);

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
    globalSetup: "packages/server/testing/postgres.ts",
    projects: [
      {
        test: {
          name: "fast",
          include: ["packages/*/test/**/*.test.ts"],
          exclude: ["**/*.slow.test.ts", ...ofPostgres],
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
