import type { CallbackAttempt } from "@quanku/sdk/admin";
import { type Fields, fieldsIn, told } from "./reply-fields.ts";
import { type Mend, mendOfWhole } from "./whole.ts";

/** What is compared of an attempt. */
export type Answered = Pick<
  CallbackAttempt,
  | "purpose"
  | "request_id"
  | "out_coupon_id"
  | "status"
  | "reply"
  | "read"
  | "verdict"
  | "reason"
  | "milliseconds"
  | "url"
>;

/** What should stand in a field: one text alone, or anything of a kind. */
export type Expected = { exactly: string } | { kind: "code" | "id" | "words" | "unneeded" | "sealed" };

/** A field of the reply beside what it should be. */
export type Row = {
  name: string;
  /** As it came; undefined: it is missing. */
  came: string | undefined;
  expected: Expected;
  /** `assumed`: it is missing, and was read as what is expected. `unread`: nothing says whether it is right. */
  state: "right" | "assumed" | "wrong" | "unread";
  /** How to mend it, or what to know of it. */
  mend?: Mend;
};

/** What a reply came to: what is wrong with the whole of it, if it could not be read, and its fields. */
export type Comparison = { whole?: Mend; rows: Row[] };

/** What `confirm` asks with, and the id that answers it (docs/callback.md). */
export const testClaim = { request_id: "test_coupon_request_id", out_user_coupon_id: "test_coupon_user_coupon_id" };

/** The codes by which a merchant declines, and the word of each (docs/callback.md). */
const declineCodes: Readonly<Record<number, Mend["word"]>> = {
  1090029: "declinedSoldOut",
  1090030: "declinedLimit",
  1090031: "declinedPace",
  1090032: "declinedSystem",
  1090033: "declinedOther",
  1090057: "declinedNoCoupon",
  1090058: "declinedStatus",
};

/**
 * Holds what a merchant answered to what it should have, field by field, by the rules of docs/callback.md. What cannot be
 * judged without the keys is taken from the server's reason.
 */
export function compare(attempt: Answered): Comparison {
  if (attempt.purpose === "verify") return compareEcho(attempt);
  const whole = attempt.verdict === "granted" || attempt.verdict === "proved" ? undefined : mendOfWhole(attempt);
  if (attempt.read === null) {
    const fields = attempt.reply === null ? undefined : fieldsIn(attempt.reply);
    const sealed = fields && sealedRows(fields, attempt.reason);
    if (sealed) return { rows: sealed, ...(sealed.every(({ mend }) => !mend) && whole && { whole }) };
    return { rows: decisionRows({}, attempt).map(unread), ...(whole && { whole }) };
  }
  const rows = decisionRows(fieldsIn(attempt.read) ?? {}, attempt);
  return { rows, ...(whole && rows.every(({ state }) => state !== "wrong") && { whole }) };
}

function compareEcho(attempt: Answered): Comparison {
  const { verdict, reason, reply, read } = attempt;
  const name = "echostr";
  if (verdict === "proved")
    return { rows: [{ name, came: read ?? "", expected: { exactly: read ?? "" }, state: "right" }] };
  const echostr = /expected the echostr (\d+)/.exec(reason)?.[1];
  if (echostr === undefined) {
    const whole = mendOfWhole(attempt);
    return { rows: [], ...(whole && { whole }) };
  }
  const word = (reply ?? "").trim().replace(/^\uFEFF/, "") === echostr ? "echoAround" : "echo";
  const mend: Mend = { word, given: { expected: echostr } };
  return { rows: [{ name, came: reply ?? "", expected: { exactly: echostr }, state: "wrong", mend }] };
}

/** The rows of an encrypted reply that could not be opened; undefined where the reply is none. */
function sealedRows(fields: Fields, reason: string): Row[] | undefined {
  const byName = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  if (!byName.has("encrypt")) return undefined;
  const [, named] = /^(?:.* was ordered; )?(Encrypt|MsgSignature|TimeStamp|Nonce) /.exec(reason) ?? [];
  const cipher = /bad padding/.test(reason)
    ? "sealedKey"
    : /made for appid/.test(reason)
      ? "sealedAppid"
      : "sealedText";
  const words = {
    Encrypt: cipher,
    MsgSignature: "sealedSignature",
    TimeStamp: "sealedTime",
    Nonce: "sealedMissing",
  } as const;
  return (["Encrypt", "MsgSignature", "TimeStamp", "Nonce"] as const).map((name) => {
    const value = byName.get(name.toLowerCase());
    const isMissing = value === undefined || value === null || value === "";
    const row = { name, came: isMissing ? undefined : told(value), expected: { kind: "sealed" } } as const;
    if (isMissing) return { ...row, state: "wrong", mend: { word: "sealedMissing", given: { name } } };
    if (name === named) return { ...row, state: "wrong", mend: { word: words[name], given: { name } } };
    return { ...row, state: "unread" };
  });
}

