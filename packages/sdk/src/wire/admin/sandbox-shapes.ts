// Made from packages/protocol/src by `npm run docs`; do not edit.

/** Somebody of a sandbox app who was given a name. */
export interface Person {
  /** The js_code that logs in as them. */
  name: string;
  /** Their openid in the app. */
  openid: string;
  /** Who they are in all apps of one owner; null: a login tells nothing of that. */
  unionid: string | null;
  /** When the name was given, Unix seconds. */
  create_time: number;
}

/** A fault that is ordered of a sandbox app. */
export interface Fault {
  /** Its id. */
  fault: string;
  /**
   * What goes wrong: of a call `errcode=45009`, `delay=3000` (milliseconds), `reset`, `reset=after` (it is done first),
   * `half` (of the reply), `http=502`, `token` (that of the call ends); of a push to the merchant `push=late:2000`,
   * `push=twice`, `push=reordered`, `push=lost` (the reply).
   */
  what: string;
  /** With which calls, by their names, with commas between; null: with all. */
  calls: string | null;
  /** How many of those that it sees it hits, ten-thousandths. */
  share: number;
  /** After how many hits it ends; null: by time alone. */
  count: number | null;
  /** What is drawn follows from it: the same again hits the same, by their order. */
  seed: number;
  /** How many calls or pushes it saw. */
  seen: number;
  /** How many of them it hit. */
  hit: number;
  /** When it was ordered, in real time, Unix seconds. */
  order_time: number;
  /** When it is over at the latest, in real time, however the app's clock goes, Unix seconds. */
  end_time: number;
}

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
    /** What was checked: `route`, `method`, `token`, `callback`, `room`, `body`, `json` and so on. */
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

/** What the clock of a sandbox app shows. */
export interface AppClock {
  /** The app's time, Unix seconds. */
  now: number;
  /** The real time, Unix seconds. */
  real: number;
  /** By how many seconds the app's time is ahead of the real one; below 0: behind, as it may be after it stood. */
  ahead: number;
  /** Whether it stands still. */
  frozen: boolean;
}

/** The clock of a sandbox app. */
export interface ClockReply {
  /** What the clock shows now. */
  clock: AppClock;
}

/** What became of a clock that was set forward. */
export interface MovedClockReply {
  /** What the clock shows now. */
  clock: AppClock;
  /** What came to its end on the way. */
  passed: {
    /** How many user coupons expired. */
    user_coupons: number;
    /** How many coupons expired. */
    coupons: number;
    /** How many that were promised to claims nobody decided were given back. */
    holds: number;
  };
}
