import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openShop } from "./support/shop.ts";

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.server.close();
});

let requests = 0;
const claim = (openid: string) =>
  shop.app.call("claim", { openid, out_coupon_id: "open", request_id: `limit-${requests++}` });

describe("claims are let through", () => {
  it("as often as the app's settings say of one person, and then again in the next minute", async () => {
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinuteOfPerson: 3 });
    for (let i = 0; i < 3; i++) expect((await claim("eager")).errcode).toBe(0);
    const refused = await claim("eager");
    expect(refused.errcode).toBe(1090031);
    expect(refused.errmsg).toMatch(/^请求限频: 3 claims a minute of one openid; the next in 60 s rid: /);
    expect((await claim("another")).errcode).toBe(0);
    shop.clock.now += 59;
    expect((await claim("eager")).errcode).toBe(1090031);
    shop.clock.now += 1;
    expect((await claim("eager")).errcode).toBe(0);
  });

  it("as often as they say of the whole app", async () => {
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinute: 2 });
    expect([await claim("a"), await claim("b"), await claim("c")].map(({ errcode }) => errcode)).toEqual([0, 0, 45011]);
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinute: null });
    expect((await claim("c")).errcode).toBe(0);
  });

  it("60 times a minute of one person unless it is set otherwise", async () => {
    for (let i = 0; i < 60; i++) expect((await claim("busy")).errcode).toBe(0);
    expect((await claim("busy")).errcode).toBe(1090031);
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinuteOfPerson: null });
    expect((await claim("busy")).errcode).toBe(0);
  });
});
