import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOLD_SECONDS } from "../../src/domain/claims/hold.ts";
import { operate, operated } from "../../testing/admin.ts";
import { type Answer, decision } from "../../testing/fake-merchant.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import { COUPON, type MerchantsShop, startMerchantsShop } from "../callback/shop.ts";

let shop: MerchantsShop;
beforeEach(async () => {
  shop = await startMerchantsShop();
});
afterEach(() => shop.close());

const answering =
  (changed: Record<string, unknown>): Answer =>
  (asked) =>
    shop.merchant.reply(asked, decision(asked, changed));
const { appid } = { appid: "wx_merchant" };
const list = async (filter: object = {}) =>
  (await operated(shop.server, "listCallbacks", { appid, ...filter })).entries;
const unanswered: Answer = (_, response) => void response.destroy();
const journaled = async () => (await shop.server.store.readJournal(appid, 0, 99)).length;

describe("listCallbacks", () => {
  it("pages newest first, filtered, and takes back no cursor of another list", async () => {
    for (const id of ["r1", "r2", "r3"]) {
      shop.merchant.script(id, answering(id === "r2" ? { ret_code: 1090029, ret_msg: "gone" } : {}));
      await shop.claim(id);
    }
    await shop.attempts();
    const ids = (entries: { request_id: string }[]) => entries.map(({ request_id }) => request_id);
    expect(ids(await list())).toEqual(["r3", "r2", "r1"]);
    expect(ids(await list({ verdict: "granted" }))).toEqual(["r3", "r1"]);
    expect(ids(await list({ purpose: "confirm" }))).toEqual([]);
    expect(await list({ request_id: "r2" })).toMatchObject([
      { callback: "2", request_id: "r2", openid: "p", out_coupon_id: COUPON, verdict: "declined", status: 200 },
    ]);
    const first = await operated(shop.server, "listCallbacks", { appid, limit: "2" });
    expect(ids(first.entries)).toEqual(["r3", "r2"]);
    const second = await operated(shop.server, "listCallbacks", { appid, limit: "2", cursor: first.next });
    expect([ids(second.entries), second.next]).toEqual([["r1"], null]);
    const other = { appid, verdict: "granted", cursor: first.next };
    expect(await operate(shop.server, "listCallbacks", other)).toMatchObject({ status: 400, problem: "invalid_field" });
    expect(await operate(shop.server, "listCallbacks", { appid, purpose: "joke" })).toMatchObject({ status: 400 });
  });
});

