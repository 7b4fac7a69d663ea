import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { temporaryDirectory } from "../../server/testing/temporary-directory.ts";
import { launchBrowser, newProfile } from "../testing/browser.ts";
import { makeBusyShop } from "./busy-shop.ts";

/**
 * Makes the pictures of the console that the documentation shows, of a demo shop where something happened: each page in both
 * languages, light and dark, on a desk and on a phone. `npm run pictures`.
 */

const root = join(import.meta.dirname, "../../..");
const target = join(root, "docs/pictures");

/** The address of each picture's page, after `/console/<appid>`. */
const pages: Readonly<Record<string, string>> = {
  overview: "/",
  coupons: "/coupons",
  coupon: "/coupons/shop_direct_5",
  wizard: "/coupons/new?from=autumn_2021",
  "hand-out": "/hand-outs/members-november",
  callbacks: "/callbacks?attempt=1",
  calls: "/calls",
  sandbox: "/sandbox",
  ledger: "/ledger",
};

const desk = { viewport: { width: 1280, height: 860 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1.5 };

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  "desk-zh": { ...desk, locale: "zh-CN", colorScheme: "light" },
  "desk-en": { ...desk, locale: "en-US", colorScheme: "light" },
  "desk-en-dark": { ...desk, locale: "en-US", colorScheme: "dark" },
  "phone-zh": { ...phone, locale: "zh-CN", colorScheme: "light" },
  "phone-en-dark": { ...phone, locale: "en-US", colorScheme: "dark" },
};

const directory = temporaryDirectory();
const quanku = join(root, "packages/server/bin/quanku.js");
const server = spawn(process.execPath, [quanku, "serve", "--demo", "--port", "0", "--data-dir", directory.path], {
  stdio: ["ignore", "pipe", "ignore"],
});
const browser = await launchBrowser();
try {
  const link = await linkOf();
  const url = new URL(link).origin;
  const first = await newProfile(browser);
  await (await first.newPage()).goto(link);
  const cookies = await first.cookies();
  const made = await first.request.post(`${url}/quanku/admin/v1/tokens`, {
    headers: { origin: url },
    data: { name: "pictures", days: 1 },
  });
  await makeBusyShop(url, (await made.json()).token);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [look, options] of Object.entries(looks)) {
    const profile = await newProfile(browser, options);
    await profile.addCookies(cookies);
    const page = await profile.newPage();
    for (const [name, path] of Object.entries(pages)) await picture(page, url, path, `${name}.${look}.png`);
    await profile.close();
  }
} finally {
  await browser.close();
  server.kill();
  await once(server, "exit");
  directory.remove();
}

async function linkOf(): Promise<string> {
  let written = "";
  for await (const piece of server.stdout.setEncoding("utf8")) {
    written += piece;
    const link = /(http:\S+\/session\/link\?\S+)/.exec(written)?.[1];
    if (link !== undefined) return link;
  }
  throw new Error(`the server ended before it told how to sign in: ${written}`);
}

async function picture(page: Page, url: string, path: string, file: string): Promise<void> {
  const appid = "wx9e20708660a0991b";
  await page.goto(`${url}/console${path.startsWith("/~") ? path : `/${appid}${path}`}`);
  await page.locator("h1").first().waitFor();
  await page.locator(".ant-skeleton").first().waitFor({ state: "detached" });
  await page.evaluate("document.fonts.ready");
  // What is drawn once more after the fonts came, and what slides in.
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(target, file), animations: "disabled" });
  process.stdout.write(`${file}\n`);
}
