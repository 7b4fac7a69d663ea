import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallName, CouponApiError, createClient } from "../src/index.ts";
import { type Act, ok, Raw, refused, SECRET, scripted } from "./support/scripted.ts";
import { openShop, type Shop, shopCoupon, userCoupon } from "./support/shop.ts";

describe("what our own server refuses", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.addCoupon("draft");
    await shop.addCoupon("active", { limit_num_one_person: 1 });
    await shop.client.update_status({ out_coupon_id: "active", status: 2 });
    await shop.client.add_user_coupon(userCoupon("o1", "active", "u1"));
  });
  afterAll(() => shop.close());

  const coupon = (change: object) => ({ coupon: { ...shopCoupon("new"), ...change } });
  const info = (change: object) => coupon({ coupon_info: { ...shopCoupon("new").coupon_info, ...change } });
  const window = { receive_info: { total_num: 1, start_time: 2, end_time: 1 } };

  it.each<[CallName, object, number, string, string | undefined]>([
    ["get", { out_coupon_id: "nowhere" }, 1090057, "not_found", undefined],
    ["get", {}, 990007, "field_missing", "out_coupon_id"],
    ["get", { out_coupon_id: "x".repeat(129) }, 990008, "field_too_long", "out_coupon_id"],
    ["get_list", { page_size: 201 }, 990005, "page_too_large", "page_size"],
    ["get_list", { page_size: "many" }, 47001, "invalid_field", "page_size"],
    ["get_usercoupon_list", { page_size: 1 }, 990004, "openid_missing", "openid"],
    ["get_usercoupon_list", { openid: "?", page_size: 1 }, 990001, "invalid_openid", "openid"],
    ["add", coupon({ type: 9 }), 47001, "invalid_field", "coupon.type"],
    ["add", info({ name: "" }), 47001, "invalid_field", "coupon.coupon_info.name"],
    ["add", info({ discount_info: undefined }), 1090049, "discount_info_missing", "coupon.coupon_info.discount_info"],
    ["add", info(window), 990009, "start_after_end", "coupon.coupon_info.receive_info.start_time"],
    [
      "add",
      coupon({ type: 4 }),
      1090011,
      "products_missing",
      "coupon.coupon_info.discount_info.discount_condition.out_product_ids",
    ],
    ["add", [1], 47001, "invalid_field", undefined],
    ["add", { coupon: shopCoupon("draft", { total_num: 5 }) }, 1090033, "conflict", undefined],
    ["update", { coupon: shopCoupon("active") }, 1090058, "wrong_status", undefined],
    [
      "update_coupon_stock",
      { coupon_stock: { out_coupon_id: "draft", stock_info: { issued_num: 1, receive_num: 0 } } },
      1090005,
      "no_stock",
      undefined,
    ],
    ["claim", { openid: "o1", out_coupon_id: "active" }, 1090030, "person_limit", undefined],
    [
      "quote",
      { openid: "o1", lines: [{ out_product_id: "a", price: -1, quantity: 1 }] },
      47001,
      "invalid_field",
      "lines.0.price",
    ],
  ])("%s %o: %s", async (call, body, code, reason, field) => {
    const error = await shop.client.call(call, body as never).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(CouponApiError);
    expect(error).toMatchObject({
      kind: "refused",
      name: "CouponApiError",
      call,
      code,
      reason,
      field,
      status: 200,
      retryable: false,
    });
    const { rid, text, message } = error as CouponApiError;
    expect(rid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
    expect(text).not.toContain("rid");
    expect(message).toBe(`${call}: ${code} ${text} rid: ${rid}`);
  });

  it("where the secret is wrong, or the app is nobody's", async () => {
    const { baseUrl, fetch, app } = shop;
    const wrong = createClient({ baseUrl, fetch, appid: app.appid, secret: "not the secret" });
    await expect(wrong.get({ out_coupon_id: "a" })).rejects.toMatchObject({
      call: "stable_token",
      reason: "invalid_secret",
    });
    const nobody = createClient({ baseUrl, fetch, appid: "wx-nobody", secret: "s", tokens: "regular" });
    await expect(nobody.get({ out_coupon_id: "a" })).rejects.toMatchObject({ call: "token", reason: "invalid_appid" });
  });

  it("goes on after its secret was rotated, with the new one", async () => {
    const rotated = "another-secret-for-this-app";
    const client = createClient({ ...shop, appid: shop.app.appid, secret: shop.app.secret });
    await client.get({ out_coupon_id: "draft" });
    await shop.server.apps.rotateSecret(shop.app.appid, "command_line", rotated);
    await expect(client.get({ out_coupon_id: "draft" })).rejects.toMatchObject({ reason: "invalid_secret" });
    const renewed = createClient({ ...shop, appid: shop.app.appid, secret: rotated });
    await renewed.get({ out_coupon_id: "draft" });
  });
});

