import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expireDue } from "../../src/service/expiry.ts";
import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { askAs, worth } from "../../testing/tokens.ts";

/** 2023-11-15 06:13:20 of UTC+8. */
const NOW = 1_700_000_000;
const [HOUR, DAY] = [3600, 86_400];
const by = "command_line";

let merchant: ScriptedMerchant;
let server: TestServer;
let sandbox: TestApp;
let shop: TestApp;
beforeEach(async () => {
  merchant = new ScriptedMerchant();
  server = await startTestServer({ now: NOW, ask: merchant.ask, adapter: "memory" });
  sandbox = await server.createApp("wx_sandbox", undefined, { sandbox: true });
  shop = await server.createApp("wx_shop");
});
afterEach(async () => {
  merchant.forget();
  await server.crash();
  await server.close();
});

const claim = (app: TestApp, request: string, openid = "p") =>
  app.call("claim", { openid, out_coupon_id: "c", request_id: request });
const add = (app: TestApp, { valid_info, ...receive }: { [member: string]: unknown; valid_info?: object }) =>
  addActive(app, coupon("c", { total_num: 9, ...receive }, { ...(valid_info && { valid_info }) }));

/** One coupon with a validity, claimed once; whether it can be redeemed. */
const held = (valid_info: object) => ({
  async prepare(app: TestApp) {
    await add(app, { valid_info });
    await app.must("claim", { openid: "p", out_coupon_id: "c", request_id: "r" });
    const { result_list } = await app.must("get_usercoupon_list", { openid: "p", page_size: 1 });
    return (result_list as { out_user_coupon_id: string }[])[0]?.out_user_coupon_id as string;
  },
  look: async (app: TestApp, out_user_coupon_id: string) =>
    (await app.call("update_usercoupon_status", { openid: "p", out_coupon_id: "c", out_user_coupon_id, status: 102 }))
      .errcode,
});

const errcodeOf = async (of: Promise<{ errcode?: number }>) => (await of).errcode ?? 0;
const cart = { openid: "p", lines: [{ out_product_id: "x", price: 1000, quantity: 1 }] };

type Case = {
  prepare(app: TestApp): Promise<unknown>;
  look(app: TestApp, prepared: never): Promise<unknown>;
  /** How long it stays as it is at first, in seconds. */
  lasts: number;
  first: unknown;
  after: unknown;
  /** What another app sees of its own, whose clock nobody moved; `first` unless given. */
  untouched?: unknown;
};
const cases: Record<string, Case> = {
  "a claim window that opens": {
    prepare: (app) => add(app, { start_time: NOW + DAY, end_time: NOW + 2 * DAY }),
    look: (app) => errcodeOf(claim(app, "r")),
    lasts: DAY - 1,
    first: 1090058,
    after: 0,
  },
  "a claim window that closes": {
    prepare: (app) => add(app, { start_time: NOW - 9, end_time: NOW + DAY }),
    look: (app) => errcodeOf(claim(app, "r")),
    lasts: DAY,
    first: 0,
    after: 1090058,
  },
  "a validity of days": { ...held({ valid_type: 2, valid_day_num: 1 }), lasts: DAY, first: 0, after: 1090058 },
  "a validity of seconds": { ...held({ valid_type: 3, valid_second: 90 }), lasts: 90, first: 0, after: 1090058 },
  "a fixed validity": {
    ...held({ valid_type: 1, start_time: NOW, end_time: NOW + DAY }),
    lasts: DAY,
    first: 0,
    after: 1090058,
  },
  "the lock of an order": {
    async prepare(app) {
      await add(app, {});
      await claim(app, "r");
      await app.must("lock", { ...cart, out_order_id: "first", user_coupons: "best", ttl_seconds: HOUR });
    },
    look: async (app) => ((await app.must("quote", cart)) as unknown as { discount: number }).discount,
    lasts: HOUR,
    first: 0,
    after: 500,
  },
  "a token's life": {
    prepare: async (app) => app.accessToken,
    look: (_, token: string) => worth(server, token),
    lasts: 7199,
    first: 0,
    after: 42001,
  },
  "the five minutes of a token that was superseded": {
    async prepare(app) {
      const token = app.accessToken;
      await app.renewToken();
      return token;
    },
    look: (_, token: string) => worth(server, token),
    lasts: 299,
    first: 0,
    after: 40001,
  },
  "a token's life as it is told": {
    prepare: (app) => askAs(server, app, "stable_token"),
    look: async (app) => (await askAs(server, app, "stable_token")).expires_in,
    lasts: 1000,
    first: 6200,
    after: 6199,
    untouched: 7200,
  },
  "the day of a token quota": {
    async prepare({ appid }) {
      const app = await server.store.app(appid);
      const secretDigest = app?.secret.digest as string;
      const fetch = { kind: "stable", force: false, candidate: { nonce: "n", digest: "d" }, secretDigest } as const;
      const fetches = Array.from({ length: 2000 }, () => ({ do: "issueToken", appid, ...fetch }) as const);
      await server.ledger.submitTogether(fetches, by);
    },
    look: (app) => errcodeOf(askAs(server, app, "stable_token")),
    // The day of UTC+8 ends at 16:00 of UTC.
    lasts: DAY - ((NOW + 8 * HOUR) % DAY) - 1,
    first: 45009,
    after: 0,
  },
  "a person's claims of a minute": {
    async prepare(app) {
      await add(app, {});
      await server.apps.configure(app.appid, { claimsPerMinuteOfPerson: 1 }, by);
      await claim(app, "r");
    },
    look: (app) => errcodeOf(claim(app, "another")),
    lasts: 59,
    first: 1090031,
    after: 0,
  },
  "an app's claims of a minute": {
    async prepare(app) {
      await add(app, {});
      await server.apps.configure(app.appid, { claimsPerMinute: 1 }, by);
      await claim(app, "r");
    },
    look: (app) => errcodeOf(claim(app, "another", "q")),
    lasts: 59,
    first: 45011,
    after: 0,
  },
};

