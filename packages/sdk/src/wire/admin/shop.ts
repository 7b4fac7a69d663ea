// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  CouponToAdd,
} from "../coupons.ts";
import type {
  OfApp,
  OfCallback,
  OfCoupon,
  PageOfCoupon,
} from "./inputs.ts";
import type {
  App,
  AppReply,
  CallbackAttempt,
  CallbackReply,
  CouponReply,
  JournalPage,
  OperatedCoupon,
  ReportLine,
  VerificationReply,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `createApp` takes. */
export interface CreateAppInput {
  /** Its appid: 1-64 of `A-Z a-z 0-9 _ -`. */
  appid: string;
  /** Its secret, 16-128 characters; made for you when left out. */
  secret?: string | undefined;
  /** How many tokens of each kind it may fetch a day (at least 1). */
  token_quota?: number | undefined;
  /** Whether it is a sandbox, with a clock that can be moved and faults that can be ordered; for good. */
  sandbox?: boolean | undefined;
}

/** What `setApp` takes. */
export interface SetAppInput {
  /** The app (0 to 64 characters). */
  appid: string;
  [member: string]: unknown;
}

/** What `rotateSecret` takes. */
export interface RotateSecretInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** 16-128 characters; made for you when left out. */
  secret?: string | undefined;
}

/** What `deleteApp` takes. */
export interface DeleteAppInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The appid once more. */
  confirm: string;
}

/** What `listCoupons` takes. */
export interface ListCouponsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those of this status. */
  status?: "withdrawn" | "draft" | "active" | "expired" | "void" | undefined;
  /** Only those of this type. */
  type?: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104 | undefined;
  /**
   * Only those whose name begins so, character by character: capital letters are others than small ones (1 to 120
   * characters).
   */
  name?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `addCoupon` takes. */
export interface AddCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon to add. */
  coupon: CouponToAdd;
}

/** What `replaceCoupon` takes. */
export interface ReplaceCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** The coupon as it shall be, whole. */
  coupon: CouponToAdd;
}

/** What `restockCoupon` takes. */
export interface RestockCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** How many shall be left. */
  remaining: number;
}

/** What `listReports` takes. */
export interface ListReportsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The first day, as 2026-11-01. */
  from: string;
  /** The last day. */
  to: string;
  /** Only of this coupon (1 to 128 characters). */
  out_coupon_id?: string | undefined;
  /** `day` the whole shop's line of each day; `coupon` a line for each coupon of each day; unless given `coupon`. */
  by?: "day" | "coupon" | undefined;
  /** Whether to answer a CSV file. */
  csv?: boolean | undefined;
}

/** What `listJournal` takes. */
export interface ListJournalInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only what they did: `operator li`, `token li deploy`, `command_line` (0 to 200 characters). */
  by?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `testCallback` takes. */
export interface TestCallbackInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Whose claim to play; `test_openid` unless given. */
  openid?: string | undefined;
  /**
   * Of which coupon: then the request id begins with `quanku_test_`, by which the merchant's program can tell it. Left
   * out: the platform's own test, as `confirm` sends it (1 to 128 characters).
   */
  out_coupon_id?: string | undefined;
}

/** What `listCallbacks` takes. */
export interface ListCallbacksInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those that came to this. */
  verdict?: "granted" | "declined" | "proved" | "mismatched" | "timed_out" | "unreachable" | undefined;
  /** Only those sent for this. */
  purpose?: "claim" | "confirm" | "verify" | "resend" | "test" | undefined;
  /** Only those of this claim (0 to 128 characters). */
  request_id?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `listApps` answers. */
export interface ListAppsReply {
  /** The apps. */
  entries: App[];
}

/** What `createApp` answers. */
export interface CreateAppReply {
  /** The app as it is now. */
  app: App;
  /** Its secret, this once. */
  secret: string;
}

/** What `rotateSecret` answers. */
export interface RotateSecretReply {
  /** The secret, this once. */
  secret: string;
}

