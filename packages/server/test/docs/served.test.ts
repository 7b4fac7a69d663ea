import { gunzipSync, gzipSync } from "node:zlib";
import { callNames } from "@quanku/protocol/calls";
import { codes, type Errcode } from "@quanku/protocol/codes";
import { explainPath, explanations, languages } from "@quanku/protocol/explain";
import { afterAll, describe, expect, it } from "vitest";
import { languageOf } from "../../src/http/docs/language.ts";
import { startTestServer } from "../../testing/server.ts";

/** What a page may weigh with its style and script, compressed, in bytes. */
const WEIGHT = 60_000;

const server = await startTestServer({ adapter: "memory" });
afterAll(() => server.close());
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  server.fetch(path, { method, headers });
const linksIn = (html: string) => [...html.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, link]) => link as string);
const idsIn = (html: string) => new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));

/** Every page that can be reached by links from the first ones, by its address. */
async function crawl(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const next = languages.map((language) => `/docs/${language}/`);
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    if (found.has(path)) continue;
    const response = await get(path);
    expect(response.status, path).toBe(200);
    const text = await response.text();
    found.set(path, text);
    if (response.headers.get("content-type")?.startsWith("text/html"))
      next.push(...linksIn(text).map((link) => link.split("#")[0] as string));
  }
  return found;
}

describe("the documentation that a server serves", async () => {
  const served = await crawl();
  const htmlPages = [...served].filter(([path]) => !path.startsWith("/docs/assets/"));

  it("has every page in both languages, every call and every code among them, and no dead link or anchor", () => {
    const inLanguage = (language: string) =>
      [...served.keys()]
        .filter((path) => path.startsWith(`/docs/${language}/`))
        .map((path) => path.slice(9))
        .sort();
    expect(inLanguage("zh")).toEqual(inLanguage("en"));
    expect(inLanguage("en")).toEqual(expect.arrayContaining(callNames.map((call) => `calls/${call}`)));
    const coded = inLanguage("en").filter((path) => path.startsWith("codes/"));
    expect(coded).toEqual(
      Object.keys(codes)
        .map((code) => `codes/${code}`)
        .sort(),
    );
    for (const [path, html] of htmlPages)
      for (const [, to, anchor] of html.matchAll(/href="([^"#]*)#([^"]*)"/g)) {
        const target = served.get(to || path) as string;
        expect(idsIn(target).has(anchor as string), `${path} leads to ${to}#${anchor}`).toBe(true);
      }
  });

  it("has on each page its title, its language, the way to the other language, and nothing in line or of others", () => {
    for (const [path, html] of htmlPages) {
      const language = path.slice(6, 8);
      expect(html, path).toMatch(/<h1 id="[^"]*">.+<\/h1>/);
      expect(html).toContain(`<html lang="${language === "zh" ? "zh-CN" : "en"}"`);
      expect(html).toContain(`href="${path.replace(/^\/docs\/../, `/docs/${language === "zh" ? "en" : "zh"}`)}"`);
      expect(html).not.toMatch(/<script(?! src="\/docs\/assets\/)|<style| style=| on[a-z]+="/);
      expect(html).not.toMatch(/src="(?!\/docs\/)/);
      expect(html.match(/aria-current="page"/g), path).toHaveLength(1);
    }
  });

  it(`weighs at most ${WEIGHT} bytes a page with its style and script, compressed`, () => {
    const weigh = (text: string) => gzipSync(text).length;
    const assets = [...served].filter(([path]) => path.startsWith("/docs/assets/")).map(([, text]) => weigh(text));
    expect(assets).toHaveLength(2);
    const shared = assets.reduce((a, b) => a + b, 0);
    for (const [path, html] of htmlPages) expect(weigh(html) + shared, path).toBeLessThan(WEIGHT);
  });

  it("explains each code: what it means, causes, mending, whether to retry, in the reader's language", () => {
    for (const errcode of Object.keys(codes).map(Number) as Errcode[])
      for (const language of languages) {
        const { means, causes, mend } = explanations[errcode][language];
        const html = served.get(`/docs/${language}/codes/${errcode}`) as string;
        expect(html).toContain(`>${errcode} ${codes[errcode].text}</h1>`);
        expect(html.match(/<li>/g)?.length).toBeGreaterThanOrEqual(causes.length + mend.length);
        for (const text of [means, ...causes, ...mend])
          expect(/[\u4e00-\u9fff]{2}/.test(text.replaceAll(/`[^`]*`/g, "")), `${errcode} ${language}: ${text}`).toBe(
            language === "zh",
          );
      }
  });
});

describe("a request to /docs", () => {
  it.each([
    [undefined, "zh"],
    ["", "zh"],
    ["*", "zh"],
    ["fr", "zh"],
    ["en", "en"],
    ["en-GB,en;q=0.9", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["en;q=0.8,zh-TW;q=0.9", "zh"],
    ["en,zh", "zh"],
    ["zh;q=0,en;q=0.1", "en"],
  ])("that accepts %j is answered in %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it("is led to the reader's language, and says that this depends", async () => {
    for (const [path, to] of [
      ["/docs", "/docs/en/"],
      ["/docs/", "/docs/en/"],
      [explainPath(45009), "/docs/en/codes/45009"],
    ] as const) {
      const response = await get(path, { "accept-language": "en" });
      expect([response.status, response.headers.get("location"), response.headers.get("vary")]).toEqual([
        302,
        to,
        "Accept-Language",
      ]);
    }
    expect((await get(explainPath(-1))).headers.get("location")).toBe("/docs/zh/codes/-1");
  });

  it("has headers that let a page do nothing but what it is for", async () => {
    for (const path of ["/docs/zh/", "/docs/en/codes/0", "/docs/en/gone", "/docs"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy"), path).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';/,
      );
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  it("is told what it has already, and may be compressed", async () => {
    const page = await get("/docs/en/");
    const tag = page.headers.get("etag") as string;
    const html = await page.text();
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/docs/en/", { "if-none-match": `"other", W/${tag}` });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const zipped = await get("/docs/en/", { "accept-encoding": "br, gzip" });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(html);
    const [style] = linksIn(html).filter((link) => link.endsWith(".css")) as [string];
    expect((await get(style)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("for what is not there gets a page that says so", async () => {
    for (const path of [
      "/docs/en/gone",
      "/docs/zh/codes/1",
      "/docs/zh/codes/toString",
      "/docs/en/calls/nothing",
      "/docs/assets/gone.css",
      "/docs/gone",
      "/docs/en/%2e%2e%2f%2e%2e%2fpackage.json",
      "/docs/en/README.md",
    ]) {
      const response = await get(path);
      expect([path, response.status, response.headers.get("content-type")]).toEqual([
        path,
        404,
        "text/html; charset=utf-8",
      ]);
    }
    expect(await (await get("/docs/en/gone")).text()).toContain("There is no such page");
    expect(await (await get("/docs/zh/gone")).text()).toContain("没有这一页");
    expect((await (await get("/docsx")).json()) as object).toMatchObject({ errcode: 40066 });
  });

  it("is GET or HEAD", async () => {
    const head = await get("/docs/en/", {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const posted = await get("/docs/en/", {}, "POST");
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});
