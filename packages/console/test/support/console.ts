import { type AdminClient, createAdminClient } from "@quanku/sdk/admin";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll } from "vitest";
import { places, type ServerProcess, startServer } from "../../../server/test/process/server-process.ts";
import { launchBrowser, newProfile } from "../../testing/browser.ts";

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** A new profile of the test file's browser. */
async function openProfile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launchBrowser();
  return newProfile(await browser, options);
}

/** The demo shop, which every console here begins with. */
export const demo = { appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" };

/** A server that serves the demo shop and the console, and somebody who is signed in to it in a browser. */
export type Opened = {
  server: ServerProcess;
  url: string;
  context: BrowserContext;
  page: Page;
  /** Makes operators' calls as the demo's owner, beside the browser. */
  owner: AdminClient;
  /** What the pages complained of so far: errors of scripts, and what the Content-Security-Policy refused. */
  complaints: readonly string[];
  close(): Promise<void>;
};

/** Starts a server on a new place to keep data and signs in by the link that it prints. */
export async function openConsole(place: keyof typeof places, options: BrowserContextOptions = {}): Promise<Opened> {
  const server = await startServer(await places[place](), "--demo");
  const link = /(http:\S+\/session\/link\?\S+)/.exec(server.written.stdout)?.[1];
  if (link === undefined) throw new Error(`no link in: ${server.written.stdout}`);
  const context = await openProfile(options);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(link);
  await page.goto(`${server.url}/console/${demo.appid}`);
  await page.locator("h1").first().waitFor();
  const token = await tokenOf(context, server.url);
  const owner = createAdminClient({ baseUrl: server.url, token });
  return {
    server,
    url: server.url,
    context,
    page,
    owner,
    complaints,
    async close() {
      await context.close();
      await server.stop();
    },
  };
}

/** Signs somebody in who has a password, in a profile of their own. */
export async function signedIn(url: string, name: string, password: string): Promise<Page> {
  const page = await (await openProfile()).newPage();
  await page.goto(`${url}/console/`);
  await page.getByLabel("用户名").fill(name);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("navigation", { name: "页面" }).waitFor();
  return page;
}

/** Gathers what a page complains of, but for replies that are refusals. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  return complaints;
}

async function tokenOf(context: BrowserContext, url: string): Promise<string> {
  const response = await context.request.post(`${url}/quanku/admin/v1/tokens`, {
    headers: { origin: url },
    data: { name: "test", days: 1 },
  });
  if (!response.ok()) throw new Error(await response.text());
  return (await response.json()).token;
}
