import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as browsers } from "playwright-core";
import { serveGlyphs } from "./glyphs.ts";

/** Starts a browser: not with the arguments that its package proposes, which put all into one process. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  return browsers.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** A new profile of a browser: its own cookies and storage. Chinese and light on a desk, unless told otherwise. */
export async function newProfile(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  // As slow as a busy machine may be.
  context.setDefaultTimeout(120_000);
  await serveGlyphs(context);
  return context;
}
