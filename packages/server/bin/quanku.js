#!/usr/bin/env node
// JavaScript, so that it runs on any Node.js: it tells old ones apart, and turns on the compile cache before the first
// TypeScript is loaded. Node strips types at every start; from the cache a start takes half the time and 30 MiB less.
import { existsSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(`quanku: needs Node.js 24 or newer, this is ${process.versions.node}: ${wayToNewer()}\n`);
  process.exit(1);
}
module.enableCompileCache();
if (process.argv[2] === "verify") {
  runLean();
  await import("../src/cli/verify-program.ts");
} else await import("../src/cli/main.ts");

/**
 * Becomes the same process with less room for its heap, which takes effect at a start only: a verification makes and throws
 * away so much that V8 would take a quarter more than it may have, to spare a third of the time. Windows cannot do that.
 */
function runLean() {
  const lean = ["--optimize-for-size", "--max-semi-space-size=2"];
  if (process.platform === "win32" || process.execArgv.includes(lean[0])) return;
  process.execve(
    process.execPath,
    [process.execPath, ...process.execArgv, ...lean, ...process.argv.slice(1)],
    process.env,
  );
}

/** How to run on the Node.js that `npm ci` brings, or how to get it. */
function wayToNewer() {
  const pinned = pinnedNode();
  if (pinned) return `run ${pinned} ${fileURLToPath(import.meta.url)}, which is the one that npm ci brought`;
  return "the one that npm ci brings is not there; run npm ci (or npm ci --omit=dev) where package-lock.json is, without --ignore-scripts, or install Node.js 24 or newer";
}

function pinnedNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const places = module.createRequire(import.meta.url).resolve.paths("node/bin") ?? [];
  return places.map((place) => join(place, "node", "bin", name)).find(existsSync);
}
