import { type Terms, termsOf } from "../../parts/coupon-terms.ts";
import { dayOf } from "../../ui/shop-time.ts";

/** The channel of a coupon that says none: a Channels live room. */
const LIVE_ROOM = 4;

/** Letters and digits that are not taken for each other. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

/** A new id: the shop's day, and what makes it differ from others of that day. `now` is Unix seconds. */
export function newId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(6));
  const tail = [...random].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `coupon-${dayOf(now).replaceAll("-", "")}-${tail}`;
}

/** The form that a new coupon begins with. */
export const newForm = (now: number): Terms => ({
  ...termsOf({}),
  id: newId(now),
  channel: LIVE_ROOM,
  perPerson: 1,
  validity: 2,
  validDays: 7,
});
