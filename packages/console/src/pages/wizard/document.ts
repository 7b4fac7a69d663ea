import {
  type CouponDocument,
  type Place,
  places,
  type TermName,
  type Terms,
  termNames,
  termsOf,
  valueAt,
} from "../../parts/coupon-terms.ts";
import { asks, choiceOf } from "./kinds.ts";

type Members = Record<string, unknown>;

/** What the server requires to be there, even while nothing stands in it. */
const required = ["coupon_info", "coupon_info.promote_info", "coupon_info.discount_info", "coupon_info.receive_info"];

/** What only the server may set. */
const ofServer = ["status", "create_time", "update_time", "appid", "coupon_info.ext_info"];

/**
 * The document that says what the form does. Of `base`, the document it began from, everything that the form does not change
 * stays as it is written there, members that nobody knows too. What was asked for a kind or validity that is no longer chosen goes.
 */
export function documentOf(form: Terms, base: CouponDocument = {}): CouponDocument {
  const document = structuredClone(base) as Members;
  const before = termsOf(base);
  for (const name of termNames) {
    const choice = choiceOf(name);
    const place: Place = places[name];
    if (asks(form, name)) {
      if (!isSame(form[name], before[name])) put(document, place, form[name]);
    } else if (choice && form[choice] !== before[choice]) remove(document, place.path);
  }
  for (const path of required) if (valueAt(document, path) == null) write(document, path, {});
  return document;
}

/** A coupon of the server without what only the server may set. */
export function baseOf(coupon: object): CouponDocument {
  const base = structuredClone(coupon) as Members;
  for (const path of ofServer) remove(base, path);
  return base;
}

/** The field in which a fault at a path of the wire is mended, such as `coupon.coupon_info.name`. */
export function fieldAt(path: string): TermName | undefined {
  const inside = `${path.replace(/^coupon\./, "")}.`;
  return termNames.find((name) => {
    const { path: own, also }: Place = places[name];
    return inside.startsWith(`${own}.`) || (also !== undefined && inside.startsWith(`${also}.`));
  });
}

const isSame = (one: Terms[TermName], other: Terms[TermName]) => JSON.stringify(one) === JSON.stringify(other);

function put(document: Members, { path, also }: Place, value: Terms[TermName]): void {
  const isNothing = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  for (const at of also === undefined ? [path] : [path, also])
    if (isNothing) remove(document, at);
    else write(document, at, value);
}

function write(document: Members, path: string, value: unknown): void {
  const [last, ...way] = path.split(".").reverse() as [string, ...string[]];
  let at = document;
  for (const key of way.reverse()) {
    const next = at[key];
    if (typeof next !== "object" || next === null || Array.isArray(next)) at[key] = {};
    at = at[key] as Members;
  }
  at[last] = value;
}

/** Takes a member away, and what held nothing else. */
function remove(document: Members, path: string): void {
  const [, parent = "", last = path] = /^(.*)\.([^.]+)$/.exec(path) ?? [];
  const holder = parent === "" ? document : valueAt(document, parent);
  if (typeof holder !== "object" || holder === null || !(last in holder)) return;
  delete (holder as Members)[last];
  if (parent !== "" && Object.keys(holder).length === 0 && !required.includes(parent)) remove(document, parent);
}
