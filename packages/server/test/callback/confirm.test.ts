import { callNames } from "@quanku/protocol/calls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, decision, FakeMerchant } from "../../testing/fake-merchant.ts";
import { type MerchantsShop, startMerchantsShop } from "./shop.ts";

let shop: MerchantsShop;
beforeEach(async () => {
  shop = await startMerchantsShop();
});
afterEach(() => shop.close());

const TEST = "test_coupon_request_id";
const confirm = () => shop.app.call("confirm", {});
const answering =
  (changed: Record<string, unknown>): Answer =>
  (asked) =>
    shop.merchant.reply(asked, decision(asked, changed));

describe("confirm", () => {
  for (const messageMode of ["plain", "compatible", "secure"] as const)
    for (const messageFormat of ["json", "xml"] as const)
      it(`asks with the fixed values and takes the fixed answer, ${messageMode} in ${messageFormat}`, async () => {
        await shop.server.apps.configure(shop.app.appid, { messageMode, messageFormat }, "command_line");
        expect(await confirm()).toEqual({ errcode: 0 });
        const [asked] = shop.merchant.asked;
        expect(asked).toMatchObject({ format: messageFormat, sealed: messageMode !== "plain" });
        expect(asked?.event).toMatchObject({
          MsgType: "event",
          Event: "open_product_receive_coupon",
          out_coupon_id: "test_coupon",
          request_id: TEST,
        });
        expect(shop.merchant.faults).toEqual([]);
      });

  const refusals: [what: string, answer: Answer, errcode: number, says: string][] = [
    ["another out_user_coupon_id", answering({ out_user_coupon_id: "mine" }), 1090020, "out_user_coupon_id"],
    ["another out_coupon_id", answering({ out_coupon_id: "mine" }), 1090020, "out_coupon_id"],
    ["another request_id", answering({ request_id: "mine" }), 1090020, "request_id"],
    ["no ret_code, and another request_id", answering({ ret_code: undefined, request_id: "r" }), 1090020, "request_id"],
    ["a ret_code of no number", answering({ ret_code: "OK" }), 1090020, "ret_code"],
    ["success", () => "success", 1090020, "decides nothing"],
    ["nothing", () => "", 1090020, "empty"],
    ["a ret_code that declines", answering({ ret_code: 1090029, ret_msg: "no" }), 1090033, "ret_code 1090029"],
    ["HTTP 500", () => ({ status: 500 }), 1090032, "HTTP 500"],
    ["a reset", (_, response) => void response.destroy(), 1090032, "closed the connection"],
  ];
  for (const [what, answer, errcode, says] of refusals)
    it(`answers ${errcode} to ${what}, says what is wrong, and asks once`, async () => {
      shop.merchant.script(TEST, answer);
      const reply = await confirm();
      expect(reply.errcode).toBe(errcode);
      expect(reply.errmsg).toContain(says);
      expect(shop.merchant.asked).toHaveLength(1);
      const [attempt] = await shop.attempts();
      expect(attempt).toMatchObject({ purpose: "confirm", requestId: TEST });
      expect(attempt?.reason).toContain(says);
      expect((await shop.server.apps.find(shop.app.appid))?.confirmedUrl).toBe(null);
    });

  it("answers 1090056 where no URL is set", async () => {
    await shop.server.apps.configure(shop.app.appid, { claimMode: "direct", callbackUrl: null }, "command_line");
    expect((await confirm()).errcode).toBe(1090056);
  });

  it("gives nobody a coupon and keeps no claim", async () => {
    expect(await confirm()).toEqual({ errcode: 0 });
    expect(await shop.stock()).toEqual({ issued: 100, received: 0, promised: 0 });
    expect(await shop.wallet("test_openid")).toEqual([]);
  });

  it("puts its URL in force: another one that is set later is asked once it is confirmed too", async () => {
    expect(await confirm()).toEqual({ errcode: 0 });
    const other = await FakeMerchant.start();
    await shop.server.apps.configure(shop.app.appid, { callbackUrl: other.url }, "command_line");
    expect((await shop.claim("r1")).errcode).toBe(0);
    expect([shop.merchant.timesAsked("r1"), other.timesAsked("r1")]).toEqual([1, 0]);
    other.script(TEST, () => "");
    expect((await confirm()).errcode).toBe(1090020);
    expect((await shop.claim("r2")).errcode).toBe(0);
    expect([shop.merchant.timesAsked("r2"), other.timesAsked("r2")]).toEqual([1, 0]);
    other.script(TEST, (asked) => other.reply(asked, decision(asked)));
    expect(await confirm()).toEqual({ errcode: 0 });
    expect((await shop.claim("r3")).errcode).toBe(0);
    expect([shop.merchant.timesAsked("r3"), other.timesAsked("r3")]).toEqual([0, 1]);
    await other.close();
  });

  it("that proves a URL which was replaced meanwhile puts nothing in force", async () => {
    shop.merchant.script(TEST, async (asked) => {
      await shop.server.apps.configure(shop.app.appid, { callbackUrl: "https://shop.example/hook" }, "command_line");
      return shop.merchant.reply(asked, decision(asked));
    });
    expect((await confirm()).errcode).toBe(1090033);
    expect((await shop.server.apps.find(shop.app.appid))?.confirmedUrl).toBe(null);
  });
});

describe("an app that requires a confirmed callback", () => {
  beforeEach(() => shop.server.apps.configure(shop.app.appid, { requireConfirm: true }, "command_line"));

  it("gets 48001 from every other call until then", async () => {
    for (const call of callNames.filter((name) => name !== "confirm")) {
      const reply = await shop.app.call(call, {});
      expect(reply.errcode, call).toBe(48001);
      expect(reply.errmsg).toContain("api unauthorized: this app requires a confirmed callback: call confirm first");
    }
    shop.merchant.script(TEST, () => "", answering({}));
    expect((await confirm()).errcode).toBe(1090020);
    expect((await shop.claim("r")).errcode).toBe(48001);
    expect(await confirm()).toEqual({ errcode: 0 });
    expect((await shop.claim("r")).errcode).toBe(0);
    expect((await shop.app.call("get_list", { page_size: 1 })).errcode).toBe(0);
  });
});
