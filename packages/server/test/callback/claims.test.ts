import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOLD_SECONDS } from "../../src/domain/claims/hold.ts";
import { type Answer, decision } from "../../testing/fake-merchant.ts";
import { COUPON, type MerchantsShop, startMerchantsShop } from "./shop.ts";

let shop: MerchantsShop;
beforeEach(async () => {
  shop = await startMerchantsShop();
});
afterEach(() => shop.close());

const reset: Answer = (_, response) => void response.destroy();
const answering =
  (changed: Record<string, unknown>): Answer =>
  (asked) =>
    shop.merchant.reply(asked, decision(asked, changed));

describe("a claim in callback mode", () => {
  it("is given what the merchant gives, once however often it is sent, and asks once", async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => shop.claim("r")));
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    const [{ user_coupon } = {}] = replies;
    const { result_list } = await shop.app.call("get_usercoupon_list", { openid: "p", page_size: 9 });
    expect(result_list).toEqual([user_coupon]);
    expect(user_coupon).toMatchObject({ out_user_coupon_id: "uc-r", openid: "p", out_coupon_id: COUPON, status: 100 });
    expect(await shop.claim("r")).toEqual(replies[0]);
    expect(shop.merchant.timesAsked("r")).toBe(1);
    expect(await shop.stock()).toEqual({ issued: 99, received: 1, promised: 0 });
    expect((await shop.claim("r", "q")).errcode).toBe(1090033);
  });

  it("holds one while the merchant is asked, without moving the numbers of the stock", async () => {
    const held = Promise.withResolvers<object>();
    shop.merchant.script("r", async (asked) => {
      held.resolve(await shop.stock());
      return shop.merchant.reply(asked, decision(asked));
    });
    const reply = shop.claim("r");
    expect(await held.promise).toEqual({ issued: 100, received: 0, promised: 1 });
    expect((await reply).errcode).toBe(0);
  });

  it("with the request_id of another that waits is refused at once", async () => {
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    shop.merchant.script("r", async (about) => {
      asked.resolve();
      await goOn.promise;
      return shop.merchant.reply(about, decision(about));
    });
    const first = shop.claim("r");
    await asked.promise;
    expect((await shop.claim("r", "q")).errcode).toBe(1090033);
    goOn.resolve();
    expect((await first).errcode).toBe(0);
  });

  const declines = [
    [1090029, 1090029],
    [1090030, 1090030],
    [1090031, 1090031],
    [1090032, 1090032],
    [1090033, 1090033],
    [1090057, 1090057],
    [1090058, 1090058],
    [-1, 1090033],
    [12345, 1090033],
  ] as const;
  for (const [ret_code, errcode] of declines)
    it(`that the merchant declines with ${ret_code} answers ${errcode} and the merchant's words, and takes nothing`, async () => {
      shop.merchant.script("r", answering({ ret_code, ret_msg: "今日已领完" }), answering({}));
      const reply = await shop.claim("r");
      expect(reply.errcode).toBe(errcode);
      expect(reply.errmsg).toContain(`ret_code ${ret_code}`);
      expect(reply.errmsg).toContain("今日已领完");
      expect(await shop.stock()).toEqual({ issued: 100, received: 0, promised: 0 });
      expect((await shop.claim("r")).errcode, "a repeat is asked anew").toBe(0);
    });

  it("whose reply does not match is 1090033, says what is wrong, and takes nothing", async () => {
    shop.merchant.script("r", answering({ request_id: "another" }));
    const reply = await shop.claim("r");
    expect(reply.errcode).toBe(1090033);
    expect(reply.errmsg).toContain('request_id is "another", expected "r"');
    expect(await shop.stock()).toEqual({ issued: 100, received: 0, promised: 0 });
    expect(shop.merchant.timesAsked("r"), "it is not asked again").toBe(1);
  });

  it("is asked up to three times where the merchant cannot be reached, with the same request_id", async () => {
    shop.merchant.script("r", reset, () => ({ status: 500 }), answering({}));
    expect((await shop.claim("r")).errcode).toBe(0);
    expect(shop.merchant.timesAsked("r")).toBe(3);
    expect((await shop.attempts()).map(({ verdict }) => verdict)).toEqual(["unreachable", "unreachable", "granted"]);
  });

  it("stays held when all three fail, and is given back when its time is over", async () => {
    shop.merchant.script("r", reset);
    expect((await shop.claim("r")).errcode).toBe(1090032);
    expect(shop.merchant.timesAsked("r")).toBe(3);
    expect(await shop.stock()).toEqual({ issued: 100, received: 0, promised: 1 });
    shop.server.clock.now += HOLD_SECONDS + 1;
    await shop.server.claims.finishAbandoned();
    expect(await shop.stock()).toEqual({ issued: 100, received: 0, promised: 0 });
    expect(await shop.wallet()).toEqual([]);
  });

  it("that stayed held is asked about again once nobody else asks, and given then", async () => {
    shop.merchant.script("r", reset, reset, reset, answering({}));
    expect((await shop.claim("r")).errcode).toBe(1090032);
    shop.server.clock.now += 5;
    await shop.server.claims.finishAbandoned();
    await shop.server.claims.settled();
    expect(shop.merchant.timesAsked("r")).toBe(3);
    shop.server.clock.now += 6;
    await shop.server.claims.finishAbandoned();
    await shop.server.claims.settled();
    expect(shop.merchant.timesAsked("r")).toBe(4);
    expect(await shop.wallet()).toEqual(["uc-r"]);
    expect(await shop.stock()).toEqual({ issued: 99, received: 1, promised: 0 });
    expect((await shop.claim("r")).errcode).toBe(0);
  });

  it("is asked about again once, not at every look", async () => {
    shop.merchant.script("r", reset);
    await shop.claim("r");
    shop.server.clock.now += 11;
    for (let look = 0; look < 3; look++) {
      await shop.server.claims.finishAbandoned();
      await shop.server.claims.settled();
    }
    expect(shop.merchant.timesAsked("r")).toBe(6);
  });

  it("is refused without asking where our own rules say no", async () => {
    await shop.app.call("update_coupon_stock", {
      coupon_stock: { out_coupon_id: COUPON, stock_info: { issued_num: 0, receive_num: 100 } },
    });
    expect((await shop.claim("r")).errcode).toBe(1090029);
    await shop.app.call("update_status", { out_coupon_id: COUPON, status: 4 });
    expect((await shop.claim("r")).errcode).toBe(1090058);
    expect(shop.merchant.asked).toEqual([]);
  });

  it("waits with 255 others at most; one more is told 300000", async () => {
    const goOn = Promise.withResolvers<void>();
    shop.merchant.answer = async (asked) => {
      await goOn.promise;
      return shop.merchant.reply(asked, decision(asked, { ret_code: 1090033 }));
    };
    await shop.app.call("update_coupon_stock", {
      coupon_stock: { out_coupon_id: COUPON, stock_info: { issued_num: 1000, receive_num: 0 } },
    });
    const waiting = Array.from({ length: 256 }, (_, i) => shop.claim(`r${i}`, `p${i}`));
    await expect.poll(() => shop.merchant.asked.length).toBeGreaterThan(0);
    expect((await shop.claim("late", "late")).errcode).toBe(300000);
    goOn.resolve();
    for (const reply of await Promise.all(waiting)) expect(reply.errcode).toBe(1090033);
    expect((await shop.claim("late", "late")).errcode).toBe(1090033);
  });
});