describe("resendCallback", () => {
  /** A claim whose merchant does not answer: it waits for an answer still. */
  async function waiting(requestId: string): Promise<string> {
    shop.merchant.script(requestId, unanswered);
    expect((await shop.claim(requestId)).errcode).toBe(1090032);
    expect(await shop.stock()).toMatchObject({ promised: 1 });
    await shop.attempts();
    return (await list({ request_id: requestId }))[0]?.callback as string;
  }
  const resend = (callback: string) => operate(shop.server, "resendCallback", { appid, callback });

  it("decides a claim that still waits, and journals who sent it", async () => {
    const callback = await waiting("r");
    shop.merchant.script("r", answering({ out_user_coupon_id: "late" }));
    expect(await resend(callback)).toMatchObject({
      callback: { purpose: "resend", request_id: "r", verdict: "granted" },
    });
    expect(await shop.wallet()).toEqual(["late"]);
    expect(await shop.stock()).toMatchObject({ received: 1, promised: 0 });
    expect((await shop.server.store.readJournal(appid, 0, 99)).at(-1)).toMatchObject({
      command: "grantClaim",
      by: "command_line",
    });
    expect(await list({ purpose: "resend" })).toHaveLength(1);
  });

  it("gives back what was promised where the merchant declines, and keeps it where nobody answers again", async () => {
    const callback = await waiting("r");
    expect(await resend(callback)).toMatchObject({ callback: { verdict: "unreachable" } });
    expect(await shop.stock()).toMatchObject({ promised: 1 });
    shop.merchant.script("r", answering({ ret_code: 1090029, ret_msg: "gone" }));
    expect(await resend(callback)).toMatchObject({ callback: { verdict: "declined" } });
    expect(await shop.stock()).toMatchObject({ received: 0, promised: 0 });
  });

  it("changes nothing where the claim was decided, or its time is over", async () => {
    shop.merchant.script("granted", answering({ out_user_coupon_id: "first" }));
    await shop.claim("granted");
    shop.merchant.script("declined", answering({ ret_code: 1090029 }));
    await shop.claim("declined");
    const over = await waiting("over");
    shop.server.clock.now += HOLD_SECONDS + 1;
    await shop.server.claims.finishAbandoned();
    const before = [await journaled(), await shop.stock(), await shop.wallet()];
    const others = (await list()).filter(({ request_id }) => request_id !== "over").map((one) => one.callback);
    expect(others).toHaveLength(2);
    for (const id of ["granted", "declined", "over"])
      shop.merchant.script(id, answering({ out_user_coupon_id: "again" }));
    for (const callback of [...others, over])
      expect(await resend(callback)).toMatchObject({ callback: { verdict: "granted" } });
    expect([await journaled(), await shop.stock(), await shop.wallet()]).toEqual(before);
  });

  it("sends a test, a confirmation and a URL check as what they were, and puts nothing in force", async () => {
    await operated(shop.server, "testCallback", { appid, out_coupon_id: COUPON });
    await shop.app.call("confirm", {});
    await operated(shop.server, "verifyCallback", { appid });
    await shop.server.apps.configure(appid, { callbackUrl: `${shop.merchant.url}?new` }, "command_line");
    const before = await journaled();
    const sent = (await list()).toReversed();
    for (const { callback, purpose, request_id } of sent)
      expect(await resend(callback)).toMatchObject({ callback: { purpose, request_id } });
    expect(await journaled()).toBe(before);
    expect((await shop.server.apps.find(appid))?.confirmedUrl).toBe(shop.merchant.url);
  });

  it("tells of an attempt that is not kept, and of one that an older program kept", async () => {
    for (const callback of ["7", "0", "-1", "x", "1e3", "9".repeat(15)])
      expect(await resend(callback)).toMatchObject({ status: 404, problem: "unknown_callback" });
    const kept = await shop.server.store.keepCallbacks([
      { ...(await operatedTest()), openid: "", outCouponId: "", purpose: "claim" },
    ]);
    expect(await resend(String(kept[0]))).toMatchObject({ status: 409, problem: "not_resendable" });
  });
  const operatedTest = async () => {
    await operated(shop.server, "testCallback", { appid });
    const [kept] = await shop.server.store.listCallbacks(appid, {}, null, 1);
    if (!kept) throw new Error("no attempt was kept");
    return kept;
  };
});

describe("testCallback", () => {
  it("sends the platform's own test, or a claim that is marked, and records nothing whatever comes back", async () => {
    const before = [await journaled(), await shop.stock()];
    expect(await operated(shop.server, "testCallback", { appid })).toMatchObject({
      callback: {
        purpose: "test",
        request_id: "test_coupon_request_id",
        out_coupon_id: "test_coupon",
        verdict: "granted",
      },
    });
    const named = await operated(shop.server, "testCallback", { appid, out_coupon_id: COUPON, openid: "o-1" });
    expect(named).toMatchObject({ callback: { purpose: "test", openid: "o-1", verdict: "granted" } });
    expect(named.callback.request_id).toMatch(/^quanku_test_[0-9a-f-]{36}$/);
    expect(shop.merchant.asked.at(-1)?.event).toMatchObject({ out_coupon_id: COUPON, FromUserName: "o-1" });
    shop.merchant.answer = answering({ request_id: "another" });
    expect(await operated(shop.server, "testCallback", { appid })).toMatchObject({
      callback: { verdict: "mismatched" },
    });
    expect([await journaled(), await shop.stock()]).toEqual(before);
    expect(await list({ purpose: "test" })).toHaveLength(3);
    expect(await operate(shop.server, "testCallback", { appid, openid: "no\0good" })).toMatchObject({ status: 400 });
  });

  it("tells where there is nobody to ask", async () => {
    const none = { claimMode: "direct", callbackUrl: null } as const;
    await shop.server.apps.configure(appid, none, "command_line");
    for (const name of ["testCallback", "confirmCallback", "verifyCallback"] as const)
      expect(await operate(shop.server, name, { appid })).toMatchObject({ status: 409, problem: "no_callback" });
  });
});

