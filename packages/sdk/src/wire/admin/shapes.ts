// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Coupon,
} from "../coupons.ts";
import type {
  Order,
} from "../orders.ts";

/**
 * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named; `owner`
 * everything, of all apps.
 */
export type Role = "viewer" | "manager" | "owner";

/** An operator as others see them. */
export interface Operator {
  /** The name that they sign in with. */
  name: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role: Role;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps: string[];
  /** Whether a password is set; without one they sign in by a link. */
  has_password: boolean;
  /** When they were made, Unix seconds. */
  create_time: number;
  /** When they last signed in, Unix seconds. */
  sign_in_time: number | null;
}

/** An access token as its operator sees it: never its text. */
export interface AccessToken {
  /** What it is called. */
  name: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role: Role;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps: string[];
  /** When it was made, Unix seconds. */
  create_time: number;
  /** When it ends, Unix seconds. */
  end_time: number;
}

/** Who is asking. */
export interface Session {
  /** Who is signed in. */
  name: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role: Role;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps: string[];
  /** The access token that is used; null: a session. */
  token: string | null;
  /** When the session or the token ends, Unix seconds. */
  end_time: number;
}

/** An app and its settings. Keys are told to be set, never shown. */
export interface App {
  /** The app. */
  appid: string;
  /** When it was made, Unix seconds. */
  create_time: number;
  /** Whether it is a sandbox. */
  sandbox: boolean;
  /** How many tokens of each kind it may fetch a day. */
  token_quota: number;
  /** Where claims are asked; null: nowhere. */
  callback_url_in_force: string | null;
  /** Whether the URL that is set has proved itself. */
  callback_confirmed: boolean;
  [member: string]: unknown;
}

/** What a coupon gives, in words. */
export interface Words {
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
}

/** A coupon as operators see it. */
export interface OperatedCoupon {
  /** The coupon, as the wire shows it. */
  coupon: Coupon;
  /** Its status in a word. */
  status: "withdrawn" | "draft" | "active" | "expired" | "void";
  /** Its name, out of the document; empty where that has none. */
  name: string;
  /** What it gives, in words. */
  words: Words;
  /** Whether claims of it are paused. */
  paused: boolean;
  /** Its stock; null until it is activated. */
  stock: {
    /** How many are left, those promised included. */
    remaining: number;
    /** How many were handed out. */
    claimed: number;
    /** How many are promised to claims that the merchant still decides. */
    promised: number;
  } | null;
}

/** A user coupon as operators see it. */
export interface HeldCoupon {
  /** The coupon it is one of. */
  out_coupon_id: string;
  /** Its id; with `out_coupon_id` it is unique in the app. */
  out_user_coupon_id: string;
  /** Whose it is. */
  openid: string;
  /** Its status in a word. */
  status: "effective" | "expired" | "used" | "given_up";
  /** When it was recorded, Unix seconds. */
  create_time: number;
  /** When it last changed, Unix seconds. */
  update_time: number;
  /** When the person received it, Unix seconds. */
  receive_time: number;
  /** From when it can be used; 0: at any time, Unix seconds. */
  start_time: number;
  /** Until when it can be used; 0: for ever, Unix seconds. */
  end_time: number;
  /** When it was used, Unix seconds. */
  use_time: number | null;
  /** The order that it is locked for or used on, if it is one of ours. */
  out_order_id: string | null;
  /** The last second of the lock, Unix seconds. */
  lock_end_time: number | null;
}

/** One entry of the journal: what a command changed. */
export interface JournalEntry {
  /** Its number: it grows in the order of the app's changes. */
  seq: number;
  /** When, Unix seconds. */
  time: number;
  /** What was done. */
  command: string;
  /** Who did it: `app`, `command_line`, `operator …`, `token …` or `job …`; null where nobody wrote it down. */
  by: string | null;
  /** Ends the chain of digests up to this entry. */
  digest: string;
  /** What changed, in order. */
  steps: {
    /** The kind of record that changed. */
    record: string;
    /** What it was; null: it was not there. */
    before: Record<string, unknown> | null;
    /** What it is since. */
    after: Record<string, unknown>;
    [member: string]: unknown;
  }[];
}

/** What happened to a coupon on a day of the shop (UTC+8). */
export interface ReportLine {
  /** The day, as 2026-11-26. */
  day: string;
  /** The coupon; null: the whole shop. */
  out_coupon_id: string | null;
  /** How many were given to people. */
  claimed: number;
  /** How many were used. */
  redeemed: number;
  /** How many used ones came back. */
  returned: number;
  /** How many expired. */
  expired: number;
  /** How many were given up or taken back. */
  given_up: number;
  /** How many orders were redeemed with it. */
  orders: number;
  /** What it took off orders that were redeemed, fen. */
  discount: number;
  /** What was paid for orders that were redeemed with it, fen. */
  turnover: number;
  /** What was paid back of such orders, fen. */
  refunded: number;
}

