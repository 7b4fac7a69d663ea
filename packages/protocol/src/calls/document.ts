import { COUPON_INFO_LIMIT, type CouponInfo } from "./coupon-info.ts";
import type { Parsed } from "./parse.ts";

/** What TypeScript does not know of JSON yet: where a value was read from, and text that is written as it is. */
type ExactJson = {
  parse(text: string, revive: (name: string, value: unknown, from: { source?: string }) => unknown): unknown;
  rawJSON(text: string): object;
};
const exactJson = JSON as unknown as ExactJson;

/** Reads JSON whose numbers are written again with the digits they had, and whose `null` members are absent. */
const parseExactly = (text: string): unknown =>
  exactJson.parse(text, (_, value, { source }) => {
    if (value === null) return undefined;
    return typeof value === "number" && String(value) !== source ? exactJson.rawJSON(source as string) : value;
  });

/**
 * The merchant's document as it is stored: the `coupon_info` of a body's text, to the digit, `ext_info` left out, since
 * it is the server's. Known members come in the documented order, and those read from numeric strings as numbers
 * (docs/adr/0001). `read` is what the body's schema read of it. Longer than {@link COUPON_INFO_LIMIT}: 990008.
 */
export function readDocument(text: string, read: CouponInfo): Parsed<string> {
  const { coupon } = parseExactly(text.replace(/^\uFEFF/, "")) as { coupon: { coupon_info: object } };
  const { ext_info: _, ...info } = coupon.coupon_info as { ext_info?: unknown };
  const value = JSON.stringify(arranged(read, info));
  if (value.length <= COUPON_INFO_LIMIT) return { ok: true, value };
  const detail = `coupon.coupon_info must take at most ${COUPON_INFO_LIMIT} characters as JSON`;
  return { ok: false, error: { errcode: 990008, detail } };
}

function arranged(read: unknown, sent: unknown): unknown {
  if (typeof read === "number" && typeof sent === "string") return read;
  if (!isObject(read) || !isObject(sent)) return sent;
  const names = new Set([...Object.keys(read), ...Object.keys(sent)]);
  return Object.fromEntries(
    [...names].filter((name) => Object.hasOwn(sent, name)).map((name) => [name, arranged(own(read, name), sent[name])]),
  );
}

const own = (members: Members, name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);

type Members = { [name: string]: unknown };
const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
