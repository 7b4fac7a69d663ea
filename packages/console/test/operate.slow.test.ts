import { createClient } from "@quanku/sdk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo, type Opened, openConsole, signedIn } from "./support/console.ts";
import { makeHostileShop } from "./support/hostile-shop.ts";

let opened: Opened;
let page: Page;
beforeAll(async () => {
  opened = await openConsole("sqlite");
  page = opened.page;
});
afterAll(() => opened?.close());

const goTo = async (path: string, by = page) => {
  await by.goto(`${opened.url}/console${path}`);
  await by.locator("h1").first().waitFor();
};

/** The text that a dialog shows once; it is closed then. */
async function keptOnce(title: string): Promise<string> {
  const dialog = page.getByRole("dialog", { name: title });
  const text = (await dialog.locator("pre, code").first().textContent()) ?? "";
  await dialog.getByRole("button", { name: "完成" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await page.locator("body").innerText()).not.toContain(text);
  return text;
}

/** Opens what a button in a row of a table asks, and does it. */
async function inRow(name: RegExp, ask: string): Promise<void> {
  await page.getByRole("row", { name }).getByRole("button", { name: ask }).click();
}

describe("an owner", () => {
  it("makes a sandbox app and sees its secret this once", async () => {
    await goTo("/~/access");
    await page.getByRole("button", { name: "创建应用" }).click();
    await page.getByLabel("appid").fill("wx-made");
    await page.getByRole("button", { name: "创建沙箱应用" }).click();
    const secret = await keptOnce("wx-made");
    await page.getByRole("row", { name: /wx-made.*沙箱/ }).waitFor();
    const shop = createClient({ appid: "wx-made", secret, baseUrl: opened.url });
    expect((await shop.get_list({ page_size: 1 })).result_list).toEqual([]);
  });

  it("makes and revokes a token that scripts can use", async () => {
    await goTo("/~/account");
    await page.getByRole("button", { name: "创建令牌" }).click();
    await page.getByRole("dialog").getByLabel("名字").fill("deploy");
    await page.getByRole("dialog").getByRole("button", { name: "创建令牌" }).click();
    const token = await keptOnce("deploy");
    const ask = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${opened.url}/quanku/admin/v1/apps`, { headers })).status;
    };
    expect(await ask()).toBe(200);
    await inRow(/^deploy/, "撤销");
    await page.getByRole("button", { name: "撤销，使用 deploy 的脚本立即不能再调用" }).click();
    await page.getByRole("row", { name: /^deploy/ }).waitFor({ state: "detached" });
    expect(await ask()).toBe(401);
  });

  it("verifies the books, and reads who did what", async () => {
    await goTo("/wx-made/ledger");
    await page.getByRole("button", { name: "现在核对" }).click();
    await page.getByText("账本正确").waitFor();
    await page.getByText(/\d+ 条记录、\d+ 份数据全部相符/).waitFor();
    await opened.owner.setApp({ appid: "wx-made", claims_per_minute: 9 });
    const rows = page.getByRole("table", { name: "历史" }).getByRole("row");
    await rows.filter({ hasText: "修改了设置 每分钟领取上限: 未设置 → 9" }).waitFor();
    await page.getByLabel("谁做的").fill("token demo test");
    await page.getByLabel("谁做的").press("Enter");
    await expect.poll(() => rows.count()).toBe(2);
    await rows.filter({ hasText: "demo 的令牌 test" }).click();
    await page
      .getByRole("dialog")
      .getByText(/"claimsPerMinute": 9/)
      .waitFor();
    await page.keyboard.press("Escape");
    await goTo(`/wx-made/ledger?by=nobody`);
    await page.getByText("还没有发生过什么").waitFor();
  });
});

describe("a viewer", () => {
  let viewer: Page;
  let password = "";

  it("is added by an owner for one app, and sees that alone", async () => {
    await goTo("/~/access");
    await page.getByRole("button", { name: "添加运营者" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("名字").fill("li");
    await dialog.getByLabel("可以访问的应用").fill(demo.appid);
    await dialog.getByLabel("可以访问的应用").press("Enter");
    // The first closes the list that has dropped down, and not the dialog.
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "添加运营者" }).click();
    password = await keptOnce("li");
    viewer = await signedIn(opened.url, "li", password);
    await goTo("/~/access", viewer);
    await viewer.getByText("只有 owner 可以查看和管理运营者。").waitFor();
    const apps = viewer.getByRole("table", { name: "应用" }).getByRole("row");
    await apps.nth(1).waitFor();
    expect(await apps.count()).toBe(2);
    await goTo("/wx-made/coupons", viewer);
    await viewer.getByRole("heading", { name: "没有应用 wx-made" }).waitFor();
    expect(await viewer.getByRole("navigation", { name: "页面" }).getByRole("link", { name: "优惠券" }).count()).toBe(
      1,
    );
    await viewer.getByRole("link", { name: "回到首页" }).click();
    await viewer.getByRole("heading", { level: 1, name: "概览" }).waitFor();
  });

  it("can press nothing on any page that would change anything, and the server would refuse it", async () => {
    const shop = await makeHostileShop(opened.owner, opened.url);
    await opened.owner.changeOperator({ operator: "li", role: "viewer", apps: [demo.appid, shop.appid] });
    const made: string[] = [];
    viewer.on("request", (request) => {
      if (request.method() !== "GET")
        made.push(`${request.method()} ${new URL(request.url()).pathname.split("/").at(-1)}`);
    });
    for (const path of shop.pages.filter((one) => one !== "/~/account" && !one.includes("?tab="))) {
      await goTo(path, viewer);
      await viewer.locator(".ant-skeleton").first().waitFor({ state: "detached" });
      await viewer.evaluate(pressAll, "main");
      await viewer.evaluate(pressAll, "dialog");
    }
    const refused = await viewer.evaluate(
      (appid) => fetch(`/quanku/admin/v1/apps/${appid}/sandbox/reset`, { method: "POST" }).then(({ status }) => status),
      shop.appid,
    );
    shop.close();
    expect(refused).toBe(403);
    expect(made.filter((one) => !harmless.includes(one))).toEqual(["POST reset"]);
    const { entries } = await opened.owner.listJournal({ appid: shop.appid, by: "operator li" });
    expect(entries).toEqual([]);
  });

  it("gets a new password from the owner, and is out at once when removed", async () => {
    await goTo("/~/access");
    await inRow(/^li/, "重置密码");
    await page.getByRole("button", { name: "重置，li 的登录和令牌立即失效" }).click();
    const renewed = await keptOnce("li");
    const again = await signedIn(opened.url, "li", renewed);
    await goTo(`/${demo.appid}/coupons`, again);
    await inRow(/^li/, "移除");
    await page.getByLabel("输入 li 以确认").fill("li");
    await page.getByRole("button", { name: "移除，li 立即不能再进入" }).click();
    await page.getByRole("row", { name: /^li/ }).waitFor({ state: "detached" });
    // What a page of a sandbox app asks every few seconds is the next call.
    await again.getByText("登录已失效，请重新登录。您输入的内容还在。").waitFor();
    const house = page.getByRole("table", { name: "历史" });
    for (const said of ["创建了运营者 li（viewer，应用：wx9e20708660a0991b）", "移除了运营者 li", "li 登录"])
      await house.getByText(said, { exact: true }).first().waitFor();
    expect(opened.complaints).toEqual([]);
  });
});

/** What a viewer may ask of the server: to compare the books, and what a cart would cost. */
const harmless = ["POST verify", "POST coupons-preview"];

/** Presses every button and switch in a part of the page. */
function pressAll(part: string): void {
  const those = ["button", "[role=switch]"].map((one) => `${part} ${one}:not(:disabled)`).join(", ");
  for (const one of document.querySelectorAll<HTMLElement>(those)) one.click();
}

describe("the frame", () => {
  it("stands around an address that leads nowhere", async () => {
    await goTo(`/${demo.appid}/nowhere`);
    await page.getByRole("heading", { level: 1, name: "没有这个页面" }).waitFor();
    await page.getByRole("navigation", { name: "页面" }).getByRole("link", { name: "优惠券" }).click();
    await page.getByRole("heading", { level: 1, name: "优惠券" }).waitFor();
  });

  it("shows the other app at the same page, or at its first where there is none", async () => {
    await opened.owner.createApp({ appid: "wx-box", sandbox: true });
    await opened.owner.createApp({ appid: "wx-shop" });
    await goTo(`/${demo.appid}/coupons/out_coupon_id_3?tab=history`);
    const title = `${await page.getByRole("heading", { level: 1, name: "测试3" }).innerText()} · ${demo.appid} · Quanku 券库`;
    await expect.poll(() => page.title()).toBe(title);
    const choose = async (appid: string) => {
      await page.getByRole("combobox", { name: "应用" }).fill(appid);
      await page.getByRole("combobox", { name: "应用" }).press("Enter");
      await expect.poll(() => page.url()).toContain(appid);
      return new URL(page.url()).pathname;
    };
    expect(await choose("wx-box")).toBe("/console/wx-box/coupons");
    await goTo("/wx-box/sandbox");
    expect(await choose("wx-shop")).toBe("/console/wx-shop");
  });

  it("says that the server cannot be reached, and goes on by itself once it is", async () => {
    const { context } = opened;
    await goTo("/~/health");
    await page.getByText("正常：现在的写入会被保存").waitFor();
    await context.setOffline(true);
    await page.getByText("连不上服务器。").waitFor();
    await context.setOffline(false);
    await page.getByText("连不上服务器。").waitFor({ state: "detached" });
  });

  it("offers to load anew where a newer console has replaced the file of a page", async () => {
    await goTo(`/${demo.appid}/people`);
    await page.route(/\/assets\/reports-.*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("link", { name: "报表" }).click();
    await page.getByRole("heading", { name: "控制台有了新版本" }).waitFor();
    await page.unroute(/\/assets\/reports-.*\.js$/);
    await page.getByRole("button", { name: "重新载入" }).click();
    await page.getByRole("heading", { level: 1, name: "报表" }).waitFor();
  });
});
