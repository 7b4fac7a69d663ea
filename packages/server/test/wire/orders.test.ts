import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expireDue } from "../../src/service/expiry.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import type { Reply } from "../../testing/replies.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const OPENED_AT = 1_700_000_000;
const DAY = 86_400;

let server: TestServer;
let app: TestApp;

const must = async (reply: Promise<Reply>): Promise<Reply> => {
  const answered = await reply;
  if (answered.errcode !== 0) throw new Error(JSON.stringify(answered));
  return answered;
};

/** Adds and activates a coupon, and gives one of it to a person. */
async function giveNew(id: string, type: number, discount_info: object, openid = "p", valid_day_num = 10) {
  const valid_info = { valid_type: 2, valid_day_num };
  await addActive(app, coupon(id, { total_num: 1000 }, { type, discount_info, valid_info }));
  await give(app, openid, id, `u-${id}`);
}

const shirt = (quantity = 1) => ({ out_product_id: "shirt", price: 10_000, quantity });
const socks = (quantity = 1) => ({ out_product_id: "socks", price: 1_001, quantity });
const held = (...ids: string[]) => ids.map((id) => ({ out_coupon_id: id, out_user_coupon_id: `u-${id}` }));
const off500 = { discount_fee: 500 };

/** The status of a person's coupons, and when each was used, by out_coupon_id. */
async function wallet(openid = "p"): Promise<Record<string, string>> {
  const { result_list } = await app.must("get_usercoupon_list", { openid, page_size: 200 });
  const entries = result_list as { out_coupon_id: string; status: number; ext_info: { use_time?: number } }[];
  return Object.fromEntries(
    entries.map(({ out_coupon_id, status, ext_info }) => [out_coupon_id, [status, ext_info.use_time].join(" ").trim()]),
  );
}

const order = (id: string, more: object = {}) => ({
  openid: "p",
  out_order_id: id,
  lines: [shirt()],
  user_coupons: held("a"),
  ...more,
});
const lock = (id: string, more: object = {}) => app.call("lock", { ...order(id), ttl_seconds: 60, ...more });
const redeem = (id: string, more: object = {}) => app.call("redeem", { ...order(id), ...more });

beforeEach(async () => {
  server = await startTestServer({ now: OPENED_AT });
  app = await server.createApp("wx_orders");
  await giveNew("a", 104, off500);
});
afterEach(() => server.close());

describe("quote", () => {
  it("finds the best combination, splits it over the lines, and explains every coupon", async () => {
    await giveNew("socks_half", 3, { discount_num: 5000, discount_condition: { out_product_ids: ["socks"] } });
    await giveNew("big", 102, { discount_fee: 3000, discount_condition: { product_price: 50_000 } });
    await giveNew("hats", 4, { discount_fee: 100, discount_condition: { out_product_ids: ["hat"] } });
    const reply = await app.call("quote", { openid: "p", lines: [shirt(2), socks(3)] });
    expect(reply).toEqual({
      errcode: 0,
      total: 23_003,
      // Half of 3003 is 1501.5: 1502 is paid. Then 500 off what is left, 21 502.
      discount: 1_501 + 500,
      payable: 21_002,
      proven: true,
      not_looked_at: 0,
      lines: [
        { ...shirt(2), discount: 465 },
        { ...socks(3), discount: 1_501 + 35 },
      ],
      user_coupons: [
        {
          ...held("hats")[0],
          used: false,
          alone: 0,
          reason: { code: "no_matching_product", out_product_ids: ["hat"], explained: "add one of hat" },
        },
        {
          ...held("big")[0],
          used: false,
          alone: 0,
          reason: { code: "below_threshold", items_more: 0, spend_more: 26_997, explained: "spend 26997 fen more" },
        },
        { ...held("socks_half")[0], used: true, discount: 1_501, parts: [0, 1_501] },
        { ...held("a")[0], used: true, discount: 500, parts: [465, 35] },
      ],
    });
  });

  it("keeps to the policy that is asked for, else to the app's", async () => {
    await giveNew("b", 4, { discount_fee: 700, discount_condition: { out_product_ids: ["shirt"] } });
    const discountUnder = async (policy?: string) =>
      (await app.must("quote", { openid: "p", lines: [shirt()], policy })).discount;
    expect(await discountUnder()).toBe(1200);
    expect(await discountUnder("one_per_order")).toBe(700);
    await server.apps.configure(app.appid, { stackingPolicy: "exclusive" }, "command_line");
    expect(await discountUnder()).toBe(700);
    expect(await discountUnder("product_then_shop")).toBe(1200);
  });

  it("changes nothing, and knows nobody's coupons for a stranger", async () => {
    const before = await server.store.readJournal(app.appid, 0, 1000);
    expect(await app.call("quote", { openid: "stranger", lines: [shirt()] })).toMatchObject({
      errcode: 0,
      discount: 0,
      payable: 10_000,
      user_coupons: [],
    });
    expect(await server.store.readJournal(app.appid, 0, 1000)).toEqual(before);
  });
});

