import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { sampleCoupon } from "../../testing/coupons.ts";
import { absent, type JsonObject, shown, withAt } from "./support/json.ts";
import { dump, openShop, type Shop } from "./support/shop.ts";

const MISSING = 990007;
const NO_PRODUCT = 1090011;
const NO_DISCOUNT = 1090049;
const WRONG = 47001;
const TOO_LONG = 990008;
const DISORDER = 990009;

const info = "coupon.coupon_info";
const discount = `${info}.discount_info`;
const condition = `${discount}.discount_condition`;

/** What a type cannot do without: its path, a value that will do, the code of its absence, and values that will not do. */
type Need = [path: string, good: unknown, absence: number, ...bad: [value: unknown, errcode: number][]];

const needs = {
  product_cnt: [`${condition}.product_cnt`, 1, MISSING, [0, WRONG], ["0", WRONG]],
  product_price: [`${condition}.product_price`, 1, MISSING, [0, WRONG]],
  out_product_ids: [
    `${condition}.out_product_ids`,
    ["p1"],
    NO_PRODUCT,
    [[], NO_PRODUCT],
    [[""], NO_PRODUCT],
    ["", NO_PRODUCT],
    [[1], WRONG],
  ],
  discount_num: [`${discount}.discount_num`, 9999, MISSING, [0, WRONG], [10_000, WRONG]],
  discount_fee: [`${discount}.discount_fee`, 1, MISSING, [0, WRONG]],
  tradein_product: [
    `${condition}.tradein_info.out_product_id`,
    "p1",
    NO_PRODUCT,
    ["", NO_PRODUCT],
    [0, NO_PRODUCT],
    [7, WRONG],
  ],
  tradein_price: [`${condition}.tradein_info.price`, 0, MISSING, [-1, WRONG]],
  buy_product: [
    `${condition}.buyget_info.buy_out_product_id`,
    "p1",
    NO_PRODUCT,
    ["", NO_PRODUCT],
    [0, NO_PRODUCT],
    [7, WRONG],
  ],
  buy_cnt: [`${condition}.buyget_info.buy_product_cnt`, 1, MISSING, [0, WRONG]],
  get_product: [
    `${condition}.buyget_info.get_out_product_id`,
    "p2",
    NO_PRODUCT,
    ["", NO_PRODUCT],
    [0, NO_PRODUCT],
    [7, WRONG],
  ],
  get_cnt: [`${condition}.buyget_info.get_product_cnt`, 1, MISSING, [0, WRONG]],
} satisfies Record<string, Need>;

/** The ten types and what each needs (protocol.md section 3). */
const needsOfType: Record<number, (keyof typeof needs)[]> = {
  1: ["product_cnt", "out_product_ids", "discount_num"],
  2: ["product_price", "out_product_ids", "discount_fee"],
  3: ["out_product_ids", "discount_num"],
  4: ["out_product_ids", "discount_fee"],
  5: ["tradein_product", "tradein_price"],
  6: ["buy_product", "buy_cnt", "get_product", "get_cnt"],
  101: ["product_cnt", "discount_num"],
  102: ["product_price", "discount_fee"],
  103: ["discount_num"],
  104: ["discount_fee"],
};

/** A coupon of a type with what it needs and nothing more. */
function leastCoupon(id: string, type: number): JsonObject {
  const body: JsonObject = {
    coupon: {
      out_coupon_id: id,
      type,
      promote_type: 4,
      coupon_info: {
        name: "n",
        promote_info: { promote_type: 4 },
        discount_info: { discount_condition: { tradein_info: {}, buyget_info: {} } },
        receive_info: { total_num: 0 },
      },
    },
  };
  return (needsOfType[type] ?? []).reduce((made, need) => withAt(made, needs[need][0], needs[need][1]), body);
}

type Case = [name: string, errcode: number, names: string, body: JsonObject];
const last = (path: string) => path.split(".").at(-1) as string;

function lacking(id: string, type: number): Case[] {
  const least = leastCoupon(id, type);
  const product = (needsOfType[type] ?? []).map((need): Need => needs[need]);
  const cases = product.flatMap(([path, , absence, ...bad]): Case[] =>
    [[absent, absence] as const, [null, absence] as const, ...bad].map(([value, errcode]) => [
      `type ${type}, ${last(path)} ${shown(value)}`,
      errcode,
      last(path),
      withAt(least, path, value),
    ]),
  );
  const [firstPath, , firstAbsence] = product[0] as Need;
  return [
    ...cases,
    [`type ${type} without discount_info`, NO_DISCOUNT, "discount_info", withAt(least, discount, absent)],
    [`type ${type}, discount_info null`, NO_DISCOUNT, "discount_info", withAt(least, discount, null)],
    [`type ${type}, discount_info {}`, firstAbsence, last(firstPath), withAt(least, discount, {})],
  ];
}

const window = (start_time?: unknown, end_time?: unknown) => ({ start_time, end_time });

