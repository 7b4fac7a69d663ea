import { unlessAborted } from "../host/clock.ts";
import { type CallName, callPaths } from "../wire/calls.ts";
import { BACK_OFF_MS } from "../wire/codes.ts";
import { CouponApiError, type Failure } from "./errors.ts";
import { exchange, type Line, type Outcome, type Reply } from "./exchange.ts";
import { logIn, type Session } from "./login.ts";
import { repeatable } from "./repeatable.ts";
import type { Credentials, Tokens } from "./tokens.ts";

/** How one call is to be made. */
export interface CallOptions {
  /** Ends the call, and its waiting for another try. */
  signal?: AbortSignal | undefined;
}

/** What asks for a longer pause is told to the caller instead of waited for, in milliseconds. */
const LONGEST_PAUSE = 10_000;

/** Codes after which a token is fetched anew (docs/protocol.md section 2). */
const ofToken: ReadonlySet<number | undefined> = new Set([40001, 42001]);

/** Makes calls, again where that may help and does no harm. */
export class Caller {
  readonly #line: Line;
  readonly #of: Credentials;
  readonly #tokens: Tokens;
  readonly #retries: number;

  constructor(line: Line, credentials: Credentials, tokens: Tokens, retries: number) {
    this.#line = line;
    this.#of = credentials;
    this.#tokens = tokens;
    this.#retries = retries;
  }

  /** Makes a call; throws {@link CouponApiError}. A claim without a request_id is given one, the same for every try. */
  call(call: CallName, given: object = {}, { signal }: CallOptions = {}): Promise<Reply> {
    const requestId = call === "claim" ? requestIdOf(given) : undefined;
    const body = requestId === undefined ? given : { ...given, request_id: requestId };
    return this.#again(call, () => this.#once(call, body, signal), signal, requestId);
  }

  /** Changes a login code for who logged in; throws {@link CouponApiError}. */
  async logIn(code: string, { signal }: CallOptions = {}): Promise<Session> {
    const ask = () => logIn(this.#line, this.#of, code, signal);
    return (await this.#again("jscode2session", ask, signal)) as unknown as Session;
  }

  async #again(
    call: string,
    once: () => Promise<Outcome<Reply>>,
    signal: AbortSignal | undefined,
    requestId?: string,
  ): Promise<Reply> {
    let isRenewed = false;
    for (let tried = 0; ; ) {
      const outcome = await once();
      if (outcome.ok) return outcome.value;
      const { failure } = outcome;
      if (ofToken.has(failure.code) && failure.call === call && !isRenewed) {
        isRenewed = true;
        continue;
      }
      const pause = tried < this.#retries ? this.#pauseAfter(failure, tried++) : undefined;
      if (pause === undefined) throw new CouponApiError({ ...failure, requestId });
      await this.#line.clock.sleep(pause, signal);
    }
  }

  async #once(call: CallName, body: object, signal: AbortSignal | undefined): Promise<Outcome<Reply>> {
    const token = await unlessAborted(signal, this.#tokens.get());
    if (token === "aborted")
      return { ok: false, failure: { call, kind: token, text: "the caller's signal ended it", retryable: false } };
    if (!token.ok) return token;
    const outcome = await exchange(
      this.#line,
      {
        call,
        url: `${this.#of.baseUrl}${callPaths[call]}?access_token=${encodeURIComponent(token.value)}`,
        body,
        isEnveloped: true,
        repeatable: repeatable[call],
        secrets: [this.#of.secret, token.value],
      },
      signal,
    );
    if (!outcome.ok && ofToken.has(outcome.failure.code)) this.#tokens.refuse(token.value);
    return outcome;
  }

  /** How long to wait before another try, in milliseconds, twice as long as before and partly chance; none where it would not help, or not soon. */
  #pauseAfter({ retryable, retryAfter = 0 }: Failure, tried: number): number | undefined {
    const longest = Math.min(BACK_OFF_MS * 2 ** tried, LONGEST_PAUSE);
    const pause = Math.max(longest * (0.5 + this.#line.clock.random() / 2), retryAfter * 1000);
    return retryable && pause <= LONGEST_PAUSE ? pause : undefined;
  }
}

const requestIdOf = ({ request_id: id }: { request_id?: unknown }): string =>
  typeof id === "string" && id !== "" ? id : crypto.randomUUID();
