import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallbackHandler } from "@quanku/sdk/callback";
import { toNodeListener } from "@quanku/sdk/node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { demo, type Opened, openConsole } from "./support/console.ts";

/** A merchant on the SDK's handler, whose answers can be bent before they are sent. */
async function startMerchant() {
  const merchant = {
    url: "",
    token: "",
    bend: (answer: Record<string, unknown>): Record<string, unknown> => answer,
  };
  const listener = toNodeListener(async (request) => {
    const handler = createCallbackHandler({
      appid: demo.appid,
      token: merchant.token,
      onClaim: ({ request_id }) => ({ granted: `uc-${request_id}` }),
    });
    const reply = await handler(request);
    const text = await reply.text();
    const body = text.startsWith("{") ? JSON.stringify(merchant.bend(JSON.parse(text))) : text;
    return new Response(body, { status: reply.status });
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  merchant.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return merchant;
}

/** Sets the callback in the lab, with a Token that the page makes; answers that. */
async function agree(page: Page, url: string): Promise<string> {
  await page.getByLabel("回调地址").fill(url);
  await page.getByRole("button", { name: "生成 Token" }).click();
  const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("已保存").waitFor();
  return token;
}

let shop: Opened;
beforeAll(async () => {
  shop = await openConsole("sqlite");
});
afterAll(() => shop.close());

it("a merchant that answers wrong is told which field and how to mend it, and confirmed once it is mended", async () => {
  const { page, url, complaints } = shop;
  const merchant = await startMerchant();
  await page.goto(`${url}/console/${demo.appid}/callbacks`);
  expect(await page.getByRole("button", { name: "confirm" }).isDisabled()).toBe(true);
  merchant.token = await agree(page, merchant.url);
  expect(merchant.token).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(await page.getByRole("textbox", { name: "Token" }).inputValue(), "a key is not shown again").toBe("");

  await page.getByRole("button", { name: "校验 URL" }).click();
  await page.getByRole("heading", { name: "第 1 次：URL 校验" }).waitFor();
  merchant.bend = (answer) => ({ ...answer, out_user_coupon_id: "uc-1" });
  await page.getByRole("button", { name: "confirm" }).click();
  const opened = page.getByRole("region", { name: "第 2 次" });
  await opened.getByRole("heading", { name: "第 2 次：confirm" }).waitFor();
  const wrong = opened.getByRole("listitem").filter({ has: page.getByLabel("不对") });
  expect(await wrong.allInnerTexts()).toEqual([
    expect.stringMatching(/out_user_coupon_id.*"uc-1".*只能是 test_coupon_user_coupon_id/s),
  ]);
  expect(await page.getByText("所设地址还没有通过 confirm").count()).toBe(1);

  merchant.bend = (answer) => answer;
  await page.getByRole("button", { name: "confirm" }).click();
  await page.getByText("已通过 confirm").waitFor();
  await page.getByRole("region", { name: "第 3 次" }).getByText("每个字段都对。").waitFor();

  await page.getByRole("combobox", { name: "怎样发" }).click();
  await page.getByTitle("同一个发两次").click();
  await page.getByLabel("测试哪张券").fill("shop_direct_5");
  await page.getByRole("button", { name: "发测试事件" }).click();
  await page.getByRole("region", { name: "第 4 次" }).getByText("push=twice", { exact: true }).waitFor();
  const list = page.getByRole("table", { name: "每一次询问" });
  await expect.poll(() => list.getByRole("row").filter({ hasText: "push=twice" }).count()).toBe(2);
  await shop.owner.testCallback({ appid: demo.appid, openid: "somebody-else" });
  await expect.poll(() => list.getByRole("row").count(), { message: "what others send is seen" }).toBe(7);

  await page.goto(`${url}/console/${demo.appid}/callbacks?attempt=2&verdict=mismatched`);
  await page.getByRole("heading", { name: "第 2 次：confirm" }).waitFor();
  await expect.poll(() => list.getByRole("row").count()).toBe(2);
  await page.getByRole("button", { name: "再发一次" }).click();
  await page.getByRole("region", { name: "第 7 次" }).getByText("每个字段都对。").waitFor();

  await page.getByRole("button", { name: "填上我的密钥显示" }).click();
  await page.getByText("Python", { exact: true }).click();
  await page.getByRole("region", { name: "Python merchant.py" }).getByText(merchant.token).waitFor();
  expect(complaints).toEqual([]);
});

it("an app's settings are changed, its secret once told, its snapshot brought in after a look, itself deleted", async () => {
  const { page, url, owner, complaints } = shop;
  const { appid } = demo;
  await page.goto(`${url}/console/${appid}/settings`);
  await page.getByLabel("每分钟领取上限", { exact: true }).fill("500");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("已保存").waitFor();
  expect((await owner.showApp({ appid })).app.claims_per_minute).toBe(500);
  await page.getByLabel("原始 ID").fill("gh of mine");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("alert").filter({ hasText: "gh_" }).waitFor();
  expect(await page.getByLabel("原始 ID").inputValue(), "what was typed stays").toBe("gh of mine");
  await page.getByRole("button", { name: "放弃改动" }).click();

  await page.getByRole("button", { name: "换一个密钥" }).click();
  await page.getByRole("button", { name: "换密钥，旧密钥和所有 token 立即失效" }).click();
  const told = page.getByRole("dialog", { name: "新的密钥" });
  const secret = await told.getByRole("region", { name: "新的密钥" }).innerText();
  const query = `grant_type=client_credential&appid=${appid}&secret=${encodeURIComponent(secret)}`;
  expect(await (await fetch(`${url}/cgi-bin/token?${query}`)).json()).toHaveProperty("access_token");
  await told.getByRole("button", { name: "我已保存好" }).click();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "导出" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  const file = (text: string) => ({ name: "shop.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(text) });
  const choose = page.locator("input[type=file]");
  await choose.setInputFiles(file(`${lines.join("\n")}\n{"nonsense":1}\n`));
  await page.getByText("1 行读不懂").waitFor();
  expect(await page.getByRole("button", { name: /^导入：/ }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "换一个文件" }).click();
  await choose.setInputFiles(file(lines.join("\n").replaceAll("shop_direct_5", "shop_direct_9")));
  await page.getByRole("button", { name: /^导入：新增 [1-9]\d* 条/ }).click();
  await page.getByText(/^已导入：新增 [1-9]/).waitFor();
  expect((await owner.showCoupon({ appid, out_coupon_id: "shop_direct_9" })).coupon.status).toBe("active");

  await owner.createApp({ appid: "wx_other", sandbox: true });
  await page.getByRole("button", { name: "删除应用" }).click();
  const does = page.getByRole("button", { name: /^删除，/ });
  expect(await does.isDisabled()).toBe(true);
  await page.getByLabel(`输入 ${appid} 以确认`).fill(appid);
  await does.click();
  await page.waitForURL(`${url}/console/wx_other`);
  expect((await owner.listApps()).entries.map((app) => app.appid)).toEqual(["wx_other"]);
  expect(complaints).toEqual([]);
});
