import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { demo, type Opened, openConsole } from "./support/console.ts";

let console: Opened;
let page: Page;
beforeAll(async () => {
  console = await openConsole("sqlite");
  page = console.page;
});
afterAll(() => console.close());
beforeEach(() => page.evaluate(() => localStorage.clear()));

const base = `/console/${demo.appid}/coupons`;
const go = (path: string) => page.goto(`${console.url}${base}${path}`);
const choose = (kind: string) => page.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
const field = (label: string) => page.getByLabel(label, { exact: true });
/** Saved: the page is that of the coupon. */
const leftWizard = async () => {
  await page.waitForURL(/\/coupons\/coupon-\d{8}-\w+$/);
  await field("总库存").waitFor({ state: "detached" });
};
const shownId = () => decodeURIComponent(new URL(page.url()).pathname.slice(`${base}/`.length));

/** What is chosen and typed for each kind, and what the server holds then: fen, 1/10000, ids. */
const made = [
  [101, "店铺满件折", { 满几件: "3", 打几折: "8.5" }, { discount_condition: { product_cnt: 3 }, discount_num: 8500 }],
  [
    102,
    "店铺满减",
    { "满多少元（门槛）": "100", 减多少元: "15.5" },
    { discount_condition: { product_price: 10_000 }, discount_fee: 1550 },
  ],
  [103, "店铺统一折扣", { 打几折: "9.25" }, { discount_num: 9250 }],
  [104, "店铺直减", { 减多少元: "5" }, { discount_fee: 500 }],
  [
    1,
    "商品满件折",
    { 满几件: "2", 打几折: "7", 适用商品: "tea,cup," },
    { discount_condition: { product_cnt: 2, out_product_ids: ["tea", "cup"] }, discount_num: 7000 },
  ],
  [
    2,
    "商品满减",
    { "满多少元（门槛）": "99.9", 减多少元: "10", 适用商品: "tea," },
    { discount_condition: { product_price: 9990, out_product_ids: ["tea"] }, discount_fee: 1000 },
  ],
  [
    3,
    "商品统一折扣",
    { 打几折: "8", 适用商品: "tea," },
    { discount_condition: { out_product_ids: ["tea"] }, discount_num: 8000 },
  ],
  [
    4,
    "商品直减",
    { 减多少元: "3.3", 适用商品: "tea," },
    { discount_condition: { out_product_ids: ["tea"] }, discount_fee: 330 },
  ],
  [
    5,
    "商品换购",
    { 可以换购的商品: "pot", 换购价: "9.9" },
    { discount_condition: { tradein_info: { out_product_id: "pot", price: 990 } } },
  ],
  [
    6,
    "商品买赠",
    { 要买的商品: "tea", 买几件: "2", 赠送的商品: "cup", 送几件: "1" },
    {
      discount_condition: {
        buyget_info: { buy_out_product_id: "tea", buy_product_cnt: 2, get_out_product_id: "cup", get_product_cnt: 1 },
      },
    },
  ],
] as const;

it("makes a coupon of each kind, in yuan and 折, and the server holds it in fen and 1/10000", async () => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const [type, kind, typed, discount] of made) {
    await page.keyboard.press("n");
    await choose(kind);
    for (const [label, value] of Object.entries(typed)) await field(label).fill(value);
    await field("优惠券名称").fill(kind);
    await field("总库存").fill("5000");
    await page.getByRole("button", { name: "存为草稿" }).click();
    await leftWizard();
    await page.getByRole("heading", { level: 1, name: kind }).waitFor();
    const { coupon } = await console.owner.showCoupon({ appid: demo.appid, out_coupon_id: shownId() });
    expect(coupon).toMatchObject({ status: "draft", name: kind, coupon: { type, promote_type: 4 } });
    expect(coupon.coupon.coupon_info).toMatchObject({
      discount_info: discount,
      receive_info: { total_num: 5000, limit_num_one_person: 1 },
      valid_info: { valid_type: 2, valid_day_num: 7 },
    });
  }
});

