import type { CallbackAttempt, CallbackPurpose } from "../domain/claims/attempts.ts";
import type { ClaimRequest } from "../domain/claims/claim.ts";
import type { App } from "../domain/records.ts";

/** Why a merchant says no to a claim. */
export const declineReasons = [
  "sold_out",
  "person_limit",
  "slow_down",
  "unknown_coupon",
  "wrong_status",
  "system",
  "other",
] as const;

export type DeclineReason = (typeof declineReasons)[number];

/** What a merchant's callback made of being asked; every problem is told in words that let it be mended. */
export type MerchantAnswer =
  /** `remark`: what was wrong with the reply all the same. */
  | { answer: "granted"; outUserCouponId: string; remark?: string }
  | { answer: "declined"; because: DeclineReason; message: string }
  /** An answer came, but none that can be relied on. */
  | { answer: "mismatched"; problem: string }
  /** No answer came in time, or nobody could be reached. */
  | { answer: "timed_out" | "unreachable"; problem: string };

/** What a merchant is asked to decide. */
export type AskedPurpose = Exclude<CallbackPurpose, "verify">;

/**
 * Asks a merchant once, at a URL, and tells what was sent and what came back; `again`: of the same push, where it was sent a
 * second time. Never throws.
 */
export type AskMerchant = (
  app: App,
  url: string,
  purpose: AskedPurpose,
  claim: Omit<ClaimRequest, "appid">,
) => Promise<{ answer: MerchantAnswer; attempt: CallbackAttempt; again?: CallbackAttempt }>;

/** Checks that a URL of a merchant echoes what it is sent. Never throws. */
export type VerifyUrl = (app: App, url: string) => Promise<CallbackAttempt>;
