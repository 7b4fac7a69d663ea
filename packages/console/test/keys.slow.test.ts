import { createClient } from "@quanku/sdk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo, type Opened, openConsole } from "./support/console.ts";

const openid = "oIJ9d5Ad4JMhbybqJ3_J73LkR_Io";

let opened: Opened;
let page: Page;
/** What a claim and an order over the wire made. */
const made = { userCoupon: "", order: "order-7", rid: "" };

beforeAll(async () => {
  opened = await openConsole("sqlite");
  page = opened.page;
  const shop = createClient({ ...demo, baseUrl: opened.url });
  const { entries } = await opened.owner.listCoupons({ appid: demo.appid, status: "active" });
  const out_coupon_id = entries.find(({ coupon }) => coupon.type === 104)?.coupon.out_coupon_id ?? "";
  const claim = await shop.claim({ openid: "o-keys", out_coupon_id, request_id: "r-1" });
  made.userCoupon = claim.user_coupon.out_user_coupon_id;
  const lines = [{ out_product_id: "p", price: 3000, quantity: 2 }];
  await shop.lock({
    openid: "o-keys",
    out_order_id: made.order,
    lines,
    user_coupons: [{ out_coupon_id, out_user_coupon_id: made.userCoupon }],
    ttl_seconds: 600,
  });
});
afterAll(() => opened?.close());

const path = () => decodeURIComponent(new URL(page.url()).pathname).replace(`/console/${demo.appid}`, "");
const goTo = async (where: string) => {
  await page.goto(`${opened.url}/console/${demo.appid}${where}`);
  await page.locator("h1").waitFor();
};
/** What has the focus: its name, or its text. */
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);

describe("the search", () => {
  it("finds everything of the app by its id, and coupons by how their name begins, with nothing but keys", async () => {
    // The log is written behind the call.
    await expect
      .poll(async () => {
        made.rid = (await opened.owner.listCalls({ appid: demo.appid, call: "claim" })).entries[0]?.rid ?? "";
        return made.rid;
      })
      .not.toBe("");
    const finds: [text: string, at: string][] = [
      [openid, `/people/${openid}`],
      ["out_coupon_id_3", "/coupons/out_coupon_id_3"],
      [made.userCoupon, ""],
      [made.order, `/orders/${made.order}`],
      [made.rid, `/calls/${made.rid}`],
    ];
    for (const [text, at] of finds) {
      await goTo("/");
      await page.keyboard.press("Control+k");
      await page.keyboard.insertText(` ${text} `);
      await page.keyboard.press("Enter");
      await expect.poll(path, { message: text }).not.toBe("/");
      if (at !== "") expect(path()).toBe(at);
      else expect(path()).toMatch(new RegExp(`^/user-coupons/.+/${made.userCoupon}$`));
      expect(await page.getByRole("dialog").count()).toBe(0);
    }
    const { entries } = await opened.owner.listCoupons({ appid: demo.appid });
    const name = entries.find((one) => one.name !== "")?.name ?? "";
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText(name.slice(0, -1));
    const options = page.getByRole("listbox", { name: "结果" }).getByRole("option");
    await options.filter({ hasText: name }).first().waitFor();
    if ((await options.count()) > 1) {
      await page.keyboard.press("ArrowDown");
      expect(await options.nth(1).getAttribute("aria-selected")).toBe("true");
      await page.keyboard.press("ArrowUp");
    }
    expect(await options.first().getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Enter");
    await expect.poll(path).toMatch(/^\/coupons\/.+/);
  });

  it("says so where nothing is found, and gives the focus back as it closes", async () => {
    await goTo("/ledger");
    await page.getByRole("button", { name: "现在核对" }).focus();
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText("no-such-thing");
    await page.getByText("没有找到。编号需要完整输入；券名可以只输开头。").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused()).toBe("现在核对");
    expect(path()).toBe("/ledger");
  });
});

describe("the keys", () => {
  it("go to pages, to the filter and to a new coupon, and are told by ?", async () => {
    await goTo("/");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.getByRole("heading", { level: 1, name: "优惠券" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("ng?");
    expect(path()).toBe("/coupons");
    expect(await page.locator("main input").first().inputValue()).toBe("ng?");
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByRole("heading", { level: 1, name: "状态" }).waitFor();
    await page.keyboard.press("Shift+?");
    const help = page.getByRole("dialog", { name: "快捷键" });
    await help.getByText("新建优惠券").waitFor();
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("n");
    await expect.poll(path).toBe("/coupons/new");
  });

  it("reach everything: the page past the side bar, rows by arrows, a drawer and back", async () => {
    await goTo("/ledger");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("跳到正文");
    expect(await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().left)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
    const rows = page.getByRole("table", { name: "历史" }).getByRole("row");
    await rows.nth(1).focus();
    await page.keyboard.press("ArrowDown");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).not.toBe("none");
    const text = await rows.nth(2).textContent();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("链上的摘要").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused()).toBe(text);
    expect(opened.complaints).toEqual([]);
  });
});