describe.each(Object.entries(cases))("%s", (_, { prepare, look, lasts, first, after, untouched = first }) => {
  // A look may change what it looks at, so that each has an app of its own.
  it.each([
    ["stays while it lasts", 0, first],
    ["goes by the app's time, and by no other app's", 1, after],
  ])("%s", async (_, more, expected) => {
    const [prepared, inShop] = [await prepare(sandbox), await prepare(shop)];
    expect(await server.clocks.advance(sandbox.appid, lasts + more, by)).toHaveProperty("shown");
    if (lasts + more >= 7200) await sandbox.renewToken();
    expect(await look(sandbox, prepared as never)).toEqual(expected);
    expect(await look(shop, inShop as never)).toEqual(untouched);
  });
});

/** Has the merchant leave all attempts at a request without an answer. */
async function staySilent(app: TestApp, request: string): Promise<void> {
  const silence: MerchantAnswer = { answer: "timed_out", problem: "too slow" };
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect.poll(() => merchant.isAsked(app.appid, request), { interval: 1 }).toBe(true);
    merchant.reply(app.appid, request, silence);
  }
}

/** Leaves a claim open whose merchant says nothing. */
async function leaveOpen(app: TestApp, request: string): Promise<void> {
  const answer = claim(app, request);
  await staySilent(app, request);
  expect((await answer).errcode).toBe(1090060);
}

const promised = async ({ appid }: TestApp) =>
  (await server.store.listCoupons(appid, 0, 1)).entries[0]?.stock?.promised;
