import { afterAll, describe, expect, it } from "vitest";
import { coupon } from "../../server/testing/coupons.ts";
import { demo, type Opened, openConsole } from "./support/console.ts";

/** A sandbox app with one coupon in force, good for 30 days from its claim. */
async function addShop({ owner }: Opened, appid: string) {
  await owner.createApp({ appid, sandbox: true });
  const added = coupon("cup", { total_num: 10, limit_num_one_person: 2 });
  await owner.addCoupon({ appid, coupon: added as Parameters<typeof owner.addCoupon>[0]["coupon"] });
  await owner.activateCoupon({ appid, out_coupon_id: "cup" });
}

/** In seconds. */
const DAY = 86_400;

describe.each(["sqlite", "postgres"] as const)("the clock of a sandbox on %s", (place) => {
  it("goes past a coupon's validity, stands still, and comes back with a saved state", async () => {
    const opened = await openConsole(place);
    const { page, url, owner, complaints, close } = opened;
    const appid = "wxclock";
    await addShop(opened, appid);
    await page.goto(`${url}/console/${appid}/sandbox`);
    const bar = page.getByRole("region", { name: "沙箱" });

    // A person's tap, with the coupon chosen by its name.
    for (const who of ["o1", "o2"]) {
      await page.getByLabel("谁（名字或 openid）").fill(who);
      await page.getByLabel("哪张券").fill("立减");
      await page.getByRole("option", { name: /立减5元.*cup/ }).waitFor({ state: "attached" });
      await page.getByLabel("哪张券").press("Enter");
      await page.getByRole("button", { name: "领取", exact: true }).click();
      await page.getByText(`领到了 · ${who} · 由券库的规则决定`).waitFor();
    }
    const statusOf = async (openid: string) => (await owner.listWallet({ appid, openid })).entries[0]?.status;
    expect(await statusOf("o1")).toBe("effective");

    await page.getByLabel("名字", { exact: true }).fill("claimed");
    await page.getByRole("button", { name: "保存现在的状态" }).click();
    await page.getByText(/已保存 claimed：\d+ 条记录/).waitFor();

    await page.getByLabel("快进多久").fill("31d");
    await page.getByRole("button", { name: "快进", exact: true }).last().click();
    await page.getByText("途中到期：2 张用户券、0 种优惠券；退回预留 0 份").waitFor();
    expect(await statusOf("o1")).toBe("expired");
    await bar.getByText("（+31 天）").waitFor();

    await page.getByRole("button", { name: "停住", exact: true }).click();
    await bar.getByText("时钟已停").waitFor();
    const { clock } = await owner.showClock({ appid });
    expect(clock.frozen).toBe(true);
    expect(clock.ahead).toBeGreaterThan(30 * DAY);

    await page.getByRole("button", { name: "回到", exact: true }).click();
    await page.getByRole("button", { name: "回到 claimed：此后的变化全部消失" }).click();
    await bar.getByText("时钟已停").waitFor({ state: "detached" });
    await expect.poll(() => bar.getByText("（+31 天）").count()).toBe(0);
    expect(await statusOf("o1")).toBe("effective");

    await bar.getByRole("button", { name: "清空" }).click();
    await page.getByRole("button", { name: "清空：所有券、用户和订单消失" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect((await owner.listCoupons({ appid })).entries).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("faults and the log of calls", () => {
  let opened: Opened;
  afterAll(() => opened?.close());

  it("a fault that is ordered meets a call that is tried, and the log tells where it ended, as it comes", async () => {
    opened = await openConsole("sqlite");
    const { page: log, url, context, complaints } = opened;
    const at = (path: string) => `${url}/console/${demo.appid}/${path}`;
    const page = await context.newPage();
    await log.goto(at("calls"));
    await log.getByText("实时", { exact: true }).waitFor();

    await page.goto(at("sandbox"));
    await page.getByRole("button", { name: "安排故障" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("哪些接口").fill("claim");
    await dialog.getByLabel("哪些接口").press("Enter");
    await dialog.getByLabel("最多命中几次").fill("1");
    await dialog.getByText("claim，100% 会回一个 errcode: 45009，命中 1 次后结束，最长 10 分。").waitFor();
    await dialog.getByRole("button", { name: "安排故障" }).click();
    await page.getByRole("link", { name: "1 个故障" }).waitFor();

    await page.goto(at("try?call=claim"));
    await page.getByRole("button", { name: "发送" }).click();
    const reply = page.getByRole("region", { name: "回复" });
    await reply.getByText(/"errcode": 45009/).waitFor();
    await page.getByText("播放的故障：errcode=45009").waitFor();

    const row = log.getByRole("row", { name: /claim.*45009.*errcode=45009/ });
    await row.click();
    const checks = log.getByRole("region", { name: "检查过程" });
    await checks.getByRole("listitem").filter({ hasText: "这里播放了故障 errcode=45009" }).waitFor();
    expect(await checks.getByRole("listitem").filter({ hasText: "业务规则" }).textContent()).toContain("没有走到");
    const page45009 = await log.getByRole("link", { name: "原因和处理办法：45009" }).getAttribute("href");
    expect(page45009).toBe("/docs/zh/codes/45009");
    await log.keyboard.press("Escape");

    // Paused, the log stays as it was and tells how many came.
    await log.getByRole("heading", { level: 1 }).click();
    await log.keyboard.press("Space");
    await page.getByRole("button", { name: "发送" }).click();
    await reply.getByText(/"errcode": 0/).waitFor();
    await log.getByText("期间新到 1 次").waitFor();
    expect(await log.getByRole("row", { name: /claim.*0 成功/ }).count()).toBe(0);
    await log.keyboard.press("Space");
    const claimed = log.getByRole("row", { name: /claim.*0 成功/ });
    await claimed.click();
    await log.getByText(/账本第 \d+ 条/).waitFor();
    await page.getByRole("link", { name: "在调用日志里看它的检查过程" }).click();
    await page.getByRole("heading", { name: "一次调用" }).waitFor();
    await page.getByText(/账本第 \d+ 条/).waitFor();
    await log.getByRole("button", { name: "复制为 curl" }).click();
    expect(await log.evaluate(() => navigator.clipboard.readText())).toContain(
      '/quanku/coupon/claim?access_token=\'"$TOKEN"',
    );
    expect(complaints).toEqual([]);
  });

  it("filters by what its address says", async () => {
    const { page, url, complaints } = opened;
    await page.goto(`${url}/console/${demo.appid}/calls?errcode=45009`);
    await page.getByRole("row", { name: /claim.*45009/ }).waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    await page.getByLabel("openid").fill("nobody");
    await page.getByLabel("openid").press("Enter");
    await page.getByText("没有符合筛选的调用。编号需要完整输入。").waitFor();
    expect(new URL(page.url()).search).toBe("?errcode=45009&openid=nobody");
    expect(complaints).toEqual([]);
  });

  it("a production app says why it has neither log nor sandbox", async () => {
    const { page, url, owner, complaints } = opened;
    await owner.createApp({ appid: "wxshop" });
    await page.goto(`${url}/console/wxshop/calls`);
    await page.getByText("只有沙箱应用有调用日志").waitFor();
    await page.goto(`${url}/console/wxshop/sandbox`);
    await page.getByText("正式应用没有沙箱").waitFor();
    await page.goto(`${url}/console/wxshop/try`);
    await page.getByText("这是正式应用，发出的请求会影响真实的券和用户。").waitFor();
    expect(await page.getByRole("button", { name: "发送" }).isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