/** Whether a field is as good as not there. */
const isUnset = (value: unknown) => value === undefined || value === null || value === "";

/** A `ret_code` as a number; undefined where it is none. */
function codeIn(value: unknown): number | undefined {
  const text = typeof value === "string" ? value.trim() : value;
  const code = typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : text;
  return typeof code === "number" && Number.isInteger(code) && Math.abs(code) <= 2 ** 31 - 1 ? code : undefined;
}

function decisionRows(fields: Fields, asked: Answered): Row[] {
  const mustGive =
    asked.purpose === "confirm" || (asked.purpose === "test" && asked.request_id === testClaim.request_id);
  const code = codeIn(fields.ret_code);
  const declines = code !== undefined && code !== 0;
  return [
    codeRow(fields.ret_code, code, mustGive),
    idRow("request_id", fields, asked.request_id, declines && !mustGive),
    idRow("out_coupon_id", fields, asked.out_coupon_id, declines && !mustGive),
    giftRow(fields.out_user_coupon_id, mustGive, declines),
    wordsRow(fields.ret_msg),
  ];
}

const unread = ({ name, expected }: Row): Row => ({ name, came: undefined, expected, state: "unread" });

function codeRow(value: unknown, code: number | undefined, mustGive: boolean): Row {
  const row: Pick<Row, "name" | "came" | "expected"> = {
    name: "ret_code",
    came: value === undefined ? undefined : told(value),
    expected: mustGive ? { exactly: "0" } : { kind: "code" },
  };
  if (value === undefined || value === null)
    return { ...row, state: "assumed", mend: { word: "codeMissing", given: {} } };
  if (code === undefined) return { ...row, state: "wrong", mend: { word: "codeNoNumber", given: {} } };
  if (code === 0) return { ...row, state: "right" };
  if (mustGive) return { ...row, state: "wrong", mend: { word: "codeOfTest", given: { code } } };
  return { ...row, state: "right", mend: { word: declineCodes[code] ?? "declinedUnknown", given: { code } } };
}

function idRow(name: "request_id" | "out_coupon_id", fields: Fields, expected: string, mayMiss: boolean): Row {
  const value = fields[name];
  const row = { name, came: value === undefined ? undefined : told(value), expected: { exactly: told(expected) } };
  if (value === expected) return { ...row, state: "right" };
  if (mayMiss && isUnset(value)) return { ...row, state: "right", mend: { word: "unneeded", given: {} } };
  const word = isUnset(value) ? "idMissing" : typeof value === "string" ? "idOther" : "idNoText";
  return { ...row, state: "wrong", mend: { word, given: { name, expected } } };
}

function giftRow(value: unknown, mustGive: boolean, declines: boolean): Row {
  const name = "out_user_coupon_id";
  const expected: Expected = mustGive
    ? { exactly: told(testClaim.out_user_coupon_id) }
    : { kind: declines ? "unneeded" : "id" };
  const row = { name, came: value === undefined ? undefined : told(value), expected };
  if (declines && !mustGive) return { ...row, state: "right" };
  const isId = typeof value === "string" && value !== "" && value.length <= 128 && !value.includes("\0");
  if (mustGive && value === testClaim.out_user_coupon_id) return { ...row, state: "right" };
  if (mustGive)
    return { ...row, state: "wrong", mend: { word: "giftOfTest", given: { expected: testClaim.out_user_coupon_id } } };
  if (isId) return { ...row, state: "right" };
  return { ...row, state: "wrong", mend: { word: isUnset(value) ? "giftMissing" : "giftNoText", given: {} } };
}

const wordsRow = (value: unknown): Row => ({
  name: "ret_msg",
  came: value === undefined ? undefined : told(value),
  expected: { kind: "words" },
  state: "right",
});
