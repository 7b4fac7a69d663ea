import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

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
export function digestOfSources(): string {
  const lines = sources
    .flatMap((source) => [...filesIn(join(here, source))])
    .map((file) => `${relative(here, file)} ${hash("sha256", readFileSync(file))}`);
  return hash("sha256", lines.join("\n"));
}

/** Whether `dist` is what these sources make. */
export const isBuilt = (): boolean => existsSync(stamp) && readFileSync(stamp, "utf8") === digestOfSources();

/** Builds the console if it is missing or stale; answers whether it is there. */
export async function buildConsole(): Promise<boolean> {
  if (isBuilt()) return true;
  const { resolve: find } = createRequire(import.meta.url);
  try {
    for (const tool of ["vite", "@vitejs/plugin-react", "react", "antd"]) find(tool);
  } catch {
    process.stderr.write("The console is not built: its tools are not installed. `npm ci` installs them.\n");
    return existsSync(stamp);
  }
  const digest = digestOfSources();
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({ configFile: join(here, "vite.config.ts"), logLevel: "warn" });
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, digest);
  return true;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildConsole();
