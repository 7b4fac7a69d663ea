import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "../../server/testing/client.ts";
import { demo, type Opened, openConsole, signedIn } from "./support/console.ts";

/** 1090058: the coupon's status forbids it. */
const FORBIDDEN = 1090058;
const { appid } = demo;

let opened: Opened;
let shop: Client;
beforeAll(async () => {
  opened = await openConsole("sqlite");
  shop = connect(opened.url, demo);
});
afterAll(async () => {
  shop.close();
  await opened.close();
});

/** A coupon off everything that people can claim, or a draft: ¥5, or of type 103 half. */
async function addCoupon(
  { owner }: Opened,
  id: string,
  { activate = true, type = 104 }: { activate?: boolean; type?: 103 | 104 } = {},
): Promise<void> {
  const coupon_info = {
    name: `券 ${id}`,
    promote_info: { promote_type: 4 },
    discount_info: { discount_fee: 500, discount_num: 5000 },
    receive_info: { total_num: 100 },
  };
  await owner.addCoupon({ appid, coupon: { out_coupon_id: id, type, promote_type: 4, coupon_info } });
  if (activate) await owner.activateCoupon({ appid, out_coupon_id: id });
}

const address = ({ url }: Opened, path: string) => `${url}/console/${appid}/coupons${path}`;
const rowOf = (page: Page, id: string) => page.getByRole("row").filter({ hasText: `券 ${id}` });
const claim = (by: Client, out_coupon_id: string, openid: string, request_id: string) =>
  by.call("claim", { out_coupon_id, openid, request_id });

describe.each(["sqlite", "postgres"] as const)("on %s", (place) => {
  it("a coupon that is paused in the list cannot be claimed over the wire until it is resumed", async () => {
    const here = place === "sqlite" ? opened : await openConsole(place);
    const program = connect(here.url, demo);
    await addCoupon(here, "pausing");
    await here.page.goto(address(here, ""));
    const row = rowOf(here.page, "pausing");
    await row.getByRole("switch", { name: "开放领取：券 pausing" }).click();
    await row.getByText("已暂停领取").waitFor();
    expect(await claim(program, "pausing", "li", "1")).toMatchObject({ errcode: FORBIDDEN });
    await row.getByRole("switch", { name: "开放领取：券 pausing" }).click();
    await row.getByText("生效中").waitFor();
    expect(await claim(program, "pausing", "li", "1")).toMatchObject({ errcode: 0 });
    await row.getByText("剩 99 · 已领 1 · 已核销 0").waitFor();
    program.close();
    if (here !== opened) await here.close();
  });
});

it("a draft is activated beside the list, which says first what that fixes, and can be claimed", async () => {
  const { page } = opened;
  await addCoupon(opened, "new", { activate: false });
  await page.goto(address(opened, "?status=draft"));
  await rowOf(page, "new").click();
  const drawer = page.getByRole("dialog", { name: "券 new" });
  await drawer.getByRole("button", { name: /^激\s?活$/ }).click();
  await page.getByText("激活后就不能再改的：").waitFor();
  expect(await claim(shop, "new", "li", "2")).toMatchObject({ errcode: FORBIDDEN });
  await page.getByRole("button", { name: "激活，投放 100 张" }).click();
  await drawer.getByText("剩 100 · 已领 0").waitFor();
  expect(await claim(shop, "new", "li", "2")).toMatchObject({ errcode: 0 });
});

it("voiding tells how many held ones end, and asks for the id", async () => {
  const { page, owner } = opened;
  await addCoupon(opened, "ending");
  for (const openid of ["zhang", "wang", "zhao"]) await claim(shop, "ending", openid, `of ${openid}`);
  const cart = { openid: "zhao", out_order_id: "o1", lines: [{ out_product_id: "tea", price: 900, quantity: 1 }] };
  await shop.must("redeem", { ...cart, user_coupons: "best" });
  await page.goto(address(opened, "/ending"));
  await page.getByRole("button", { name: /^作\s?废$/ }).click();
  const does = page.getByRole("button", { name: "作废，2 张手中的券立即失效" });
  await does.waitFor();
  expect(await does.isDisabled()).toBe(true);
  await page.getByLabel("输入 ending 以确认").fill("ending");
  await does.click();
  await page.getByText("已作废").waitFor();
  expect((await owner.showCoupon({ appid, out_coupon_id: "ending" })).coupon.status).toBe("void");
  expect(await claim(shop, "ending", "qian", "3")).toMatchObject({ errcode: FORBIDDEN });
});

it("what is filtered by and which coupon is open stand in the address, and survive a reload", async () => {
  const { page } = opened;
  await addCoupon(opened, "sought", { activate: false });
  await addCoupon(opened, "sought-active");
  await addCoupon(opened, "sought-rate", { activate: false, type: 103 });
  await page.goto(address(opened, ""));
  await page.getByRole("searchbox", { name: "券名开头，或完整的券编号" }).fill("券 so");
  await page.getByText("共 3 张").waitFor();
  await page.getByRole("button", { name: "草稿" }).click();
  await page.getByText("共 2 张").waitFor();
  await page.getByRole("combobox", { name: "类型" }).click();
  await page.getByTitle("全店直减").click();
  await page.getByText("共 1 张").waitFor();
  await rowOf(page, "sought").click();
  await page.getByRole("dialog", { name: "券 sought" }).waitFor();
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({ status: "draft", name: "券 so", type: "104", open: "sought" });
  await page.reload();
  await page.getByRole("dialog", { name: "券 sought" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("共 1 张").waitFor();
  await rowOf(page, "sought").press("Enter");
  await page.getByRole("heading", { level: 1, name: "券 sought" }).waitFor();
});

it("a viewer sees everything and can change nothing", async () => {
  const { owner, url } = opened;
  await addCoupon(opened, "looked-at");
  const password = "correct-horse-battery";
  await owner.createOperator({ name: "viewer", role: "viewer", apps: [appid], password });
  const page = await signedIn(url, "viewer", password);
  await page.goto(address(opened, ""));
  expect(await rowOf(page, "looked-at").getByRole("switch").isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: "新建优惠券" }).isDisabled()).toBe(true);
  await page.goto(address(opened, "/looked-at"));
  for (const name of [/^暂停领取$/, /^调整库存$/, /^过\s?期$/, /^作\s?废$/, /^复制为新券$/])
    expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
  await page.context().close();
});

it("the overview counts today, and leads to what needs somebody", async () => {
  const { page, url } = opened;
  await page.goto(`${url}/console/${appid}`);
  await page.getByRole("heading", { name: "最近 30 天" }).waitFor();
  expect(Number.parseInt(await page.getByRole("definition").first().innerText(), 10)).toBeGreaterThanOrEqual(3);
  await page.getByRole("link", { name: "服务器启动以来还没有核对过账本" }).click();
  await page.getByRole("heading", { level: 1, name: "账本" }).waitFor();
});

it("an app without anything is shown three steps", async () => {
  const { page, owner, url } = opened;
  await owner.createApp({ appid: "wxempty" });
  await page.goto(`${url}/console/wxempty`);
  await page.getByRole("heading", { name: "开始：三步发出第一张券" }).waitFor();
  await page.getByRole("button", { name: "新建一张优惠券" }).click();
  await page.waitForURL("**/wxempty/coupons/new");
  expect(opened.complaints).toEqual([]);
});
