import type { Coupon, CouponKind, CouponStatus } from "../records.ts";
import { nameIn } from "./documents.ts";

/** What coupons are searched by: those have it that have all of it. */
export type CouponFilters = {
  status?: CouponStatus | undefined;
  kind?: CouponKind | undefined;
  /** What the name begins with, character by character (Unicode code points): a capital letter is another than a small one. */
  namePrefix?: string | undefined;
};

/** The coupon after which a search goes on; `name` is its name where that is the order, else empty. */
export type CouponPlace = { name: string; position: number };

/** Whether a coupon is one of those that are searched. */
export const isSought = (coupon: Coupon, { status, kind, namePrefix }: CouponFilters): boolean =>
  (status === undefined || coupon.status === status) &&
  (kind === undefined || coupon.kind === kind) &&
  (namePrefix === undefined || nameIn(coupon.document).startsWith(namePrefix));

const LAST_POINT = 0x10ffff;
/** Comes after every name: none has so many characters (protocol.md section 3). */
const afterAllNames = String.fromCodePoint(LAST_POINT).repeat(128);

/** The first text that comes after all that begin with `prefix`, which is well-formed, in the order of code points. */
export function endOfPrefix(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  const place = points.findLastIndex((point) => point !== LAST_POINT);
  const last = points[place];
  if (last === undefined) return afterAllNames;
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points.slice(0, place), next);
}
