/** What is wrong with one field of what was asked. */
export interface FieldFault {
  /** Its path, such as `coupon.coupon_info.name`. */
  field: string;
  /** What is wrong and what it may be. */
  detail: string;
}

/** What a problem tells (RFC 9457), or what came in its place. What each member means: {@link AdminError}. */
export interface Failure {
  call: string;
  code: string;
  detail: string;
  status?: number | undefined;
  title?: string | undefined;
  errors?: readonly FieldFault[] | undefined;
  retryAfter?: number | undefined;
  rid?: string | undefined;
}

/**
 * Why a call was not done: the one class that calls throw. It holds no token, password or secret, so it can be logged as
 * it is.
 */
export class AdminError extends Error {
  override readonly name = "AdminError";
  /** The call by its name, such as `listCoupons`. */
  readonly call: string;
  /** The HTTP status; none where no reply came. */
  readonly status: number | undefined;
  /**
   * What kind of problem it is, for programs: the host's own word, such as `invalid_field`, `not_allowed`,
   * `unknown_coupon`. Where the host told none: `network` no whole reply came; `aborted` the caller's signal ended it;
   * `unreadable` the reply is none of these calls', as from a proxy.
   */
  readonly code: string;
  /** The kind in words; none where the host told none. */
  readonly title: string | undefined;
  /** What is wrong, and what to do. */
  readonly detail: string;
  /** Every field at fault. */
  readonly errors: readonly FieldFault[];
  /** After how many seconds the same call may succeed, where the host says so. */
  readonly retryAfter: number | undefined;
  /** The request's id in the host's log, if the reply had one. */
  readonly rid: string | undefined;

  constructor({ call, code, detail, status, title, errors = [], retryAfter, rid }: Failure) {
    super(`${call}: ${code}: ${detail}${rid === undefined ? "" : ` rid: ${rid}`}`);
    this.call = call;
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.rid = rid;
  }
}
