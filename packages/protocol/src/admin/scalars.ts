import { z } from "zod";
import { inBoth } from "../calls/in-both.ts";
import { orderStatusMeanings, type reasonMeanings } from "../calls/meanings.ts";
import { INT32_MAX } from "../calls/scalars.ts";

/** How many entries a page of a list has unless it is said, and at most. */
export const PAGE = { byDefault: 50, most: 500 };

/** What an operator may do: each may do all that those before it may. */
export const roleMeanings = {
  viewer: "reads the apps that are named",
  manager: "reads and steers the apps that are named",
  owner: "everything, of all apps",
} as const;
export type Role = keyof typeof roleMeanings;
export const roles = Object.keys(roleMeanings) as Role[];

/** Statuses of a coupon in words; the wire's numbers stand in docs/protocol.md section 4. */
export const couponStatusNames = ["withdrawn", "draft", "active", "expired", "void"] as const;
/** Statuses of a user coupon in words. */
export const userCouponStatusNames = ["effective", "expired", "used", "given_up"] as const;

/** Statuses of an order. */
export const orderStatusNames = Object.keys(orderStatusMeanings) as (keyof typeof orderStatusMeanings)[];

/** Why a coupon that a person has just been given, and nothing beside it, takes nothing off a cart. */
export const previewReasons = [
  "no_matching_product",
  "below_threshold",
  "gives_nothing",
] as const satisfies (keyof typeof reasonMeanings)[];

/** What data can be kept in. */
export const storeKinds = ["sqlite", "postgres", "memory"] as const;

/** Why a merchant was asked. */
export const purposeMeanings = {
  claim: "a claim that the merchant decides",
  confirm: "the test by which a callback proves itself",
  verify: "a URL check",
  resend: "a claim, once more for an operator",
  test: "a claim that is only a test",
} as const;
export const callbackPurposes = Object.keys(purposeMeanings) as (keyof typeof purposeMeanings)[];

/** What was made of an attempt to ask a merchant. */
export const verdictMeanings = {
  granted: "the merchant gave a coupon",
  declined: "the merchant said no",
  proved: "a handshake succeeded",
  mismatched: "the reply cannot be relied on",
  timed_out: "no reply came in time",
  unreachable: "nobody could be reached",
} as const;
export const callbackVerdicts = Object.keys(verdictMeanings) as (keyof typeof verdictMeanings)[];

/** A whole number; in a query or on a command line its digits. */
export const whole = (min = 0, max = INT32_MAX) =>
  z.preprocess(
    (value: number | string | undefined) =>
      typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : value,
    z
      .int({ error: inBoth(`must be a whole number from ${min} to ${max}`, `必须是 ${min} 到 ${max} 的整数`) })
      .min(min)
      .max(max),
  );

/** Yes or no; in a query or on a command line as a word. */
export const flag = () =>
  z.preprocess(
    (value: boolean | "true" | "false" | undefined) => (value === "true" ? true : value === "false" ? false : value),
    z.boolean({ error: inBoth("must be true or false", "必须是 true 或 false") }),
  );

/** A day of the shop (UTC+8), as 2026-11-26. */
export const day = () =>
  z.string().refine(isDay, { error: inBoth("must be a day such as 2026-11-26", "必须是日期，例如 2026-11-26") });

/** Whether a text is a day of the calendar: the 30th of February is read as a day of March, and none. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

export const seconds = (about: string) => z.int().describe(`${about}, Unix seconds.`);
export const fen = (about: string) => z.int().describe(`${about}, fen.`);
export const count = (about: string) => z.int().describe(about);

/** Which page of a list, and how long it may be. */
export const paging = {
  cursor: z.string().max(3000).describe("`next` of the page before; absent: the first page.").optional(),
  limit: whole(1, PAGE.most)
    .describe(`How many entries at most, 1-${PAGE.most}; ${PAGE.byDefault} unless given.`)
    .optional(),
};

/** A page of a list. */
export const page = <T extends z.ZodType>(entry: T, of: string) =>
  z.object({
    entries: z.array(entry).describe(`The page of ${of}.`),
    next: z.string().nullable().describe("The cursor of the next page; null: there is none."),
  });

export const nothing = z.object({});
