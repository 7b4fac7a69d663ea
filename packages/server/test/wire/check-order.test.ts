import type { CallName } from "@quanku/protocol/calls";
import { describe, expect, it, onTestFinished } from "vitest";
import { sampleCoupon } from "../../testing/coupons.ts";
import { absent, type JsonObject, withAt } from "./support/json.ts";
import { dump, goodBodies, OPENED_AT, openShop, type Shop, send } from "./support/shop.ts";

/** A request that is wrong in every way, to be mended one way at a time. */
type Request = { path: string; method: string; query: string; body: string | Uint8Array<ArrayBuffer> };
type Step = [mend: string, errcode: number, change: (shop: Shop) => Partial<Request> | Promise<Partial<Request>>];

const spaces = new Uint8Array(2 ** 20 + 1).fill(0x20);

const envelope: Step[] = [
  ["nothing yet", 40066, () => ({ path: "/shop/coupon/nowhere", method: "PUT", query: "", body: spaces })],
  ["the path", 43002, () => ({ path: "add_user_coupon" })],
  ["the method", 41001, () => ({ method: "POST" })],
  ["the query, with a token nobody issued", 40001, () => ({ query: "?access_token=x" })],
  ["the token, but for its age", 42001, ({ app }) => ({ query: `?access_token=${app.accessToken}` })],
  [
    "the token, but for an empty body",
    44002,
    async ({ app }) => {
      await app.renewToken();
      return { query: `?access_token=${app.accessToken}`, body: "" };
    },
  ],
  ["an empty body, by one too large", 47001, () => ({ body: spaces })],
  ["its size", 47001, () => ({ body: '{"openid":' })],
  ["its JSON, but for its shape", 47001, () => ({ body: "[]" })],
  ["its shape", 990004, () => ({ body: "{}" })],
];

const limitedTo1 = { user_coupon: { out_user_coupon_id: "uc_a", out_coupon_id: "limited", status: 100 } };
const person = { openid: "person_1" };
const at = (path: string, value: unknown): Step[2] => {
  return () => ({ body: JSON.stringify(withAt({ ...person, ...limitedTo1 }, path, value)) });
};

/** Then the fields in their order, and then the rules of add_user_coupon in theirs. */
const fieldsAndRules: Step[] = [
  ["openid present", 990001, () => ({ body: JSON.stringify({ openid: "a b", recv_time: -1 }) })],
  ["openid", 990007, () => ({ body: JSON.stringify({ ...person, recv_time: -1 }) })],
  ["user_coupon present", 47001, () => ({ body: JSON.stringify({ ...person, user_coupon: [0], recv_time: -1 }) })],
  ["user_coupon", 990007, () => ({ body: JSON.stringify({ ...person, user_coupon: {}, recv_time: -1 }) })],
  ["out_user_coupon_id present", 990008, at("user_coupon", { out_user_coupon_id: "x".repeat(129), status: 1 })],
  ["out_user_coupon_id", 990007, at("user_coupon", { out_user_coupon_id: "uc_a", status: 1 })],
  ["out_coupon_id, but for the status", 47001, at("user_coupon.status", 1)],
  ["the status, but for recv_time", 47001, at("recv_time", -1)],
  ["the fields; the coupon is unknown", 1090057, at("user_coupon.out_coupon_id", "nobody")],
];

async function walk(shop: Shop, steps: Step[]): Promise<void> {
  let request: Request = { path: "", method: "", query: "", body: "" };
  for (const [mend, errcode, change] of steps) {
    request = { ...request, ...(await change(shop)) };
    const { path, query, method, body } = request;
    const before = await dump(shop.server);
    expect(await send(shop.server, path, query, { method, body }), `mended: ${mend}`).toMatchObject({ errcode });
    expect(await dump(shop.server), `mended: ${mend}`).toBe(before);
  }
}

