import type { Errcode } from "@quanku/protocol/codes";
import { tokenEnd } from "../../domain/access/tokens.ts";
import type { Actor } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import type { CheckFacts, CheckStep, LoggedCall } from "../../domain/sandbox/call-log.ts";
import { digestToken } from "../../service/apps.ts";
import type { Answered } from "../../service/call-log.ts";
import type { Blank } from "./blank.ts";
import { beginningOf, cut, loggedText, storable } from "./texts.ts";

/** What a call of a sandbox app sends, but for its body: of its headers those that are kept. */
export type Sent = {
  method: string;
  url: string;
  token: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** What it signs in with elsewhere, and may repeat. */
  credentials: readonly string[];
};

/** What a call of the wire came to. */
export type Outcome = {
  errcode: Errcode;
  errmsg: string | null;
  refusal?: Refusal | undefined;
  status: number;
  body: string | Uint8Array;
  /** How long it took. */
  milliseconds: number;
};

/** What a trace begins with. */
type Begun = {
  rid: string;
  call: string;
  /** Unix milliseconds; and Unix seconds by the app's clock. */
  at: number;
  appTime: number;
  /** What is checked now; all before it is passed. */
  step: CheckStep;
  sent: Sent;
  /** What replaces secrets of an app in texts, and others that are known. */
  blanker(app: App, secrets: readonly string[], texts: readonly string[]): Blank;
};

/** One call of a sandbox app while it is served: how far its checks have come, and what explains them. */
export class Trace {
  readonly app: App;
  readonly rid: string;
  readonly call: string;
  /** Who the journal says changed what the call changes. */
  readonly by: Actor;
  /** The app's secret, where the call proved to know it. */
  secret: string | undefined;
  readonly #begun: Begun;
  readonly #hidden: string[] = [];
  readonly #entries: number[] = [];
  #step: CheckStep;
  #text: string | undefined;
  #body: unknown;
  #fault: string | null = null;

  constructor(app: App, begun: Begun) {
    this.app = app;
    this.rid = begun.rid;
    this.call = begun.call;
    this.by = `call ${begun.rid}`;
    this.#begun = begun;
    this.#step = begun.step;
  }

  /** Comes to another check: the one before is passed. */
  reach(step: CheckStep): void {
    this.#step = step;
  }

  /** Notes the body's text as it was read; and what it was read as, where it could be. */
  read(text: string, body: unknown): this {
    this.#text = text;
    this.#body = body;
    return this;
  }

  /** Notes another secret that must not be told. */
  hide(secret: string): void {
    this.#hidden.push(secret);
  }

