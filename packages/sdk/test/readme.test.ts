import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ensureDemoShop } from "../../server/src/cli/demo.ts";
import { accepted, makeOperator } from "../../server/testing/operators.ts";
import { startTestServer, type TestServer } from "../../server/testing/server.ts";

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const readme = read("../README.md");

/** The programs of the README, each with what it is said to print, if anything is. */
const programs = [...readme.matchAll(/^```ts\n(.*?)^```\n(?:(?:(?!^```).)*^```text\n(.*?)^```\n)?/gms)].map(
  ([, program, printed]) => ({ program, printed }),
);
const examples = readdirSync(fileURLToPath(new URL("readme", import.meta.url))).map((name) => ({
  name: name.replace(".ts", ""),
  program: read(`readme/${name}`),
}));

describe("the README", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await ensureDemoShop(server);
    await makeOperator(server, "li");
    const token = { name: "readme", role: "owner", apps: [], life: 86_400 } as const;
    const made = await server.operators.createToken("li", token);
    vi.stubEnv("TOKEN", accepted(made).token);
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      server.fetch(url.replace("http://127.0.0.1:8080", ""), init),
    );
  });
  afterEach(() => void vi.restoreAllMocks());
  afterAll(async () => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    await server.close();
  });

  it("shows the examples that are compiled and run here, and no others", () => {
    const shown = new Set(programs.map(({ program }) => program));
    expect([...shown].toSorted()).toEqual(examples.map(({ program }) => program).toSorted());
  });

  it.each(examples)("says what $name.ts prints", async ({ name, program }) => {
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(`./readme/${name}.ts`);
    const printed = print.mock.calls.map((line) => `${line.join(" ")}\n`).join("");
    const said = programs.find((shown) => shown.program === program && shown.printed !== undefined)?.printed;
    expect(said).toBe(printed);
  });
});
