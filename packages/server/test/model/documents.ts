import fc from "fast-check";
import type { Json, Members } from "./reading.ts";

/** Coupon documents of all ten types, in the shapes in which clients really send them, and a few ways to spoil them. */

const types = [1, 2, 3, 4, 5, 6, 101, 102, 103, 104];

const condition: Members = {
  product_cnt: 2,
  product_price: 5000,
  out_product_ids: ["product_id_3", "商品 4"],
  tradein_info: { out_product_id: "product_id_5", price: 0 },
  buyget_info: {
    buy_out_product_id: "product_id_1",
    buy_product_cnt: 3,
    get_out_product_id: "product_id_2",
    get_product_cnt: 2131241242,
  },
};

/** Other conditions: such that one item may be enough, and one where the same product is bought and got. */
const lighter: Members = {
  product_cnt: 3,
  product_price: 900,
  out_product_ids: ["product_id_1", "product_id_2", "product_id_1"],
  tradein_info: { out_product_id: "product_id_1", price: 100 },
  buyget_info: {
    buy_out_product_id: "product_id_2",
    buy_product_cnt: 1,
    get_out_product_id: "product_id_2",
    get_product_cnt: 1,
  },
};

/** The least that discount_info must hold for a type; `worth` chooses among conditions and rates. */
function leastDiscount(type: number, worth: number): Members {
  const from = worth % 2 === 0 ? condition : lighter;
  const some = (...members: string[]) => Object.fromEntries(members.map((member) => [member, from[member] ?? 0]));
  const byRate = { discount_num: [9800, 5100, 3333][worth % 3] as number };
  const byFee = { discount_fee: [6400, 700, 1][worth % 3] as number };
  switch (type) {
    case 1:
      return { discount_condition: some("product_cnt", "out_product_ids"), ...byRate };
    case 2:
      return { discount_condition: some("product_price", "out_product_ids"), ...byFee };
    case 3:
      return { discount_condition: some("out_product_ids"), ...byRate };
    case 4:
      return { discount_condition: some("out_product_ids"), ...byFee };
    case 5:
      return { discount_condition: some("tradein_info") };
    case 6:
      return { discount_condition: some("buyget_info") };
    case 101:
      return { discount_condition: some("product_cnt"), ...byRate };
    case 102:
      return { discount_condition: some("product_price"), ...byFee };
    case 103:
      return byRate;
    default:
      return byFee;
  }
}

const validInfos: (Json | undefined)[] = [
  undefined,
  {},
  [],
  { valid_type: 0, valid_day_num: 0, valid_second: 0, start_time: 0, end_time: 0 },
  { valid_type: 1, start_time: 1_699_990_000, end_time: 1_700_100_000 },
  { valid_type: 1, valid_day_num: 10, valid_second: 3600, start_time: 1_700_000_000, end_time: 1_700_000_000 },
  { valid_type: 2, valid_day_num: 1 },
  { valid_type: 2, valid_day_num: 7, start_time: 9, end_time: 3 },
  { valid_type: 2, valid_day_num: 20_000 },
  { valid_type: 3, valid_second: 3600 },
  { valid_type: 3, valid_second: 2_147_483_647 },
  { valid_day_num: 5 },
];
const finders: (Json | undefined)[] = [undefined, {}, [], { nickname: "视频号昵称" }, { nickname: 'q"\\\u2028😀' }];
const windows: Members[] = [
  {},
  {},
  {},
  { start_time: 1_699_000_000, end_time: 1_700_050_000 },
  { start_time: 5, end_time: 5 },
  { start_time: 0, end_time: "0" },
  { start_time: "", end_time: [] },
];

/** What typed clients send beside the condition that the type needs. */
const unsetConditions: Members[] = [
  { tradein_info: { out_product_id: "", price: 0 } },
  { buyget_info: { buy_out_product_id: "", buy_product_cnt: 0 }, tradein_info: [] },
  { out_product_ids: [""], product_price: 0, product_cnt: "" },
];