  /** Notes an entry of the journal that the call caused. */
  caused(seq: number): void {
    if (this.#entries.length < ENTRIES_KEPT) this.#entries.push(seq);
  }

  /** A text that may repeat what the call sent, as others may read it. */
  tellable(text: string | undefined): string | undefined {
    return text && this.#blanker([text])(text);
  }

  /** Notes that a secret is the app's, and comes to the rules. */
  prove(secret: string): void {
    this.secret = secret;
    this.reach("rules");
  }

  /** Marks the call as one on which a fault was played, told in a few words. */
  mark(text: string): void {
    this.#fault = this.#fault === null ? text : `${this.#fault}; ${text}`;
  }

  /** The call as it may be kept, to be told once it is written down: nothing of this is the call's own time. */
  ended(outcome: Outcome): Answered {
    const { body } = outcome;
    const came = { ...outcome, body: beginningOf(body) };
    const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
    const size = this.#begun.sent.url.length + came.body.length + (this.#text?.length ?? 0);
    return { size, tell: () => this.#tell(came, bytes) };
  }

  #tell(came: Outcome & { body: string }, bytes: number): LoggedCall {
    const { method, url, headers } = this.#begun.sent;
    const { errmsg } = came;
    const [text, fault] = [this.#text, this.#fault];
    const { path, query } = partsOf(url);
    const facts = this.#facts(came.refusal);
    const names = namedIn(this.#body ?? jsonOf(text));
    const blank = this.#blanker([path, query, text ?? ""]);
    const told = tellerOf(blank, [
      ...[path, text === undefined ? null : beginningOf(text), came.body, errmsg, fault],
      ...[names.openid, names.outCouponId, names.requestId, ...Object.values(headers), ...textsIn(facts)],
    ]);
    return {
      appid: this.app.appid,
      rid: this.rid,
      at: this.#begun.at,
      appTime: this.#begun.appTime,
      call: this.call,
      milliseconds: Math.round(came.milliseconds * 100) / 100,
      code: came.errcode,
      said: errmsg === null ? null : told(errmsg),
      request: {
        method,
        path: cut(told(path), URL_KEPT),
        query: cut(storable(blank(query)), URL_KEPT),
        headers: mapped(headers, (value) => cut(told(value), HEADER_KEPT)),
        body: text === undefined ? null : loggedText(text, Buffer.byteLength(text), told),
      },
      reply: { status: came.status, body: loggedText(came.body, bytes, told) },
      openid: told(names.openid),
      outCouponId: told(names.outCouponId),
      requestId: told(names.requestId),
      ended: this.#endedAt(came),
      refused: came.refusal?.refused ?? null,
      facts: mapped(facts, (of) =>
        mapped(of as CheckFacts, (value) => (typeof value === "string" ? cut(told(value), FACT_KEPT) : value)),
      ),
      fault: fault === null ? null : told(fault),
      entries: this.#entries,
    };
  }

  #blanker(texts: readonly string[]): Blank {
    const { token, credentials } = this.#begun.sent;
    const sent = token ? [coreOf(token), ...credentials] : credentials;
    return this.#begun.blanker(this.app, [...sent, ...this.#hidden], texts);
  }

  /** What explains the checks. */
  #facts(refusal: Refusal | undefined): Partial<Record<CheckStep, CheckFacts>> {
    const { app } = this;
    const { sent, appTime } = this.#begun;
    const { requireConfirm } = app.settings;
    const facts: Partial<Record<CheckStep, CheckFacts>> = {
      callback: { required: requireConfirm ? 1 : 0, confirmed: app.confirmedUrl === null ? 0 : 1 },
    };
    if (sent.token) facts.token = factsOfToken(app, sent.token, appTime);
    if (refusal) facts.rules = refusal.facts;
    return facts;
  }

  /** What reads a body does not say whether it broke as a text, as JSON, or in a field; a handler may find fault with a field too. */
  #endedAt({ errcode, refusal }: Pick<Outcome, "errcode" | "refusal">): CheckStep {
    if (this.#step === "body" && this.#text) return jsonOf(this.#text) === undefined ? "json" : "fields";
    const isOfField = this.#step === "rules" && errcode !== 0 && !refusal && !passing.includes(errcode);
    return isOfField ? "fields" : this.#step;
  }
}

/** How much of a path and a query, of a header, and of a text among facts is kept, in characters. */
const [URL_KEPT, HEADER_KEPT, FACT_KEPT] = [2048, 256, 1024];
/** How many entries of the journal are kept of a call. */
const ENTRIES_KEPT = 100;

/**
 * What tells these texts: they are looked at as one, since most calls hold nothing that must not be told but in their
 * queries.
 */
function tellerOf(blank: Blank, texts: readonly (string | null)[]): (text: string) => string {
  const all = texts.join("\n");
  return blank(all) === all && storable(all) === all ? (text) => text : (text) => storable(blank(text));
}

/** The part of a token that must not be told. */
const coreOf = (token: string): string => token.slice(token.indexOf(".") + 1);

/** What explains the check of a token. */
function factsOfToken(app: App, token: string, now: number): CheckFacts {
  const found = tokenEnd(app, digestToken(token));
  return found ? { kind: found.kind, expires_in: found.honouredUntil - now } : {};
}

/** The path of a URL, and its query without the `?`. */
function partsOf(url: string): { path: string; query: string } {
  const path = url.slice(url.indexOf("/", url.indexOf("://") + 3));
  const query = path.indexOf("?");
  return query === -1 ? { path, query: "" } : { path: path.slice(0, query), query: path.slice(query + 1) };
}

/** What a call may come to for reasons that are not its own: no rule spoke, and no field is wrong. */
const passing: readonly number[] = [-1, 990010];

function jsonOf(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** How long an id that calls are found by may be, in characters. */
const ID_KEPT = 128;

/** Whom and what a body names. */
function namedIn(body: unknown): { openid: string; outCouponId: string; requestId: string } {
  const { openid, out_coupon_id, request_id, coupon, user_coupon, coupon_stock } = membersOf(body);
  const ids = [out_coupon_id, ...[coupon, user_coupon, coupon_stock].map((part) => membersOf(part).out_coupon_id)];
  return {
    openid: idOf(openid),
    outCouponId: ids.map(idOf).find((id) => id !== "") ?? "",
    requestId: idOf(request_id),
  };
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const idOf = (value: unknown): string => (typeof value === "string" && value.length <= ID_KEPT ? value : "");

const textsIn = (facts: Partial<Record<CheckStep, CheckFacts>>): string[] =>
  Object.values(facts).flatMap((of) => Object.values(of).filter((value) => typeof value === "string"));

/** An object with other values under the same names. */
function mapped<V extends object, T>(of: V, tell: (value: V[keyof V]) => T): Record<keyof V, T> {
  const told = {} as Record<keyof V, T>;
  for (const name of Object.keys(of) as (keyof V)[]) told[name] = tell(of[name]);
  return told;
}
