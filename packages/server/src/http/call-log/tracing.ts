import type { Errcode } from "@quanku/protocol/codes";
import { secretSettings } from "../../domain/access/settings.ts";
import type { Actor } from "../../domain/actor.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { App } from "../../domain/records.ts";
import type { CheckStep } from "../../domain/sandbox/call-log.ts";
import { timeOfApp } from "../../domain/sandbox/clock.ts";
import { type Apps, isSecretOf } from "../../service/apps.ts";
import type { CallLog } from "../../service/call-log.ts";
import type { Clock } from "../../service/clock.ts";
import type { WireCall } from "../edge/wire-call.ts";
import { explainUrl } from "../explain.ts";
import { newRid } from "../reply.ts";
import { type Blank, blankerOf, unescaped } from "./blank.ts";
import { type Outcome, type Sent, Trace } from "./trace.ts";

/** Headers that are kept of a request. */
const HEADERS = ["content-type", "content-length", "user-agent", "quanku-fault"];
/** Whose secrets are remembered, to be known where they turn up: so many apps', and so many of each. */
const [APPS, SECRETS] = [1000, 4];
/** How many sets of secrets are ready to be replaced. */
const BLANKERS = 100;
/** What may be an app's secret among the words of a text, and how many are looked at. */
const [WORD, WORDS] = [/[^\s"'&=,;:?{}[\]()<>\\/%]{16,128}/g, 64];

/** The checks that fail before anybody asks whose a call is, by their codes. */
const early: Partial<Record<Errcode, CheckStep>> = { 40066: "route", 43002: "method", 41001: "token", 40001: "token" };

/** Begins and ends the log of calls of sandbox apps. Other apps' calls never come here. */
export class Tracing {
  readonly #log: CallLog;
  readonly #apps: Apps;
  readonly #clock: Clock;
  readonly #secrets = new Map<string, { digest: string; values: string[] }>();
  readonly #blankers = new Map<string, Blank>();
  readonly #underWay = new Map<Actor, Trace>();

  constructor(log: CallLog, apps: Apps, clock: Clock) {
    this.#log = log;
    this.#apps = apps;
    this.#clock = clock;
  }

  /** Begins with a call of a sandbox app that has come to a check. */
  begin(asked: WireCall, call: string, app: App, step: CheckStep): Trace {
    const now = this.#clock();
    const [rid, appTime] = [newRid(now), timeOfApp(app, now)];
    const blanker = this.#blankerOf;
    const trace = new Trace(app, { rid, call, at: Date.now(), appTime, step, sent: sentBy(asked), blanker });
    this.#underWay.set(trace.by, trace);
    return trace;
  }

  /** Begins with a call that failed before anybody asked whose it is, if a token of a sandbox app is in its address. */
  async find(asked: WireCall, call: string, errcode: Errcode): Promise<Trace | undefined> {
    const step = early[errcode];
    if (!step) return undefined;
    const appid =
      appidIn(asked.url) ?? appidIn(asked.header("authorization") ?? "") ?? begunBy(asked.query("access_token"));
    const app = appid === undefined ? undefined : await this.#apps.remember(appid);
    return app?.sandbox ? this.begin(asked, call, app, step) : undefined;
  }

  /** Notes which entries of journals calls caused that are under way. */
  caused(entries: readonly Pick<JournalEntry, "by" | "seq">[]): void {
    for (const { by, seq } of entries) this.#underWay.get(by)?.caused(seq);
  }

  /** Ends a call's trace: it is written down when there is time. */
  end(trace: Trace, outcome: Outcome): void {
    this.#underWay.delete(trace.by);
    if (trace.secret !== undefined) this.#remember(trace.app, trace.secret);
    this.#log.add(trace.ended(outcome));
  }

  /** What a reply carries beside its body. */
  headers({ rid }: Trace, { url }: WireCall, errcode: Errcode): Record<string, string> {
    return errcode === 0 ? { "quanku-rid": rid } : { "quanku-rid": rid, "quanku-explain": explainUrl(url, errcode) };
  }

  /** Remembers an app's secret, to know it where other calls hold it. */
  #remember({ appid, secret: { digest } }: App, secret: string): void {
    const known = this.#secrets.get(appid)?.values ?? [];
    const values = [secret, ...known.filter((other) => other !== secret)].slice(0, SECRETS);
    this.#secrets.delete(appid);
    this.#secrets.set(appid, { digest, values });
    for (const oldest of this.#secrets.keys()) if (this.#secrets.size > APPS) this.#secrets.delete(oldest);
  }

  readonly #blankerOf = (app: App, secrets: readonly string[], texts: readonly string[]): Blank =>
    this.#blanker([...secrets, ...agreedIn(app), ...this.#secretsIn(app, texts)]);

  /** What replaces some secrets: one call after another has the same. */
  #blanker(secrets: readonly string[]): Blank {
    const key = secrets.join("\0");
    const known = this.#blankers.get(key);
    if (known) return known;
    const blank = blankerOf(secrets);
    this.#blankers.set(key, blank);
    for (const oldest of this.#blankers.keys()) if (this.#blankers.size > BLANKERS) this.#blankers.delete(oldest);
    return blank;
  }

  /** The app's secret where it is known, or else among the words of texts. */
  *#secretsIn(app: App, texts: readonly string[]): Generator<string> {
    const known = this.#secrets.get(app.appid);
    if (known) yield* known.values;
    if (known?.digest === app.secret.digest) return;
    let looked = 0;
    for (const text of new Set(texts.flatMap((text) => [text, unescaped(text)])))
      for (const [word] of text.matchAll(WORD)) {
        if (++looked > WORDS) return;
        if (isSecretOf(app, word)) yield word;
      }
  }
}

/** What an app and its merchant agreed on and nobody else may know. */
const agreedIn = ({ settings }: App): string[] =>
  secretSettings.map((name) => settings[name]).filter((value) => typeof value === "string");

/** What a request sends, but for its body. */
function sentBy(asked: WireCall): Sent {
  const headers: Record<string, string> = {};
  for (const name of HEADERS) {
    const value = asked.header(name);
    if (value !== undefined) headers[name] = value;
  }
  const { method, url } = asked;
  return { method, url, token: asked.query("access_token"), headers, credentials: credentials(asked) };
}

/** What a client sends to sign in elsewhere, and may repeat. */
const credentials = (asked: WireCall): string[] =>
  ["authorization", "cookie"]
    .flatMap((name) => asked.header(name)?.split(/[\s;=]+/) ?? [])
    .filter((one) => one.length >= 16);

/** The appid in the first of what looks like a token in a text. */
const appidIn = (text: string): string | undefined =>
  /([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.exec(text)?.[1];

/** The appid that a token begins with which was cut or added to. */
const begunBy = (token: string | undefined): string | undefined => token?.split(".", 1)[0];