describe("the order of checks", () => {
  it("is route, method, token, body, fields in their order, rules", async () => {
    const shop = await openShop();
    onTestFinished(() => shop.server.close());
    shop.clock.now = OPENED_AT + 7200;
    await walk(shop, [...envelope, ...fieldsAndRules]);
  });

  it("is the same for the rules of add_user_coupon", async () => {
    const shop = await openShop();
    onTestFinished(() => shop.server.close());
    const { app } = shop;
    const id = "limited";
    const status = (to: number) => app.must("update_status", { out_coupon_id: id, status: to });
    const stock = (issued_num: number, receive_num: number) =>
      app.must("update_coupon_stock", { coupon_stock: { out_coupon_id: id, stock_info: { issued_num, receive_num } } });
    const record = (openid: string, out_user_coupon_id: string) =>
      app.call("add_user_coupon", { openid, user_coupon: { out_user_coupon_id, out_coupon_id: id, status: 100 } });
    // uc_limited is person_1's, whose limit it exhausts; nothing is left and the count is full.
    await stock(0, 2 ** 31 - 1);
    expect(await record("person_2", "uc_limited")).toMatchObject({
      errcode: 1090033,
      errmsg: expect.stringContaining("out_user_coupon_id"),
    });
    expect(await record("person_1", "uc_limited")).toMatchObject({ errcode: 0 });
    expect(await record("person_1", "uc_a")).toMatchObject({ errcode: 1090029 });
    await stock(1, 2 ** 31 - 1);
    expect(await record("person_1", "uc_a")).toMatchObject({ errcode: 1090030 });
    expect(await record("person_2", "uc_a")).toMatchObject({
      errcode: 1090033,
      errmsg: expect.stringContaining("receive_num"),
    });
    await stock(1, 2 ** 31 - 2);
    expect(await record("person_2", "uc_a")).toEqual({ errcode: 0 });
    await stock(0, 2 ** 31 - 1);
    await status(3);
    expect(await record("person_1", "uc_b")).toMatchObject({ errcode: 1090058 });
    expect(await record("person_2", "uc_limited")).toMatchObject({ errcode: 1090033 });
    expect(await record("person_1", "uc_limited")).toMatchObject({ errcode: 0 });
  });
});

const info = "coupon.coupon_info";
const ids = `${info}.discount_info.discount_condition.out_product_ids`;
/** Faults of a coupon of type 2, from the check that comes last to the one that comes first. */
const faults: [errcode: number, names: string, path: string, wrong: unknown][] = [
  [990009, "valid_info", `${info}.valid_info`, { valid_type: 1, start_time: 6, end_time: 5 }],
  [990009, "receive_info", `${info}.receive_info`, { start_time: 6, end_time: 5, total_num: 1 }],
  [1090011, "out_product_ids", ids, []],
  [1090049, "discount_info", `${info}.discount_info`, absent],
  [47001, "valid_type", `${info}.valid_info`, { valid_type: 9 }],
  [990007, "total_num", `${info}.receive_info`, {}],
  [47001, "promote_info", `${info}.promote_info`, 4],
  [990007, "name", `${info}.name`, absent],
  [47001, "promote_type", "coupon.promote_type", 0],
  [47001, "type", "coupon.type", 7],
  [990008, "out_coupon_id", "coupon.out_coupon_id", "x".repeat(129)],
];

describe("the order of checks of a coupon", () => {
  it.each([
    ["add", 1090033],
    ["update", 1090058],
  ] as const)("is fields, then the type's needs, intervals and rules: %s", async (call, rule) => {
    const { server, app } = await openShop();
    onTestFinished(() => server.close());
    const before = await dump(server);
    let body: JsonObject = { coupon: { ...sampleCoupon("active"), type: 2 } };
    expect(await app.call(call, body)).toMatchObject({ errcode: rule });
    for (const [errcode, names, path, wrong] of faults) {
      body = withAt(body, path, wrong);
      const reply = await app.call(call, body);
      expect(reply, path).toMatchObject({ errcode });
      expect(reply.errmsg).toContain(names);
    }
    expect(await dump(server)).toBe(before);
  });
});

describe("fields are told in their order", () => {
  const orders: [CallName, ...string[]][] = [
    ["get_list", "page_size", "offset"],
    ["update_status", "out_coupon_id", "status"],
    ["get_usercoupon_list", "openid", "page_size", "offset"],
    [
      "update_coupon_stock",
      "coupon_stock.out_coupon_id",
      "coupon_stock.stock_info.issued_num",
      "coupon_stock.stock_info.receive_num",
    ],
    [
      "update_user_coupon",
      "openid",
      "user_coupon.out_user_coupon_id",
      "user_coupon.out_coupon_id",
      "user_coupon.ext_info.use_time",
      "recv_time",
    ],
    ["update_usercoupon_status", "openid", "out_coupon_id", "out_user_coupon_id", "status"],
  ];

  it.each(orders)("%s", async (call, ...paths) => {
    const { server, app } = await openShop("memory");
    onTestFinished(() => server.close());
    for (let first = 0; first < paths.length; first++) {
      const body = paths.slice(first).reduce((made, path) => withAt(made, path, {}), goodBodies[call]);
      const reply = await app.call(call, body);
      expect(reply).toMatchObject({ errcode: 47001 });
      expect(reply.errmsg).toContain(`hint: [${paths[first]}: `);
    }
  });
});
