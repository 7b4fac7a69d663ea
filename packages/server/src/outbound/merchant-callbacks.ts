import { isUtf8 } from "node:buffer";
import { randomInt } from "node:crypto";
import type { LookupFunction } from "node:net";
import { openReply, PushError, pushUrl, secretsOf, shown, urlCheck, writePush } from "@quanku/protocol/callback";
import { Agent } from "undici";
import packageJson from "../../package.json" with { type: "json" };
import type { CallbackAttempt } from "../domain/claims/attempts.ts";
import type { App } from "../domain/records.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import type { Clock } from "../service/clock.ts";
import type { AskedPurpose, AskMerchant, MerchantAnswer, VerifyUrl } from "../service/merchant.ts";
import { agreementOf, answerIn, eventOf, type Question } from "../wire/merchant.ts";
import { connector } from "./addresses.ts";
import { tellable } from "./attempt.ts";
import { type Asking, exchange, type Outgoing, type Problem, unreachable } from "./exchange.ts";
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

/**
 * Plays the platform towards merchants (protocol.md section 6): asks for decisions, and checks their URLs. What an event
 * tells happens at its app's time. Signatures, of what goes out and of what comes back, are of the real time: a merchant's
 * program refuses by its own clock what was signed long ago or later than now.
 */
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
    const { answer, ...course } = await timed(() => this.#decisionOn({ purpose, claim }, app, url));
    const { requestId, openid, outCouponId } = claim;
    const about = { appid: app.appid, purpose, requestId, openid, outCouponId, url };
    return { answer, attempt: tellable({ ...about, ...course, ...verdictOn(answer, purpose) }, app) };
  };

  /** Checks that a URL echoes what it is sent: the verdict is `proved`, or the reason says why not. Never throws. */
  readonly verifyUrl: VerifyUrl = async (app, url) => {
    const { answer, ...course } = await timed(() => this.#echoOf(app, url));
    const nobodys = { requestId: "", openid: "", outCouponId: "" };
    const about = { appid: app.appid, purpose: "verify", ...nobodys, url } as const;
    const verdict =
      answer === "echoed"
        ? ({ verdict: "proved", reason: "the echostr came back as it was sent" } as const)
        : { verdict: answer.answer, reason: answer.problem };
    return tellable({ ...about, ...course, ...verdict }, app);
  };

  /** Waits for what is under way and closes every connection. */
  close(): Promise<void> {
    return this.#asking.dispatcher.close();
  }

  async #decisionOn(question: Question, app: App, url: string): Promise<Course<MerchantAnswer>> {
    const agreement = orProblem("unreachable", () => agreementOf(app));
    if (isProblem(agreement)) return { ...nothingSent, answer: agreement };
    const push = orProblem("unreachable", () =>
      writePush(eventOf(question, agreement, timeOfApp(app, this.#clock())), agreement, digits(10), this.#clock()),
    );
    if (isProblem(push)) return { ...nothingSent, answer: push };
    const headers = { "content-type": push.contentType };
    const { text, ...came } = await this.#send(url, push.query, { method: "POST", headers, body: push.body });
    const course = { request: push.body, message: push.message, ...came, read: null };
    if (typeof text !== "string") return { ...course, answer: text };
    const opened = orProblem("mismatched", () => openReply(text, agreement, this.#clock()));
    if (isProblem(opened)) return { ...course, answer: opened };
    const isReplayed =
      opened.msgSignature && this.#replays.isReplayed(app.appid, opened.msgSignature, question.claim.requestId);
    const answer = isReplayed
      ? mismatched("the reply was replayed: its Nonce and MsgSignature answered another request before")
      : orProblem("mismatched", () => answerIn(opened, question, agreement));
    return { ...course, read: opened.message, answer };
  }

  async #echoOf(app: App, url: string): Promise<Course<"echoed" | Problem>> {
    const agreement = orProblem("unreachable", () => agreementOf(app));
    if (isProblem(agreement)) return { ...nothingSent, answer: agreement };
    const echostr = digits(20);
    const query = urlCheck(agreement.token, String(this.#clock()), digits(10), echostr);
    const { text, ...came } = await this.#send(url, query, { method: "GET", headers: {}, body: null });
    if (typeof text !== "string") return { ...nothingSent, ...came, answer: text };
    const back =
      text.trim() === echostr
        ? "that with white space or a byte order mark around it"
        : shown(text, secretsOf(agreement));
    const answer =
      text === echostr
        ? "echoed"
        : mismatched(`the reply is ${back}, expected the echostr ${echostr} and nothing else`);
    return { ...nothingSent, ...came, read: text, answer };
  }

  /** What came back, and its text or why there is none. */
  async #send(address: string, query: Record<string, string>, outgoing: Outgoing): Promise<Came> {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol))
      return { status: null, reply: null, text: unreachable("the callback URL is no http or https URL") };
    const { status, body, failure } = await exchange(this.#asking, pushUrl(url, query), introduced(outgoing));
    const reply = status === null ? null : body.toString();
    const text = isUtf8(body) ? body.toString() : mismatched("the reply is no text in UTF-8");
    return { status, reply, text: failure ?? text };
  }
}

/** What was sent and what came back, as far as it got, and what was made of it. */
type Course<Answer> = Pick<CallbackAttempt, "request" | "message" | "status" | "reply" | "read"> & { answer: Answer };

const nothingSent = { request: "", message: "", status: null, reply: null, read: null };

type Came = Pick<CallbackAttempt, "status" | "reply"> & { text: string | Problem };

const introduced = (outgoing: Outgoing): Outgoing => ({
  ...outgoing,
  headers: { ...introduction, ...outgoing.headers },
});

/** With when it began and how long it took. */
async function timed<T>(work: () => Promise<T>): Promise<T & Pick<CallbackAttempt, "at" | "milliseconds">> {
  const [at, begun] = [Date.now(), performance.now()];
  const came = await work();
  return { ...came, at, milliseconds: Math.round(performance.now() - begun) };
}

/** What is written or read, or why that cannot be, in words. */
function orProblem<T>(answer: Problem["answer"], work: () => T): T | Problem {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PushError)) throw error;
    return { answer, problem: error.message };
  }
}

const isProblem = (made: object): made is Problem => "problem" in made;

function verdictOn(answer: MerchantAnswer, purpose: AskedPurpose): Pick<CallbackAttempt, "verdict" | "reason"> {
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
