import type { RouteReply } from "@quanku/protocol/admin";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";

type Preview = RouteReply<"previewCoupon">["preview"];

const stock = { total_num: 10 };
const lines = [
  { out_product_id: "shirt", price: 3000, quantity: 2 },
  { out_product_id: "socks", price: 500, quantity: 1 },
];

async function start() {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  return { server, app: await server.createApp("wx_a") };
}

const preview = async (server: TestServer, sent: object, more: object = {}): Promise<Preview> =>
  (await operated(server, "previewCoupon", { appid: "wx_a", coupon: sent, ...more })).preview;

const faultsOf = ({ errors }: Preview) => errors.map(({ field, detail }) => `${field} ${detail}`);

it("a coupon that could be added has no fault, says what it gives, and takes it off the cart", async () => {
  const { server } = await start();
  expect(await preview(server, coupon("c", stock), { lines })).toEqual({
    errors: [],
    words: { zh: "减5元", en: "¥5 off" },
    quote: {
      total: 6500,
      discount: 500,
      payable: 6000,
      lines: [
        { ...lines[0], discount: 462 },
        { ...lines[1], discount: 38 },
      ],
      reason: null,
    },
  });
  expect(await preview(server, coupon("c", stock))).toMatchObject({ quote: null });
  expect((await server.store.listCoupons("wx_a", 0, 1)).total).toBe(0);
});

it("one that is hardly begun has every fault at once, in both languages, and no words yet", async () => {
  const { server } = await start();
  const told = await preview(server, {}, { lines });
  expect(told).toMatchObject({ words: null, quote: null });
  expect(told.errors).toContainEqual({ field: "coupon.promote_type", detail: "is required", detail_zh: "是必填项" });
  expect(faultsOf(told)).toEqual([
    "coupon.out_coupon_id is required",
    "coupon.type must be one of 1, 2, 3, 4, 5, 6, 101, 102, 103, 104",
    "coupon.promote_type is required",
    "coupon.coupon_info is required",
  ]);
  const begun = {
    type: "102",
    coupon_info: { discount_info: { discount_fee: 100_000 }, valid_info: { valid_type: 2 } },
  };
  expect(faultsOf(await preview(server, begun))).toEqual([
    "coupon.out_coupon_id is required",
    "coupon.promote_type is required",
    "coupon.coupon_info.name is required",
    "coupon.coupon_info.promote_info is required",
    "coupon.coupon_info.receive_info is required",
    "coupon.coupon_info.discount_info.discount_condition.product_price is required for type 102",
    "coupon.coupon_info.valid_info.valid_day_num is required for valid_type 2",
  ]);
});

it("tells of each fault what addCoupon tells", async () => {
  const { server } = await start();
  const wrong = [
    {},
    { type: 7 },
    coupon("", stock),
    coupon("c", { total_num: -1, start_time: 5, end_time: 4 }),
    coupon("c", stock, { type: 1, discount_info: { discount_num: 0 } }),
    coupon("c", stock, { type: 6, discount_info: [] }),
    coupon("c", stock, { note: "x".repeat(70_000) }),
    { ...coupon("c", stock), coupon_info: "no" },
  ];
  for (const sent of wrong) {
    const answer = await operate(server, "addCoupon", { appid: "wx_a", coupon: sent });
    const told = await preview(server, sent);
    expect(told.errors.map(({ field, detail, detail_zh: zh }) => ({ field, detail, zh }))).toEqual(
      (answer as { errors?: unknown }).errors,
    );
    expect(told.errors.length).toBeGreaterThan(0);
  }
});

