import type { CouponToAdd } from "@quanku/sdk";

/** A coupon's document, as the wire has it, of which anything may be missing. */
export type CouponDocument = Readonly<Record<string, unknown>>;
export type CouponType = CouponToAdd["type"];

/** How a member says something: a number of 0 is an absent one, but for those that have a 0 of their own. */
type As = "text" | "number" | "from0" | "list";
export type Place = { as: As; path: string; also?: string };

const info = "coupon_info";
const discount = `${info}.discount_info`;
const condition = `${discount}.discount_condition`;

/** Where in its document a coupon says what (docs/protocol.md, section 3), in the document's order. */
export const places = {
  id: { as: "text", path: "out_coupon_id" },
  type: { as: "number", path: "type" },
  channel: { as: "number", path: "promote_type", also: `${info}.promote_info.promote_type` },
  name: { as: "text", path: `${info}.name` },
  account: { as: "text", path: `${info}.promote_info.finder.nickname` },
  items: { as: "from0", path: `${condition}.product_cnt` },
  spend: { as: "from0", path: `${condition}.product_price` },
  products: { as: "list", path: `${condition}.out_product_ids` },
  tradeIn: { as: "text", path: `${condition}.tradein_info.out_product_id` },
  tradeInPrice: { as: "from0", path: `${condition}.tradein_info.price` },
  bought: { as: "text", path: `${condition}.buyget_info.buy_out_product_id` },
  boughtItems: { as: "from0", path: `${condition}.buyget_info.buy_product_cnt` },
  got: { as: "text", path: `${condition}.buyget_info.get_out_product_id` },
  gotItems: { as: "from0", path: `${condition}.buyget_info.get_product_cnt` },
  rate: { as: "from0", path: `${discount}.discount_num` },
  off: { as: "from0", path: `${discount}.discount_fee` },
  claimFrom: { as: "number", path: `${info}.receive_info.start_time` },
  claimUntil: { as: "number", path: `${info}.receive_info.end_time` },
  perPerson: { as: "number", path: `${info}.receive_info.limit_num_one_person` },
  stock: { as: "from0", path: `${info}.receive_info.total_num` },
  validity: { as: "number", path: `${info}.valid_info.valid_type` },
  validDays: { as: "from0", path: `${info}.valid_info.valid_day_num` },
  validSeconds: { as: "from0", path: `${info}.valid_info.valid_second` },
  validFrom: { as: "number", path: `${info}.valid_info.start_time` },
  validUntil: { as: "number", path: `${info}.valid_info.end_time` },
} as const satisfies Record<string, Place>;

export type TermName = keyof typeof places;
export const termNames = Object.keys(places) as TermName[];

type Said = { text: string; number: number | null; from0: number | null; list: readonly string[] };

/** What a coupon says; null, an empty text or list where it does not. Money is fen, times are Unix seconds, a rate is 1/10000. */
export type Terms = { readonly [Name in TermName]: Said[(typeof places)[Name]["as"]] };

/** Reads what a document says, as liberally as the server: digits are a number, and null is nothing. */
export function termsOf(document: CouponDocument): Terms {
  const said = termNames.map((name) => [name, read(places[name].as, valueAt(document, places[name].path))]);
  return Object.fromEntries(said) as Terms;
}

/** The value at a path; undefined where something on the way is missing. */
export function valueAt(document: unknown, path: string): unknown {
  let at = document;
  for (const key of path.split(".")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function read(as: As, value: unknown): string | number | readonly string[] | null {
  if (as === "text") return typeof value === "string" ? value : "";
  if (as === "list") return Array.isArray(value) ? value.filter((one) => typeof one === "string" && one !== "") : [];
  const number = typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || (as === "number" && number === 0)) return null;
  return number;
}

/** Whether a type is of the whole shop, and not of some products. */
export const isOfShop = (type: number): boolean => type > 100;
