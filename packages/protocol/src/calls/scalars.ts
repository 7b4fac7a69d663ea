import { z } from "zod";
import type { Errcode } from "../codes.ts";
import { inBoth } from "./in-both.ts";
import { told } from "./meanings.ts";

/** The largest number any reply may carry: some clients read 32-bit integers (protocol.md section 1). */
export const INT32_MAX = 2_147_483_647;

/**
 * How a whole number may be sent: as one, or as its digits, which is how some clients of the platform write it. Digits,
 * and not any `string`, so that a text that is no number is told by the compiler and not first by the server, as 47001.
 */
export type Numeric = number | `${bigint}`;

const readNumericString = (value: unknown) =>
  typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;

/** What is wrong with a value; of an absent one only that it is absent, which is told elsewhere. */
const unlessAbsent = (message: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? undefined : message;

export const isRequired = inBoth("is required", "是必填项");
export const mustNotBeEmpty = inBoth("must not be empty", "不能为空");
export const mustBeOneOf = (all: readonly (string | number)[]) =>
  inBoth(`must be one of ${all.join(", ")}`, `必须是以下之一：${all.join("、")}`);
export const mustHaveEntries = (most: number | bigint) =>
  inBoth(`must have at most ${most} entries`, `最多 ${most} 项`);
export const mustBeIdLike = inBoth("must be 1-64 of A-Z a-z 0-9 _ -", "必须是 1-64 个字符，只能用 A-Z a-z 0-9 _ -");

/** An integer from `min` to `max`; a numeric string such as `"6400"` is read as the number (protocol.md section 1). */
export const integer = (min = 0, max = INT32_MAX) => {
  const error = unlessAbsent(inBoth(`must be an integer from ${min} to ${max}`, `必须是 ${min} 到 ${max} 的整数`));
  return z.preprocess(
    (value: Numeric) => readNumericString(value),
    z.int({ error }).min(min, { error }).max(max, { error }),
  );
};

/** A point in time, Unix seconds. */
export const seconds = () => integer();

/** An amount of money in fen (1/100 yuan). */
export const fen = () => integer();

/** One of the numbers of a set, given as a number or as its digits; the description says what each means. */
export const oneOf = <const T extends Record<number, string>>(meanings: T, about: string) => {
  const values = Object.keys(meanings).map(Number) as (keyof T & number)[];
  const error = unlessAbsent(mustBeOneOf(values));
  return z
    .preprocess(
      (value: (keyof T & number) | `${keyof T & number}`) => readNumericString(value),
      z.literal(values, { error }),
    )
    .describe(told(about, meanings));
};

/** One of the names of a set; the description says what each means. */
export const oneName = <const T extends Record<string, string>>(meanings: T, about: string) => {
  const names = Object.keys(meanings) as (keyof T & string)[];
  return z.enum(names, { error: unlessAbsent(mustBeOneOf(names)) }).describe(told(about, meanings));
};

/**
 * Text that every store keeps exactly: well-formed Unicode without U+0000, 1 to `max` UTF-16 units.
 */
export const text = (max: number) =>
  z
    .string()
    .min(1, { error: mustNotBeEmpty })
    .max(max)
    .refine((s) => s.isWellFormed() && !s.includes("\0"), {
      error: inBoth("must be well-formed Unicode without U+0000", "必须是合法的 Unicode 文本，且不含 U+0000"),
    });

/** A merchant's own id of a coupon or a user coupon, 1-128 characters. */
export const merchantId = () => text(128);

/** A person's openid, 1-64 of `A-Z a-z 0-9 _ -`; otherwise 990001, absent or empty 990004. */
export const openid = () =>
  z
    .string()
    .refine((s) => s !== "", { error: isRequired, params: { errcode: 990004 satisfies Errcode }, abort: true })
    .refine((s) => /^[A-Za-z0-9_-]{1,64}$/.test(s), {
      error: mustBeIdLike,
      params: { errcode: 990001 satisfies Errcode },
    });

/** How clients spell "not set" whatever the field (protocol.md section 1); numbers may have a 0 of their own. */
const isUnset = (value: unknown) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

const emptyListAsObject = (value: unknown) => (Array.isArray(value) && value.length === 0 ? {} : value);

/**
 * A field that may be absent. Typed and scripted clients send 0, `""`, `[]` or null for it then, and it is read as if it
 * were absent. Numbers, objects, and fields to which one of these says something have combinators of their own below.
 */
export const optional = <T extends z.ZodType>(schema: T) =>
  maybe((value) => isUnset(value) || value === 0, schema.optional());

/** A number that may be absent, and is when it is 0. */
export const optionalNumber = <T extends z.ZodType>(schema: T) =>
  maybe((value) => isUnset(value) || readNumericString(value) === 0, schema.optional());

/** A list, or something in its place, that may be absent, and is not when it is empty. */
export const optionalFromEmpty = <T extends z.ZodType>(schema: T) =>
  maybe((value) => value === null || value === "" || value === 0, schema.optional());

/** A number that may be absent, and is not when it is 0. */
export const optionalFrom0 = <T extends z.ZodType>(schema: T) => maybe(isUnset, schema.optional());

/** A number that is `fallback` where it is absent. */
export const defaulting = (fallback: number) => maybe(isUnset, integer().default(fallback));

/** An object that may be absent; scripted clients send an empty one as `[]`. */
export const optionalObject = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value: z.input<T> | undefined) => {
    const present = emptyListAsObject(value);
    return isUnset(present) || present === 0 ? undefined : present;
  }, schema.optional());

/** An object that must be there; scripted clients send an empty one as `[]`. */
export const object = <T extends z.ZodType>(schema: T) =>
  z.preprocess<unknown, T, z.input<T>>(emptyListAsObject, schema);

const maybe = <T extends z.ZodType>(isAbsent: (value: unknown) => boolean, schema: T) =>
  z.preprocess((value: z.input<T>) => (isAbsent(value) ? undefined : value), schema);
