import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { coupon } from "../../server/testing/coupons.ts";
import { demo, type Opened, openConsole } from "./support/console.ts";

const { appid } = demo;
const people = Array.from({ length: 1000 }, (_, index) => `person_${index}`);
const csv = (lines: readonly string[]) => ({
  name: "people.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["openid,name", ...lines].join("\n")),
});

/** A coupon of which a person may have one, five of which are given. There are fewer than there are people. */
async function prepare({ owner }: Opened): Promise<void> {
  const terms = { limit_num_one_person: 1, total_num: 998 };
  await owner.addCoupon({ appid, coupon: coupon("thousand", terms, { name: "千人券" }) as never });
  await owner.activateCoupon({ appid, out_coupon_id: "thousand" });
  for (const openid of people.slice(0, 5))
    await owner.give({ appid, openid, out_coupon_id: "thousand", request_id: `before ${openid}` });
}

async function begin(page: Page): Promise<void> {
  await page.getByRole("link", { name: /发放$/ }).click();
  await page.getByRole("button", { name: "新建发放" }).click();
  await page.getByRole("combobox", { name: "优惠券" }).fill("千人");
  await page.getByTitle("千人券", { exact: true }).click();
  await page.getByText("库存剩 993 张。").waitFor();
}

const check = (page: Page) => page.getByRole("button", { name: "试算（不会发放）" }).click();

const reasonsOf = (page: Page) =>
  page
    .getByRole("row", { name: /看这些人 · / })
    .allInnerTexts()
    .then((rows) => rows.map((row) => row.split(/\s+/).slice(0, -1).join(" ")));
const refused = ["名单里前面已有这个 openid 10", "已领到单人上限 5", "库存已发完 2"];

describe.each(["sqlite", "postgres"] as const)("a hand-out in the console, on %s", (place) => {
  it("is checked, mended, sent once though an answer was lost, given, found again, and told by reason", async () => {
    const opened = await openConsole(place);
    const { page, owner, complaints, close } = opened;

    await prepare(opened);

    await begin(page);
    await page.getByLabel("openid，每行一个").fill("person_700\nperson_701\n");
    await page.route("**/hand-outs?*", (route) => route.fetch().then(() => route.abort()), { times: 1 });
    await check(page);
    await page.getByText("没有收到服务器的回复").waitFor();
    await check(page);
    await page.getByRole("button", { name: "发给 2 人" }).waitFor();
    expect((await owner.listHandOuts({ appid })).entries).toHaveLength(1);
    await page.getByRole("button", { name: "取消发放" }).click();
    await page.getByRole("button", { name: "取消，不会发放给任何人" }).click();
    await page.getByText("已取消", { exact: true }).waitFor();

    await begin(page);
    await page.getByText("文件", { exact: true }).click();
    const list = [...people, ...people.slice(500, 510)];
    const file = page.getByLabel(/^把 CSV/);
    await file.setInputFiles(csv(list.with(5, "no openid")));
    await check(page);
    expect(await page.getByRole("alert").innerText()).toContain("第 7 行");
    await file.setInputFiles(csv(list));
    await check(page);
    await page.getByRole("button", { name: "发给 993 人" }).waitFor();
    expect(await reasonsOf(page)).toEqual(refused);
    const first = page.getByRole("row", { name: /person_0 / });
    expect(await first.innerText()).toMatch(/^2\s+person_0\s+已领到单人上限$/);
    expect(await page.getByRole("row", { name: /person_5 / }).innerText()).toMatch(/^7\s+person_5\s+千人券$/);
    expect((await owner.showCoupon({ appid, out_coupon_id: "thousand" })).coupon.stock?.claimed).toBe(5);

    await page.getByRole("button", { name: "发给 993 人" }).click();
    await page.getByRole("link", { name: /用户$/ }).click();
    await page.getByRole("heading", { level: 1, name: "用户" }).waitFor();
    await page.goBack();
    await page.getByText("已完成", { exact: true }).waitFor();
    await expect.poll(() => reasonsOf(page)).toEqual(refused);
    await page.getByRole("button", { name: "看这些人 · 库存已发完" }).click();
    await page.getByRole("row", { name: /person_999 库存已发完/ }).waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "下载全部结果（CSV）" }).click();
    const results = await readFile(await (await saved).path(), "utf8");
    expect(results.match(/,given,/g)).toHaveLength(993);
    expect((await owner.showCoupon({ appid, out_coupon_id: "thousand" })).coupon.stock?.claimed).toBe(998);
    expect(complaints).toEqual([]);
    await close();
  });
});
