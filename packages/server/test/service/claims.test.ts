import { afterEach, beforeEach, expect, it } from "vitest";
import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import type { Reply } from "../../testing/replies.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";

const silence: MerchantAnswer = { answer: "timed_out", problem: "too slow" };
const asItIs = { claimMode: "callback", callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;

let merchant: ScriptedMerchant;
let server: TestServer;
let app: TestApp;
beforeEach(async () => {
  merchant = new ScriptedMerchant();
  server = await startTestServer({ adapter: "memory", ask: merchant.ask });
  app = await server.createApp("wx-claims");
  await addActive(app, coupon("c", { total_num: 5 }));
  await server.apps.configure(app.appid, asItIs, "command_line");
});
afterEach(async () => {
  // What a failed test left waiting goes with its process.
  await server.crash();
  await server.close();
});

const claim = (requestId: string, openid = "p"): Promise<Reply> =>
  app.call("claim", { openid, out_coupon_id: "c", request_id: requestId });
const isAsked = (requestId: string) =>
  expect.poll(() => merchant.isAsked(app.appid, requestId), { interval: 1 }).toBe(true);
const isQuiet = () => expect(merchant.questions).toEqual([]);
const granted = (id: string): MerchantAnswer => ({ answer: "granted", outUserCouponId: id });

/** The merchant leaves all attempts at a request without an answer. */
async function staySilent(requestId: string): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    await isAsked(requestId);
    merchant.reply(app.appid, requestId, silence);
  }
}

async function cureAt(second: number): Promise<void> {
  server.clock.now = second;
  await server.claims.finishAbandoned();
}

async function held(): Promise<number | undefined> {
  return (await server.store.listCoupons(app.appid, 0, 1)).entries[0]?.stock?.promised;
}

it("asks a silent merchant once again, however long that takes, and then lets the time pass", async () => {
  const begun = server.clock.now;
  const answer = claim("r");
  await staySilent("r");
  expect((await answer).errcode).toBe(1090060);

  await cureAt(begun + 10);
  isQuiet();
  await cureAt(begun + 11);
  await isAsked("r");
  await cureAt(begun + 12);
  await staySilent("r");
  await server.claims.settled();
  await cureAt(begun + 20);
  await cureAt(begun + 30);
  isQuiet();
  expect(await held()).toBe(1);
  await cureAt(begun + 31);
  expect(await held()).toBe(0);
});

it("asks again once more after the request was repeated", async () => {
  const begun = server.clock.now;
  const first = claim("r");
  await staySilent("r");
  await first;
  await cureAt(begun + 11);
  await staySilent("r");
  await server.claims.settled();

  server.clock.now = begun + 12;
  const repeated = claim("r");
  await staySilent("r");
  await repeated;
  await cureAt(begun + 31);
  await isAsked("r");
  merchant.reply(app.appid, "r", granted("u"));
  await server.claims.settled();
  expect(await claim("r")).toMatchObject({ errcode: 0, user_coupon: { out_user_coupon_id: "u" } });
});

it("lets a repeated request wait for the merchant, though claims are decided by us by now", async () => {
  const first = claim("r");
  await isAsked("r");
  await server.apps.configure(app.appid, { claimMode: "direct" }, "command_line");
  const second = claim("r");
  expect((await claim("another")).errcode).toBe(0);
  merchant.reply(app.appid, "r", granted("u"));
  expect(await first).toMatchObject({ errcode: 0, user_coupon: { out_user_coupon_id: "u" } });
  expect(await second).toEqual(await first);
});

it("gives no two requests of a person the same user coupon, when one is named and the other left unanswered", async () => {
  const [r, s] = [claim("r"), claim("s")];
  await isAsked("r");
  await isAsked("s");
  const coupon = { out_coupon_id: "c", out_user_coupon_id: "us", status: 100 };
  expect(await app.call("add_user_coupon", { openid: "p", user_coupon: coupon })).toEqual({ errcode: 0 });
  for (let attempt = 1; attempt <= 2; attempt++) {
    merchant.reply(app.appid, "r", silence);
    await isAsked("r");
  }
  merchant.reply(app.appid, "r", silence);
  merchant.reply(app.appid, "s", granted("us"));
  expect(await s).toMatchObject({ errcode: 0, user_coupon: { out_user_coupon_id: "us" } });
  expect((await r).errcode).toBe(1090060);
  expect(await held()).toBe(1);
});

it("answers a repeated request, though another person uses its id at the same moment", async () => {
  const first = claim("r");
  await isAsked("r");
  const beside = claim("r", "q");
  expect((await beside).errcode).toBe(1090033);
  merchant.reply(app.appid, "r", granted("u"));
  const answer = await first;
  const [another, repeated] = await Promise.all([claim("r", "q"), claim("r")]);
  expect(another.errcode).toBe(1090033);
  expect(repeated).toEqual(answer);
});

it("looks after the holds of every app, however many another has", async () => {
  const other = await server.createApp("wx-other");
  await addActive(other, coupon("c", { total_num: 1 }));
  const many = 4_500;
  const restocked = { do: "restock", appid: app.appid, outCouponId: "c", remaining: many, claimed: 0 } as const;
  await server.ledger.submit(restocked, "app");
  const hold = (appid: string, nth: number) =>
    server.ledger.submit({ do: "holdCoupon", appid, openid: "p", outCouponId: "c", requestId: `r${nth}` }, "app");
  for (let from = 0; from < many; from += 1_500)
    await Promise.all(Array.from({ length: 1_500 }, (_, n) => hold(app.appid, from + n)));
  server.clock.now += 1;
  await hold(other.appid, 0);

  const promised = async (appid: string) => (await server.store.listCoupons(appid, 0, 1)).entries[0]?.stock?.promised;
  expect(await promised(other.appid)).toBe(1);
  await cureAt(server.clock.now + 31);
  expect(await promised(other.appid)).toBe(0);
  expect(await promised(app.appid)).toBe(many - 1_000);
});
