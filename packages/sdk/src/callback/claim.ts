import type { Fields } from "./message.ts";
import { Refusal } from "./refusal.ts";

/** A person wants a coupon; its fields are those of `open_product_receive_coupon` (protocol.md section 6). */
export type Claim = {
  /** Who claims: the event's FromUserName. */
  openid: string;
  out_coupon_id: string;
  /** The claim's id. A claim that is asked about again has it again, and must be given the same coupon again. */
  request_id: string;
  /** When it was asked, in Unix seconds: the event's CreateTime. */
  create_time: number;
};

/** Why a claim is declined, and the `ret_code` that tells it (protocol.md section 6). */
export const declineCodes = {
  /** None left. */
  sold_out: 1090029,
  /** The person has as many as one may have. */
  person_limit: 1090030,
  /** The person, or everybody, asks too often. */
  slow_down: 1090031,
  /** The merchant's system failed; a thrown error is told as this. */
  system: 1090032,
  /** Any other reason. */
  other: 1090033,
  unknown_coupon: 1090057,
  /** The coupon is not one that can be claimed now. */
  wrong_status: 1090058,
} as const;

export type DeclineReason = keyof typeof declineCodes;

/** What the merchant decides. */
export type Decision =
  /** The person is given this user coupon: its `out_user_coupon_id`, 1–128 characters, which the platform records. */
  | { granted: string }
  /** `message` may be shown to the person's side; the reason's name unless given. */
  | { declined: DeclineReason; message?: string | undefined };

/** What the platform asks to prove a callback, and the user coupon that answers it (protocol.md section 6). */
export const testClaim = {
  out_coupon_id: "test_coupon",
  request_id: "test_coupon_request_id",
  out_user_coupon_id: "test_coupon_user_coupon_id",
} as const;

/** The longest `out_user_coupon_id`, in characters. */
const ID_LENGTH = 128;
/** What no database keeps: NUL, and halves of surrogate pairs. */
const UNKEEPABLE = /[\0\p{Cs}]/u;
/** Control characters, halves of surrogate pairs and what is no character: XML carries none of them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

export const isClaimEvent = ({ MsgType, Event }: Fields): boolean =>
  MsgType === "event" && Event === "open_product_receive_coupon";

export const isTest = (claim: Claim): boolean =>
  claim.out_coupon_id === testClaim.out_coupon_id && claim.request_id === testClaim.request_id;

/** Throws {@link Refusal} where a field is missing. */
export function claimOf(event: Fields): Claim {
  const text = (name: string): string => {
    const value = event[name];
    if (typeof value !== "string" || value === "") throw new Refusal(`the event has no ${name}`);
    return value;
  };
  const [openid, out_coupon_id, request_id] = [text("FromUserName"), text("out_coupon_id"), text("request_id")];
  return { openid, out_coupon_id, request_id, create_time: Number(event.CreateTime) };
}

/** What is told of a failure of the merchant's own code. */
export const failed: Decision = { declined: "system", message: "system error" };

/** What the merchant's code decided, looked at once more. Throws where that is no decision. */
export function checkedDecision(decision: unknown): Decision {
  const { granted, declined, message } = Object(decision) as { [name: string]: unknown };
  if (typeof granted === "string" && declined === undefined) {
    if (granted === "" || granted.length > ID_LENGTH || UNKEEPABLE.test(granted))
      throw new TypeError(`granted must be an out_user_coupon_id, a text of 1-${ID_LENGTH} characters`);
    return { granted };
  }
  if (typeof declined !== "string" || !Object.hasOwn(declineCodes, declined) || granted !== undefined)
    throw new TypeError(
      `onClaim must answer { granted: out_user_coupon_id } or { declined: ${Object.keys(declineCodes).join(" | ")} }`,
    );
  const words = typeof message === "string" ? message.replaceAll(UNPRINTABLE, " ") : undefined;
  return { declined: declined as DeclineReason, message: words };
}

/** The answer to a claim, its fields in the platform's order. */
export function answerOf({ out_coupon_id, request_id }: Claim, decision: Decision): Record<string, string | number> {
  const [out_user_coupon_id, ret_code, ret_msg] =
    "granted" in decision
      ? [decision.granted, 0, "ok"]
      : ["", declineCodes[decision.declined], decision.message ?? decision.declined];
  return { out_user_coupon_id, request_id, ret_code, ret_msg, out_coupon_id };
}
