import { isUtf8 } from "node:buffer";
import { randomInt } from "node:crypto";
import type { LookupFunction } from "node:net";
import {
  openReply,
  PushError,
  pushUrl,
  readDecision,
  secretsOf,
  shown,
  urlCheck,
  writePush,
} from "@quanku/protocol/callback";
import { Agent } from "undici";
import packageJson from "../../package.json" with { type: "json" };
import type { App } from "../domain/records.ts";
import type { Clock } from "../service/clock.ts";
import type { AskMerchant, MerchantAnswer } from "../service/merchant.ts";
import type { CallbackAttempt } from "../store/store.ts";
import { agreementOf, answerOf, askedOf, eventOf, type Question } from "../wire/merchant.ts";
import { connector } from "./addresses.ts";
import { newAttempt, tellable } from "./attempt.ts";
import { type Asking, exchange, type Outgoing, type Problem } from "./exchange.ts";
import { Names } from "./names.ts";
import { Replays } from "./replays.ts";

/**
 * Connections to one merchant at a time: as many as claims of one app may wait (docs/adr/0008). Where apps share a
 * merchant more may wait for a connection, and that counts as the merchant's time.
 */
const CONNECTIONS = 256;

/** What a merchant has from the start of the connection to the last byte of the reply, in milliseconds (protocol.md section 6). */
const TIME_LIMIT = 2500;
/** How long after that a connection in the making is given up: whoever waited for it has given up well before. */
const CONNECTING = 1000;

/** Who asks, and what is read. Some gateways drop requests that do not say (protocol.md section 6). */
const introduction = { "user-agent": `${packageJson.name}/${packageJson.version}`, accept: "*/*" };

export type MerchantCallbackOptions = {
  clock: Clock;
  /** Whether merchants may be called at private, loopback and other addresses that are not public. */
  allowPrivate: boolean;
  /** Resolves host names; {@link Names} unless given. */
  lookup?: LookupFunction;
  /** What a merchant has to answer in, in milliseconds; the platform's 2 500 unless given. */
  timeLimit?: number | undefined;
};

/** Plays the platform towards merchants (protocol.md section 6): asks for decisions, and checks their URLs. */
export class MerchantCallbacks {
  readonly #clock: Clock;
  readonly #asking: Asking;
  readonly #replays = new Replays();

  constructor({ clock, allowPrivate, lookup = new Names().lookup, timeLimit = TIME_LIMIT }: MerchantCallbackOptions) {
    this.#clock = clock;
    const dispatcher = new Agent({
      connections: CONNECTIONS,
      allowH2: false,
      connect: connector(timeLimit + CONNECTING, allowPrivate, lookup),
    });
    this.#asking = { dispatcher, timeLimit };
  }

  readonly ask: AskMerchant = async (app, url, purpose, claim) => {
    const attempt = newAttempt(app.appid, url, purpose, claim.requestId);
    const answer = await timed(attempt, () => this.#decisionOn({ purpose, claim }, app, attempt));
    return { answer, attempt: tellable({ ...attempt, ...verdictOn(answer, purpose) }, app) };
  };

  /** Checks that a URL echoes what it is sent: the verdict is `proved`, or the reason says why not. Never throws. */
  async verifyUrl(app: App, url: string): Promise<CallbackAttempt> {
    const attempt = newAttempt(app.appid, url, "verify", "");
    const problem = await timed(attempt, () => this.#echoProblem(app, attempt));
    const told = problem
      ? { verdict: problem.answer, reason: problem.problem }
      : { verdict: "proved" as const, reason: "the echostr came back as it was sent" };
    return tellable({ ...attempt, ...told }, app);
  }

  /** Waits for what is under way and closes every connection. */
  close(): Promise<void> {
    return this.#asking.dispatcher.close();
  }

  async #decisionOn(question: Question, app: App, attempt: CallbackAttempt): Promise<MerchantAnswer> {
    const agreement = agreementOf(app);
    const push = writePush(eventOf(question, agreement, this.#clock()), agreement, digits(10));
    attempt.request = push.body;
    attempt.message = push.message;
    const headers = { "content-type": push.contentType };
    const reply = await this.#send(attempt, push.query, { method: "POST", headers, body: push.body });
    if (typeof reply !== "string") return reply;
    const opened = openReply(reply, agreement, this.#clock());
    attempt.read = opened.message;
    if (opened.msgSignature && this.#replays.isReplayed(app.appid, opened.msgSignature, attempt.requestId))
      throw new PushError("the reply was replayed: its Nonce and MsgSignature answered another request before");
    const secrets = secretsOf(agreement);
    return answerOf(readDecision(opened, askedOf(question), secrets), secrets);
  }

  async #echoProblem(app: App, attempt: CallbackAttempt): Promise<Problem | undefined> {
    const agreement = agreementOf(app);
    const echostr = digits(20);
    const query = urlCheck(agreement.token, String(this.#clock()), digits(10), echostr);
    const reply = await this.#send(attempt, query, { method: "GET", headers: {}, body: null });
    if (typeof reply !== "string") return reply;
    attempt.read = reply;
    if (reply === echostr) return undefined;
    const came =
      reply.trim() === echostr
        ? "that with white space or a byte order mark around it"
        : shown(reply, secretsOf(agreement));
    return mismatched(`the reply is ${came}, expected the echostr ${echostr} and nothing else`);
  }

  /** What came back as text, or why there is none; both are noted down. */
  async #send(attempt: CallbackAttempt, query: Record<string, string>, outgoing: Outgoing): Promise<string | Problem> {
    const url = URL.parse(attempt.url);
    if (!url || !/^https?:$/.test(url.protocol)) throw new PushError("the callback URL is no http or https URL");
    const { status, body, failure } = await exchange(this.#asking, pushUrl(url, query), introduced(outgoing));
    attempt.status = status;
    attempt.reply = status === null ? null : body.toString();
    if (failure) return failure;
    return isUtf8(body) ? body.toString() : mismatched("the reply is no text in UTF-8");
  }
}

const introduced = (outgoing: Outgoing): Outgoing => ({
  ...outgoing,
  headers: { ...introduction, ...outgoing.headers },
});

/** Notes how long it took; what cannot be written or read becomes a problem told in words. */
async function timed<T>(attempt: CallbackAttempt, work: () => Promise<T>): Promise<T | Problem> {
  const begun = performance.now();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PushError)) throw error;
    return attempt.status === null ? { answer: "unreachable", problem: error.message } : mismatched(error.message);
  } finally {
    attempt.milliseconds = Math.round(performance.now() - begun);
  }
}

function verdictOn(answer: MerchantAnswer, purpose: "claim" | "confirm"): Pick<CallbackAttempt, "verdict" | "reason"> {
  if (answer.answer === "granted")
    return {
      verdict: purpose === "confirm" ? "proved" : "granted",
      reason: `the merchant gave user coupon ${JSON.stringify(answer.outUserCouponId)}${answer.remark ? `; ${answer.remark}` : ""}`,
    };
  return { verdict: answer.answer, reason: answer.answer === "declined" ? answer.message : answer.problem };
}

const mismatched = (problem: string): Problem => ({ answer: "mismatched", problem });

/** Random decimal digits, as the platform's nonces are. */
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("");
