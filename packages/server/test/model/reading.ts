/**
 * How the model reads a body: its own small schema language and its own schemas, written from the wire's description
 * alone. It must not share code with what it checks.
 */

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type Members = { [member: string]: Json };

/** Thrown where a call is refused; `code` is the errcode to answer. Not an Error: a stack would cost more than it tells. */
export class Refused {
  readonly code: number;
  readonly why: string;
  constructor(code: number, why: string) {
    this.code = code;
    this.why = why;
  }
}

const LARGEST = 2 ** 31 - 1;
const DEEPEST = 64;

type Rule = { says?: "zero" | "no entries" } & (
  | { is: "integer"; least: number; most: number; optional: boolean }
  | { is: "text"; longest: number; optional: boolean }
  | { is: "texts"; optional: boolean }
  | { is: "choice"; of: readonly string[]; optional: boolean }
  | { is: "list"; of: Rule; least: number; most: number; isSound(entries: Json[]): boolean; optional: boolean }
  | { is: "coupons"; optional: boolean }
  | { is: "openid"; optional: boolean }
  | { is: "page size"; optional: false }
  | { is: "object"; members: { [member: string]: Rule }; keepUnknown: boolean; optional: boolean }
);

const integer = (least = 0, most = LARGEST): Rule => ({ is: "integer", least, most, optional: false });
const text = (longest: number): Rule => ({ is: "text", longest, optional: false });
const object = (members: { [member: string]: Rule }): Rule => ({
  is: "object",
  members,
  keepUnknown: false,
  optional: false,
});
const document = (members: { [member: string]: Rule }): Rule => ({
  is: "object",
  members,
  keepUnknown: true,
  optional: false,
});
/** `says`: what is no way to leave the member unset, because it says something. */
const optional = (rule: Rule, says?: "zero" | "no entries"): Rule => ({ ...rule, optional: true, says }) as Rule;

const id = text(128);
const count = optional(integer(), "zero");
const time = optional(integer());

const couponInfo = document({
  name: text(120),
  promote_info: document({
    promote_type: integer(1),
    finder: optional(document({ nickname: optional(text(LARGEST)) })),
  }),
  discount_info: optional(
    document({
      discount_condition: optional(
        document({
          product_cnt: count,
          product_price: count,
          out_product_ids: { is: "texts", optional: true },
          tradein_info: optional(document({ out_product_id: optional(id), price: count })),
          buyget_info: optional(
            document({
              buy_out_product_id: optional(id),
              buy_product_cnt: count,
              get_out_product_id: optional(id),
              get_product_cnt: count,
            }),
          ),
        }),
      ),
      discount_num: count,
      discount_fee: count,
    }),
  ),
  receive_info: document({
    start_time: time,
    end_time: time,
    limit_num_one_person: optional(integer(1)),
    total_num: integer(),
  }),
  valid_info: optional(
    document({
      valid_type: optional(integer(1, 3)),
      valid_day_num: count,
      valid_second: count,
      start_time: time,
      end_time: time,
    }),
  ),
});

const coupon = object({ out_coupon_id: id, type: integer(1), promote_type: integer(1), coupon_info: couponInfo });
const quantity = integer(1);
const lines: Rule = {
  is: "list",
  of: object({ out_product_id: id, price: integer(), quantity }),
  least: 1,
  most: 100,
  isSound: (lines) =>
    (lines as { price: number; quantity: number }[]).reduce((sum, one) => sum + one.price * one.quantity, 0) <= LARGEST,
  optional: false,
};
const returnedLines: Rule = {
  ...lines,
  of: object({ line: integer(0, 99), quantity }),
  isSound: () => true,
  optional: true,
};
const userCoupon = object({ out_user_coupon_id: id, out_coupon_id: id });
const userCoupons: Rule = { is: "coupons", optional: false };
const policy: Rule = { is: "choice", of: ["product_then_shop", "exclusive", "one_per_order"], optional: true };
const openid: Rule = { is: "openid", optional: false };
const page: { [member: string]: Rule } = { page_size: { is: "page size", optional: false }, offset: count };

/** What each call's body must hold. */
export const bodies: { [call: string]: Rule } = {
  confirm: object({}),
  add: object({ coupon }),
  get: object({ out_coupon_id: id }),
  get_list: object(page),
  update: object({ coupon }),
  update_status: object({ out_coupon_id: id, status: integer(0, 4) }),
  update_coupon_stock: object({
    coupon_stock: object({
      out_coupon_id: id,
      stock_info: object({ issued_num: integer(), receive_num: integer() }),
    }),
  }),
  add_user_coupon: object({
    openid,
    user_coupon: object({ out_user_coupon_id: id, out_coupon_id: id, status: integer(100, 103) }),
    recv_time: time,
  }),
  get_usercoupon_list: object({ openid, ...page }),
  update_user_coupon: object({
    openid,
    user_coupon: object({ out_user_coupon_id: id, out_coupon_id: id, ext_info: object({ use_time: time }) }),
    recv_time: integer(),
  }),
  claim: object({ openid, out_coupon_id: id, request_id: id }),
  quote: object({ openid, lines, policy }),
  lock: object({
    openid,
    out_order_id: id,
    lines,
    user_coupons: userCoupons,
    ttl_seconds: integer(1, 86_400),
    policy,
  }),
  redeem: object({
    out_order_id: id,
    openid: optional(openid),
    lines: optional(lines),
    user_coupons: optional(userCoupons, "no entries"),
    policy,
  }),
  return: object({ out_order_id: id, out_return_id: optional(id), lines: returnedLines }),
  update_usercoupon_status: object({
    openid,
    out_coupon_id: id,
    out_user_coupon_id: id,
    status: integer(100, 103),
  }),
};

