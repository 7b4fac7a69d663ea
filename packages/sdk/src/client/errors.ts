import { codes, type Errcode } from "../wire/codes.ts";
import { type Reason, reasons } from "./reasons.ts";

/**
 * How a call failed:
 * - `refused`: the host answered with an errcode; `code` and what follows from it are set.
 * - `network`: no whole reply came: no connection, or one that was cut.
 * - `timeout`: no whole reply came in the client's `timeout`.
 * - `http`: an HTTP status other than 2xx, without an errcode; `status` is set.
 * - `body`: the reply is not JSON, or none of the wire's.
 * - `aborted`: the caller's signal ended it.
 */
export type ErrorKind = "refused" | "network" | "timeout" | "http" | "body" | "aborted";

/** How a call failed, as a value. What each member means: {@link CouponApiError}. */
export interface Failure {
  kind: ErrorKind;
  call: string;
  text: string;
  retryable: boolean;
  code?: number | undefined;
  rid?: string | undefined;
  field?: string | undefined;
  status?: number | undefined;
  retryAfter?: number | undefined;
  requestId?: string | undefined;
}

/**
 * Why a call failed: the one class that calls throw. It holds neither the app's secret nor a token, so it can be logged as
 * it is.
 */
export class CouponApiError extends Error {
  override readonly name = "CouponApiError";
  /** How it failed: `refused` by the host, or why there is no answer to rely on. */
  readonly kind: ErrorKind;
  /** The call by its name on the wire; `token` or `stable_token` where no token could be fetched for it. */
  readonly call: string;
  /** The errcode, if the host refused. A host may answer codes that {@link codes} does not list. */
  readonly code: number | undefined;
  /** The code as a word that does not change, such as `sold_out`; none for a code that is not listed. */
  readonly reason: Reason | undefined;
  /** The errmsg without its rid, or what happened. */
  readonly text: string;
  /** The id of the request in the host's log, if the reply had one. */
  readonly rid: string | undefined;
  /** The path of the field at fault, such as `coupon.coupon_info.name`, where the host names one. */
  readonly field: string | undefined;
  /** The HTTP status of the reply, if there was one. */
  readonly status: number | undefined;
  /**
   * Whether the same call may succeed later, and does no harm if it was carried out already. The client has tried again
   * by then as often as it may.
   */
  readonly retryable: boolean;
  /** Within how many seconds the reason is gone, where the host or the table of codes says so. */
  readonly retryAfter: number | undefined;
  /** The `request_id` of a claim: claim with it again, and no second coupon is given. */
  readonly requestId: string | undefined;

  constructor(failure: Failure) {
    const { kind, call, code, text, rid } = failure;
    super(`${call}: ${code === undefined ? `${kind}: ` : `${code} `}${text}${rid === undefined ? "" : ` rid: ${rid}`}`);
    this.kind = kind;
    this.call = call;
    this.code = code;
    this.reason = isListed(code) ? reasons[code] : undefined;
    this.text = text;
    this.rid = rid;
    this.field = failure.field;
    this.status = failure.status;
    this.retryable = failure.retryable;
    this.retryAfter = failure.retryAfter;
    this.requestId = failure.requestId;
  }
}

const isListed = (code: number | undefined): code is Errcode => code !== undefined && Object.hasOwn(codes, code);

/** Codes whose text begins with the path of the field at fault (docs/protocol.md section 5). */
const namesField: ReadonlySet<number> = new Set<Errcode>([
  990001, 990004, 990005, 990007, 990008, 990009, 1090011, 1090049,
]);

/** What the host's `errcode` and `errmsg` say. `repeatable` is whether the call does no harm where it is made twice. */
export function refusal(call: string, code: number, errmsg: string, repeatable: boolean): Failure {
  const [, text = errmsg, rid] = /^(.*?)\s*rid: ?(\S+)$/s.exec(errmsg) ?? [];
  const listed: { retry: boolean; after?: number } = isListed(code) ? codes[code] : { retry: false };
  // A fault that nobody foresaw may have struck after the change was made.
  const retryable = listed.retry && (code !== -1 || repeatable);
  return { kind: "refused", call, code, text, rid, field: fieldIn(code, text), retryable, retryAfter: listed.after };
}

function fieldIn(code: number, text: string): string | undefined {
  const [, field] =
    (code === 47001 ? /hint: \[([\w.]+):/ : namesField.has(code) ? /: ([\w.]+) (?:is|must) / : /(?!)/).exec(text) ?? [];
  return field === "body" ? undefined : field;
}
