import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
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
