import {
  type AskedClaim,
  type OpenedReply,
  type PushAgreement,
  PushError,
  type ReceiveCouponEvent,
  readDecision,
  secretsOf,
  shown,
  testClaim,
} from "@quanku/protocol/callback";
import type { ClaimRequest } from "../domain/claims/claim.ts";
import type { App, AppSettings } from "../domain/records.ts";
import { type AskedPurpose, type DeclineReason, declineReasons, type MerchantAnswer } from "../service/merchant.ts";
import { declineCodes } from "./refusals.ts";
import type { Same } from "./same.ts";

true satisfies Same<PushAgreement["format"], AppSettings["messageFormat"]>;
true satisfies Same<PushAgreement["mode"], AppSettings["messageMode"]>;

/** What is asked: a claim, or one that is only a test. */
export type Question = { purpose: AskedPurpose; claim: Omit<ClaimRequest, "appid"> };

/** Who claims the test coupon; the platform says nothing of it (our decision). */
const TEST_OPENID = "test_openid";
/** What the request ids of our own tests begin with, so that a merchant's program can tell them (our decision). */
const TEST_REQUEST = "quanku_test_";

/** The claim that `confirm` asks with (protocol.md section 6). */
export const platformTest: Question["claim"] = {
  openid: TEST_OPENID,
  outCouponId: testClaim.out_coupon_id,
  requestId: testClaim.request_id,
};

/** A claim that is only a test: of a coupon under a request id of ours, or without one the claim that `confirm` asks with. */
export const testOf = (outCouponId: string | undefined, openid = TEST_OPENID): Question["claim"] =>
  outCouponId === undefined
    ? { ...platformTest, openid }
    : { openid, outCouponId, requestId: `${TEST_REQUEST}${crypto.randomUUID()}` };

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
const askedOf = ({ purpose, claim }: Question): AskedClaim => ({
  request_id: claim.requestId,
  out_coupon_id: claim.outCouponId,
  ...((purpose === "confirm" || (purpose === "test" && claim.requestId === testClaim.request_id)) && {
    out_user_coupon_id: testClaim.out_user_coupon_id,
  }),
});

/** What a merchant's `ret_code` other than 0 says; one that is not here is `other`. */
const declineReasonOf = new Map(
  declineReasons.map((reason): [number, DeclineReason] => [declineCodes[reason], reason]),
);

/** What a merchant's reply decides, in our words. Throws {@link PushError} where it cannot be relied on. */
export function answerIn(reply: OpenedReply, question: Question, agreement: PushAgreement): MerchantAnswer {
  const secrets = secretsOf(agreement);
  const decision = readDecision(reply, askedOf(question), secrets);
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