describe("an order", () => {
  it("is redeemed once, however often it is sent, and not with other content", async () => {
    const first = await redeem("o1");
    expect(first).toEqual({
      errcode: 0,
      order: {
        out_order_id: "o1",
        openid: "p",
        status: "redeemed",
        total: 10_000,
        discount: 500,
        payable: 9_500,
        refunded: 0,
        lines: [{ ...shirt(), discount: 500, returned: 0 }],
        user_coupons: [{ ...held("a")[0], discount: 500, parts: [500] }],
        use_time: OPENED_AT,
      },
    });
    expect(await wallet()).toEqual({ a: `102 ${OPENED_AT}` });
    server.clock.now += 100;
    expect(await Promise.all([redeem("o1"), redeem("o1"), app.call("redeem", { out_order_id: "o1" })])).toEqual([
      first,
      first,
      first,
    ]);
    expect((await redeem("o1", { lines: [shirt(2)] })).errcode).toBe(1090033);
    expect((await redeem("o1", { user_coupons: "best" })).errcode).toBe(1090033);
    const other = await redeem("o2");
    expect(other.errcode).toBe(1090058);
    expect(other.errmsg).toContain("out_user_coupon_id u-a cannot be used: already_used");
    expect((await app.call("redeem", { out_order_id: "nothing" })).errcode).toBe(1090057);
  });

  it("is refused in whole where one of its coupons cannot be used", async () => {
    await giveNew("b", 4, { discount_fee: 700, discount_condition: { out_product_ids: ["hat"] } });
    const reply = await redeem("o1", { user_coupons: held("a", "b") });
    expect(reply.errcode).toBe(1090058);
    expect(reply.errmsg).toContain("u-b cannot be used: no_matching_product");
    expect(await wallet()).toEqual({ a: "100", b: "100" });
    expect((await redeem("o1", { openid: "q" })).errcode).toBe(1090057);
    expect((await redeem("o1", { user_coupons: held("nothing") })).errcode).toBe(1090057);
  });

  it("takes the best coupons where it asks for them, as the quote said", async () => {
    await giveNew("b", 4, { discount_fee: 700, discount_condition: { out_product_ids: ["shirt"] } });
    const quoted = await app.must("quote", { openid: "p", lines: [shirt()] });
    const { order: redeemed } = (await must(redeem("o1", { user_coupons: "best" }))) as { order: { discount: number } };
    expect(redeemed.discount).toBe(quoted.discount);
    expect(await wallet()).toEqual({ a: `102 ${OPENED_AT}`, b: `102 ${OPENED_AT}` });
    expect(await must(redeem("o1", { user_coupons: "best" }))).toMatchObject({ order: { discount: 1200 } });
  });

  it("without coupons is kept too", async () => {
    expect(await redeem("o1", { user_coupons: [] })).toMatchObject({ errcode: 0, order: { discount: 0 } });
  });
});

