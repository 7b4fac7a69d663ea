/** One time a merchant was asked: what was sent, what came back, and what was made of it. No key or token is in it. */
export type CallbackAttempt = {
  appid: string;
  /** Unix milliseconds. */
  at: number;
  purpose: CallbackPurpose;
  /** Of a claim; of a confirm the platform's fixed one; empty where a URL was verified. */
  requestId: string;
  /** Who claims which coupon; empty where a URL was verified, and of what was kept before these were. */
  openid: string;
  outCouponId: string;
  url: string;
  /** The request's body as it was sent, and the message in it before it was encrypted. */
  request: string;
  message: string;
  /** The reply's HTTP status and body as they came, and the message in it once decrypted; null: nothing came, or could be read. */
  status: number | null;
  reply: string | null;
  read: string | null;
  milliseconds: number;
  verdict: CallbackVerdict;
  /** In words that let the merchant mend it. */
  reason: string;
  /** What was ordered to go wrong with it, as `push=lost`; absent: nothing was. */
  fault?: string;
};

/** Why a merchant was asked: `resend` a claim once more for an operator, `test` a claim that is only a test. */
export type CallbackPurpose = "claim" | "confirm" | "verify" | "resend" | "test";

/** An attempt as it is read back: `nth` is 1, 2, 3, … in the app, in the order in which attempts were kept. */
export type KeptAttempt = CallbackAttempt & { nth: number };

/** Which attempts are asked for: those that are all that it says. */
export type CallbackFilter = {
  verdict?: CallbackVerdict | undefined;
  purpose?: CallbackPurpose | undefined;
  requestId?: string | undefined;
};

/** What was made of an attempt; `proved`: a handshake that succeeded. */
export type CallbackVerdict = "granted" | "declined" | "proved" | "mismatched" | "timed_out" | "unreachable";

/** How many attempts of an app are kept, and for how long, in milliseconds. */
export const CALLBACKS_KEPT = { count: 1000, milliseconds: 7 * 86_400_000 };