/** What clients add that is not in the tables; it stays in the document, except for what only the server may say. */
const extras: Members[] = [
  {},
  {},
  { note: "n", nested: { deep: [1, null, "2", { three: 3, four: null }], zero: 0 } },
  { constructor: "c", nested: { ["__proto__"]: { polluted: 1 } } },
  { ext_info: { valid_time: 1 } },
  { 备注: "中文", total_num: 7, more: { b: 1, a: [{ d: 1, c: 2 }] } },
];

/** How a client writes the same document: as it is, with nulls for what is unset, with numbers as text, turned round. */
const manners = ["plain", "nulls", "texts", "reversed"] as const;

/** A document as a client may well send it another time; `by` chooses how. */
export const resent = (document: Members, by: number): Members =>
  by % 2 === 0 ? document : (inManner(manners[(by >> 1) % manners.length] ?? "plain", document) as Members);

function inManner(manner: (typeof manners)[number], value: Json, known = true): Json {
  if (typeof value === "number") return manner === "texts" && known ? String(value) : value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([member, inner]): [string, Json] => [
    member,
    inManner(manner, inner, known && member !== "nested"),
  ]);
  if (manner === "reversed") entries.reverse();
  if (manner === "nulls") entries.splice(entries.length >> 1, 0, ["unset", null], ["ext_info", null]);
  return Object.fromEntries(entries);
}

/** A document that is nearly the same: it differs in one thing that a careless comparison would miss. */
export function nearly(document: Members, by: number): Members {
  const info = document.coupon_info as Members;
  const full = "status" in document;
  switch (by % 4) {
    case 0:
      return { ...document, promote_type: 98 };
    case 1:
      return full ? { ...document, type: types[by % types.length] ?? 1 } : document;
    case 2:
      return { ...document, coupon_info: { ...info, name: `${info.name} ` } };
    default:
      return { ...document, coupon_info: { ...info, note: "m" } };
  }
}

const withUnset = (discount: Members, unset: Members | undefined): Members =>
  unset
    ? { ...discount, discount_condition: { ...unset, ...(discount.discount_condition as Members | undefined) } }
    : discount;

/** `coupon` without its id. */
export const documents: fc.Arbitrary<Members> = fc
  .record({
    type: fc.constantFrom(...types),
    full: fc.boolean(),
    worth: fc.nat(5),
    channel: fc.constantFrom(4, 4, 4, 1, 99),
    finder: fc.constantFrom(...finders),
    window: fc.constantFrom(...windows),
    limit: fc.constantFrom(undefined, 1, 2, 3, 0),
    unset: fc.constantFrom(undefined, undefined, ...unsetConditions),
    total: fc.integer({ min: 0, max: 5 }),
    valid: fc.constantFrom(...validInfos),
    extra: fc.constantFrom(...extras),
  })
  .map((chosen) => {
    const discount = chosen.full
      ? { discount_condition: condition, discount_num: 5100, discount_fee: 1 }
      : withUnset(leastDiscount(chosen.type, chosen.worth), chosen.unset);
    const limit = chosen.limit === undefined ? {} : { limit_num_one_person: chosen.limit };
    const info: Members = {
      name: `券 ${chosen.type}`,
      promote_info: { promote_type: 4, ...(chosen.finder && { finder: chosen.finder }) },
      discount_info: discount,
      receive_info: { ...chosen.window, ...limit, total_num: chosen.total },
      ...(chosen.valid && { valid_info: chosen.valid }),
    };
    return {
      type: chosen.type,
      promote_type: chosen.channel,
      coupon_info: Object.fromEntries([...Object.entries(info), ...Object.entries(chosen.extra)]),
      ...(chosen.full && { status: 4, create_time: 1, appid: "another" }),
    };
  });

/** A document of a coupon that can be claimed at any time, so many times, also by one person; valid so many days. */
export function offer(document: Members, total: number, days = 0): Members {
  const { receive_info, valid_info, ...info } = document.coupon_info as { [member: string]: Members };
  const { limit_num_one_person: limit } = receive_info as { limit_num_one_person?: number };
  const receive: Members = limit === undefined || limit < 2 ? {} : { limit_num_one_person: limit };
  const lasting: Members = valid_info && (valid_info as Members).valid_type !== 1 ? { valid_info } : {};
  if (days > 0) lasting.valid_info = { valid_type: 2, valid_day_num: days };
  return { ...document, coupon_info: { ...info, receive_info: { ...receive, total_num: total }, ...lasting } };
}