describe("a lock", () => {
  it("keeps the coupon for its order: nobody else uses, locks or gives it up, and it shows 100", async () => {
    const locked = await must(lock("o1"));
    expect(locked.order).toMatchObject({ status: "locked", discount: 500, lock_end_time: OPENED_AT + 60 });
    expect(await lock("o1")).toEqual(locked);
    expect(await wallet()).toEqual({ a: "100" });
    for (const reply of [await redeem("o2"), await lock("o2")]) {
      expect(reply.errcode).toBe(1090058);
      expect(reply.errmsg).toContain(`locked, until ${OPENED_AT + 60}`);
    }
    for (const status of [101, 102, 103]) {
      const reply = await app.call("update_usercoupon_status", { openid: "p", ...held("a")[0], status });
      expect(reply.errcode).toBe(1090058);
      expect(reply.errmsg).toContain("locked for out_order_id o1");
    }
    const quoted = await app.must("quote", { openid: "p", lines: [shirt()] });
    expect(quoted).toMatchObject({
      discount: 0,
      user_coupons: [{ used: false, reason: { code: "locked", lock_end_time: OPENED_AT + 60 } }],
    });
    expect((await app.must("redeem", { out_order_id: "o1" })).order).toMatchObject({
      status: "redeemed",
      discount: 500,
    });
    expect(await wallet()).toEqual({ a: `102 ${OPENED_AT}` });
  });

  it("ends with its last second: then the coupon is free for others", async () => {
    await must(lock("o1"));
    server.clock.now += 60;
    expect((await lock("o2")).errcode).toBe(1090058);
    server.clock.now += 1;
    await must(lock("o2"));
    const late = await app.call("redeem", { out_order_id: "o1" });
    expect(late.errcode).toBe(1090058);
    expect(late.errmsg).toContain("locked");
  });

  it("that ended is decided anew by the same request, and redeemed late if the coupon is still free", async () => {
    await must(lock("o1"));
    server.clock.now += 61;
    expect((await must(lock("o1"))).order).toMatchObject({ lock_end_time: OPENED_AT + 121 });
    server.clock.now += 61;
    expect((await must(redeem("o1"))).order).toMatchObject({ status: "redeemed", use_time: OPENED_AT + 122 });
  });

  it("keeps the coupon past its end of validity, for its order and from the expiry job", async () => {
    server.clock.now = OPENED_AT + 10 * DAY - 30;
    await app.renewToken();
    await must(lock("o1"));
    server.clock.now += 60;
    const expire = () => expireDue({ ...server, clock: () => server.clock.now });
    expect(await expire()).toBe(0);
    await app.must("redeem", { out_order_id: "o1" });
    expect((await app.must("return", { out_order_id: "o1" })).order).toMatchObject({ status: "returned" });
    expect(await wallet()).toEqual({ a: "101" });
  });

  it("is given up by a return; nothing was paid, so nothing is paid back", async () => {
    const item = { out_order_id: "o1", out_return_id: "r", lines: [{ line: 0, quantity: 1 }] };
    await must(lock("o1"));
    expect((await app.call("return", item)).errcode).toBe(1090058);
    const returned = await app.must("return", { out_order_id: "o1" });
    expect(returned).toMatchObject({ refund: { amount: 0, lines: [] }, order: { status: "returned" } });
    expect((await app.call("return", item)).errcode).toBe(1090058);
    expect(await app.call("return", { out_order_id: "o1" })).toEqual(returned);
    expect((await lock("o1")).errcode).toBe(1090058);
    await must(lock("o2"));
  });

  it("for the best coupons answers the same though a better one came since", async () => {
    const locked = await must(lock("o1", { user_coupons: "best" }));
    await giveNew("b", 104, { discount_fee: 900 });
    expect(await lock("o1", { user_coupons: "best" })).toEqual(locked);
    const { order: redeemed } = (await must(redeem("o1", { user_coupons: "best" }))) as { order: { discount: number } };
    expect(redeemed.discount).toBe(500);
    expect(await wallet()).toMatchObject({ b: "100" });
  });
});