describe("confirmCallback and verifyCallback", () => {
  it("put what proves itself in force, in the name of who asked, and else tell why not", async () => {
    shop.merchant.script("test_coupon_request_id", answering({ out_user_coupon_id: "mine" }));
    const refused = await operated(shop.server, "confirmCallback", { appid });
    expect(refused).toMatchObject({ callback: { verdict: "mismatched" }, app: { callback_confirmed: false } });
    shop.merchant.script("test_coupon_request_id", answering({}));
    const proved = await operated(shop.server, "confirmCallback", { appid });
    expect(proved).toMatchObject({ callback: { verdict: "proved" }, app: { callback_confirmed: true } });
    expect((await shop.server.store.readJournal(appid, 0, 99)).at(-1)).toMatchObject({
      command: "confirmCallback",
      by: "command_line",
    });
  });

  it("send the echostr and explain what comes back", async () => {
    expect(await operated(shop.server, "verifyCallback", { appid })).toMatchObject({
      callback: { purpose: "verify", verdict: "proved", request_id: "", openid: "" },
    });
    shop.merchant.answer = () => "no";
    const refused = await operated(shop.server, "verifyCallback", { appid });
    expect(refused.callback).toMatchObject({ verdict: "mismatched" });
    expect(refused.callback.reason).toContain("echostr");
  });
});

it("no more operators wait for one merchant than are let in, and others are not kept from theirs", async () => {
  const merchant = new ScriptedMerchant();
  const server = await startTestServer({ ask: merchant.ask });
  const settings = { callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;
  for (const app of ["wx_a", "wx_b"]) {
    await server.createApp(app);
    await server.apps.configure(app, settings, "command_line");
  }
  const test = (of: string) => operate(server, "testCallback", { appid: of, out_coupon_id: "c" });
  const asked = Array.from({ length: 8 }, () => test("wx_a"));
  await expect.poll(() => merchant.questions).toHaveLength(8);
  expect(await test("wx_a")).toMatchObject({ status: 503, problem: "busy", retryAfter: 1 });
  const others = test("wx_b");
  await expect.poll(() => merchant.questions).toHaveLength(9);
  for (const question of merchant.questions) {
    const [of, requestId] = JSON.parse(question);
    merchant.reply(of, requestId, { answer: "granted", outUserCouponId: "u" });
  }
  for (const answer of [...asked, others]) expect(await answer).toMatchObject({ callback: { verdict: "granted" } });
  expect((await operated(server, "listCallbacks", { appid: "wx_a" })).entries).toHaveLength(8);
  await server.close();
});

it.each(adapters)("an attempt that is kept on %s has the id that it was told with", async (adapter) => {
  const merchant = new ScriptedMerchant();
  const server = await startTestServer({ adapter, ask: merchant.ask });
  await server.createApp("wx_a");
  await server.apps.configure("wx_a", { callbackUrl: "http://merchant.test/", callbackToken: "token" }, "command_line");
  for (const id of ["1", "2", "3"])
    expect(await operated(server, "confirmCallback", { appid: "wx_a" })).toMatchObject({ callback: { callback: id } });
  const { entries } = await operated(server, "listCallbacks", { appid: "wx_a" });
  expect(entries.map(({ callback }) => callback)).toEqual(["3", "2", "1"]);
  await server.close();
});
