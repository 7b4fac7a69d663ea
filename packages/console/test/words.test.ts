import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "../src");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

const string = String.raw`"(?:[^"\\]|\\.)*"`;
const pair = new RegExp(
  String.raw`\bzh:\s*(${string}),\s*en:\s*(${string}|\{\s*one:\s*(?:${string}),\s*other:\s*(?:${string}),?\s*\})`,
  "g",
);
const chinese = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

/** Every text of the console, in both languages, by the file that says it. */
const pairs = sources.flatMap(({ name, text }) =>
  [...text.matchAll(pair)].map(([, zh = "", en = ""]) => ({ name, zh, en })),
);

/** What is filled in, in the order of the alphabet. A rate is said in tenths in Chinese, as what is off in English. */
const filledIn = (text: string) =>
  [...new Set(text.replaceAll("{{tenths}}", "{{percent}}").match(/\{\{\w+\}\}/g))].sort().join(" ");

/** A table: its area and its words. */
const wordsOf = /\btable\("(\w+)", \{\n([\s\S]*?)\n\}\)/g;
/** The tables whose words are called as the server calls what it tells of: commands, reasons, settings, who did something. */
const open = new Set(["sentences", "reasons", "appSettings", "actors"]);
const sdk = join(import.meta.dirname, "../../sdk/src/wire");
const wire = readdirSync(sdk, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(sdk, name), "utf8"))
  .join("\n");

describe("the words of the console", () => {
  it("are found: a table without words, or one that this test cannot read, is none", () => {
    const tables = sources.filter(({ text }) => /\btable\("/.test(text) && !text.includes("export function table"));
    const unread = tables.filter(({ name, text }) => {
      const named = text.match(/\bzh:/g)?.length ?? 0;
      return named === 0 || named !== pairs.filter((one) => one.name === name).length;
    });
    expect(unread.map(({ name }) => name)).toEqual([]);
  });

  it("fill in the same in both languages", () => {
    const differing = pairs.filter(
      ({ zh, en }) =>
        filledIn(zh) !== filledIn(en.replaceAll("{{count}}", zh.includes("{{count}}") ? "{{count}}" : "")),
    );
    expect(differing).toEqual([]);
  });

  it("are Chinese in Chinese and English in English", () => {
    const untranslated = pairs.filter(
      ({ zh, en }) => chinese.test(en.replaceAll(/中文|券库/g, "")) || (zh === en && /[a-z]{3} [a-z]{2}/i.test(en)),
    );
    expect(untranslated).toEqual([]);
  });

  it("stand in tables, each area's under a name of its own", () => {
    const areas = sources.flatMap(({ text }) => [...text.matchAll(/\btable\("(\w+)"/g)].map(([, area]) => area));
    expect(areas.filter((area, index) => areas.indexOf(area) !== index)).toEqual([]);
  });

  it("stand nowhere else", () => {
    const said = sources.flatMap(({ name, text }) => {
      const rest = text
        .replaceAll(pair, "")
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
        .replaceAll(/券库|"zh-CN"/g, "");
      const inChinese = rest.split("\n").filter((line) => /[\u3400-\u9fff]/.test(line));
      const literal = name.endsWith(".tsx")
        ? [
            ...rest.matchAll(
              /\b(?:title|label|placeholder|aria-label|alt|description|extra|okText)="([^"/]*[A-Za-z]{3}[^"]*)"/g,
            ),
            ...rest.matchAll(/<(?!kbd|code)\w[^<>]*>\s*([A-Za-z][a-z]+(?: [a-z]+)+[^<>{}]*)</g),
          ].map(([, found]) => found as string)
        : [];
      return [...inChinese, ...literal].map((what) => `${name}: ${what.trim()}`);
    });
    expect(said, "what people read is said in both languages: put it into a table").toEqual([]);
  });

  it("are said somewhere: beside their table, or where it is imported, or they are names of the wire", () => {
    const unsaid = sources.flatMap(({ name, text }) =>
      [...text.matchAll(wordsOf)]
        .filter(([, area = ""]) => !open.has(area))
        .flatMap(([, area, body = ""]) => {
          const beside = sources.filter(
            (one) => dirname(one.name) === dirname(name) || one.text.includes(`/${basename(name)}"`),
          );
          const said = beside.map((one) => one.text.replace(body, "")).join("\n");
          const templates = [...said.matchAll(/`(\w*)\$\{[^{}]*\}(\w*)`/g)].filter(
            ([, before, after]) => `${before}${after}` !== "",
          );
          const isSaid = (word: string) =>
            said.includes(`"${word}"`) ||
            wire.includes(`"${word}"`) ||
            new RegExp(`\\b${word}: (?!\\{)`).test(said) ||
            templates.some(([, before = "", after = ""]) => word.startsWith(before) && word.endsWith(after));
          return [...body.matchAll(/^ {2}([a-z]\w*): \{/gim)]
            .map(([, word = ""]) => word)
            .filter((word) => !isSaid(word))
            .map((word) => `${area}: ${word}`);
        }),
    );
    expect(unsaid, "a word that no page says is deleted").toEqual([]);
  });
});
