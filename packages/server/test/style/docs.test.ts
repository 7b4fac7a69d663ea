import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callNames, callPath } from "@quanku/protocol/calls";
import { codes } from "@quanku/protocol/codes";
import { describe, expect, it } from "vitest";
import { pages } from "../../../protocol/reference/render.ts";
import { commandForms } from "../../src/cli/admin-commands.ts";
import { filesOfRepository, root, sourcesIn } from "./sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Options of npm, Node.js and curl that pages name. */
const foreign = ["--help", "--omit", "--prefix", "--no-install"];

describe("the documentation", () => {
  for (const [path, text] of Object.entries(pages()))
    it(`${path} is what the code makes it`, () => {
      expect(read(path), "run npm run docs").toBe(text);
    });

  it("tells every call in the README", () => {
    for (const call of callNames) expect(read("README.md")).toContain(`\`${call}\``);
  });

  it("names options and variables that exist", () => {
    const sources = [
      "packages/server/src",
      "packages/server/bench",
      "packages/server/test",
      "packages/server/testing",
    ].flatMap(sourcesIn);
    const ofCalls = commandForms().flatMap(({ options }) =>
      options.map(({ name }) => `--${name.replaceAll("_", "-")}`),
    );
    const written = sources.flatMap(({ text }) => text.match(/--[a-z][a-z-]+|\bQUANKU_[A-Z_]+/g) ?? []);
    const known = new Set([...ofCalls, ...written]);
    const pages = filesOfRepository().filter((path) => path.endsWith(".md"));
    const unknown = pages.flatMap((path) =>
      (read(path).match(/(?<![\w-])--[a-z][a-z-]+|\bQUANKU_[A-Z_]+/g) ?? [])
        .filter((name) => !known.has(name) && !foreign.includes(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("lists every decision under its title", () => {
    const decisions = filesOfRepository().filter((path) => /^docs\/adr\/\d{4}-/.test(path));
    const index = read("docs/adr/README.md");
    for (const path of decisions) {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(read(path)) ?? [];
      expect(index, path).toContain(`| [${number}](${path.split("/").at(-1)}) | ${title} |`);
    }
    expect(index.match(/^\| \[/gm)).toHaveLength(decisions.length);
  });

  it("explains every code on the protocol's page, and no other", () => {
    const page = read("docs/protocol.md");
    const section = page.slice(page.indexOf("\n## 5. "), page.indexOf("\n## 6. "));
    const named = [...section.matchAll(/^\| ([-\d, ]+) \|/gm)].flatMap(([, cell]) => (cell as string).split(", "));
    expect(named.toSorted()).toEqual(Object.keys(codes).toSorted());
  });

  it("names no code that the wire does not have", () => {
    const known = new Set(Object.keys(codes));
    for (const { path, text } of ["packages/server/src/http", "packages/server/src/wire"].flatMap(sourcesIn))
      for (const [code] of text.matchAll(/\b(4\d{4}|9900\d\d|10900\d\d)\b/g))
        expect(known.has(code), `${path} names ${code}`).toBe(true);
    expect(callPath("get_list")).toBe("/shop/coupon/get_list");
  });
});
