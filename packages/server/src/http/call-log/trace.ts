import type { Actor } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import type { CheckFacts, CheckStep, LoggedCall } from "../../domain/sandbox/call-log.ts";
import type { Blank } from "./blank.ts";
import { beginningOf, loggedText, storable } from "./texts.ts";

/** What a call of a sandbox app sends, but for its body. */
type Sent = { method: string; url: string; headers: Readonly<Record<string, string>> };

/** What a call came to. */
type Came = {
  errcode: number;
  errmsg: string | null;
  refusal: Refusal | undefined;
  status: number;
  body: string | Uint8Array;
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
  /** What the call is known to hold that must not be told, and what replaces it and other secrets of the app in its texts. */
  secrets: string[];
  blanker(app: App, secrets: readonly string[], texts: readonly string[]): Blank;
};

/** One call of a sandbox app while it is served: how far its checks have come, and what explains them. */
export class Trace {
  readonly app: App;
  readonly rid: string;
  readonly call: string;
  /** The app's secret, where the call proved to know it. */
  secret: string | undefined;
  readonly #at: number;
  readonly #appTime: number;
  readonly #secrets: string[];
  readonly #blanker: Begun["blanker"];
  readonly #facts: Partial<Record<CheckStep, CheckFacts>> = {};
  readonly #later: (() => void)[] = [];
  #step: CheckStep;
  #text: string | undefined;
  #body: unknown;
  #fault: string | null = null;

  constructor(app: App, { rid, call, at, appTime, step, secrets, blanker }: Begun) {
    this.app = app;
    this.rid = rid;
    this.call = call;
    this.#at = at;
    this.#appTime = appTime;
    this.#step = step;
    this.#secrets = secrets;
    this.#blanker = blanker;
  }

  /** Who the journal says changed what the call changes. */
  get by(): Actor {
    return `call ${this.rid}`;
  }

  /** Comes to another check: the one before is passed. */
  reach(step: CheckStep): void {
    this.#step = step;
  }

  /** Notes what explains a check. */
  note(step: CheckStep, facts: CheckFacts): void {
    this.#facts[step] = facts;
  }

  /** Notes what will explain a check once the call is written down. */
  explain(step: CheckStep, facts: () => CheckFacts): void {
    this.#later.push(() => this.note(step, facts()));
  }

  /** Notes the body's text as it was read; and what it was read as, where it could be. */
  read(text: string, body: unknown): this {
    this.#text = text;
    this.#body = body;
    return this;
  }

  /** Notes another secret that must not be told. */
  hide(secret: string): void {
    this.#secrets.push(secret);
  }

  /** A text that may repeat what the call sent, as others may read it. */
  tellable(text: string | undefined): string | undefined {
    return text && this.#blanker(this.app, this.#secrets, [text])(text);
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
  ended(sent: Sent, { body, ...came }: Came): { size: number; tell(): LoggedCall } {
    const begun = beginningOf(body);
    const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
    const size = sent.url.length + begun.length + (this.#text?.length ?? 0);
    return { size, tell: () => this.#tell(sent, { ...came, begun, bytes }) };
  }

  #tell(sent: Sent, came: Omit<Came, "body"> & { begun: string; bytes: number }): LoggedCall {
    const { app } = this;
    const { path, query } = partsOf(sent.url);
    const blank = this.#blanker(app, this.#secrets, [path, query, this.#text ?? ""]);
    for (const note of this.#later) note();
    const ended = this.#endedAt(came);
    const { refusal } = came;
    if (refusal) this.note("rules", refusal.facts);
    const names = namedIn(this.#body ?? jsonOf(this.#text));
    const { headers } = sent;
    const told = tellerOf(blank, [path, came.errmsg, this.#fault, ...Object.values(names), ...Object.values(headers)]);
    return {
      appid: app.appid,
      rid: this.rid,
      at: this.#at,
      appTime: this.#appTime,
      call: this.call,
      milliseconds: Math.round(came.milliseconds * 100) / 100,
      code: came.errcode,
      said: came.errmsg === null ? null : told(came.errmsg),
      request: {
        method: sent.method,
        path: told(path).slice(0, URL_KEPT),
        query: storable(blank(query)).slice(0, URL_KEPT),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, told(value).slice(0, HEADER_KEPT)]),
        ),
        body: this.#text === undefined ? null : loggedText(this.#text, Buffer.byteLength(this.#text), blank),
      },
      reply: { status: came.status, body: loggedText(came.begun, came.bytes, blank) },
      openid: told(names.openid),
      outCouponId: told(names.outCouponId),
      requestId: told(names.requestId),
      ended,
      refused: refusal?.refused ?? null,
      facts: blanked(this.#facts, (text) => storable(blank(text))),
      fault: this.#fault === null ? null : told(this.#fault),
    };
  }

  /** What reads a body does not say whether it broke as a text, as JSON, or in a field; a handler may find fault with a field too. */
  #endedAt({ errcode, refusal }: Pick<Came, "errcode" | "refusal">): CheckStep {
    if (this.#step === "body" && this.#text) return jsonOf(this.#text) === undefined ? "json" : "fields";
    const isOfField = this.#step === "rules" && errcode !== 0 && !refusal && !passing.includes(errcode);
    return isOfField ? "fields" : this.#step;
  }
}

/** How much of a path, a query and a header is kept, in characters. */
const [URL_KEPT, HEADER_KEPT] = [2048, 256];

/** What tells these texts: they are looked at as one, since most of them hold nothing that must not be told. */
function tellerOf(blank: Blank, texts: readonly (string | null)[]): (text: string) => string {
  const all = texts.join("\n");
  return blank(all) === all && storable(all) === all ? (text) => text : (text) => storable(blank(text));
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

/** Facts whose texts are told without secrets. */
function blanked<F extends Partial<Record<CheckStep, CheckFacts>>>(facts: F, told: (text: string) => string): F {
  const tell = (value: string | number) => (typeof value === "string" ? told(value).slice(0, FACT_KEPT) : value);
  const each = Object.entries(facts).map(([step, of]) => [
    step,
    Object.fromEntries(Object.entries(of as CheckFacts).map(([name, value]) => [name, tell(value)])),
  ]);
  return Object.fromEntries(each) as F;
}

/** How much of a text among facts is kept, in characters. */
const FACT_KEPT = 1024;
