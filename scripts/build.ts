import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { files as servedPages } from "../packages/server/src/http/docs/pages.ts";

/**
 * Makes what is published: for each package that can be imported or run a folder `dist/<folder>` of plain JavaScript with
 * its declarations, from which `npm publish` works. In `node_modules` Node.js strips no types, so the TypeScript that
 * the repository runs on is no package. `npm run build`, or `node scripts/build.ts <folder>` for another place.
 */

const root = fileURLToPath(new URL("..", import.meta.url));

type Manifest = {
  name: string;
  exports?: Record<string, string>;
  bin?: Record<string, string>;
  files?: string[];
  [field: string]: unknown;
};

/** Fields of a manifest that are about the repository, and say nothing of what is published. */
const OF_THE_REPOSITORY = ["private", "scripts", "devDependencies"];

/** A relative import, or a URL that is made from one, of a TypeScript file. */
const namesTypeScript = /(["'`])(\.{1,2}\/[^"'`\n]*)\.ts\1/g;

/** Builds every package into a folder, which is emptied first; answers the packages' folders by their names. */
export function build(target = join(root, "dist")): Record<string, string> {
  rmSync(target, { recursive: true, force: true });
  compile(target);
  const built: Record<string, string> = {};
  for (const folder of readdirSync(join(root, "packages"))) {
    const manifest: Manifest = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    if (manifest.exports || manifest.bin) built[manifest.name] = finish(folder, manifest, join(target, folder));
    else rmSync(join(target, folder), { recursive: true, force: true });
  }
  return built;
}

function compile(target: string): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", target], {
    stdio: "inherit",
  });
}

/** Puts beside the compiled files of a package what else belongs to it. */
function finish(folder: string, manifest: Manifest, target: string): string {
  const source = join(root, "packages", folder);
  for (const file of readdirSync(join(source, "src"), { recursive: true, encoding: "utf8" }))
    if (!["", ".ts", ".tsx"].includes(extname(file))) copy(join(source, "src", file), join(target, "src", file));
  if (manifest.bin) cpSync(join(source, "bin"), join(target, "bin"), { recursive: true });
  if (folder === "server") {
    for (const page of servedPages()) copy(join(root, "docs", page), join(target, "src/http/docs/pages", page));
    cpSync(builtConsole(), join(target, "src/http/console/built"), { recursive: true });
  }
  copy(join(root, "LICENSE"), join(target, "LICENSE"));
  copy(join(source, "README.md"), join(target, "README.md"));
  for (const file of readdirSync(target, { recursive: true, encoding: "utf8" })) {
    const path = join(target, file);
    if (!manifest.exports && file.endsWith(".d.ts")) rmSync(path);
    else if (/\.(js|d\.ts)$/.test(file)) namesJavaScript(path);
  }
  writeFileSync(join(target, "package.json"), `${JSON.stringify(published(manifest), null, 2)}\n`);
  return target;
}

/** The console as browsers get it; it is built where it is missing or stale. */
function builtConsole(): string {
  const folder = join(root, "packages/console");
  execFileSync(process.execPath, [join(folder, "build.ts")], { stdio: "inherit" });
  return join(folder, "dist");
}

function copy(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`${relative(root, from)} is missing: every published package has one`);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** The compiler leaves `.ts` in declarations and in JavaScript that it did not compile. */
function namesJavaScript(path: string): void {
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(namesTypeScript, (named, quote, stem) => {
      const made = resolve(dirname(path), `${stem}.js`);
      if (!existsSync(made)) throw new Error(`${path} names ${named}, and the build makes no ${made}`);
      return `${quote}${stem}.js${quote}`;
    }),
  );
}

/** The manifest of what is published: its doors lead to JavaScript, and say where their types are. */
function published({ exports: doors, ...manifest }: Manifest): Manifest {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([field]) => !OF_THE_REPOSITORY.includes(field)));
  const leading = Object.entries(doors ?? {}).map(([door, file]) => {
    const stem = file.replace(/\.ts$/, "");
    return [door, file.endsWith(".ts") ? { types: `${stem}.d.ts`, default: `${stem}.js` } : file];
  });
  return {
    ...(kept as Manifest),
    ...(doors && { exports: { ...Object.fromEntries(leading), "./package.json": "./package.json" } }),
    files: ["src", ...(manifest.bin ? ["bin"] : [])],
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  for (const [name, folder] of Object.entries(build(process.argv[2] && resolve(process.argv[2]))))
    process.stdout.write(`${name} is in ${relative(process.cwd(), folder)}\n`);
