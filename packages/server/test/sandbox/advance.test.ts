import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRefusal } from "../../src/domain/outcome.ts";
import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore, type TestStore } from "../../testing/stores.ts";

const NOW = 1_700_000_000;
const [HOUR, DAY] = [3600, 86_400];
const by = "command_line";

describe.each(adapters)("advancing the clock of a sandbox app on %s", (adapter) => {
  let kept: TestStore;
  let merchant: ScriptedMerchant;
  let server: TestServer;
  let app: TestApp;
  beforeEach(async () => {
    kept = await openTestStore(adapter);
    merchant = new ScriptedMerchant();
    server = await startTestServer({ now: NOW, store: kept.store, ask: merchant.ask });
    app = await server.createApp("wx_sandbox", undefined, { sandbox: true });
  });
  afterEach(async () => {
    await server.crash();
    await server.close();
    await kept.discard();
  });

  const claim = (id: string, request: string) =>
    app.call("claim", { openid: `o-${request}`, out_coupon_id: id, request_id: request });
  const fixed = (end: number) => ({ valid_info: { valid_type: 1, start_time: NOW - DAY, end_time: end } });
  const brief = (seconds: number) => ({ valid_info: { valid_type: 3, valid_second: seconds } });
  const add = (id: string, valid: { valid_info: object }) => addActive(app, coupon(id, { total_num: 100 }, valid));

  /** What an advance comes to. */
  async function advanced(seconds: number) {
    const answer = await server.clocks.advance(app.appid, seconds, by);
    if (isRefusal(answer)) throw new Error(answer.refused);
    return answer;
  }

  /** The journal after the apps were made ready: what happened, and how long after the beginning. */
  const story = async (after: number) =>
    (await server.store.readJournal(app.appid, after, 9999)).map(({ command, at }) => [command, at - NOW]);
  const end = async () => (await server.store.journalEnd(app.appid)).seq;

  it("goes through all that is due on the way, each at its time and in its order", async () => {
    await add("by-the-hour", brief(HOUR));
    await add("until-noon", fixed(NOW + 2 * HOUR));
    await add("long", brief(30 * DAY));
    for (const id of ["by-the-hour", "until-noon", "long"]) await claim(id, id);
    server.clock.now = NOW + 60;
    await claim("by-the-hour", "later");
    const lines = [{ out_product_id: "x", price: 1000, quantity: 1 }];
    const asked = { openid: "o-later", out_order_id: "order", lines, user_coupons: "best", ttl_seconds: 3 * HOUR };
    await app.must("lock", asked);
    const before = await end();

    const { shown, passed } = await advanced(DAY);
    expect(shown).toEqual({ now: NOW + 60 + DAY, real: NOW + 60, frozen: false });
    expect(passed).toEqual({ userCoupons: 3, coupons: 1, holds: 0 });
    expect(await story(before)).toEqual([
      ["setClock", 60],
      ["expireUserCoupon", HOUR + 1],
      ["setClock", HOUR + 1],
      ["expireUserCoupon", 2 * HOUR + 1],
      ["expireCoupon", 2 * HOUR + 1],
      ["setClock", 2 * HOUR + 1],
      ["expireUserCoupon", 60 + 3 * HOUR + 1],
      ["setClock", 60 + 3 * HOUR + 1],
    ]);
  });

  it("leaves alone what an app does not want to expire by itself, and stops for nothing then", async () => {
    await add("c", brief(5));
    await claim("c", "r");
    await server.apps.configure(app.appid, { autoExpire: false }, by);
    const before = await end();
    expect((await advanced(DAY)).passed).toEqual({ userCoupons: 0, coupons: 0, holds: 0 });
    expect(await story(before)).toEqual([["setClock", 0]]);
  });

  it("asks a silent merchant again about what was left open, and then gives it back, each at its time", async () => {
    await add("c", brief(DAY));
    const callback = { claimMode: "callback", callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;
    await server.apps.configure(app.appid, callback, by);
    const silence: MerchantAnswer = { answer: "timed_out", problem: "too slow" };
    const leaveOpen = async (request: string) => {
      const answer = claim("c", request);
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect.poll(() => merchant.isAsked(app.appid, request), { interval: 1 }).toBe(true);
        merchant.reply(app.appid, request, silence);
      }
      await answer;
    };
    await leaveOpen("lost");
    await leaveOpen("granted");
    const waiting = claim("c", "waiting");
    await expect.poll(() => merchant.isAsked(app.appid, "waiting"), { interval: 1 }).toBe(true);
    await server.ledger.settled();
    const before = await end();

    const advance = advanced(HOUR);
    await expect.poll(() => merchant.isAsked(app.appid, "granted"), { interval: 1 }).toBe(true);
    merchant.reply(app.appid, "granted", { answer: "granted", outUserCouponId: "u" });
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect.poll(() => merchant.isAsked(app.appid, "lost"), { interval: 1 }).toBe(true);
      merchant.reply(app.appid, "lost", silence);
    }
    expect((await advance).passed.holds).toBe(1);
    expect(await story(before)).toEqual([
      ["setClock", 0],
      ["grantClaim", 11],
      ["setClock", 11],
      ["releaseHold", 31],
      ["setClock", 31],
    ]);
    // The one that waits has all the time it needs, whatever the clock shows.
    merchant.reply(app.appid, "waiting", { answer: "granted", outUserCouponId: "v" });
    expect((await waiting).errcode).toBe(0);
    const [, at] = (await story(before)).at(-1) as [string, number];
    expect(at).toBe(HOUR);
  });
});
