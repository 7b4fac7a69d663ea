import type { ClaimRequest } from "../domain/claims/claim.ts";
import type { App } from "../domain/records.ts";
import type { CallbackAttempt } from "../store/store.ts";

/** Why a merchant says no to a claim. */
export type DeclineReason =
  | "sold_out"
  | "person_limit"
  | "slow_down"
  | "unknown_coupon"
  | "wrong_status"
  | "system"
  | "other";

/** What a merchant's callback made of being asked; every problem is told in words that let him mend it. */
export type MerchantAnswer =
  /** `remark`: what was wrong with the reply all the same. */
  | { answer: "granted"; outUserCouponId: string; remark?: string }
  | { answer: "declined"; because: DeclineReason; message: string }
  /** He answered, but not what can be relied on. */
  | { answer: "mismatched"; problem: string }
  /** He did not answer in time, or could not be reached. */
  | { answer: "timed_out" | "unreachable"; problem: string };

/** Asks a merchant once, at a URL, and tells what was sent and what came back. Never throws. */
export type AskMerchant = (
  app: App,
  url: string,
  purpose: "claim" | "confirm",
  claim: Omit<ClaimRequest, "appid">,
) => Promise<{ answer: MerchantAnswer; attempt: CallbackAttempt }>;