describe("a return", () => {
  const give3 = () => redeem("o1", { lines: [shirt(3), socks()] });
  const back = (id: string, ...lines: [line: number, quantity: number][]) =>
    app.call("return", {
      out_order_id: "o1",
      out_return_id: id,
      lines: lines.map(([line, quantity]) => ({ line, quantity })),
    });

  it("of items pays back what was paid for them, and the coupon comes back when everything did", async () => {
    await must(give3());
    // 500 off 31 001: 483.86 and 16.14, so 484 and 16; paid are 29 516 and 985.
    const first = await must(back("r1", [0, 1]));
    expect(first.refund).toEqual({ amount: 9_838, lines: [{ line: 0, quantity: 1, amount: 9_838 }] });
    expect(first.order).toMatchObject({
      status: "redeemed",
      refunded: 9_838,
      lines: [{ returned: 1 }, { returned: 0 }],
    });
    expect(await back("r1", [0, 1])).toEqual(first);
    expect((await back("r1", [0, 2])).errcode).toBe(1090033);
    expect((await back("r2", [0, 3])).errcode).toBe(1090033);
    expect(await wallet()).toEqual({ a: `102 ${OPENED_AT}` });
    const second = await must(back("r2", [1, 1], [0, 2]));
    expect(second.refund).toMatchObject({ amount: 29_516 - 9_838 + 985 });
    expect(second.order).toMatchObject({ status: "returned", refunded: 30_501, payable: 30_501 });
    expect(await wallet()).toEqual({ a: "100" });
  });

  it("of all that is left pays back the rest", async () => {
    await must(give3());
    await must(back("r1", [0, 2]));
    const rest = await app.must("return", { out_order_id: "o1" });
    expect(rest.order).toMatchObject({ status: "returned", refunded: 30_501 });
    expect(await app.call("return", { out_order_id: "o1" })).toEqual(rest);
    expect(await wallet()).toEqual({ a: "100" });
    await must(redeem("o2"));
  });

  it("leaves alone a coupon that was given back and used on another order meanwhile", async () => {
    await must(redeem("o1"));
    await app.must("update_usercoupon_status", { openid: "p", ...held("a")[0], status: 100 });
    await must(redeem("o2"));
    await app.must("return", { out_order_id: "o1" });
    expect(await wallet()).toEqual({ a: `102 ${OPENED_AT}` });
    await app.must("return", { out_order_id: "o2" });
    expect(await wallet()).toEqual({ a: "100" });
  });

  it("names what it lacks", async () => {
    await must(give3());
    const nameless = await app.call("return", { out_order_id: "o1", lines: [{ line: 0, quantity: 1 }] });
    expect([nameless.errcode, nameless.errmsg?.includes("out_return_id is required")]).toEqual([990007, true]);
    const empty = await app.call("return", { out_order_id: "o1", out_return_id: "r" });
    expect([empty.errcode, empty.errmsg?.includes("lines is required")]).toEqual([990007, true]);
    expect((await app.call("return", { out_order_id: "nothing" })).errcode).toBe(1090057);
  });
});

describe("an order that is locked anew, with other coupons, while it is looked at", () => {
  beforeEach(async () => {
    await must(lock("o1", { user_coupons: "best" }));
    server.clock.now += 61;
    await giveNew("b", 104, { discount_fee: 900 });
    const { store } = server;
    const read = store.order;
    store.order = async (appid, outOrderId) => {
      const before = await read(appid, outOrderId);
      store.order = read;
      await must(lock("o1", { user_coupons: "best" }));
      return before;
    };
  });

  it("is redeemed with those", async () => {
    const { order } = await app.must("redeem", { out_order_id: "o1" });
    expect(order).toMatchObject({ status: "redeemed", user_coupons: [{ out_user_coupon_id: "u-b" }] });
    expect(await wallet()).toEqual({ a: "100", b: `102 ${OPENED_AT + 61}` });
  });

  it("gives those back where it is returned", async () => {
    const { order } = await app.must("return", { out_order_id: "o1" });
    expect(order).toMatchObject({ status: "returned", user_coupons: [{ out_user_coupon_id: "u-b" }] });
    await must(redeem("o2", { user_coupons: held("b") }));
  });
});

describe("the platform's own calls", () => {
  it("and ours see the same coupon", async () => {
    await app.must("update_usercoupon_status", { openid: "p", ...held("a")[0], status: 102 });
    expect((await redeem("o1")).errcode).toBe(1090058);
    await app.must("update_usercoupon_status", { openid: "p", ...held("a")[0], status: 100 });
    await must(redeem("o1"));
    expect((await app.call("update_usercoupon_status", { openid: "p", ...held("a")[0], status: 103 })).errcode).toBe(
      1090058,
    );
  });
});

for (const adapter of adapters)
  it(`of 32 orders for each of 20 coupons at once one wins, on ${adapter}`, async () => {
    await server.close();
    server = await startTestServer({ adapter, now: OPENED_AT });
    app = await server.createApp("wx_race");
    for (let n = 0; n < 20; n++) await giveNew(`c${n}`, 104, off500);
    const replies = await Promise.all(
      Array.from({ length: 20 * 32 }, (_, i) =>
        redeem(`order-${i}`, { lines: [shirt()], user_coupons: held(`c${i % 20}`) }),
      ),
    );
    const winners = replies.flatMap(({ errcode }, i) => (errcode === 0 ? [i % 20] : []));
    expect(winners.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    for (const { errcode } of replies) expect([0, 1090058]).toContain(errcode);
  });
