import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bundle } from "./support/bundle.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { exports, dependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

/** The doors that run anywhere, but for the texts of `./guide`: `./node` says by its name that it does not. */
const doors = Object.entries<string>(exports)
  .filter(([door]) => door !== "./node" && door !== "./guide")
  .map(([, file]) => `${folder}${file}`);

describe("bundled whole, for any runtime", () => {
  it("it takes at most 15 KB, compressed", async () => {
    const { code } = await bundle(doors, { minify: true });
    expect(code.length).toBeGreaterThan(5000);
    expect(gzipSync(code).length).toBeLessThan(15_000);
  });

  it("it imports nothing, and has no dependency", async () => {
    expect((await bundle(doors)).imports).toEqual([]);
    expect(dependencies).toBeUndefined();
  });
});

describe("compiled where there is nothing but what the web has", () => {
  it("every door has types, and their own alone", () => {
    const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
    const web = ["--target", "es2023", "--lib", "es2023,dom,dom.iterable", "--types", "", "--skipLibCheck", "false"];
    const modules = ["--ignoreConfig", "--module", "preserve", "--noEmit", "--allowImportingTsExtensions"];
    const compile = () =>
      execFileSync(process.execPath, [tsc, ...strict, ...web, ...modules, ...doors], {
        encoding: "utf8",
        stdio: "pipe",
      });
    expect(compile).not.toThrow();
  });
});

describe("of a program that does not use the client", () => {
  it("nothing of it is left", async () => {
    const { code } = await bundle(`${folder}test/support/only-a-type.ts`, { minify: true });
    expect(code).not.toMatch(/fetch|cgi-bin|AbortController/);
  });
});
