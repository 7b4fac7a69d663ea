import type { CallName } from "@quanku/protocol/calls";
import { absent, type JsonObject, shown, withAt } from "./support/json.ts";

/** What a field is, as far as the rules for wrong values go (protocol.md sections 1, 3 and 5). */
export type Rule =
  | { is: "integer"; min: number; max: number }
  | { is: "choice"; values: readonly number[] }
  | { is: "page_size" }
  | { is: "text"; least: 0 | 1; most: number }
  | { is: "openid" }
  | { is: "ids"; most: number }
  | { is: "entries"; most: number }
  | { is: "couponIds" }
  | { is: "word"; values: readonly string[] }
  | { is: "object" };

const INT32_MAX = 2 ** 31 - 1;

/** A whole number that need only fit the wire. */
export const integer = (min = 0, max = INT32_MAX): Rule => ({ is: "integer", min, max });
export const choice = (...values: number[]): Rule => ({ is: "choice", values });
export const pageSize: Rule = { is: "page_size" };
/** A merchant's id. */
export const id: Rule = { is: "text", least: 1, most: 128 };
/** A coupon's name, or another text of at most 120 characters that may (`0`) or may not (`1`) be empty. */
export const text = (least: 0 | 1): Rule => ({ is: "text", least, most: 120 });
export const openid: Rule = { is: "openid" };
export const ids: Rule = { is: "ids", most: 128 };
export const object: Rule = { is: "object" };

/**
 * A field of a body: its dotted path, its rule, and the code its absence has; none if it may be absent. `isNeeded`: it
 * may be absent as such, but not in this body.
 */
export type Field = [path: string, rule: Rule, absence?: number, isNeeded?: "needed"];

/** How clients spell "not set" for a field that may be absent (protocol.md section 1). */
export function unsetSpellings({ is, ...rule }: Rule): unknown[] {
  if (is === "couponIds") return ["", null, 0];
  const ofNumbers = is === "page_size" || (is === "integer" && (rule as { min: number }).min === 0);
  return ofNumbers ? ["", [], null] : ["", [], null, 0, ...(is === "integer" || is === "choice" ? ["0"] : [])];
}

/** A body with one fault. `names` is what the text must say of where the fault is. */
export type BadBody = { name: string; body: JsonObject; errcode: number; names: string };

type Fault = { value: unknown; errcode: number; at?: string };
const faults = (errcode: number, ...values: unknown[]): Fault[] => values.map((value) => ({ value, errcode }));

const notNumbers = [{}, [], [5], true, false, "", "abc", "1.5", "1e2", " 5", "5 ", "0x5", "+5"];
const outOfWire = [-1, "-1", 1.5, 2 ** 31, String(2 ** 31), 2 ** 53, String(2 ** 53), 1e300, -(2 ** 31)];
const notTexts = [{}, [], ["a"], true, false, 0, 1, 1.5];
const notObjects = [[{}], "", "{}", 0, 1, true, false];
const unkeepable = ["a\u0000b", "\ud800", "\udc00a"];

function faultsOf(rule: Rule): Fault[] {
  switch (rule.is) {
    case "integer": {
      const beyond = rule.max < INT32_MAX ? [rule.max + 1, String(rule.max + 1), INT32_MAX] : [];
      const below = rule.min > 0 ? [rule.min - 1, String(rule.min - 1)] : [];
      return faults(47001, ...notNumbers, ...outOfWire, ...beyond, ...below);
    }
    case "choice": {
      const near = rule.values.flatMap((n) => [n - 1, n + 1]).filter((n) => !rule.values.includes(n));
      return faults(47001, ...notNumbers, ...outOfWire, ...near, 6400, "6400");
    }
    case "page_size":
      return [...faults(47001, ...notNumbers, ...outOfWire, 0, "0"), ...faults(990005, 201, "201", "6400", INT32_MAX)];
    case "text":
      return [
        ...faults(47001, ...notTexts, ...(rule.least > 0 ? ["", ...unkeepable] : [])),
        ...faults(990008, "x".repeat(rule.most + 1), "券".repeat(rule.most + 1)),
      ];
    case "openid":
      return [
        ...faults(47001, ...notTexts),
        ...faults(990004, ""),
        ...faults(990001, "x".repeat(65), "a b", "a\n", "\na", "人", "a.b", "a/b", ...unkeepable),
      ];
    case "ids":
      return [
        ...faults(47001, {}, "a", "", 0, 1, true),
        ...faults(47001, [1], [null], [{}], [["a"]], ["a\u0000"]).map((fault) => ({ ...fault, at: ".0" })),
        { value: ["a", "x".repeat(129)], errcode: 990008, at: ".1" },
        { value: Array.from({ length: rule.most + 1 }, (_, i) => `id_${i}`), errcode: 990008 },
      ];
    case "entries":
      return [
        ...faults(47001, {}, "a", "", 0, 1, true, []),
        ...faults(47001, [1], ["a"], [[]]).map((fault) => ({ ...fault, at: ".0" })),
        { value: Array.from({ length: rule.most + 1 }, () => ({})), errcode: 990008 },
      ];
    case "couponIds": {
      const ids = { out_coupon_id: "c", out_user_coupon_id: "u" };
      const many = Array.from({ length: 51 }, (_, i) => ({ ...ids, out_user_coupon_id: `u${i}` }));
      return faults(47001, {}, "worst", "", 0, 1, true, [ids, ids], many);
    }
    case "word":
      return faults(47001, {}, [], 0, 1, true, "", "other", rule.values[0]?.toUpperCase());
    case "object":
      return faults(47001, ...notObjects);
  }
}

