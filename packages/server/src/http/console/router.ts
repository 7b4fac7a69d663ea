import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Context, Hono } from "hono";
import { type File, file, KEPT_FOR_GOOD, send } from "../files.ts";
import { missingPage } from "./missing.ts";

/** Published, the console lies beside the program; in the repository it is what its package was built to. */
const places = [new URL("./built/", import.meta.url), new URL("../../../../console/dist/", import.meta.url)];

const types: Readonly<Record<string, string>> = {
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/**
 * What the console may do: its own scripts, files and calls of this server. Styles are its own files, and those that its parts
 * make while they run, which carry the page's nonce; `style` attributes hold sizes and places alone.
 */
const policyOf = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const always = { "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };

/** What was built: the page that every address of the console begins with, and the files that it names. */
type Built = { page: string; assets: ReadonlyMap<string, () => File> };

/** Serves the console under `/console`, to which `/` leads, from the first of the folders that has one; where none has, both say how to get it. */
export function mountConsole(app: Hono, folders: readonly URL[] = places): void {
  let built: Built | undefined;
  const serve = (c: Context): Response => {
    const { method, path } = c.req;
    if (method !== "GET" && method !== "HEAD") return c.text("ask with GET", 405, { ...always, allow: "GET, HEAD" });
    built ??= read(folders);
    if (!built) return c.html(missingPage, 503, { ...always, "content-security-policy": "default-src 'none'" });
    if (path === "/" || path === "/console") return c.redirect("/console/", 302);
    const [, name] = /^\/console\/assets\/(.+)$/.exec(path) ?? [];
    if (name === undefined) return sendPage(c, built.page);
    const asset = built.assets.get(name);
    return asset ? send(c, asset(), always) : c.text("there is no such file: load the console anew", 404, always);
  };
  for (const path of ["/", "/console", "/console/*"]) app.all(path, serve);
}

function sendPage(c: Context, page: string): Response {
  const nonce = randomBytes(16).toString("base64");
  return c.html(page.replaceAll("%NONCE%", nonce), 200, {
    ...always,
    "cache-control": "no-store",
    "content-security-policy": policyOf(nonce),
  });
}

/** Reads what was built; each file when it is first asked for. Undefined where nothing was. */
function read(folders: readonly URL[]): Built | undefined {
  const place = folders.find((one) => existsSync(new URL("index.html", one)));
  if (!place) return undefined;
  const folder = new URL("assets/", place);
  const assets = readdirSync(folder).map((name): [string, () => File] => {
    let made: File | undefined;
    const type = types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return [name, () => (made ??= file(type, KEPT_FOR_GOOD, readFileSync(fileURLToPath(new URL(name, folder)))))];
  });
  return { page: readFileSync(new URL("index.html", place), "utf8"), assets: new Map(assets) };
}
