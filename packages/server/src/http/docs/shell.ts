import { callNames } from "@quanku/protocol/calls";
import { type Language, languages } from "@quanku/protocol/explain";
import { escapeHtml, type Heading, type RenderedText } from "./markdown.ts";
import { groups } from "./pages.ts";
import { words } from "./words.ts";

/** Where the pages' style and script are, by addresses that change with what they hold. */
export type AssetPaths = { style: string; script: string };

/** `lang` of a page. */
const tags = { zh: "zh-CN", en: "en" } as const satisfies Record<Language, string>;

/** A whole page: its text, the list of pages, and the way to the same page in the other language. */
export function wholePage(path: string, language: Language, text: RenderedText, assets: AssetPaths): string {
  const say = (word: keyof typeof words) => escapeHtml(words[word][language]);
  const other = languages.find((one) => one !== language) as Language;
  const home = `/docs/${language}/`;
  const alternates = languages.map(
    (one) => `<link rel="alternate" hreflang="${tags[one]}" href="/docs/${one}/${path}">`,
  );
  return `<!doctype html>
<html lang="${tags[language]}" data-copy="${say("copy")}" data-copied="${say("copied")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(text.title)} · ${say("product")}</title>
<link rel="stylesheet" href="${assets.style}">
<link rel="icon" href="data:,">
${alternates.join("\n")}
<script src="${assets.script}" defer></script>
</head>
<body>
<a class="skip" href="#text">${say("skip")}</a>
<header><a class="home" href="${home}">Quanku <span lang="zh-CN">券库</span></a>
<a class="language" href="/docs/${other}/${path}" hreflang="${tags[other]}" lang="${tags[other]}">${say("other")}</a></header>
<div class="columns">
<nav class="pages" aria-label="${say("pages")}"><details open><summary>${say("pages")}</summary>${listOfPages(path, language)}</details></nav>
<main id="text" tabindex="-1">${text.html}</main>
${listOfHeadings(text.headings, say("onThisPage"))}
</div>
</body>
</html>
`;
}

function listOfPages(path: string, language: Language): string {
  const item = (to: string, name: string, more = "") => {
    const current = to === path ? ' aria-current="page"' : "";
    return `<li><a href="/docs/${language}/${to}"${current}>${escapeHtml(name)}</a>${more}</li>`;
  };
  const isAmongCalls = path === "calls" || path.startsWith("calls/");
  const calls = callNames.map((call) => item(`calls/${call}`, call)).join("");
  const section = path.startsWith("codes/") ? item(path, path.slice("codes/".length)) : "";
  const below: Record<string, string> = { calls: isAmongCalls ? calls : "", codes: section };
  return groups
    .map(({ name, pages }) => {
      const items = pages.map((page) => {
        const inner = below[page.path];
        return item(page.path, page.name[language], inner && `<ul>${inner}</ul>`);
      });
      return `<p>${escapeHtml(name[language])}</p><ul>${items.join("")}</ul>`;
    })
    .join("");
}

function listOfHeadings(headings: readonly Heading[], title: string): string {
  const shown = headings.filter(({ level }) => level <= 3);
  if (shown.length < 2) return "";
  const items = shown.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="headings" aria-label="${title}"><p>${title}</p><ul>${items.join("")}</ul></nav>`;
}
