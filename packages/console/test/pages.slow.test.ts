import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openConsole } from "./support/console.ts";
import { makeHostileShop } from "./support/hostile-shop.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on a page that keeps somebody from using it, a line each. */
async function hindrances(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target + ": " + failureSummary)))`);
}

/** Everything that the page showed of what it waits for. */
async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.locator(".ant-skeleton").first().waitFor({ state: "detached" });
}

const chinese = /[\u3400-\u9fff]/;

describe.each([
  { language: "zh", options: { locale: "zh-CN", colorScheme: "light" } },
  { language: "en", options: { locale: "en-US", colorScheme: "dark", viewport: { width: 390, height: 844 } } },
] as const)("every page in $language, $options.colorScheme", ({ language, options }) => {
  it("shows data as text, can be used by everybody, speaks one language and complains of nothing", async () => {
    const { page, url, owner, complaints, close } = await openConsole("sqlite", options);
    const shop = await makeHostileShop(owner, url);
    const found: string[] = [];
    for (const path of shop.pages) {
      await page.goto(`${url}/console${path}`);
      await settled(page);
      const note = (what: string) => found.push(`${path}: ${what}`);
      if (await page.evaluate("window.taken")) note("takes data for markup");
      for (const what of await hindrances(page)) note(what);
      const text = (await page.locator("body").innerText()).replaceAll(/券库|中文/g, "");
      if (language === "en")
        for (const line of text.split("\n").filter((one) => chinese.test(one))) note(`says "${line}"`);
      const width = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (width > 0) note(`is ${width} px wider than the screen`);
    }
    shop.close();
    await close();
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
