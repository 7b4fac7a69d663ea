import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../../console/testing/browser.ts";
import { runQuanku, type Server, startQuanku, temporaryDirectory } from "../processes.ts";
import { median } from "../rounds.ts";
import { createShop, shop } from "../shop.ts";
import type { Case } from "./case.ts";

/** How far the list is scrolled, in entries. */
const FAR = 3000;

/** What one load of a page came to: seconds until its heading stands, and bytes over the wire. */
type Loaded = { seconds: number; bytes: number };

export const consoleCase: Case = {
  name: "console",
  about: "the console's first view in a browser, what it loads, and a long list that is scrolled",
  async run({ pace, coupons }) {
    execFileSync(process.execPath, [fileURLToPath(new URL("../../../console/build.ts", import.meta.url))]);
    const directory = temporaryDirectory();
    const place = { dataDir: directory.path };
    await createShop(place, coupons);
    await runQuanku(place, "operator", "create", "bench", "--role", "owner");
    const server = await startQuanku(place);
    const browser = await launchBrowser();
    const overview = `/console/${shop.appid}`;
    const first: Loaded[] = [];
    const again: Loaded[] = [];
    for (let round = 0; round <= pace.rounds; round++) {
      const context = await signedIn(await browser.newContext(), place, server);
      first.push(await load(context, server, overview));
      again.push(await load(context, server, overview));
      await context.close();
    }
    // The first round warms the server.
    for (const loads of [first, again]) loads.shift();
    const list = await signedIn(await browser.newContext(), place, server);
    const scrolled = await scroll(await list.newPage(), `${origin(server)}${overview}/coupons`);
    await browser.close();
    await server.stop();
    directory.remove();
    return [
      {
        what: "first view of the console, nothing kept by the browser",
        values: first.map(({ seconds }) => seconds),
        unit: "s",
        aim: 1,
        floor: 3,
        better: "lower",
        sides: [`once the browser keeps its files: ${median(again.map(({ seconds }) => seconds)).toFixed(2)} s`],
        limit: "running the scripts; the browser has the machine to itself with the server",
      },
      {
        what: "what the first view loads, compressed",
        values: first.map(({ bytes }) => bytes / 1000),
        unit: "KB",
        aim: 450,
        floor: 450,
        better: "lower",
        sides: [],
        limit: "Ant Design and React, 300 KB of it",
      },
      {
        what: `rows drawn of a list of coupons scrolled to its entry ${FAR.toLocaleString("en")}`,
        values: [scrolled.rows],
        unit: "rows",
        aim: 60,
        floor: 120,
        better: "lower",
        sides: [`of a shop of ${coupons.toLocaleString("en")} coupons`],
        limit: "what is seen, and a dozen rows above and below",
      },
      {
        what: "the longest time that the page stood still meanwhile",
        values: [scrolled.longest],
        unit: "ms",
        aim: 100,
        better: "lower",
        sides: [],
        limit: "drawing rows, beside a server that shares the cores",
      },
    ];
  },
};

const origin = ({ port }: Server) => `http://127.0.0.1:${port}`;

async function signedIn(context: BrowserContext, place: { dataDir: string }, server: Server): Promise<BrowserContext> {
  const { printed } = await runQuanku(place, "operator", "link", "bench", "--url", origin(server));
  const link = /https?:[^"\s]+/.exec(printed)?.[0];
  if (link === undefined) throw new Error(`no link in: ${printed}`);
  const response = await context.request.get(link, { maxRedirects: 0 });
  if (response.status() !== 303) throw new Error(`the link was answered ${response.status()}`);
  return context;
}

async function load(context: BrowserContext, server: Server, path: string): Promise<Loaded> {
  const page = await context.newPage();
  await page.goto(origin(server) + path, { waitUntil: "commit" });
  await page.locator("h1").waitFor();
  const loaded = await page.evaluate<Loaded>(`({
    seconds: performance.now() / 1000,
    bytes: performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
      .filter(({ name }) => /\\/console\\//.test(name))
      .reduce((sum, { transferSize }) => sum + transferSize, 0),
  })`);
  await page.close();
  return loaded;
}

/** Scrolls a list until an entry far below is drawn; how many rows there are then, and the longest task on the way. */
async function scroll(page: Page, address: string): Promise<{ rows: number; longest: number }> {
  await page.goto(address);
  await page.locator(".row").first().waitFor();
  return page.evaluate(`(async () => {
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: "longtask" });
    const reached = () => Number([...document.querySelectorAll(".row")].at(-1)?.dataset.index ?? 0);
    while (reached() < ${FAR}) {
      scrollBy(0, innerHeight * 0.8);
      await new Promise(requestAnimationFrame);
    }
    return { rows: document.querySelectorAll(".row").length, longest };
  })()`);
}