/** One thing wrong with a body: the member at `path` gets `value`, or goes where there is none. */
export type Fault = { path: string; value?: Json };

const numbers = (path: string): Fault[] =>
  [-1, 1.5, 2 ** 31, 2 ** 53, "", "abc", "-1", true, [], {}].map((value) => ({ path, value }));
const texts = (path: string, longest: number): Fault[] =>
  ["", "x".repeat(longest + 1), 7, ["a"], "a\0b", "\ud800"].map((value) => ({ path, value }));
const gone = (...paths: string[]): Fault[] => paths.flatMap((path) => [{ path }, { path, value: null }]);
const info = "coupon.coupon_info";
const discountInfo = `${info}.discount_info`;

export const idFaults = (path: string) => [...gone(path), ...texts(path, 128)];
export const numberFaults = (path: string) => [...gone(path), ...numbers(path)];
export const openidFaults: Fault[] = [
  ...gone("openid"),
  ...["", "o p", "中", "x".repeat(65), "o.", 12, {}].map((value) => ({ path: "openid", value })),
];

/** Most of them tell only for some types or validities; the model knows for which. */
export const couponFaults: Fault[] = [
  ...gone("coupon", "coupon.type", "coupon.promote_type", info, `${info}.name`, `${info}.promote_info`),
  ...gone(`${info}.promote_info.promote_type`, discountInfo, `${info}.receive_info`, `${info}.receive_info.total_num`),
  ...gone(`${discountInfo}.discount_num`, `${discountInfo}.discount_fee`),
  ...["product_cnt", "product_price", "out_product_ids", "tradein_info.price", "buyget_info.get_product_cnt"].flatMap(
    (member) => gone(`${discountInfo}.discount_condition.${member}`),
  ),
  ...gone(`${discountInfo}.discount_condition.tradein_info.out_product_id`),
  ...gone(`${discountInfo}.discount_condition.buyget_info.get_out_product_id`),
  ...gone(`${info}.receive_info.start_time`, `${info}.receive_info.end_time`, `${info}.valid_info.valid_type`),
  ...gone(`${info}.valid_info.valid_day_num`, `${info}.valid_info.valid_second`, `${info}.valid_info.start_time`),
  ...["product_cnt", "product_price", "buyget_info.buy_product_cnt"].map((member) => ({
    path: `${discountInfo}.discount_condition.${member}`,
    value: 0,
  })),
  { path: `${discountInfo}.discount_condition.out_product_ids`, value: [] },
  { path: `${discountInfo}.discount_condition.out_product_ids`, value: "product_id" },
  ...[0, 9999, 10_000].map((value) => ({ path: `${discountInfo}.discount_num`, value })),
  { path: `${discountInfo}.discount_fee`, value: 0 },
  ...[5, 7, 0, 100, 105, -1, "x"].map((value) => ({ path: "coupon.type", value: value === 5 ? 1.5 : value })),
  { path: "coupon.promote_type", value: 0 },
  ...idFaults("coupon.out_coupon_id"),
  ...texts(`${info}.name`, 120),
  ...numbers(`${info}.receive_info.total_num`),
  { path: `${info}.receive_info.limit_num_one_person`, value: 0 },
  // Few documents have these.
  ...Array<Fault>(6).fill({ path: `${info}.receive_info.end_time`, value: 1 }),
  ...Array<Fault>(6).fill({ path: `${info}.valid_info.end_time`, value: 1 }),
  { path: `${info}.valid_info.valid_type`, value: 4 },
  { path: `${info}.valid_info.valid_day_num`, value: 0 },
  { path: `${info}.valid_info.valid_second`, value: 0 },
  { path: `${info}.note`, value: "字".repeat(65_536) },
  { path: "coupon", value: [] },
];