it("tells what is wrong at its field in the server's words, saves nothing until it is mended, and goes on where activation failed", async () => {
  await go("/new");
  await choose("店铺统一折扣");
  await field("打几折").fill("12");
  await field("优惠券名称").fill("十二折");
  await page.getByText("type 为 103 时必须在 1 到 9999 之间").first().waitFor();
  expect(await field("打几折").getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "保存并激活" }).click();
  expect(await field("打几折").evaluate((input) => input === document.activeElement)).toBe(true);
  await field("打几折").fill("8.8");
  await field("总库存").fill("10");
  await page.getByText("检查通过，可以保存").waitFor();
  await field("单价 · 第 1 行").fill("100");
  await field("数量 · 第 2 行").fill("2");
  await page.getByText("¥139.04").waitFor();
  await page.route("**/activate", (route) => route.abort());
  await page.getByRole("button", { name: "保存并激活" }).click();
  await page.getByText("草稿已保存，但没有激活").waitFor();
  await page.unroute("**/activate");
  await field("打几折").fill("8.7");
  await page.getByRole("button", { name: "保存并激活" }).click();
  await leftWizard();
  const { coupon } = await console.owner.showCoupon({ appid: demo.appid, out_coupon_id: shownId() });
  expect(coupon).toMatchObject({ status: "active", stock: { remaining: 10 } });
  expect(coupon.coupon.coupon_info.discount_info).toEqual({ discount_num: 8700 });
});

it("keeps what was typed when the tab is closed, until it is thrown away", async () => {
  await go("/new");
  await choose("商品满减");
  await field("优惠券名称").fill("没做完的");
  await field("适用商品").fill("tea,");
  await page.reload();
  await page.getByRole("button", { name: "继续填写草稿" }).click();
  expect(await field("优惠券名称").inputValue()).toBe("没做完的");
  await page.getByText("tea", { exact: true }).first().waitFor();
  await page.reload();
  await page.getByRole("button", { name: "丢弃草稿" }).click();
  await page.reload();
  await page.getByRole("button", { name: /^店铺满减/ }).waitFor();
});

it("edits a draft and copies a coupon, and leaves what it does not know as it is", async () => {
  const { coupon } = await console.owner.addCoupon({
    appid: demo.appid,
    coupon: {
      out_coupon_id: "spring",
      type: 102,
      promote_type: 4,
      coupon_info: {
        name: "春天",
        promote_info: { promote_type: 4, finder: {} },
        discount_info: { discount_condition: { product_price: 5000 }, discount_fee: 500 },
        receive_info: { total_num: 10 },
        motto: ["kept"],
      } as never,
    },
  });
  await go("/spring/edit");
  await field("减多少元").fill("8");
  await field("开始领取").fill("2026-12-01 00:00:00");
  await field("开始领取").press("Enter");
  await field("结束领取").fill("2026-12-31 23:59:59");
  await field("结束领取").press("Enter");
  await page.getByText("检查通过，可以保存").waitFor();
  await page.getByRole("button", { name: "保存草稿的修改" }).click();
  await page.waitForURL(/\/coupons\/spring$/);
  const edited = await console.owner.showCoupon({ appid: demo.appid, out_coupon_id: "spring" });
  const info = coupon.coupon.coupon_info;
  expect(edited.coupon.coupon.coupon_info).toEqual({
    ...info,
    discount_info: { ...info.discount_info, discount_fee: 800 },
    receive_info: {
      total_num: 10,
      start_time: Date.parse("2026-12-01T00:00:00+08:00") / 1000,
      end_time: Date.parse("2026-12-31T23:59:59+08:00") / 1000,
    },
  });

  await go("/new?from=spring");
  await field("优惠券名称").fill("夏天");
  await page.getByRole("button", { name: "存为草稿" }).click();
  await leftWizard();
  const copy = await console.owner.showCoupon({ appid: demo.appid, out_coupon_id: shownId() });
  expect(copy.coupon.coupon.coupon_info).toEqual({ ...edited.coupon.coupon.coupon_info, name: "夏天" });
  expect(console.complaints).toEqual([]);
});

it("begins anew by N while the page of what was saved is still on its way", async () => {
  const held = Promise.withResolvers<void>();
  await page.route(/\/coupon-[\w-]{8}\.js$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await go("/new");
  await choose("店铺直减");
  await field("减多少元").fill("5");
  await field("优惠券名称").fill("刚存好的");
  await field("总库存").fill("10");
  await page.getByRole("button", { name: "存为草稿" }).click();
  await page.waitForURL(/\/coupons\/coupon-\d{8}-\w+$/);
  await page.keyboard.press("n");
  await field("优惠券名称").waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname).toBe(`${base}/new`);
  held.resolve();
  await page.unrouteAll({ behavior: "wait" });
});