const asksMerchant = { claimMode: "callback", callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;

it("a hold is over by its own app's clock, and one that stands keeps it as long as it stands", async () => {
  for (const app of [sandbox, shop]) {
    await add(app, {});
    await server.apps.configure(app.appid, asksMerchant, by);
    await leaveOpen(app, "r");
  }
  await server.clocks.freeze(sandbox.appid, by);
  server.clock.now += DAY;
  await shop.renewToken();
  await server.claims.finishAbandoned();
  expect([await promised(sandbox), await promised(shop)]).toEqual([1, 0]);
  expect(merchant.questions, "nobody is asked again while it stands").toEqual([]);

  await leaveOpen(shop, "later");
  await server.clocks.resume(sandbox.appid, by);
  server.clock.now += 11;
  await server.claims.finishAbandoned();
  await Promise.all([staySilent(sandbox, "r"), staySilent(shop, "later")]);
  await server.claims.settled();
  await server.claims.finishAbandoned();
  expect([await promised(sandbox), await promised(shop)]).toEqual([1, 1]);
  expect(await server.clocks.advance(sandbox.appid, 20, by)).toMatchObject({ passed: { holds: 1 } });
  expect([await promised(sandbox), await promised(shop)]).toEqual([0, 1]);
});

it("a claim that waits for its merchant is decided while the clock stands", async () => {
  await add(sandbox, {});
  await server.apps.configure(sandbox.appid, asksMerchant, by);
  await server.clocks.freeze(sandbox.appid, by);
  server.clock.now += 100;
  const answer = claim(sandbox, "r");
  await expect.poll(() => merchant.isAsked(sandbox.appid, "r"), { interval: 1 }).toBe(true);
  merchant.reply(sandbox.appid, "r", { answer: "granted", outUserCouponId: "u" });
  expect((await answer).errcode).toBe(0);
  expect(await server.store.userCoupon(sandbox.appid, "c", "u")).toMatchObject({ receivedAt: NOW });
});

it("the expiry job goes by each app's clock, also by one that stands", async () => {
  const brief = { valid_info: { valid_type: 1, start_time: NOW - 9, end_time: NOW + HOUR } };
  for (const app of [sandbox, shop]) {
    await add(app, brief);
    await claim(app, "r");
  }
  const expire = () => expireDue({ ...server, clock: () => server.clock.now });
  const states = () =>
    Promise.all([sandbox, shop].map(async ({ appid }) => (await server.store.coupon(appid, "c"))?.status));
  await server.ledger.submit({ do: "setClock", appid: sandbox.appid, to: NOW + HOUR + 1, real: NOW }, by);
  expect(await expire()).toBe(2);
  expect(await states()).toEqual(["expired", "active"]);

  const still = await server.createApp("wx_still", undefined, { sandbox: true });
  await add(still, brief);
  await server.clocks.freeze(still.appid, by);
  server.clock.now += DAY;
  expect(await expire()).toBe(2);
  expect(await states()).toEqual(["expired", "expired"]);
  expect(await server.store.coupon(still.appid, "c")).toMatchObject({ status: "active" });
});

it("a report's day is the app's", async () => {
  for (const app of [sandbox, shop]) {
    await add(app, {});
    await claim(app, "r");
  }
  await server.clocks.advance(sandbox.appid, DAY, by);
  await sandbox.renewToken();
  for (const app of [sandbox, shop]) await claim(app, "again");
  const daysOf = async ({ appid }: TestApp) => {
    const span = { appid, from: "2023-11-01", to: "2023-11-30", by: "day" };
    const { entries } = await operated(server, "listReports", span);
    return entries.map(({ day, claimed }) => [day, claimed]);
  };
  expect(await daysOf(sandbox)).toEqual([
    ["2023-11-15", 1],
    ["2023-11-16", 1],
  ]);
  expect(await daysOf(shop)).toEqual([["2023-11-15", 2]]);
});

it("who works on a hand-out is told by real time, and what is given happens at the app's", async () => {
  await add(sandbox, {});
  const handOut = { appid: sandbox.appid, handOutId: "h", outCouponId: "c", dryRun: false, by } as const;
  async function* people() {
    yield { line: 1, openid: "p" };
  }
  await server.handOuts.create(handOut, people());
  const named = { appid: handOut.appid, handOutId: "h" };
  const take = (worker: string) =>
    server.ledger.submit({ do: "takeHandOut", ...named, worker, real: server.clock.now }, "job h");
  const isOpen = async () => (await server.store.listOpenHandOuts("two", server.clock.now, 9)).length === 1;
  await take("one");
  await server.clocks.advance(sandbox.appid, DAY, by);
  expect([await isOpen(), await take("two")]).toMatchObject([false, { refused: "hand_out_taken" }]);
  await server.clocks.freeze(sandbox.appid, by);
  server.clock.now += 6;
  expect(await isOpen()).toBe(true);
  await server.handOuts.work();
  expect(await server.store.handOut(sandbox.appid, "h")).toMatchObject({ state: "done", given: 1, createdAt: NOW });
  const { entries } = await server.store.listUserCoupons(sandbox.appid, "p", 0, 1);
  expect(entries).toMatchObject([{ receivedAt: NOW + DAY }]);
});
