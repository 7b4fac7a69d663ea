import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as browsers } from "playwright-core";
import { afterAll } from "vitest";
import { serveGlyphs } from "./glyphs.ts";

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** The test file's browser. */
async function launch(): Promise<Browser> {
  return browsers.launch({
    executablePath: await chromium.executablePath(),
    // Not the arguments that its package proposes, which put all into one process.
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** A new profile of a browser: its own cookies and storage. Chinese and light on a desk, unless told otherwise. */
export async function openProfile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launch();
  const context = await (await browser).newContext({
    locale: "zh-CN",
    viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  // Real, but as slow as a busy machine may be.
  context.setDefaultTimeout(120_000);
  await serveGlyphs(context);
  return context;
}
