// Made from packages/protocol/src by `npm run docs`; do not edit.

/** One call over the wire of a sandbox app. */
export interface LoggedCall {
  /** Its name, as `claim`; `token` and `stable_token` fetch a token, `unknown` is no call. */
  call: string;
  /** Its number: 1, 2, 3, … in the app, in the order in which calls were kept. */
  nth: number;
  /** Names it; the reply told it too. */
  rid: string;
  /** When it came, Unix milliseconds. */
  time_ms: number;
  /** What the app's clock showed then, Unix seconds. */
  app_time: number;
  /** How long it took. */
  milliseconds: number;
  /** What it came to; 0: it succeeded. */
  errcode: number;
  /** The same in words, as it was told; null where it succeeded. */
  errmsg: string | null;
  /** Whom its body names; empty where nobody. */
  openid: string;
  /** Which coupon its body names; empty where none. */
  out_coupon_id: string;
  /** The request id that its body names; empty where none. */
  request_id: string;
  /** The fault that was played on it; null: none. */
  fault: string | null;
  /** The last thing that was checked. */
  ended: string;
  /** The refusal that a rule gave, as `sold_out`; null: none. */
  refused: string | null;
  /** What was checked, in order; the last one that is told is where it ended. */
  checks: {
    /** What was checked: `route`, `method`, `token`, `callback`, `room`, `body`, `json`, … */
    check: string;
    /** What came of it; after one that failed nothing is checked. */
    result: "passed" | "failed" | "skipped";
    /** Of the rules: the refusal, as `sold_out`; null: none. */
    code: string | null;
    /** The same in words. */
    en: string;
    /** The same in words, Chinese. */
    zh: string;
  }[];
  /** What was sent, secrets replaced by `***`. */
  request: {
    /** The method. */
    method: string;
    /** The path. */
    path: string;
    /** The query, without the `?`. */
    query: string;
    /** Headers that explain something. */
    headers: Record<string, string>;
    /** The body; null: it was not read, or is none. */
    body: {
      /** Its beginning, secrets replaced by `***`. */
      text: string;
      /** How many bytes it had in all. */
      bytes: number;
    } | null;
  };
  /** What was answered, secrets replaced by `***`. */
  reply: {
    /** The HTTP status. */
    status: number;
    /** The body. */
    body: {
      /** Its beginning, secrets replaced by `***`. */
      text: string;
      /** How many bytes it had in all. */
      bytes: number;
    } | null;
  };
}
