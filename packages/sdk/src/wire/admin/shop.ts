// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
  OfCallback,
} from "./inputs.ts";
import type {
  Import,
} from "./outlooks.ts";
import type {
  App,
  AppReply,
  CallbackAttempt,
  CallbackKeys,
  CallbackReply,
  JournalPage,
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

/** What `importApp` takes. */
export interface ImportAppInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Whether only to tell what would become of each line. */
  dry_run?: boolean | undefined;
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

/** What `importApp` answers. */
export interface ImportAppReply {
  /** What was done, or would be. */
  import: Import;
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

/** What `showCallbackKeys` answers. */
export interface ShowCallbackKeysReply {
  /** The keys as they are set. */
  keys: CallbackKeys;
}

/** The operators' calls about apps. */
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
   * Imports a snapshot, as `exportApp` answers it, into the app: what is there already and older takes the line's
   * place, what is newer here is refused. The whole file is read and checked first; then it goes in by 500 lines, in
   * order, up to the first that is refused, and can be sent again.
   * `POST /apps/{appid}/import`. Role: manager.
   */
  importApp(input: ImportAppInput & { file: How["file"] }, options?: How["options"]): Promise<ImportAppReply>;

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
   * The keys that the merchant's program has to know, which no other call shows. Who asked is written to the server's
   * log.
   * `POST /apps/{appid}/callback/keys`. Role: manager.
   */
  showCallbackKeys(input: OfApp, options?: How["options"]): Promise<ShowCallbackKeysReply>;

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
