// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  LoggedCall,
} from "./sandbox-shapes.ts";
import type {
  CallbackAttempt,
  JournalEntry,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `listCalls` takes. */
export interface ListCallsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those of this name (0 to 64 characters). */
  call?: string | undefined;
  /** Only those that came to this; 0: those that succeeded. */
  errcode?: number | undefined;
  /** Only those that name this person (0 to 128 characters). */
  openid?: string | undefined;
  /** Only those that name this coupon (1 to 128 characters). */
  out_coupon_id?: string | undefined;
  /** Only the one of this rid (0 to 64 characters). */
  rid?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `showCall` takes. */
export interface ShowCallInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The call's rid, as its reply tells it (0 to 64 characters). */
  rid: string;
}

/** What `listCalls` answers. */
export interface ListCallsReply {
  /** The page of calls. */
  entries: LoggedCall[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** What `showCall` answers. */
export interface ShowCallReply {
  /** The call. */
  call: LoggedCall;
  /** What it changed, newest first; at most 100 entries. */
  changed: JournalEntry[];
  /** The times the merchant was asked about its claim meanwhile. */
  callbacks: CallbackAttempt[];
}

/** The operators' calls about what only sandbox apps have. */
export interface SandboxCalls<How extends CallForms> {
  /**
   * Every call over the wire of a sandbox app, newest first, and why it came to what it did; 5 000 of the last 7 days
   * are kept.
   * `GET /apps/{appid}/calls`. Role: viewer.
   */
  listCalls(input: ListCallsInput, options?: How["options"]): Promise<ListCallsReply>;

  /**
   * One call, what it changed, and how the merchant was asked for it.
   * `GET /apps/{appid}/calls/{rid}`. Role: viewer.
   */
  showCall(input: ShowCallInput, options?: How["options"]): Promise<ShowCallReply>;
}
