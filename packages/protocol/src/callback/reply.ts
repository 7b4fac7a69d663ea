import { INT32_MAX, integer, merchantId } from "../calls/scalars.ts";
import { type PushAgreement, secretsOf } from "./agreement.ts";
import { isSignedPush, PushError, unseal } from "./push.ts";
import { blanker, shown } from "./words.ts";
import { readXml } from "./xml.ts";

/** How far a reply's TimeStamp may be from our time, in seconds. */
const TIMESTAMP_TOLERANCE = 300;

const DECIDE =
  "answer request_id, out_coupon_id, ret_code and ret_msg, and out_user_coupon_id where ret_code is 0, as JSON or XML";

/** A merchant's reply that was opened: what it says, and nothing of it is checked against what was asked. */
export type OpenedReply = {
  /** The reply's text, or the text it encrypted. */
  message: string;
  fields: Record<string, unknown>;
  /** An encrypted reply's MsgSignature, which covers its Nonce and all of it; null: the reply was plain. */
  msgSignature: string | null;
};

/**
 * Opens a merchant's reply, in JSON or XML, whichever was sent: checks signature, time and appid of an encrypted one, and
 * that it is encrypted where the mode is secure. `now` in Unix seconds.
 * Throws {@link PushError}, whose text holds neither token nor key.
 */
export function openReply(body: string, agreement: PushAgreement, now: number): OpenedReply {
  try {
    return open(body, agreement, now);
  } catch (error) {
    throw error instanceof PushError ? new PushError(blanker(secretsOf(agreement))(error.message)) : error;
  }
}

function open(body: string, agreement: PushAgreement, now: number): OpenedReply {
  const fields = readFields(body, "the reply");
  const envelope = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  if (envelope.has("encrypt")) return unwrap(envelope, agreement, now);
  if (agreement.mode === "secure")
    throw new PushError(
      "the reply is not encrypted, and this app's message mode is secure: answer Encrypt, MsgSignature, TimeStamp and Nonce",
    );
  return { message: body, fields, msgSignature: null };
}

function unwrap(envelope: Map<string, unknown>, agreement: PushAgreement, now: number): OpenedReply {
  const { appid, token, encodingAesKey } = agreement;
  if (encodingAesKey === null)
    throw new PushError("the reply is encrypted, and this app has no EncodingAESKey: set one, or answer unencrypted");
  const told = (value: unknown) => shown(value, secretsOf(agreement));
  const part = (name: string): string => {
    const value = envelope.get(name.toLowerCase());
    if (typeof value === "string" && value !== "") return value;
    if (Number.isSafeInteger(value)) return String(value);
    throw new PushError(`${name} is ${told(value)}: an encrypted reply has Encrypt, MsgSignature, TimeStamp and Nonce`);
  };
  const [sealed, msgSignature, timestamp] = [part("Encrypt"), part("MsgSignature"), part("TimeStamp")];
  if (!isSignedPush(msgSignature, token, timestamp, part("Nonce"), sealed))
    throw new PushError(
      `MsgSignature is ${told(msgSignature)}, expected sha1 in lower-case hex of token, TimeStamp, Nonce and Encrypt, sorted and joined`,
    );
  if (!/^\d{1,10}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > TIMESTAMP_TOLERANCE)
    throw new PushError(
      `TimeStamp is ${told(timestamp)}, expected Unix seconds within ${TIMESTAMP_TOLERANCE} of ${now}`,
    );
  const message = unseal(sealed, appid, encodingAesKey);
  return { message, fields: readFields(message, "the decrypted reply"), msgSignature };
}

function readFields(text: string, what: string): Record<string, unknown> {
  const content = text.trim();
  if (content === "") throw new PushError(`${what} is empty, which decides nothing: ${DECIDE}`);
  if (/^"?success"?$/i.test(content))
    throw new PushError(`${what} is ${content}, which acknowledges but decides nothing: ${DECIDE}`);
  if (content.startsWith("<")) return reading(what, () => readXml(content));
  return reading(what, () => readJson(content));
}

function reading(what: string, read: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return read();
  } catch (error) {
    throw error instanceof PushError ? new PushError(`${what} cannot be read: ${error.message}`) : error;
  }
}

function readJson(content: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(content, idAsText);
  } catch {
    throw new PushError(`it is neither JSON nor XML: ${DECIDE}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PushError(`its JSON is no object: ${DECIDE}`);
  return value as Record<string, unknown>;
}

const ids = ["request_id", "out_coupon_id", "out_user_coupon_id"];

/** An id that stands as a number in JSON is the text of that number, to the digit, as it is in XML. */
const idAsText = ((name: string, value: unknown, { source }: { source?: string }) =>
  typeof value === "number" && ids.includes(name) ? source : value) as (name: string, value: unknown) => unknown;

/** What was asked; `out_user_coupon_id` where only one answers it. */
export type AskedClaim = { request_id: string; out_coupon_id: string; out_user_coupon_id?: string };

/** What a merchant decided. */
export type CouponDecision =
  /** `impliedly`: with the ids alone, and no `ret_code`. */
  | { given: true; out_user_coupon_id: string; impliedly: boolean }
  /** `ret_code` is not 0; `ret_msg` is as long as the merchant made it. */
  | { given: false; ret_code: number; ret_msg: string };

/**
 * Reads the decision on a claim (protocol.md section 6). A `ret_code` that says no needs no ids beside it; ids that are
 * all there and right need no `ret_code`, since a widespread SDK leaves out the 0. Throws {@link PushError}, naming the
 * field, what came and what was expected.
 */
export function readDecision({ fields }: OpenedReply, asked: AskedClaim, secrets: readonly string[]): CouponDecision {
  const wrong = (name: string, expected: string) => {
    const came = fields[name] === undefined ? "missing" : shown(fields[name], secrets);
    return new PushError(`${name} is ${came}, expected ${expected}`);
  };
  const isUnset = (name: string) => fields[name] === undefined || fields[name] === null || fields[name] === "";
  const code = integer(-INT32_MAX, INT32_MAX).safeParse(trimmed(fields.ret_code));
  const declines = code.success && code.data !== 0;
  for (const name of ["request_id", "out_coupon_id"] as const)
    if (fields[name] !== asked[name] && !(declines && isUnset(name))) throw wrong(name, shown(asked[name], secrets));
  const { ret_code, ret_msg } = fields;
  if (declines) return { given: false, ret_code: code.data, ret_msg: typeof ret_msg === "string" ? ret_msg : "" };
  const impliedly = ret_code === undefined || ret_code === null;
  if (!code.success && !impliedly)
    throw wrong("ret_code", "0 to give the coupon, or the code of why not, a whole number");
  const id = merchantId().safeParse(fields.out_user_coupon_id);
  if (!id.success) throw wrong("out_user_coupon_id", "the id of the coupon given, a text of 1-128 characters");
  if (asked.out_user_coupon_id !== undefined && id.data !== asked.out_user_coupon_id)
    throw wrong("out_user_coupon_id", shown(asked.out_user_coupon_id, secrets));
  return { given: true, out_user_coupon_id: id.data, impliedly };
}

const trimmed = (value: unknown) => (typeof value === "string" ? value.trim() : value);
