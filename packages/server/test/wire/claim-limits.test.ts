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
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinuteOfPerson: 3 }, "command_line");
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
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinute: 2 }, "command_line");
    expect([await claim("a"), await claim("b"), await claim("c")].map(({ errcode }) => errcode)).toEqual([0, 0, 45011]);
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinute: null }, "command_line");
    expect((await claim("c")).errcode).toBe(0);
  });

  it("60 times a minute of one person unless it is set otherwise", async () => {
    for (let i = 0; i < 60; i++) expect((await claim("busy")).errcode).toBe(0);
    expect((await claim("busy")).errcode).toBe(1090031);
    await shop.server.apps.configure(shop.app.appid, { claimsPerMinuteOfPerson: null }, "command_line");
    expect((await claim("busy")).errcode).toBe(0);
  });
});

describe("the limits do not count", () => {
  const again = (requestId: string, openid = "eager") =>
    shop.app.call("claim", { openid, out_coupon_id: "open", request_id: requestId });

  it("a granted request that is repeated, however often, also where the limit is reached", async () => {
    await shop.server.apps.configure(
      shop.app.appid,
      { claimsPerMinuteOfPerson: 3, claimsPerMinute: 4 },
      "command_line",
    );
    const { user_coupon } = await again("first");
    for (let i = 0; i < 70; i++) expect(await again("first")).toEqual({ errcode: 0, user_coupon });
    for (const id of ["second", "third"]) expect((await again(id)).errcode).toBe(0);
    expect((await again("fourth")).errcode).toBe(1090031);
    for (let i = 0; i < 3; i++) expect(await again("first")).toEqual({ errcode: 0, user_coupon });
    expect((await again("elsewhere", "another")).errcode).toBe(0);
    expect((await again("over", "another")).errcode).toBe(45011);
    expect(await again("first")).toEqual({ errcode: 0, user_coupon });
    expect((await again("first", "another")).errcode).toBe(1090033);
  });

  it("an hour that has yet to come: a clock set back begins a new minute", async () => {
    await shop.server.apps.configure(
      shop.app.appid,
      { claimsPerMinuteOfPerson: 2, claimsPerMinute: 2 },
      "command_line",
    );
    for (let i = 0; i < 2; i++) expect((await claim("eager")).errcode).toBe(0);
    expect((await claim("eager")).errcode).toBe(45011);
    shop.clock.now -= 86_400;
    for (let i = 0; i < 2; i++) expect((await claim("eager")).errcode).toBe(0);
    expect((await claim("eager")).errmsg).toMatch(/the next in 60 s/);
    shop.clock.now += 60;
    expect((await claim("eager")).errcode).toBe(0);
  });
});
