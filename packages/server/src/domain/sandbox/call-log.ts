import type { RefusalCode } from "../outcome.ts";

/**
 * What is checked of a call, each where it comes to it: that there is such a call, its method, its token (a token's fetch:
 * appid, grant_type, secret), whether the callback must be confirmed, whether there is room for it, its body, that it is
 * JSON, its fields, and the rules.
 */
export const checkSteps = [
  "route",
  "method",
  "token",
  "callback",
  "room",
  "body",
  "json",
  "fields",
  "appid",
  "grant",
  "secret",
  "rules",
] as const;
export type CheckStep = (typeof checkSteps)[number];

/** What explains a check. */
export type CheckFacts = Readonly<Record<string, string | number>>;

/** A text that was sent or answered: its beginning without secrets, and how many bytes it had in all; null: none was read. */
export type LoggedText = { text: string; bytes: number } | null;

/** One call over the wire of a sandbox app, as it is kept. No token, secret or key is in it. */
export type LoggedCall = {
  appid: string;
  /** Names it, in its reply too; of what it changed the journal says that it was by `call <rid>`. */
  rid: string;
  /** When it came, Unix milliseconds; and what the app's clock showed then, Unix seconds. */
  at: number;
  appTime: number;
  /** The call's name, as `claim`; `token` and `stable_token` fetch a token, `unknown` is none of ours. */
  call: string;
  milliseconds: number;
  /** What it came to, as the caller was told: 0 where it succeeded; and in words, null then. */
  code: number;
  said: string | null;
  request: {
    method: string;
    path: string;
    query: string;
    headers: Readonly<Record<string, string>>;
    body: LoggedText;
  };
  reply: { status: number; body: LoggedText };
  /** What the body names; empty where it names none. */
  openid: string;
  outCouponId: string;
  requestId: string;
  /** The last check it came to; all before it were passed. */
  ended: CheckStep;
  /** Which refusal it ended with, where a rule spoke. */
  refused: RefusalCode | null;
  /** What explains its checks, by their names. */
  facts: Readonly<Partial<Record<CheckStep, CheckFacts>>>;
  /** The fault that was played on it, in words; null: none. */
  fault: string | null;
  /** The numbers of the journal's entries that it caused, oldest first. */
  entries: readonly number[];
};

/** A call as it is read back: `nth` is 1, 2, 3, … in the app, in the order in which calls were kept. */
export type KeptCall = LoggedCall & { nth: number };

/** Which calls are asked for: those that are all that it says. */
export type CallFilter = {
  call?: string | undefined;
  code?: number | undefined;
  openid?: string | undefined;
  outCouponId?: string | undefined;
  rid?: string | undefined;
};

/** How many calls of an app are kept, and for how long, in milliseconds. */
export const CALLS_KEPT = { count: 5000, milliseconds: 7 * 86_400_000 };
