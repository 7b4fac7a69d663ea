import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bodies, type CallName, callPaths, createClient } from "../src/index.ts";
import { openShop, type Shop, shopCoupon, userCoupon } from "./support/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("against our own server", () => {
  it("a coupon is added, changed, activated, restocked and shown", async () => {
    const { client } = shop;
    expect(await client.add({ coupon: shopCoupon("spring", { total_num: 7 }) })).toEqual({});
    await client.update({ coupon: shopCoupon("spring", { total_num: 9 }) });
    await client.update_status({ out_coupon_id: "spring", status: 2 });
    await client.update_coupon_stock({
      coupon_stock: { out_coupon_id: "spring", stock_info: { issued_num: 40, receive_num: 2 } },
    });
    const { result } = await client.get({ out_coupon_id: "spring" });
    expect(result.coupon).toMatchObject({
      ...shopCoupon("spring", { total_num: 9 }),
      status: 2,
      appid: shop.app.appid,
    });
    const page = await client.get_list({ page_size: 10 });
    expect(page.total_num).toBe(1);
    expect(page.result_list[0]?.coupon_stock?.stock_info).toEqual({ issued_num: 40, receive_num: 2 });
  });

  it("a user coupon is recorded, corrected and used", async () => {
    const { client } = shop;
    await client.add_user_coupon(userCoupon("o1", "spring", "uc1"));
    const ids = { out_coupon_id: "spring", out_user_coupon_id: "uc1" };
    await client.update_user_coupon({
      openid: "o1",
      user_coupon: { ...ids, ext_info: { use_time: 1_700_000_500 } },
      recv_time: 1_700_000_100,
    });
    await client.update_usercoupon_status({ openid: "o1", ...ids, status: 102 });
    const { result_list } = await client.get_usercoupon_list({ openid: "o1", page_size: 1 });
    expect(result_list).toMatchObject([{ ...ids, status: 102, ext_info: { use_time: 1_700_000_500 } }]);
  });

  it("a coupon is claimed, quoted, locked, redeemed and returned", async () => {
    const { client } = shop;
    const { user_coupon } = await client.claim({ openid: "o2", out_coupon_id: "spring" });
    const cart = { openid: "o2", lines: [{ out_product_id: "shirt", price: 9900, quantity: 1 }] };
    const quote = await client.quote(cart);
    expect(quote).toMatchObject({ total: 9900, payable: 9400, user_coupons: [{ used: true }] });
    const { order } = await client.lock({ ...cart, out_order_id: "order1", user_coupons: "best", ttl_seconds: 60 });
    expect(order.user_coupons[0]?.out_user_coupon_id).toBe(user_coupon.out_user_coupon_id);
    expect((await client.redeem({ out_order_id: "order1" })).order.status).toBe("redeemed");
    expect((await client.return({ out_order_id: "order1" })).refund.amount).toBe(9400);
  });

  it("a claim again with its request_id gives no second coupon", async () => {
    const claim = { openid: "o3", out_coupon_id: "spring", request_id: "mine" };
    const [one, two] = [await shop.client.claim(claim), await shop.client.claim(claim)];
    expect(one).toEqual(two);
  });

  it("confirm needs no body", async () => {
    await expect(shop.client.confirm()).rejects.toMatchObject({ code: 1090056, reason: "callback_not_set" });
  });

  it("every call of the table was made", () => {
    expect(new Set(shop.paths())).toEqual(new Set(["/cgi-bin/stable_token", ...Object.values(callPaths)]));
  });
});

describe("the documented bodies", () => {
  const fixtures = fileURLToPath(new URL("../../protocol/reference/bodies/documented", import.meta.url));
  const documented = readdirSync(fixtures)
    .filter((name) => name.endsWith(".request.json"))
    .map((name) => [name.split(".")[0] as CallName, JSON.parse(readFileSync(`${fixtures}/${name}`, "utf8"))] as const);

  it.each(documented)("%s arrives as it stands", async (call, body: Bodies[CallName]) => {
    const sent: unknown[] = [];
    const client = createClient({
      baseUrl: "https://host.test/prefix/",
      appid: "wx1",
      secret: "s",
      async fetch(url, { body, method }) {
        if (url.includes("/cgi-bin/")) return Response.json({ access_token: "t/+", expires_in: 7200 });
        sent.push({ url, method, body: JSON.parse(body as string) });
        return Response.json({ errcode: 0 });
      },
    });
    await client.call(call, body as never);
    const url = `https://host.test/prefix${callPaths[call]}?access_token=t%2F%2B`;
    expect(sent).toEqual([{ url, method: "POST", body }]);
  });

  it("are there", () => {
    expect(documented.length).toBeGreaterThan(7);
  });
});

describe("createClient refuses what cannot be right", () => {
  const right = { baseUrl: "https://host.test", appid: "wx1", secret: "canary" };
  it.each([
    ["baseUrl", { baseUrl: "host.test" }],
    ["baseUrl", { baseUrl: "ftp://host.test" }],
    ["baseUrl", { baseUrl: "https://me:canary@host.test" }],
    ["baseUrl", { baseUrl: "https://host.test/?secret=canary" }],
    ["appid", { appid: "" }],
    ["secret", { secret: undefined as unknown as string }],
  ])("%s %o, and tells no secret", (name, wrong) => {
    const make = () => createClient({ ...right, ...wrong });
    expect(make).toThrow(new RegExp(`^createClient: ${name} must be`));
    expect(make).not.toThrow(/canary/);
  });
});
