import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("PostgreSQL of the tests leaves a failed run its exit code", () => {
  const postgres = fileURLToPath(new URL("../testing/postgres.ts", import.meta.url));
  const program = `
    const { startPostgres } = await import(${JSON.stringify(postgres)});
    await (await startPostgres()).remove();
    process.exitCode = 1;`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
});
