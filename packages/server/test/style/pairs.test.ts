import { readFileSync } from "node:fs";
import { join } from "node:path";
import { languages } from "@quanku/protocol/explain";
import { describe, expect, it } from "vitest";
import { fileOf, pages } from "../../src/http/docs/pages.ts";
import { withoutFences } from "./references.ts";
import { filesOfRepository, root } from "./sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const files = filesOfRepository().filter((path) => path.endsWith(".md"));

/** Pages of which the Chinese one is a summary, and says so: its headings are in step, its tables are its own. */
const summaries = ["docs/protocol.zh-CN.md"];

/** Its Chinese table tells what the codes' pages begin with, the English one what the table of codes says. */
const ownMeanings = "docs/reference/codes.zh-CN.md";

const levelsOf = (text: string) =>
  [...withoutFences(text).matchAll(/^(#{1,6}) /gm)].map(([, marks]) => (marks as string).length);
const blocksOf = (text: string) => [...text.matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)].map(([block]) => block);
const tablesOf = (text: string) =>
  [...withoutFences(text).matchAll(/(?:^ *\|.*\n)+/gm)].map(([table]) => table.trim().split("\n").length);
/** Options, variables and coupon codes that a page names. */
const named = (text: string) =>
  new Set(withoutFences(text).match(/(?<![\w-])--[a-z][a-z-]+|\bQUANKU_[A-Z_]+|(?<![\d.])10900\d\d(?!\d)/g) ?? []);

describe("a page in two languages", () => {
  const pairs = files.filter((path) => path.endsWith(".zh-CN.md")).map((zh) => [zh.replace(".zh-CN", ""), zh] as const);

  it("is there for every page that is served, and for the README", () => {
    const wanted = pages.flatMap((page) => languages.map((language) => `docs/${fileOf(page, language)}`));
    expect(files).toEqual(expect.arrayContaining([...wanted, "README.md", "README.zh-CN.md"]));
    const inDocs = pairs.filter(([en]) => en.startsWith("docs/"));
    expect(
      inDocs.filter(([en]) => !wanted.includes(en)),
      "it is written and not served",
    ).toEqual([]);
    expect(
      pairs.filter(([en]) => !files.includes(en)),
      "there is no English one",
    ).toEqual([]);
  });

  it.each(pairs)("%s and %s are in step", (enPath, zhPath) => {
    const [en, zh] = [read(enPath), read(zhPath)];
    expect(levelsOf(zh), "headings, by their levels").toEqual(levelsOf(en));
    if (summaries.includes(zhPath)) return;
    expect(blocksOf(zh), "what stands between fences").toEqual(blocksOf(en));
    expect(tablesOf(zh), "rows of each table").toEqual(tablesOf(en));
    if (zhPath === ownMeanings) return;
    expect([...named(zh)].sort(), "options, variables and codes that are named").toEqual([...named(en)].sort());
  });
});
