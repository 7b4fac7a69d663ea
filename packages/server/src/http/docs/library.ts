import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CallName, callNames } from "@quanku/protocol/calls";
import type { Language } from "@quanku/protocol/explain";
import { codePage, errcodeOf, errcodes } from "./codes.ts";
import { type RenderedText, renderMarkdown } from "./markdown.ts";
import { fileOf, type Page, pages } from "./pages.ts";
import { tryIt } from "./try-it.ts";
import { words } from "./words.ts";

/** Published, the pages lie beside the program; in the repository they are its `docs` folder. */
const folder = [new URL("./pages/", import.meta.url), new URL("../../../../../docs/", import.meta.url)]
  .map((url) => fileURLToPath(url))
  .find((place) => existsSync(place));

const bySource = new Map(pages.map((page) => [page.source, page]));

/** The addresses of all pages, after `/docs/<language>/`. */
export const allPaths = (): string[] => [
  ...pages.map(({ path }) => path),
  ...callNames.map((call) => `calls/${call}`),
  ...errcodes.map((code) => `codes/${code}`),
];

/** A page's text by its address; undefined where there is no such page. */
export function readPage(path: string, language: Language): RenderedText | undefined {
  const [, folderName, name] = /^(calls|codes)\/(.+)$/.exec(path) ?? [];
  if (folderName === "codes") return readCode(name as string, language);
  if (folderName === "calls") return readCall(name as string, language);
  const page = pages.find((one) => one.path === path);
  if (!page) return undefined;
  const notice = page.text === "en" && words.onlyEnglish[language];
  const [text = ""] = partsOf(textOf(page, language), page.path === "calls");
  const told = page.path === "codes" ? text.replaceAll(/^\| (-?\d+) \|/gm, "| [$1](docs:codes/$1) |") : text;
  const rendered = rendering(told, page.source, language);
  return notice ? { ...rendered, html: `<p class="notice">${notice}</p>${rendered.html}` } : rendered;
}

/** The page that says that there is none. */
export const missingPage = (language: Language): RenderedText =>
  rendering(`# ${words.notFound[language]}\n\n${words.notFoundText[language]}\n`, "README.md", language);

function readCode(name: string, language: Language): RenderedText | undefined {
  const errcode = errcodeOf(name);
  return errcode === undefined ? undefined : rendering(codePage(errcode, language), "reference/codes.md", language);
}

function readCall(name: string, language: Language): RenderedText | undefined {
  const call = callNames.find((one) => one === name);
  const page = bySource.get("reference/calls.md") as Page;
  const part = call && partsOf(textOf(page, language), true).find((text) => text.startsWith(`## ${call}\n`));
  if (!part) return undefined;
  const { headings, ...text } = rendering(part.replace("## ", "# "), page.source, language);
  const form = { level: 2, id: "try-it", text: words.tryIt[language] };
  return { ...text, html: text.html + tryIt(call, language), headings: [...headings, form] };
}

const textOf = (page: Page, language: Language): string => readFileSync(`${folder}${fileOf(page, language)}`, "utf8");

/** A text whole, or as what stands before its first call and the part of each call. */
const partsOf = (text: string, byCall: boolean): string[] => (byCall ? text.split(/^(?=## [a-z_]+$)/m) : [text]);

const rendering = (markdown: string, source: string, language: Language): RenderedText =>
  renderMarkdown(markdown, (href) => linkOf(href, source, language));

/** Where a link of a text leads among the pages; undefined where what it names is in the repository alone. */
function linkOf(href: string, source: string, language: Language): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [file = "", anchor] = href.split("#");
  const at = anchor === undefined ? "" : `#${anchor}`;
  if (file.startsWith("docs:")) return `/docs/${language}/${file.slice("docs:".length)}${at}`;
  const target = new URL(file, new URL(source, "file:///docs/")).pathname.replace(/^\/docs\//, "");
  const page = bySource.get(target.replace(/\.zh-CN\.md$/, ".md"));
  if (!page) return undefined;
  const isCall = page.path === "calls" && callNames.includes(anchor as CallName);
  return isCall ? `/docs/${language}/calls/${anchor}` : `/docs/${language}/${page.path}${at}`;
}