/** Reads a body's text as a call wants it, or refuses it. */
export function readBody(call: string, sent: string): Members {
  if (call === "confirm" && ["", "null", "[]"].includes(sent)) return {};
  if (sent === "") throw new Refused(44002, "no body");
  let parsed: Json;
  try {
    parsed = JSON.parse(sent);
  } catch {
    throw new Refused(47001, "not JSON");
  }
  if (!isObject(parsed)) throw new Refused(47001, "not an object");
  if (depth(parsed) > DEEPEST) throw new Refused(47001, "nested too deep");
  const rule = bodies[call];
  if (!rule) throw new Error(`the model knows no call ${call}`);
  const body = read(rule, parsed, call) as Members;
  if (isObject(body.coupon)) body.coupon.kept = kept(couponInfo, (parsed.coupon as Members).coupon_info as Json);
  return body;
}

/** A document as it is stored: known members first, in the order of the schema, and as numbers if they were read so. */
function kept(rule: Rule | undefined, value: Json): Json {
  if (rule?.is === "integer" && typeof value === "string") return isUnset(rule, value) ? value : Number(value);
  if (rule?.is !== "object" || !isObject(value)) return withoutNulls(value);
  const members = { ...rule.members };
  const names = [...Object.keys(members), ...Object.keys(value).filter((name) => !Object.hasOwn(members, name))];
  const there = names.filter((name) => Object.hasOwn(value, name) && value[name] !== null);
  const known = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);
  return Object.fromEntries(there.map((name) => [name, kept(known(name), value[name] as Json)]));
}

/** Whether a member is sent as typed and scripted clients send one that they leave unset. */
function isUnset({ optional, is, says }: Rule, value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (!optional) return false;
  if (value === "") return true;
  if (Array.isArray(value)) return value.length === 0 && is !== "object" && says !== "no entries";
  return says !== "zero" && (value === 0 || (is === "integer" && typeof value === "string" && /^-?0+$/.test(value)));
}

export const isObject = (value: Json | undefined): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function depth(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

function read(rule: Rule, value: Json, path: string): Json {
  switch (rule.is) {
    case "integer":
      return readInteger(value, rule.least, rule.most, path);
    case "text":
      return readText(value, rule.longest, path);
    case "texts":
      if (!Array.isArray(value)) throw new Refused(47001, path);
      if (value.length > 128) throw new Refused(990008, path);
      return value.filter((entry) => entry !== "").map((entry) => readText(entry, 128, path));
    case "choice":
      if (!rule.of.includes(value as string)) throw new Refused(47001, path);
      return value;
    case "list":
      return readList(rule, value, path);
    case "coupons":
      return readCoupons(value, path);
    case "openid":
      if (typeof value !== "string") throw new Refused(47001, path);
      if (value === "") throw new Refused(990004, path);
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(value)) throw new Refused(990001, path);
      return value;
    case "page size":
      if (readInteger(value, 1, LARGEST, path) > 200) throw new Refused(990005, path);
      return Number(value);
    case "object":
      return readObject(rule, value, path);
  }
}

function readList(rule: Rule & { is: "list" }, value: Json, path: string): Json[] {
  if (!Array.isArray(value)) throw new Refused(47001, path);
  if (value.length > rule.most) throw new Refused(990008, path);
  const entries = value.map((entry) => read(rule.of, entry, path));
  if (entries.length < rule.least || !rule.isSound(entries)) throw new Refused(47001, path);
  return entries;
}

/** The best, or at most 50 different ones by their ids. */
function readCoupons(value: Json, path: string): Json {
  if (value === "best") return value;
  if (!Array.isArray(value)) throw new Refused(47001, path);
  const coupons = value.map((entry) => read(userCoupon, entry, path));
  const isEachOnce = new Set(coupons.map((one) => JSON.stringify(one))).size === coupons.length;
  if (coupons.length > 50 || !isEachOnce) throw new Refused(47001, path);
  return coupons;
}

function readInteger(value: Json, least: number, most: number, path: string): number {
  const number = typeof value === "string" && /^-?[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < least || number > most) {
    throw new Refused(47001, path);
  }
  return number;
}

function readText(value: Json, longest: number, path: string): string {
  if (typeof value !== "string" || value === "" || value.includes("\0") || !value.isWellFormed()) {
    throw new Refused(47001, path);
  }
  if (value.length > longest) throw new Refused(990008, path);
  return value;
}

/** Members come back in the order of the schema, which is that of the documented bodies; unknown ones follow as sent. */
function readObject(rule: Rule & { is: "object" }, sent: Json, path: string): Members {
  const value = Array.isArray(sent) && sent.length === 0 ? {} : sent;
  if (!isObject(value)) throw new Refused(47001, path);
  const known: [string, Json][] = [];
  for (const [member, wanted] of Object.entries(rule.members)) {
    const sent = Object.hasOwn(value, member) ? value[member] : undefined;
    if (!isUnset(wanted, sent)) known.push([member, read(wanted, sent as Json, `${path}.${member}`)]);
    else if (!wanted.optional) throw new Refused(wanted.is === "openid" ? 990004 : 990007, `${path}.${member}`);
  }
  if (!rule.keepUnknown) return Object.fromEntries(known);
  const unknown = Object.entries(value).filter(([member]) => !Object.hasOwn(rule.members, member));
  return Object.fromEntries([...known, ...Object.entries(withoutNulls(Object.fromEntries(unknown)))]);
}

function withoutNulls<T extends Json>(value: T): T;
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([member, inner]) => [member, withoutNulls(inner)]));
}
