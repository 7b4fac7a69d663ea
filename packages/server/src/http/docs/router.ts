import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Language, languages } from "@quanku/protocol/explain";
import type { Context, Hono } from "hono";
import { type File, file, KEPT_FOR_GOOD, send } from "../files.ts";
import { languageOf } from "./language.ts";
import { allPaths, missingPage, readPage } from "./library.ts";
import { wholePage } from "./shell.ts";

/** What a page may do: its own style and script, and calls of this server; nothing of other hosts, nothing in line. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const always = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

const asset = (name: string, type: string): [string, File] => {
  const bytes = readFileSync(fileURLToPath(new URL(`./assets/${name}`, import.meta.url)));
  const [stem, ending] = name.split(".");
  const made = file(type, KEPT_FOR_GOOD, bytes);
  return [`${stem}.${made.tag.slice(1, 9)}.${ending}`, made];
};

/** Serves the documentation under `/docs`: to everybody, on every server, since nothing of it is secret. */
export function mountDocs(app: Hono): void {
  const assets = new Map<string, File>();
  const rendered = new Map<string, File>();
  const paths = new Set(allPaths());

  /** Assets are read when they are first asked for, so that a server starts without them. */
  function assetPaths() {
    if (assets.size === 0)
      for (const made of [asset("docs.css", "text/css"), asset("docs.js", "text/javascript")]) assets.set(...made);
    const [style, script] = [...assets.keys()].map((name) => `/docs/assets/${name}`) as [string, string];
    return { style, script };
  }

  function page(path: string, language: Language): File | undefined {
    const key = `${language}/${path}`;
    const text = rendered.has(key) ? undefined : readPage(path, language);
    if (text)
      rendered.set(key, file("text/html", "no-cache", Buffer.from(wholePage(path, language, text, assetPaths()))));
    return rendered.get(key);
  }

  const missing = (c: Context, language: Language): Response => {
    const html = wholePage("", language, missingPage(language), assetPaths());
    return c.body(html, 404, { ...always, "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" });
  };

  const serve = (c: Context): Response => {
    const { method } = c.req;
    if (method !== "GET" && method !== "HEAD") return c.text("ask with GET", 405, { ...always, allow: "GET, HEAD" });
    const path = c.req.path.replace(/^\/docs\/?/, "").replace(/\/$/, "");
    const [first = "", ...rest] = path.split("/");
    if (first === "assets") {
      assetPaths();
      const found = assets.get(rest.join("/"));
      return found ? send(c, found, always) : missing(c, languageOf(c.req.header("accept-language")));
    }
    const language = languages.find((one) => one === first);
    if (language) {
      const found = page(rest.join("/"), language);
      return found ? send(c, found, always) : missing(c, language);
    }
    const chosen = languageOf(c.req.header("accept-language"));
    c.header("vary", "Accept-Language");
    if (!paths.has(path)) return missing(c, chosen);
    for (const [name, value] of Object.entries(always)) c.header(name, value);
    return c.redirect(`/docs/${chosen}/${path}`, 302);
  };
  app.all("/docs", serve);
  app.all("/docs/*", serve);
}