describe("an error", () => {
  const TOKEN = "canary-token+/=&%<é>";
  /** Whatever repeats its request: as it is, and as URLs and forms spell it. */
  const leaking = (secrets: string[]) =>
    secrets
      .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams({ _: secret }).toString().slice(2)])
      .join(" ");
  const header = { "content-type": `text/html; of=${encodeURIComponent(SECRET)}` };
  const leaks: [string, (leak: string) => Act][] = [
    ["a refusal", (leak) => refused(1090057, `not here: ${leak}`)],
    [
      "a fault of the network",
      (leak) => new TypeError(`failed: ${leak}`, { cause: Object.assign(new Error(leak), { path: leak }) }),
    ],
    ["a page of a proxy", (leak) => new Raw(404, `Cannot POST ${leak}`, header)],
    ["a page that says it is fine", (leak) => new Raw(200, `<html>${leak}`, header)],
    ["silence", () => "silence"],
  ];

  it.each(leaks)("holds neither the secret nor the token, nor what spells them: %s", async (_, act) => {
    const fetching = act(leaking([SECRET]));
    for (const { clock, client } of [
      scripted([act(leaking([SECRET, TOKEN]))], { acts: [{ access_token: TOKEN, expires_in: 7200 }] }),
      scripted([ok], { acts: [fetching] }),
      scripted([ok], { acts: [fetching], tokens: "regular" }),
    ]) {
      const { error } = await clock.until(client.get({ out_coupon_id: "a" }));
      expect(error).toBeInstanceOf(CouponApiError);
      const all = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + (error as Error).stack;
      expect(all).not.toMatch(/canary/);
    }
  });

  it("holds the words of whoever refused", async () => {
    const { client } = scripted([refused(48001, "api unauthorized rid: 6b081a02-4b3d7d5e-4df0ed00")]);
    await expect(client.get({ out_coupon_id: "a" })).rejects.toMatchObject({
      message: "get: 48001 api unauthorized rid: 6b081a02-4b3d7d5e-4df0ed00",
      text: "api unauthorized",
      rid: "6b081a02-4b3d7d5e-4df0ed00",
    });
    const bare = scripted([{ errcode: 48001 }]);
    await expect(bare.client.get({ out_coupon_id: "a" })).rejects.toMatchObject({
      code: 48001,
      text: "",
      rid: undefined,
    });
  });

  it("is a refusal where a host tells it with another HTTP status", async () => {
    const { client } = scripted([new Raw(400, '{"errcode":1090029,"errmsg":"库存不足"}')]);
    await expect(client.get({ out_coupon_id: "a" })).rejects.toMatchObject({
      kind: "refused",
      code: 1090029,
      status: 400,
    });
  });
});

describe("a redirect", () => {
  it("is told, and not followed: the token and the body are for the host alone", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url?.replace(/\?.*/, ""));
      if (url?.startsWith("/cgi-bin/")) return response.end('{"access_token":"t","expires_in":7200}');
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const client = createClient({ baseUrl, appid: "wx1", secret: SECRET });
      await expect(client.get({ out_coupon_id: "a" })).rejects.toMatchObject({
        kind: "http",
        status: 307,
        text: "HTTP 307; redirects are not followed",
        retryable: false,
      });
      expect(asked).toEqual(["/cgi-bin/stable_token", "/shop/coupon/get"]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