it("what it gives is told as soon as that can be, whatever else is missing", async () => {
  const { server } = await start();
  const begun = {
    type: "102",
    coupon_info: { discount_info: { discount_fee: "1500", discount_condition: { product_price: 10_000 } } },
  };
  const told = await preview(server, begun, { lines });
  expect(told.errors.length).toBeGreaterThan(0);
  expect(told.words).toEqual({ zh: "满100元减15元", en: "¥15 off orders of ¥100 or more" });
  expect(told.quote).toMatchObject({
    payable: 6500,
    discount: 0,
    reason: {
      code: "below_threshold",
      spend_more: 3500,
      items_more: 0,
      out_product_ids: null,
      words: { en: "spend 3500 fen more", zh: "还差 35 元" },
    },
  });
});

it.each([
  [
    { type: 4, discount_info: { discount_fee: 1, discount_condition: { out_product_ids: ["hat", "cap"] } } },
    {
      code: "no_matching_product",
      out_product_ids: ["hat", "cap"],
      words: { zh: "需要加入以下商品之一：hat、cap", en: "add one of hat, cap" },
    },
  ],
  [
    {
      type: 1,
      discount_info: { discount_num: 5000, discount_condition: { product_cnt: 3, out_product_ids: ["shirt"] } },
    },
    {
      code: "below_threshold",
      items_more: 1,
      spend_more: 0,
      words: { zh: "还差 1 件（限商品 shirt）", en: "add 1 more item of shirt" },
    },
  ],
])("of %o the cart is told why it takes nothing off", async (info, reason) => {
  const { server } = await start();
  expect((await preview(server, coupon("c", stock, info), { lines })).quote?.reason).toMatchObject(reason);
});

describe("beside coupons that are there", () => {
  let server: TestServer;
  let app: TestApp;
  beforeAll(async () => {
    server = await startTestServer({ adapter: "memory" });
    app = await server.createApp("wx_a");
    await addActive(app, coupon("active", stock));
    await app.must("add", { coupon: coupon("draft", stock) });
    return () => server.close();
  });

  it.each([
    ["new", false, []],
    ["draft", true, []],
    // The same once more is a repeat for addCoupon too.
    ["draft", false, []],
    ["active", true, ["coupon.out_coupon_id status is 2; only a coupon of status 1 can be updated"]],
    ["new", true, ["coupon.out_coupon_id out_coupon_id new is not in this app"]],
  ])("the id %s, to replace: %s, has the faults %j", async (id, replaces, faults) => {
    expect(faultsOf(await preview(server, coupon(id, stock), { replaces }))).toEqual(faults);
  });

  it("an id is taken by a coupon with other content, finished or not", async () => {
    const taken = { field: "coupon.out_coupon_id", detail: "out_coupon_id exists", detail_zh: "券 draft 已存在" };
    expect((await preview(server, coupon("draft", { total_num: 11 }))).errors).toEqual([taken]);
    expect((await preview(server, { out_coupon_id: "draft" })).errors).toContainEqual(taken);
    expect((await preview(server, { out_coupon_id: "draft" }, { replaces: true })).errors).not.toContainEqual(taken);
  });

  it("the cart comes to what it comes to for a person who has that coupon", async () => {
    await give(app, "p", "active", "u");
    const quoted = await app.must("quote", { openid: "p", lines });
    const told = await preview(server, coupon("other", stock), { lines });
    const { total, discount, payable } = quoted as { total: number; discount: number; payable: number };
    expect(told.quote).toMatchObject({ total, discount, payable, lines: quoted.lines });
  });
});

it("a cart that is none is a fault of the call, and an object is asked for", async () => {
  const { server } = await start();
  const asked = (given: object) => operate(server, "previewCoupon", { appid: "wx_a", ...given });
  expect(await asked({ coupon: {}, lines: [] })).toMatchObject({ errors: [{ field: "lines" }] });
  expect(await asked({ coupon: {}, lines: [{ out_product_id: "p", price: 1 }] })).toMatchObject({
    errors: [{ field: "lines.0.quantity", detail: "is required" }],
  });
  expect(await asked({ coupon: "no" })).toMatchObject({ errors: [{ field: "coupon", detail: "must be an object" }] });
});