describe("a merchant who also calls add_user_coupon", () => {
  it("before the question, during it, or after the answer, moves the stock once", async () => {
    await shop.record("uc-before");
    shop.merchant.script("before", answering({ out_user_coupon_id: "uc-before" }));
    shop.merchant.script("during", async (asked) => {
      expect((await shop.record("uc-during")).errcode).toBe(0);
      return shop.merchant.reply(asked, decision(asked));
    });
    for (const request of ["before", "during", "after"]) expect((await shop.claim(request)).errcode).toBe(0);
    expect((await shop.record("uc-after")).errcode).toBe(0);
    expect(await shop.wallet()).toEqual(["uc-after", "uc-during", "uc-before"]);
    expect(await shop.stock()).toEqual({ issued: 97, received: 3, promised: 0 });
  });

  it("and whose reply is lost then: the claim is given what was recorded", async () => {
    shop.merchant.script("r", async (_, response) => {
      await shop.record("uc-r");
      response.destroy();
      return undefined;
    });
    const reply = await shop.claim("r");
    expect(reply).toMatchObject({ errcode: 0, user_coupon: { out_user_coupon_id: "uc-r" } });
    expect(await shop.stock()).toEqual({ issued: 99, received: 1, promised: 0 });
  });

  it("and names what another person holds: it is refused, and nothing is taken", async () => {
    await shop.record("uc-r", "q");
    expect((await shop.claim("r")).errcode).toBe(1090033);
    expect(await shop.stock()).toEqual({ issued: 99, received: 1, promised: 0 });
    expect(await shop.wallet()).toEqual([]);
  });
});
