import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

/**
 * Builds the console into `dist` unless what is there was built of these sources. `npm ci` and `npm start` run it; without the
 * tools it says how to get them and leaves everything as it is: the server does without its console then.
 */

const here = import.meta.dirname;
const dist = join(here, "dist");
const stamp = join(dist, "built-of");

/** What the build is made of. */
const sources = [
  "index.html",
  "package.json",
  "vite.config.ts",
  "src",
  "../sdk/src/admin",
  "../sdk/src/host",
  "../sdk/src/wire",
  "../../examples",
];

function* filesIn(path: string): Generator<string> {
  if (statSync(path).isFile()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesIn(join(path, name));
}

/** A digest of all sources, by which a build that is stale is told. */
function digestOfSources(): string {
  const lines = sources
    .flatMap((source) => [...filesIn(join(here, source))])
    .map((file) => `${relative(here, file)} ${hash("sha256", readFileSync(file))}`);
  return hash("sha256", lines.join("\n"));
}

/** Builds the console where it is missing or stale, and its tools are installed. */
async function buildConsole(): Promise<void> {
  if (!hasTools()) {
    const state = existsSync(stamp) ? "stays as it was built" : "is not built";
    process.stderr.write(`The console ${state}: what it is built with is not installed. \`npm ci\` installs it.\n`);
    return;
  }
  const digest = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({ configFile: join(here, "vite.config.ts"), logLevel: "warn" });
  writeFileSync(stamp, digest);
}

function hasTools(): boolean {
  const { resolve } = createRequire(import.meta.url);
  try {
    for (const tool of ["vite", "@vitejs/plugin-react", "antd"]) resolve(tool);
    return true;
  } catch {
    return false;
  }
}

await buildConsole();
