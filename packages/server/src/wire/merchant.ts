import {
  type AskedClaim,
  type CouponDecision,
  type PushAgreement,
  PushError,
  type ReceiveCouponEvent,
  shown,
  testClaim,
} from "@quanku/protocol/callback";
import type { ClaimRequest } from "../domain/claims/claim.ts";
import type { App } from "../domain/records.ts";
import { type DeclineReason, declineReasons, type MerchantAnswer } from "../service/merchant.ts";
import { declineCodes } from "./refusals.ts";

/** What is asked: a claim, or the one that proves a callback. */
export type Question = { purpose: "claim" | "confirm"; claim: Omit<ClaimRequest, "appid"> };

/** What an app and its merchant agreed on. Throws {@link PushError} where nothing is agreed on. */
export function agreementOf({ appid, settings }: App): PushAgreement {
  const { originalId, callbackToken, encodingAesKey, messageFormat, messageMode } = settings;
  if (callbackToken === null) throw new PushError("this app has no callback token: set one");
  return { appid, originalId, token: callbackToken, encodingAesKey, format: messageFormat, mode: messageMode };
}

/** The event that asks for a decision. `now` in Unix seconds. */
export const eventOf = ({ claim }: Question, { originalId }: PushAgreement, now: number): ReceiveCouponEvent => ({
  ToUserName: originalId,
  FromUserName: claim.openid,
  CreateTime: now,
  MsgType: "event",
  Event: "open_product_receive_coupon",
  out_coupon_id: claim.outCouponId,
  request_id: claim.requestId,
});

/** What a reply has to repeat. */
export const askedOf = ({ purpose, claim }: Question): AskedClaim => ({
  request_id: claim.requestId,
  out_coupon_id: claim.outCouponId,
  ...(purpose === "confirm" && { out_user_coupon_id: testClaim.out_user_coupon_id }),
});

/** What a merchant's `ret_code` other than 0 says; one that is not here is `other`. */
const declineReasonOf = new Map(
  declineReasons.map((reason): [number, DeclineReason] => [declineCodes[reason], reason]),
);

/** What a merchant decided, in our words. */
export function answerOf(decision: CouponDecision, secrets: readonly string[]): MerchantAnswer {
  if (decision.given) {
    const { out_user_coupon_id: outUserCouponId, impliedly } = decision;
    return { answer: "granted", outUserCouponId, ...(impliedly && { remark: "ret_code was missing, read as 0" }) };
  }
  const { ret_code, ret_msg } = decision;
  const known = declineReasonOf.get(ret_code);
  const code = `ret_code ${ret_code}${known ? "" : ", which means nothing here"}`;
  const message = ret_msg === "" ? code : `${code}: ${shown(ret_msg, secrets)}`;
  return { answer: "declined", because: known ?? "other", message };
}