/** What `listCoupons` answers. */
export interface ListCouponsReply {
  /** The page of coupons. */
  entries: OperatedCoupon[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** What `listReports` answers. */
export interface ListReportsReply {
  /** The lines. */
  entries: ReportLine[];
}

/** What `confirmCallback` answers. */
export interface ConfirmCallbackReply {
  /** What was asked and answered. */
  callback: CallbackAttempt;
  /** The app as it is now. */
  app: App;
}

/** What `listCallbacks` answers. */
export interface ListCallbacksReply {
  /** The page of attempts. */
  entries: CallbackAttempt[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** The operators' calls about apps and their coupons. */
export interface ShopCalls<How extends CallForms> {
  /**
   * The apps that you may read.
   * `GET /apps`. Role: viewer.
   */
  listApps(input?: Record<string, never>, options?: How["options"]): Promise<ListAppsReply>;

  /**
   * Makes an app and tells its secret, which cannot be read again.
   * `POST /apps`. Role: owner.
   */
  createApp(input: CreateAppInput, options?: How["options"]): Promise<CreateAppReply>;

  /**
   * One app and its settings.
   * `GET /apps/{appid}`. Role: viewer.
   */
  showApp(input: OfApp, options?: How["options"]): Promise<AppReply>;

  /**
   * Changes settings of an app; those left out stay, and null clears one that can be absent. Keys are never shown
   * again.
   * `PATCH /apps/{appid}`. Role: manager.
   */
  setApp(input: SetAppInput, options?: How["options"]): Promise<AppReply>;

  /**
   * Gives an app a new secret and tells it this once; its tokens die.
   * `POST /apps/{appid}/secret`. Role: owner.
   */
  rotateSecret(input: RotateSecretInput, options?: How["options"]): Promise<RotateSecretReply>;

  /**
   * Deletes an app and all that is of it, for ever. It must be named twice, and unless it is a sandbox have been
   * exported since its last change.
   * `DELETE /apps/{appid}`. Role: owner.
   */
  deleteApp(input: DeleteAppInput, options?: How["options"]): Promise<void>;

  /**
   * A snapshot of the app: coupons, stock and wallets, as `quanku import` reads it.
   * `GET /apps/{appid}/export`. Role: manager.
   */
  exportApp(input: OfApp, options?: How["options"]): Promise<How["download"]>;

  /**
   * Coupons, newest first; with `name` by their names. A page may be shorter than its limit, or empty: `next` alone
   * tells whether there is more.
   * `GET /apps/{appid}/coupons`. Role: viewer.
   */
  listCoupons(input: ListCouponsInput, options?: How["options"]): Promise<ListCouponsReply>;

  /**
   * Adds a coupon, by the same rules as the wire's `add`.
   * `POST /apps/{appid}/coupons`. Role: manager.
   */
  addCoupon(input: AddCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * One coupon and its stock.
   * `GET /apps/{appid}/coupons/{out_coupon_id}`. Role: viewer.
   */
  showCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Replaces a coupon that is still being edited, by the same rules as the wire's `update`.
   * `PUT /apps/{appid}/coupons/{out_coupon_id}`. Role: manager.
   */
  replaceCoupon(input: ReplaceCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * Activates a draft: people can claim it, and it cannot be edited any more.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/activate`. Role: manager.
   */
  activateCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Sets an active coupon to expired: nobody can claim it any more; those who have it may use it.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/expire`. Role: manager.
   */
  expireCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Voids an active coupon: nobody can claim or use it any more.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/void`. Role: manager.
   */
  voidCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Pauses claims of a coupon; those who have it may use it.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/pause`. Role: manager.
   */
  pauseCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Lets a paused coupon be claimed again.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/resume`. Role: manager.
   */
  resumeCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Sets how many are left of a coupon.
   * `PUT /apps/{appid}/coupons/{out_coupon_id}/stock`. Role: manager.
   */
  restockCoupon(input: RestockCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * The journal entries that changed a coupon itself or set its stock, newest first; not each claim of it.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/history`. Role: viewer.
   */
  listCouponHistory(input: PageOfCoupon, options?: How["options"]): Promise<JournalPage>;

  /**
   * What happened by day and coupon, oldest day first. Days without anything have no line.
   * `GET /apps/{appid}/reports`. Role: viewer.
   */
  listReports(input: ListReportsInput & { csv: true }, options?: How["options"]): Promise<How["download"]>;
  listReports(input: ListReportsInput, options?: How["options"]): Promise<ListReportsReply>;

  /**
   * The app's journal, newest first.
   * `GET /apps/{appid}/journal`. Role: viewer.
   */
  listJournal(input: ListJournalInput, options?: How["options"]): Promise<JournalPage>;

  /**
   * Begins to recompute everything from the journal, beside the running server; reads only.
   * `POST /apps/{appid}/verify`. Role: viewer.
   */
  startVerify(input: OfApp, options?: How["options"]): Promise<VerificationReply>;

  /**
   * How far the verification is, or what the last one came to.
   * `GET /apps/{appid}/verify`. Role: viewer.
   */
  showVerify(input: OfApp, options?: How["options"]): Promise<VerificationReply>;

  /**
   * Sends the URL check (echostr) to the callback that is set, and explains what comes back.
   * `POST /apps/{appid}/callback/verify`. Role: manager.
   */
  verifyCallback(input: OfApp, options?: How["options"]): Promise<CallbackReply>;

  /**
   * Asks the callback that is set to prove itself; if it does, it is the one in force.
   * `POST /apps/{appid}/callback/confirm`. Role: manager.
   */
  confirmCallback(input: OfApp, options?: How["options"]): Promise<ConfirmCallbackReply>;

  /**
   * Sends a claim that is only a test to the callback in force, and explains what comes back; nothing is given.
   * `POST /apps/{appid}/callback/test`. Role: manager.
   */
  testCallback(input: TestCallbackInput, options?: How["options"]): Promise<CallbackReply>;

  /**
   * Every time the merchant was asked, newest first; 1 000 of the last 7 days are kept.
   * `GET /apps/{appid}/callbacks`. Role: viewer.
   */
  listCallbacks(input: ListCallbacksInput, options?: How["options"]): Promise<ListCallbacksReply>;

  /**
   * Sends an attempt once more, a claim with the same request id. Where the claim still waits, the answer decides it;
   * else nothing changes.
   * `POST /apps/{appid}/callbacks/{callback}/resend`. Role: manager.
   */
  resendCallback(input: OfCallback, options?: How["options"]): Promise<CallbackReply>;

  /**
   * Events as they happen: `journal` and `callback`, and `call` of a sandbox app, each as it is listed. `Last-Event-ID`
   * goes on where one left off.
   * `GET /apps/{appid}/stream`. Role: viewer.
   */
  stream(input: OfApp, options?: How["following"]): How["events"];
}
