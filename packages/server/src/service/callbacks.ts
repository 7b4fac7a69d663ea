import { setTimeout as sleep } from "node:timers/promises";
import { callbackInForce } from "../domain/access/configure.ts";
import type { CallbackAttempt, KeptAttempt } from "../domain/claims/attempts.ts";
import type { ClaimRequest } from "../domain/claims/claim.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import type { Store } from "../store/store.ts";
import type { AskedPurpose, AskMerchant, MerchantAnswer, VerifyUrl } from "./merchant.ts";
import { Soon } from "./soon.ts";

/** The pauses between the attempts at a claim, after the last of which its merchant counts as silent, in milliseconds. */
const PAUSES = [100, 300];
/** How long attempts are gathered before they are written down, in milliseconds. */
const GATHER_MS = 50;
/** How many attempts may wait to be written down; beyond that they are dropped, so that a log never stops claims. */
const GATHER_LIMIT = 10_000;

/** How many operators may wait for a merchant at once, of one app and in all. */
const OPERATORS = { ofApp: 8, inAll: 64 };

type Claimed = Omit<ClaimRequest, "appid">;
/** What was kept of an attempt, where it was sent, and what the merchant answered. */
export type Asked = { kept: KeptAttempt; url: string; answer: MerchantAnswer };

type CallbacksOptions = {
  store: Store;
  ask: AskMerchant;
  verifyUrl: VerifyUrl;
  /** Milliseconds between the attempts at a claim; there is one attempt more. */
  pauses?: readonly number[] | undefined;
  onError: (error: unknown) => void;
};

/** The merchants' callbacks: asking them, and what is kept of every attempt. */
export class Callbacks {
  readonly #store: Store;
  readonly #ask: AskMerchant;
  readonly #verifyUrl: VerifyUrl;
  readonly #pauses: readonly number[];
  readonly #onError: (error: unknown) => void;
  readonly #operatorsOf = new Map<string, number>();
  #operators = 0;
  #gathered: CallbackAttempt[] = [];
  readonly #writing = new Soon(GATHER_MS, () => this.#write());

  constructor(options: CallbacksOptions) {
    this.#store = options.store;
    this.#ask = options.ask;
    this.#verifyUrl = options.verifyUrl;
    this.#pauses = options.pauses ?? PAUSES;
    this.#onError = options.onError;
  }

  /** Asks the merchant to decide a claim; where no answer comes, up to three times with the same request id. */
  async decide(app: App, claim: ClaimRequest): Promise<MerchantAnswer> {
    const url = callbackInForce(app);
    if (url === null) return { answer: "unreachable", problem: "no callback URL is set" };
    for (const pause of this.#pauses) {
      const answer = await this.#once(app, url, "claim", claim);
      if (answer.answer !== "timed_out" && answer.answer !== "unreachable") return answer;
      await sleep(pause);
    }
    return this.#once(app, url, "claim", claim);
  }

  /** Lets the callback URL that is set prove itself with a claim that is only a test (protocol.md section 6). */
  async prove(app: App, test: Claimed): Promise<Refusal | { url: string }> {
    const url = app.settings.callbackUrl;
    if (url === null) return refuse("no_callback");
    const answer = await this.#once(app, url, "confirm", test);
    await this.written();
    if (answer.answer === "granted") return { url };
    if (answer.answer === "mismatched") return refuse("test_mismatched", { problem: answer.problem });
    return refusalOf(answer.answer === "declined" ? { ...answer, because: "other" } : answer);
  }

  /**
   * Asks once for an operator, who is told what was kept of it: what confirms, at the URL that is set; all else at the one
   * in force. Refused where there is none, or too many operators wait.
   */
  askFor(app: App, purpose: Exclude<AskedPurpose, "claim">, claim: Claimed): Promise<Refusal | Asked> {
    const url = purpose === "confirm" ? app.settings.callbackUrl : callbackInForce(app);
    return this.#forOperator(app, url, async (url) => {
      const { answer, attempt, again } = await this.#ask(app, url, purpose, claim);
      const kept = await this.#keep(attempt);
      if (again) this.#gather(again);
      return { answer, url, kept };
    });
  }

  /** Sends a URL check (echostr) to the callback that is set, for an operator. Refused as {@link askFor} is. */
  verify(app: App): Promise<Refusal | { kept: KeptAttempt }> {
    return this.#forOperator(app, app.settings.callbackUrl, async (url) => ({
      kept: await this.#keep(await this.#verifyUrl(app, url)),
    }));
  }

  /** Resolves when every attempt so far is written down. However slow the store is, one write waits for another at most. */
  written(): Promise<void> {
    return this.#writing.done();
  }

  async #write(): Promise<void> {
    const attempts = this.#gathered;
    this.#gathered = [];
    if (attempts.length === 0) return;
    try {
      await this.#store.keepCallbacks(attempts);
    } catch (error) {
      this.#onError(error);
    }
  }

  async #forOperator<T>({ appid }: App, url: string | null, ask: (url: string) => Promise<T>): Promise<Refusal | T> {
    if (url === null) return refuse("no_callback");
    const others = this.#operatorsOf.get(appid) ?? 0;
    if (others >= OPERATORS.ofApp || this.#operators >= OPERATORS.inAll)
      return refuse("too_many_waiting", { limit: OPERATORS.ofApp });
    this.#operatorsOf.set(appid, others + 1);
    this.#operators++;
    try {
      return await ask(url);
    } finally {
      this.#operators--;
      const left = (this.#operatorsOf.get(appid) as number) - 1;
      if (left === 0) this.#operatorsOf.delete(appid);
      else this.#operatorsOf.set(appid, left);
    }
  }

  /** Writes an attempt down at once, after those that were made before it. */
  async #keep(attempt: CallbackAttempt): Promise<KeptAttempt> {
    await this.written();
    const [nth = 0] = await this.#store.keepCallbacks([attempt]);
    return { ...attempt, nth };
  }

  async #once(...[app, url, purpose, claim]: Parameters<AskMerchant>): Promise<MerchantAnswer> {
    const { answer, attempt, again } = await this.#ask(app, url, purpose, claim);
    this.#gather(attempt);
    if (again) this.#gather(again);
    return answer;
  }

  #gather(attempt: CallbackAttempt): void {
    if (this.#gathered.length < GATHER_LIMIT) this.#gathered.push(attempt);
    this.#writing.begin();
  }
}

/** What a claim is told of an answer that grants nothing. */
export function refusalOf(answer: Exclude<MerchantAnswer, { answer: "granted" }>): Refusal {
  switch (answer.answer) {
    case "declined":
      return refuse("merchant_declined", { because: answer.because, message: answer.message });
    case "mismatched":
      return refuse("merchant_mismatched", { problem: answer.problem });
    case "timed_out":
      return refuse("merchant_timed_out", { problem: answer.problem });
    case "unreachable":
      return refuse("merchant_unreachable", { problem: answer.problem });
  }
}