/** A hand-out: a job that gives one coupon to many people. */
export interface HandOut {
  /** Its id: the request_id that it was made with. */
  hand_out: string;
  /** The coupon. */
  out_coupon_id: string;
  /** `checking` a dry run is under way; `checked` it is over and nothing was given; `running`; `done`; `cancelled`. */
  state: "checking" | "checked" | "running" | "done" | "cancelled";
  /** Whether what is counted is of a dry run: what would be given. */
  dry_run: boolean;
  /** How many lines it has. */
  total: number;
  /** How many lines are decided. */
  next: number;
  /** How many people were given one. */
  given: number;
  /** How many were refused, by why. */
  refused: Record<string, number>;
  /** Who did it: `app`, `command_line`, `operator …`, `token …` or `job …`; null where nobody wrote it down. */
  by: string | null;
  /** When it was made, Unix seconds. */
  create_time: number;
  /** When it last went on, Unix seconds. */
  update_time: number;
}

/** One time a merchant was asked. */
export interface CallbackAttempt {
  /** Its id: 1, 2, 3, … in the app, in the order in which attempts were kept. */
  callback: string;
  /** When, Unix milliseconds. */
  time_ms: number;
  /**
   * Why: `claim` a claim that the merchant decides; `confirm` the test by which a callback proves itself; `verify` a
   * URL check; `resend` a claim, once more for an operator; `test` a claim that is only a test.
   */
  purpose: "claim" | "confirm" | "verify" | "resend" | "test";
  /** The request id of the claim; empty where a URL was verified. */
  request_id: string;
  /** Whose claim it is; empty where a URL was verified. */
  openid: string;
  /** Of which coupon; empty where a URL was verified. */
  out_coupon_id: string;
  /** Where. */
  url: string;
  /** The body as it was sent. */
  request: string;
  /** The message in it before it was encrypted. */
  message: string;
  /** The reply's HTTP status; null: none came. */
  status: number | null;
  /** The reply's body as it came. */
  reply: string | null;
  /** The message in it once decrypted. */
  read: string | null;
  /** How long it took. */
  milliseconds: number;
  /**
   * What was made of it: `granted` the merchant gave a coupon; `declined` the merchant said no; `proved` a handshake
   * succeeded; `mismatched` the reply cannot be relied on; `timed_out` no reply came in time; `unreachable` nobody
   * could be reached.
   */
  verdict: "granted" | "declined" | "proved" | "mismatched" | "timed_out" | "unreachable";
  /** Why, in words that let the merchant mend it. */
  reason: string;
  /** What was ordered to go wrong with it, as `push=lost`; null: nothing was. Of sandbox apps alone. */
  fault: string | null;
}

/** What a merchant's program has to know of an app's callback. */
export interface CallbackKeys {
  /** What signs pushes; null: it is not set. */
  token: string | null;
  /** What encrypts pushes; null: it is not set. */
  encoding_aes_key: string | null;
}

/** How far a verification is, and what it came to. */
export interface Verification {
  /** `never` none was begun; `wrong`: see `faults`. */
  state: "never" | "running" | "right" | "wrong" | "failed";
  /** How many entries of the journal it has read. */
  entries: number;
  /** How many there are. */
  of: number;
  /** How many records it has compared. */
  records: number;
  /** What is not as the journal says; at most 100. */
  faults: {
    /** The first journal entry that does not follow, by its seq. */
    entry: number | null;
    /** What is wrong, in words. */
    what: string;
  }[];
  /** The digest of the journal's last entry. */
  head: string | null;
  /** When it began, Unix seconds. */
  start_time: number | null;
  /** When it ended, Unix seconds. */
  end_time: number | null;
}

/** A page of a journal. */
export interface JournalPage {
  /** The page of the journal, newest first. */
  entries: JournalEntry[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** A page of user coupons. */
export interface UserCouponPage {
  /** The page of user coupons. */
  entries: HeldCoupon[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** A page of orders. */
export interface OrderPage {
  /** The page of orders. */
  entries: Order[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** Who is signed in. */
export interface SessionReply {
  /** Who is signed in. */
  session: Session;
}

/** An app. */
export interface AppReply {
  /** The app as it is now. */
  app: App;
}

/** A coupon. */
export interface CouponReply {
  /** The coupon as it is now. */
  coupon: OperatedCoupon;
}

/** A user coupon. */
export interface UserCouponReply {
  /** The user coupon as it is now. */
  user_coupon: HeldCoupon;
}

/** A hand-out. */
export interface HandOutReply {
  /** The hand-out as it is now. */
  hand_out: HandOut;
}

/** What a merchant was asked and answered. */
export interface CallbackReply {
  /** What was asked and answered. */
  callback: CallbackAttempt;
}

/** A verification. */
export interface VerificationReply {
  /** How it stands. */
  verification: Verification;
}
