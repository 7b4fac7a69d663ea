import { isObject, type Json, type Members, Refused } from "./reading.ts";

type Numbers = { [member: string]: number };

/** What a coupon's document promises and demands, as the model understands it. */

const at = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, member) => (isObject(inner) ? inner[member] : undefined), value);

/** Per type: what it cannot do without, below discount_info; `ids` name products, `counts` start at 1. */
const CONDITION = "discount_condition.";
const rateNeeded = ["discount_num"];
const feeNeeded = ["discount_fee"];
const productIds = [`${CONDITION}out_product_ids`];
const needs: { [type: number]: { ids?: string[]; numbers: string[]; zeroAllowed?: string } } = {
  1: { ids: productIds, numbers: [`${CONDITION}product_cnt`, ...rateNeeded] },
  2: { ids: productIds, numbers: [`${CONDITION}product_price`, ...feeNeeded] },
  3: { ids: productIds, numbers: rateNeeded },
  4: { ids: productIds, numbers: feeNeeded },
  5: {
    ids: [`${CONDITION}tradein_info.out_product_id`],
    numbers: [`${CONDITION}tradein_info.price`],
    zeroAllowed: `${CONDITION}tradein_info.price`,
  },
  6: {
    ids: [`${CONDITION}buyget_info.buy_out_product_id`, `${CONDITION}buyget_info.get_out_product_id`],
    numbers: [`${CONDITION}buyget_info.buy_product_cnt`, `${CONDITION}buyget_info.get_product_cnt`],
  },
  101: { numbers: [`${CONDITION}product_cnt`, ...rateNeeded] },
  102: { numbers: [`${CONDITION}product_price`, ...feeNeeded] },
  103: { numbers: rateNeeded },
  104: { numbers: feeNeeded },
};

/** Refuses a document that lacks what its type needs, or whose intervals run backwards. */
export function checkDocument(type: number, info: Members): void {
  const needed = needs[type];
  if (!needed) throw new Refused(47001, "type");
  const discount = info.discount_info;
  if (discount === undefined) throw new Refused(1090049, "discount_info");
  for (const path of needed.ids ?? []) {
    const ids = at(discount, ...path.split("."));
    if (ids === undefined || (Array.isArray(ids) && ids.length === 0)) throw new Refused(1090011, path);
  }
  for (const path of needed.numbers) {
    const number = at(discount, ...path.split("."));
    if (number === undefined) throw new Refused(990007, path);
    if (number === 0 && needed.zeroAllowed !== path) throw new Refused(47001, path);
    if (path === "discount_num" && (number as number) > 9999) throw new Refused(47001, path);
  }
  checkValidity(info.valid_info as Numbers | undefined);
  checkWindow(info.receive_info as Numbers);
}

function checkValidity(valid: Numbers | undefined): void {
  const amount = valid?.valid_type === 2 ? "valid_day_num" : valid?.valid_type === 3 ? "valid_second" : undefined;
  if (amount) {
    if (valid?.[amount] === undefined) throw new Refused(990007, amount);
    if (valid[amount] === 0) throw new Refused(47001, amount);
  }
  if (valid?.valid_type === 1) {
    const { start_time: start, end_time: end } = valid;
    if (start === undefined || end === undefined) throw new Refused(990007, "valid_info");
    if (start > end) throw new Refused(990009, "valid_info");
  }
}

function checkWindow(receive: Numbers): void {
  const { start_time: start, end_time: end } = receive;
  if (start === undefined && end === undefined) return;
  if (start === undefined || end === undefined) throw new Refused(990007, "receive_info");
  if (start > end) throw new Refused(990009, "receive_info");
}

const LAST_SECOND = 2147483647;
const SECONDS_A_DAY = 24 * 60 * 60;

/** From when to when a coupon taken at `taken` can be used; 0 and 0 where its document says nothing. */
export function validFrom(info: Members, taken: number): { start: number; end: number } {
  const valid = info.valid_info as Numbers | undefined;
  const until = (end: number) => ({ start: taken, end: Math.min(end, LAST_SECOND) });
  if (valid?.valid_type === 1) return { start: valid.start_time as number, end: valid.end_time as number };
  if (valid?.valid_type === 2) return until(taken + (valid.valid_day_num as number) * SECONDS_A_DAY);
  if (valid?.valid_type === 3) return until(taken + (valid.valid_second as number));
  return { start: 0, end: 0 };
}

/** The last second at which a coupon with a fixed validity can be claimed. */
export function validUntil(info: Members): number {
  const valid = info.valid_info as Numbers | undefined;
  return valid?.valid_type === 1 ? (valid.end_time as number) : Number.POSITIVE_INFINITY;
}

/** Two documents are equal whatever the order of their members. */
export function sameDocument(one: Json, other: Json): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([member, inner]) => [member, inOrder(inner)]));
}
