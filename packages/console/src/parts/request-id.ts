import { minuteOf } from "../ui/shop-time.ts";

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/**
 * A new id for something that must be done once, however often it is asked for: `20261126-1403-k3v9x2mq`. It begins with the
 * shop's time, so that people can tell one from another; the rest is chance.
 */
export function newRequestId(): string {
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => LETTERS[byte % LETTERS.length]);
  const [day = "", minute = ""] = minuteOf(Date.now() / 1000).split(" ");
  return `${day.replaceAll("-", "")}-${minute.replace(":", "")}-${chance.join("")}`;
}
