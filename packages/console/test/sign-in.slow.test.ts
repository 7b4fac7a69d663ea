import { expect, it } from "vitest";
import { demo, openConsole } from "./support/console.ts";

it("signs in by the link that the server prints, and shows the demo shop", async () => {
  const { page, url, complaints, close } = await openConsole("sqlite");
  await page.getByRole("heading", { level: 1, name: "概览" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/${demo.appid}`);
  await page.goto(`${url}/`);
  await page.getByRole("heading", { level: 1, name: "概览" }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

it("signs out, after which the console asks for a password and its calls are refused", async () => {
  const { page, url, close } = await openConsole("sqlite");
  await page.getByRole("button", { name: "账号" }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByRole("heading", { name: "Quanku 券库 · 登录" }).waitFor();
  const status = await page.evaluate(() => fetch("/quanku/admin/v1/session").then((reply) => reply.status));
  expect(status).toBe(401);
  await page.goto(`${url}/console/${demo.appid}/coupons`);
  await page.getByRole("heading", { name: "Quanku 券库 · 登录" }).waitFor();
  await close();
});

it("keeps what was typed where the session ends under it, and goes on once signed in again", async () => {
  const { page, owner, context, close } = await openConsole("sqlite");
  await owner.createOperator({ name: "li", role: "owner", password: "correct-horse-battery" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "搜索" }).getByRole("combobox");
  await search.fill("out_coupon");
  await context.clearCookies();
  await search.fill("out_coupon_id_3");
  await page.getByLabel("用户名").fill("li");
  await page.getByLabel("密码").fill("correct-horse-battery");
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByLabel("密码").waitFor({ state: "detached" });
  expect(await search.inputValue()).toBe("out_coupon_id_3");
  await close();
});
