import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { BrowserContext, Route } from "playwright-core";

const font = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-sc/package.json"));

/**
 * Brings Chinese glyphs to a machine without any, so that pictures show what people see: each page of the console that is loaded
 * names a font that comes from its own host, as far as the page can tell.
 */
export async function serveGlyphs(context: BrowserContext): Promise<void> {
  await context.route(/\/console\/(?!assets\/|glyphs\/)/, withGlyphs);
  await context.route("**/console/glyphs/**", async (route) => {
    const [, name = ""] = /\/console\/glyphs\/([\w./-]+)$/.exec(new URL(route.request().url()).pathname) ?? [];
    const contentType = name.endsWith(".css") ? "text/css" : "font/woff2";
    await route.fulfill({ body: await readFile(join(font, name)), contentType });
  });
}

async function withGlyphs(route: Route): Promise<void> {
  if (route.request().resourceType() !== "document") return route.continue();
  const response = await route.fetch({ maxRedirects: 0 });
  const page = await response.text();
  const link = '<link rel="stylesheet" href="/console/glyphs/index.css"></head>';
  return route.fulfill({ response, body: page.replace("</head>", link) });
}
