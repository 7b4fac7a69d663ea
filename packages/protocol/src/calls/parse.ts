import type { z } from "zod";
import type { Errcode, WireError } from "../codes.ts";
import { inBoth } from "./in-both.ts";
import { isRequired, mustHaveEntries } from "./scalars.ts";

/** How deep a body may nest; deeper ones are refused before anything walks them. */
const DEPTH_LIMIT = 64;
export const mustNotNest = inBoth(`must not nest deeper than ${DEPTH_LIMIT} levels`, `嵌套不能超过 ${DEPTH_LIMIT} 层`);

/** How a body is read. */
export type Schema<T> = z.ZodType<T>;

/** A body read by its schema, or why it could not be. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Reads JSON text; a byte order mark before it is no part of it. What is told of a fault quotes nothing of the text. */
export function readJson(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    return fault(47001, `body: must be JSON${placeOf(error as SyntaxError)}`);
  }
}

/** Where JSON broke. Only that: the parser's message may quote the body, which may hold a secret. */
function placeOf({ message }: SyntaxError): string {
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place === undefined ? "" : `; it breaks ${place}`;
}

/** Reads a call's body from its text: no text is 44002, but where the call needs nothing of a body. */
export function parseText<T>(schema: Schema<T>, text: string): Parsed<T> {
  if (text === "") return unsetBody(schema) ?? { ok: false, error: { errcode: 44002 } };
  const read = readJson(text);
  return read.ok ? parseBody(schema, read.value) : read;
}

/** What a schema reads from no body at all, if it can: typed and scripted clients send `""`, `null` or `[]` for it. */
function unsetBody<T>(schema: Schema<T>): Parsed<T> | undefined {
  const parsed = schema.safeParse(undefined);
  return parsed.success ? { ok: true, value: parsed.data } : undefined;
}

/**
 * Reads a call's JSON body: `null` counts as absent everywhere but inside arrays, then the schema decides.
 * The first fault is told, in the order of the schema's fields, with the code that protocol.md section 5 gives it.
 */
export function parseBody<T>(schema: Schema<T>, body: unknown): Parsed<T> {
  if (body === null || typeof body !== "object" || Array.isArray(body)) {
    const isUnset = body === null || (Array.isArray(body) && body.length === 0);
    return (isUnset && unsetBody(schema)) || fault(47001, "body: must be a JSON object");
  }
  const present = withoutNulls(body, DEPTH_LIMIT);
  if (present === tooDeep) return fault(47001, `body: ${mustNotNest}`);
  const parsed = schema.safeParse(present);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, error: describe(furthest(parsed.error.issues[0] as z.core.$ZodIssue), present) };
}

/** Whether a body nests deeper than any call reads. */
export const isTooDeep = (body: unknown, limit = DEPTH_LIMIT): boolean =>
  typeof body === "object" &&
  body !== null &&
  (limit === 0 || Object.values(body).some((member) => isTooDeep(member, limit - 1)));

const tooDeep = Symbol("too deep");

function withoutNulls(value: object, depth: number): object | typeof tooDeep {
  if (depth === 0) return tooDeep;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member === null && !Array.isArray(value)) delete (value as Record<string, unknown>)[key];
    else if (typeof member === "object" && member !== null && withoutNulls(member, depth - 1) === tooDeep)
      return tooDeep;
  }
  return value;
}

/** Of what may be one thing or another, the fault of the one that was read furthest, unless none got anywhere. */
export function furthest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const [inner] = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length);
  return inner && inner.path.length > 0 ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function describe(issue: z.core.$ZodIssue, body: object): WireError {
  const path = issue.path.join(".");
  const errcode = errcodeOf(issue, body, path);
  const wrong = whatIsWrong(issue, body);
  return { errcode, detail: errcode === 47001 ? `${path}: ${wrong}` : `${path} ${wrong}` };
}

function errcodeOf(issue: z.core.$ZodIssue, body: object, path: string): Errcode {
  if (issue.code === "custom" && issue.params?.errcode) return issue.params.errcode as Errcode;
  if (isAbsent(body, issue.path)) {
    if (path === "openid") return 990004;
    return path.endsWith("coupon_info.discount_info") ? 1090049 : 990007;
  }
  return isTooLong(issue) ? 990008 : 47001;
}

/** What is wrong with the field that an issue is about, in words that go on after its name. `read` is what was read. */
export function whatIsWrong(issue: z.core.$ZodIssue, read: unknown): string {
  if (issue.code === "custom" && issue.params?.errcode) return issue.message;
  if (isAbsent(read, issue.path)) return isRequired;
  if (isTooLong(issue)) return (issue.origin === "array" ? mustHaveEntries : mustHaveCharacters)(issue.maximum);
  if (issue.code === "invalid_type" && !numeric.includes(issue.expected)) return mustBeA(issue.expected);
  return issue.message;
}

const isTooLong = (issue: z.core.$ZodIssue): issue is z.core.$ZodIssueTooBig =>
  issue.code === "too_big" && (issue.origin === "string" || issue.origin === "array");

function isAbsent(body: unknown, path: PropertyKey[]): boolean {
  let at = body;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return true;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}

const numeric: string[] = ["int", "number"];
const mustHaveCharacters = (most: number | bigint) =>
  inBoth(`must have at most ${most} characters`, `最多 ${most} 个字符`);
const mustBeA = (type: string) =>
  inBoth(`must be ${/^[aeio]/.test(type) ? "an" : "a"} ${type}`, `必须是${typesInChinese[type] ?? ` ${type}`}`);
const typesInChinese: Readonly<Record<string, string>> = {
  string: "字符串",
  number: "数字",
  int: "整数",
  boolean: " true 或 false",
  object: "对象",
  array: "数组",
  record: "对象",
};

const fault = (errcode: Errcode, detail: string): { ok: false; error: WireError } => ({
  ok: false,
  error: { errcode, detail },
});