/** Every way to get the fields of a good body wrong, one at a time, and the code the rules give it. */
export function badBodies(good: JsonObject, fields: readonly Field[]): BadBody[] {
  return fields.flatMap(([path, rule, absence, isNeeded]) => {
    const missing = absence === undefined ? [] : faults(absence, absent, null);
    // A number that is needed has no 0 for "not set": that is a wrong number.
    const spellings = isNeeded && rule.is === "integer" ? ["", []] : unsetSpellings(rule);
    const unset = absence === undefined || isNeeded ? spellings.map((value) => JSON.stringify(value)) : [];
    const wrong = faultsOf(rule).flatMap((fault): Fault[] => {
      const isUnset = unset.includes(JSON.stringify(fault.value));
      if (!isUnset) return [fault];
      return absence === undefined ? [] : faults(absence, fault.value);
    });
    return [...missing, ...wrong].map(({ value, errcode, at = "" }) => ({
      name: `${path} ${shown(value)}`,
      body: withAt(good, path, value),
      errcode,
      names: errcode === 47001 ? `hint: [${path}${at}: ` : (path.split(".").at(-1) as string),
    }));
  });
}

const REQUIRED = 990007;
/** A list of objects. */
const entries = (most: number): Rule => ({ is: "entries", most });
const policy: Rule = { is: "word", values: ["product_then_shop", "exclusive", "one_per_order"] };
/** `"best"`, or up to 50 pairs of ids. */
const couponIds: Rule = { is: "couponIds" };
const cartFields: readonly Field[] = [
  ["lines", entries(100), REQUIRED],
  ["lines.0.out_product_id", id, REQUIRED],
  ["lines.0.price", integer(), REQUIRED],
  ["lines.0.quantity", integer(1), REQUIRED],
];
const statuses = choice(0, 1, 2, 3, 4);
const userStatuses = choice(100, 101, 102, 103);

