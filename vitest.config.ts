import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** One more than there are cores: many tests wait for a clock, a disk or another process. */
const maxWorkers = Math.min(availableParallelism() + 1, 8);

export default defineConfig({
  test: {
    maxWorkers,
    globalSetup: "packages/server/test/postgres.ts",
    projects: [
      { test: { name: "fast", include: ["packages/*/test/**/*.test.ts"], exclude: ["**/*.slow.test.ts"] } },
      {
        test: {
          name: "slow",
          include: ["packages/*/test/**/*.slow.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
