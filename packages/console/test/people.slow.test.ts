import { expect, it } from "vitest";
import { connect } from "../../server/testing/client.ts";
import { demo, type Opened, openConsole } from "./support/console.ts";

const { appid } = demo;

/** An order of two coupons, of which one item came back. */
async function makeOrder({ url, owner }: Opened): Promise<void> {
  for (const out_coupon_id of ["shop_direct_5", "tea_two_for_51"])
    await owner.give({ appid, openid: "buyer", out_coupon_id, request_id: `to buyer ${out_coupon_id}` });
  const shop = connect(url, demo);
  const lines = [
    { out_product_id: "tea_green", price: 3999, quantity: 2 },
    { out_product_id: "cup", price: 1250, quantity: 3 },
  ];
  await shop.must("redeem", { openid: "buyer", out_order_id: "order 1", lines, user_coupons: "best" });
  await shop.must("return", { out_order_id: "order 1", out_return_id: "back", lines: [{ line: 0, quantity: 1 }] });
  shop.close();
}

it("finds a person, gives and takes back, and shows what their order was reduced by, also in the reports", async () => {
  const opened = await openConsole("sqlite");
  const { page, url, complaints, close } = opened;

  await page.getByRole("navigation", { name: "页面" }).getByRole("link", { name: "用户", exact: true }).click();
  await page.getByLabel("openid 或用户券编号").fill("newcomer");
  await page.keyboard.press("Enter");
  await page.getByText("还没有领过券").waitFor();
  await page.getByRole("link", { name: "newcomer" }).click();
  await page.getByText("这个人还没有券。").waitFor();
  await page.getByRole("button", { name: "发一张券" }).click();
  const dialog = page.getByRole("dialog", { name: "发一张券给 newcomer" });
  await dialog.getByRole("combobox", { name: "优惠券" }).fill("无门槛");
  await dialog.getByTitle("无门槛立减5元", { exact: true }).click();
  await dialog.getByRole("button", { name: "发给他" }).click();
  const held = page.getByRole("row", { name: /无门槛立减5元/ });
  await held.getByText("可使用").waitFor();
  expect(await held.innerText()).toContain("减5元");
  await held.getByRole("button", { name: "收回" }).click();
  await page.getByRole("button", { name: "收回，这张券立即不能再用" }).click();
  await held.getByText("已放弃").waitFor();
  await page.getByTitle("可使用", { exact: true }).click();
  await page.getByText("没有符合筛选的券。").waitFor();
  expect(new URL(page.url()).search).toBe("?status=effective");

  await makeOrder(opened);
  await page.goto(`${url}/console/${appid}/orders`);
  await page.getByRole("row", { name: /order 1 已核销，部分退回 buyer/ }).waitFor();
  await page.getByLabel("订单号").fill("order 1");
  await page.keyboard.press("Enter");
  const lines = page.getByRole("region", { name: "商品与优惠" });
  await lines.getByRole("columnheader", { name: "茶叶两件五一折" }).waitFor();
  expect((await lines.getByRole("row").allInnerTexts()).map((row) => row.trim().split(/\s+/).join(" "))).toEqual([
    "商品 单价 件数 小计 茶叶两件五一折 无门槛立减5元 实付 已退件数",
    "tea_green ¥39.99 2 ¥79.98 -¥39.19 -¥2.61 ¥38.18 1",
    "cup ¥12.50 3 ¥37.50 -¥2.39 ¥35.11",
    "合计 5 ¥117.48 -¥39.19 -¥5.00 ¥73.29 已退款 ¥19.09",
  ]);
  await page.getByRole("listitem").filter({ hasText: "共减 ¥39.19" }).getByRole("link").last().click();
  await page.getByRole("heading", { level: 1, name: "用户券" }).waitFor();
  await page.getByRole("link", { name: "order 1" }).waitFor();

  await page.getByRole("link", { name: /报表$/ }).click();
  await page.getByRole("button", { name: "优惠金额 ¥44.19" }).waitFor();
  await page.getByText("近 7 天").click();
  await expect.poll(() => page.getByRole("table", { name: "明细" }).getByRole("row").count()).toBe(8);
  await page.getByText("按券", { exact: true }).click();
  await page.getByRole("row", { name: /茶叶两件五一折 1 1 0 0 0 1 ¥39.19 ¥73.29 ¥19.09/ }).waitFor();
  await page.getByRole("button", { name: "优惠金额", exact: true }).click();
  const first = page.getByRole("table", { name: "明细" }).getByRole("row").nth(1);
  await expect.poll(() => first.innerText()).toContain("茶叶两件五一折");
  await page.getByRole("button", { name: "优惠金额", exact: true }).click();
  await expect.poll(() => first.innerText()).toContain("无门槛立减5元");
  expect(new URL(page.url()).search).toBe("?days=7&lines=coupon&sort=discount");
  expect(complaints).toEqual([]);
  await close();
});