/** The fields of every call but `add` and `update`. */
export const fieldsOf: Record<Exclude<CallName, "add" | "update">, readonly Field[]> = {
  confirm: [],
  get: [["out_coupon_id", id, REQUIRED]],
  get_list: [
    ["page_size", pageSize, REQUIRED],
    ["offset", integer()],
  ],
  claim: [
    ["openid", openid, 990004],
    ["out_coupon_id", id, REQUIRED],
    ["request_id", id, REQUIRED],
  ],
  quote: [["openid", openid, 990004], ...cartFields, ["policy", policy]],
  lock: [
    ["openid", openid, 990004],
    ["out_order_id", id, REQUIRED],
    ...cartFields,
    ["user_coupons", couponIds, REQUIRED],
    ["user_coupons.0.out_coupon_id", id, REQUIRED],
    ["user_coupons.0.out_user_coupon_id", id, REQUIRED],
    ["ttl_seconds", integer(1, 86_400), REQUIRED],
    ["policy", policy],
  ],
  redeem: [
    ["out_order_id", id, REQUIRED],
    ["openid", openid, REQUIRED, "needed"],
    ["lines", entries(100), REQUIRED, "needed"],
    ...cartFields.slice(1),
    ["user_coupons", couponIds, REQUIRED, "needed"],
    ["policy", policy],
  ],
  return: [
    ["out_order_id", id, REQUIRED],
    ["out_return_id", id, REQUIRED, "needed"],
    ["lines", entries(100), REQUIRED, "needed"],
    ["lines.0.line", integer(0, 99), REQUIRED],
    ["lines.0.quantity", integer(1), REQUIRED],
  ],
  update_status: [
    ["out_coupon_id", id, REQUIRED],
    ["status", statuses, REQUIRED],
  ],
  update_coupon_stock: [
    ["coupon_stock", object, REQUIRED],
    ["coupon_stock.out_coupon_id", id, REQUIRED],
    ["coupon_stock.stock_info", object, REQUIRED],
    ["coupon_stock.stock_info.issued_num", integer(), REQUIRED],
    ["coupon_stock.stock_info.receive_num", integer(), REQUIRED],
  ],
  add_user_coupon: [
    ["openid", openid, 990004],
    ["user_coupon", object, REQUIRED],
    ["user_coupon.out_user_coupon_id", id, REQUIRED],
    ["user_coupon.out_coupon_id", id, REQUIRED],
    ["user_coupon.status", userStatuses, REQUIRED],
    ["recv_time", integer()],
  ],
  get_usercoupon_list: [
    ["openid", openid, 990004],
    ["page_size", pageSize, REQUIRED],
    ["offset", integer()],
  ],
  update_user_coupon: [
    ["openid", openid, 990004],
    ["user_coupon", object, REQUIRED],
    ["user_coupon.out_user_coupon_id", id, REQUIRED],
    ["user_coupon.out_coupon_id", id, REQUIRED],
    ["user_coupon.ext_info", object, REQUIRED],
    ["user_coupon.ext_info.use_time", integer()],
    ["recv_time", integer(), REQUIRED],
  ],
  update_usercoupon_status: [
    ["openid", openid, 990004],
    ["out_coupon_id", id, REQUIRED],
    ["out_user_coupon_id", id, REQUIRED],
    ["status", userStatuses, REQUIRED],
  ],
};

const info = "coupon.coupon_info";
const condition = `${info}.discount_info.discount_condition`;

/** The fields of `add` and `update`, for a coupon of the documented sample's kind: type 101, valid_type 1. */
export const sampleCouponFields: readonly Field[] = [
  ["coupon", object, REQUIRED],
  ["coupon.out_coupon_id", id, REQUIRED],
  ["coupon.type", choice(1, 2, 3, 4, 5, 6, 101, 102, 103, 104), REQUIRED],
  ["coupon.promote_type", integer(1), REQUIRED],
  [info, object, REQUIRED],
  [`${info}.name`, text(1), REQUIRED],
  [`${info}.promote_info`, object, REQUIRED],
  [`${info}.promote_info.promote_type`, integer(1), REQUIRED],
  [`${info}.promote_info.finder`, object],
  [`${info}.promote_info.finder.nickname`, text(0)],
  [`${info}.discount_info`, object, 1090049, "needed"],
  [condition, object],
  [`${condition}.product_cnt`, integer(1), REQUIRED, "needed"],
  [`${condition}.product_price`, integer()],
  [`${condition}.out_product_ids`, ids],
  [`${condition}.tradein_info`, object],
  [`${condition}.tradein_info.out_product_id`, id],
  [`${condition}.tradein_info.price`, integer()],
  [`${condition}.buyget_info`, object],
  [`${condition}.buyget_info.buy_out_product_id`, id],
  [`${condition}.buyget_info.buy_product_cnt`, integer()],
  [`${condition}.buyget_info.get_out_product_id`, id],
  [`${condition}.buyget_info.get_product_cnt`, integer()],
  [`${info}.discount_info.discount_num`, integer(1, 9999), REQUIRED, "needed"],
  [`${info}.discount_info.discount_fee`, integer()],
  [`${info}.receive_info`, object, REQUIRED],
  [`${info}.receive_info.start_time`, integer(), REQUIRED, "needed"],
  [`${info}.receive_info.end_time`, integer(), REQUIRED, "needed"],
  [`${info}.receive_info.limit_num_one_person`, integer(1)],
  [`${info}.receive_info.total_num`, integer(), REQUIRED],
  [`${info}.valid_info`, object],
  [`${info}.valid_info.valid_type`, choice(1, 2, 3)],
  [`${info}.valid_info.valid_day_num`, integer()],
  [`${info}.valid_info.valid_second`, integer()],
  [`${info}.valid_info.start_time`, integer(), REQUIRED, "needed"],
  [`${info}.valid_info.end_time`, integer(), REQUIRED, "needed"],
];
