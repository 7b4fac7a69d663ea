import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import chromium from "@sparticuz/chromium";
import { chromium as browsers } from "playwright-core";
import type { Given, journey } from "../runtimes/journey.ts";

export type Travelled = Awaited<ReturnType<typeof journey>>;

/** Runs the bundled journey in a runtime, with `folder` to write to. */
type Runtime = (given: Given, code: string, folder: string) => Promise<Travelled>;

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** A file of an installed package, by its path from the folder of its package.json. */
const inPackage = (name: string, file: string) => join(dirname(resolve(`${name}/package.json`)), file);

const program = (given: Given) => `import { journey } from "./journey.js";
console.log("RESULT " + JSON.stringify(await journey(${JSON.stringify(given)})));
`;

/** What a program wrote as its result. */
function resultIn(written: string): Travelled {
  const result = /^RESULT (.+)$/m.exec(written)?.[1];
  if (result === undefined) throw new Error(`no result in: ${written}`);
  return JSON.parse(result);
}

/** Writes the program and its journey, and runs a command on it there. */
async function runIn(folder: string, given: Given, code: string, command: string, args: string[]): Promise<Travelled> {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "journey.js"), code);
  writeFileSync(join(folder, "main.js"), program(given));
  const env = { PATH: process.env.PATH, HOME: folder, DENO_DIR: folder, DENO_NO_UPDATE_CHECK: "1" };
  return resultIn((await run(command, args, { cwd: folder, env })).stdout);
}

const worker = (given: Given) => `import { journey } from "./journey.js";
export default { async test() { console.log("RESULT " + JSON.stringify(await journey(${JSON.stringify(given)}))); } };
`;

const workerd = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = (
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      (name = "journey.js", esModule = embed "journey.js"),
    ],
    compatibilityDate = "2026-11-01",
    globalOutbound = "everywhere",
  )),
  (name = "everywhere", network = (allow = ["private", "public"])),
]);
`;

/** The runtimes that the SDK is run in, each the real one. */
export const runtimes: Record<string, Runtime> = {
  "Node.js 20": (given, code, folder) => runIn(folder, given, code, inPackage("node", "bin/node"), ["main.js"]),
  "the Node.js that runs these tests": (given, code, folder) =>
    runIn(folder, given, code, process.execPath, ["main.js"]),
  Deno: (given, code, folder) =>
    runIn(folder, given, code, process.execPath, [
      inPackage("deno", "bin.cjs"),
      ...["run", "--no-config", "--no-remote", "--no-npm", "--allow-net", "main.js"],
    ]),
  Bun: (given, code, folder) => runIn(folder, given, code, inPackage("bun", "bin/bun.exe"), ["main.js"]),
  workerd: async (given, code, folder) => {
    writeFileSync(join(folder, "config.capnp"), workerd);
    writeFileSync(join(folder, "worker.js"), worker(given));
    return runIn(folder, given, code, inPackage("workerd", "bin/workerd"), ["test", "config.capnp"]);
  },
  Chromium: async (given, code) => {
    const executablePath = await chromium.executablePath();
    const browser = await browsers.launch({ args: chromium.args, executablePath, headless: true, timeout: 0 });
    try {
      const page = await browser.newPage();
      // A page of the server's own: there is no other that its replies may be read from.
      await page.goto(`${given.baseUrl}/healthz`, { timeout: 0 });
      // As text: what transforms tests for their runner would transform a function too.
      return await page.evaluate(`(async () => {
        const script = new Blob([${JSON.stringify(code)}], { type: "text/javascript" });
        const { journey } = await import(URL.createObjectURL(script));
        return journey(${JSON.stringify(given)});
      })()`);
    } finally {
      await browser.close();
    }
  },
};