function badIntervals(id: string): Case[] {
  const good: JsonObject = { coupon: sampleCoupon(id) };
  const at = (block: string, value: object) =>
    withAt(good, `${info}.${block}`, JSON.parse(JSON.stringify({ total_num: 1, ...value })));
  const valid = (type: number, value: object) => at("valid_info", { valid_type: type, ...value });
  return [
    ["claim window without end", MISSING, "receive_info.end_time", at("receive_info", window(5))],
    ["claim window without start", MISSING, "receive_info.start_time", at("receive_info", window(undefined, 5))],
    ["claim window with end null", MISSING, "receive_info.end_time", at("receive_info", window(5, null))],
    ["claim window in disorder", DISORDER, "receive_info", at("receive_info", window(6, 5))],
    ["claim window in disorder, as strings", DISORDER, "receive_info", at("receive_info", window("10", "9"))],
    ["validity without end", MISSING, "valid_info.end_time", valid(1, window(5))],
    ["validity without start", MISSING, "valid_info.start_time", valid(1, window(undefined, 5))],
    ["validity without both ends", MISSING, "valid_info.start_time", valid(1, { valid_day_num: 3 })],
    ["validity in disorder", DISORDER, "valid_info", valid(1, window(6, 5))],
    ["validity in days without days", MISSING, "valid_info.valid_day_num", valid(2, { valid_second: 5 })],
    ["validity of 0 days", WRONG, "valid_info.valid_day_num", valid(2, { valid_day_num: 0 })],
    ["validity in seconds without seconds", MISSING, "valid_info.valid_second", valid(3, { valid_day_num: 5 })],
    ["validity of 0 seconds", WRONG, "valid_info.valid_second", valid(3, { valid_second: 0 })],
  ];
}

const COUPON_INFO_LIMIT = 65_536;

/** A coupon whose `coupon_info` takes exactly so many characters as JSON. */
function coupon(id: string, characters: number): JsonObject {
  const body = withAt({ coupon: sampleCoupon(id) }, `${info}.note`, "");
  const { coupon_info } = body.coupon as JsonObject;
  return withAt(body, `${info}.note`, "券".repeat(characters - JSON.stringify(coupon_info).length));
}

describe.each(["add", "update"] as const)("%s of a coupon that cannot be", (call) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.server.close());
  const id = call === "add" ? "new" : "draft";

  const cases: Case[] = [
    ...Object.keys(needsOfType).flatMap((type) => lacking(id, Number(type))),
    ...badIntervals(id),
    ["a document too long by one", TOO_LONG, "coupon_info", coupon(id, COUPON_INFO_LIMIT + 1)],
  ];
  it.each(cases)("%s: %i", async (_, errcode, names, body) => {
    const before = await dump(shop.server);
    const reply = await shop.app.call(call, body);
    expect(reply).toMatchObject({ errcode });
    expect(reply.errmsg).toContain(names);
    if (errcode === WRONG) expect(reply.errmsg).toMatch(/^data format error hint: \[[\w.]+: .+\] rid: /);
    expect(await dump(shop.server)).toBe(before);
  });
});

describe("a coupon at its limits", () => {
  const at = (block: string, value: object) => withAt({ coupon: sampleCoupon("new") }, `${info}.${block}`, value);
  const accepted: [string, JsonObject][] = [
    ...Object.keys(needsOfType).map((type): [string, JsonObject] => [
      `type ${type} with what it needs and nothing more`,
      leastCoupon("new", Number(type)),
    ]),
    ...Object.keys(needsOfType).map((type): [string, JsonObject] => [
      `type ${type} with every block filled in`,
      withAt({ coupon: sampleCoupon("new") }, "coupon.type", Number(type)),
    ]),
    ["type 103 with zeros where it needs nothing", withAt(leastCoupon("new", 103), `${discount}.discount_fee`, 0)],
    ["type 101 with no product ids", withAt(leastCoupon("new", 101), `${condition}.out_product_ids`, [])],
    ["type 104 with a rate beyond a rate", withAt(leastCoupon("new", 104), `${discount}.discount_num`, 2 ** 31 - 1)],
    ["a claim window of one second", at("receive_info", { total_num: 1, ...window(5, 5) })],
    ["a validity of one second", at("valid_info", { valid_type: 1, ...window(5, 5) })],
    [
      "a validity in days beside times in disorder",
      at("valid_info", { valid_type: 2, valid_day_num: 1, ...window(6, 5) }),
    ],
    ["a validity in seconds beside one end", at("valid_info", { valid_type: 3, valid_second: 1, start_time: 6 })],
    ["a validity without its type", at("valid_info", window(6, 5))],
    ["an empty validity", at("valid_info", {})],
    ["a document of the greatest length", coupon("new", COUPON_INFO_LIMIT)],
    ["a name of 120 characters", withAt({ coupon: sampleCoupon("new") }, `${info}.name`, "券".repeat(120))],
    ["an id of 128 characters", { coupon: sampleCoupon("券".repeat(128)) }],
    [
      "128 product ids",
      withAt(leastCoupon("new", 3), `${condition}.out_product_ids`, Array(128).fill("p".repeat(128))),
    ],
    ["another promote_type", withAt(leastCoupon("new", 104), "coupon.promote_type", 2 ** 31 - 1)],
  ];

  it.each(accepted)("is accepted and comes back: %s", async (_, body) => {
    const { server, app } = await openShop("memory");
    onTestFinished(() => server.close());
    expect(await app.call("add", body)).toEqual({ errcode: 0 });
    const { out_coupon_id } = body.coupon as { out_coupon_id: string };
    const reply = await app.call("get", { out_coupon_id });
    expect(reply).toMatchObject({ errcode: 0, result: body });
  });
});
