import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp, directory, type ServerProcess, startServer } from "../../server/test/process/server-process.ts";
import type { Credentials } from "../../server/testing/client.ts";
import { bundle } from "./support/bundle.ts";
import { runtimes } from "./support/runtimes.ts";

let app: Credentials;
let server: ServerProcess;
let code: string;
beforeAll(async () => {
  const dataDir = directory();
  app = await createApp(dataDir, "wx-runtimes");
  server = await startServer(dataDir);
  ({ code } = await bundle(fileURLToPath(new URL("runtimes/journey.ts", import.meta.url))));
});

describe("a token, a coupon, a list, a claim and a refusal", () => {
  it.each(Object.entries(runtimes).map(([name, run], n) => ({ name, run, n })))("in $name", async ({ run, n }) => {
    const name = `coupon-${n}`;
    const travelled = await run({ baseUrl: server.url, ...app, name }, code, directory());
    expect(travelled).toEqual({
      listed: [`五元券 ${name}`],
      claimed: `of-${name}`,
      refused: { code: 1090057, reason: "not_found", hasRequestId: true },
      away: { kind: "network", leaked: false },
      aborted: "aborted",
    });
  });

  it("in Node.js 20 is in Node.js 20", () => {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    expect(execFileSync(join(folder, "bin/node"), ["--version"], { encoding: "utf8" })).toMatch(/^v20\./);
  });
});
