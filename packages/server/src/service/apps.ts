import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { judgeToken } from "../domain/access/tokens.ts";
import type { Actor } from "../domain/actor.ts";
import { isRefusal, type Refusal } from "../domain/outcome.ts";
import type { App, AppSettings, TokenKind } from "../domain/records.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";
import { assertSettings, settingsOfNewApp } from "./settings.ts";

/** Token fetches a day, of each kind, that an app may make unless it is said otherwise (protocol.md section 2). */
export const DEFAULT_TOKEN_QUOTA = 2000;
/** The fewest characters a secret may have: secrets are hashed once, so they must not be guessable. */
export const SECRET_MIN = 16;
/** How long another process's change to an app may go unseen here, in milliseconds. */
const APP_MEMORY_MS = 1000;
/** How many tokens' digests are kept. */
const KEPT_DIGESTS = 1000;

/** What a presented token is worth, and whose it is, or says that it is. */
export type TokenVerdict = { verdict: "good"; app: App } | { verdict: "expired" | "unknown"; app?: App };

/** An app as it is or was being read, and what came of it once it was; when, by the clock that nobody sets. */
type Known = { app: Promise<App | undefined>; read: App | undefined; readAt: number };

/** Whose a token says that it is, and its digest. */
type Named = { appid: string; digest: string };

type NewApp = { secret?: string; tokenQuota?: number; settings?: Partial<AppSettings>; sandbox?: boolean };

type AppsOptions = {
  store: Store;
  ledger: Ledger;
  clock: Clock;
  /** Apps that this process treats as if there were none: nobody gets a token of them, and none is good. */
  withholds?: ((app: App) => boolean) | undefined;
  /** Milliseconds since any moment, by a clock that nobody sets; the process's own unless given. */
  elapsed?: (() => number) | undefined;
};

/**
 * The server's apps, their secrets and tokens. A token is derived from the app's secret and a nonce, so the server can
 * give the same stable token again although it keeps only digests of secrets and tokens.
 */
export class Apps {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #withholds: (app: App) => boolean;
  readonly #elapsed: () => number;
  readonly #known = new Map<string, Known>();
  /** Of tokens that were good, whose they are and their digests: neither ever changes. */
  readonly #named = new LRUCache<string, Named>({ max: KEPT_DIGESTS });

  constructor(options: AppsOptions) {
    this.#store = options.store;
    this.#ledger = options.ledger;
    this.#clock = options.clock;
    this.#withholds = options.withholds ?? (() => false);
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  /**
   * Creates an app; answers the secret, which cannot be read again, or a refusal. `tokenQuota` is how many token
   * fetches of each kind it may make a day, `sandbox` whether it is a sandbox for good. Throws RangeError where a value is not well-formed.
   */
  async create(appid: string, options: NewApp, by: Actor): Promise<Refusal | { appid: string; secret: string }> {
    const { secret = newSecret(), tokenQuota = DEFAULT_TOKEN_QUOTA, settings = {}, sandbox = false } = options;
    assertAppid(appid);
    assertSecret(secret);
    assertSettings(settings);
    if (!Number.isSafeInteger(tokenQuota) || tokenQuota < 1)
      throw new RangeError("the token quota must be a whole number of at least 1");
    const answer = await this.#ledger.submit(
      {
        do: "createApp",
        appid,
        secret: digestSecret(secret),
        tokenQuota,
        settings: { ...settingsOfNewApp(appid), ...settings },
        sandbox,
      },
      by,
    );
    return isRefusal(answer) ? answer : { appid, secret };
  }

  /** Changes some settings; answers the app. Throws RangeError where one is not well-formed. */
  async configure(appid: string, settings: Partial<AppSettings>, by: Actor): Promise<Refusal | { app: App }> {
    assertSettings(settings);
    return this.#change(appid, await this.#ledger.submit({ do: "configureApp", appid, settings }, by));
  }

  /** Puts a callback URL that proved itself in force. */
  async confirm(appid: string, url: string, by: Actor): Promise<Refusal | { app: App }> {
    return this.#change(appid, await this.#ledger.submit({ do: "confirmCallback", appid, url }, by));
  }

  /** Gives an app a new secret; its tokens die. */
  async rotateSecret(
    appid: string,
    by: Actor,
    secret = newSecret(),
  ): Promise<Refusal | { appid: string; secret: string }> {
    assertSecret(secret);
    const answer = await this.#ledger.submit({ do: "rotateSecret", appid, secret: digestSecret(secret) }, by);
    this.#known.delete(appid);
    return isRefusal(answer) ? answer : { appid, secret };
  }

  /** The app, as it is now; none where it is withheld. What no app can be called is not looked for. */
  async find(appid: string): Promise<App | undefined> {
    const app = isAppid(appid) ? await this.#store.app(appid) : undefined;
    return app && this.#withholds(app) ? undefined : app;
  }

  /** The app as it was at most a second ago. */
  async remember(appid: string): Promise<App | undefined> {
    return isAppid(appid) ? (this.#lately(appid)?.app ?? this.#read(appid)) : undefined;
  }

  /** Forgets what is remembered of an app. */
  forget(appid: string): void {
    this.#known.delete(appid);
  }

  /** Every app, those that are withheld too. */
  list(): Promise<App[]> {
    return this.#store.listApps();
  }

  /** Every app that this process serves. */
  async served(): Promise<App[]> {
    return (await this.list()).filter((app) => !this.#withholds(app));
  }

  /** Answers a token for an app whose secret was checked; `expiresIn` is what is left of its life, in seconds. */
  async issueToken(
    app: App,
    secret: string,
    kind: TokenKind,
    force: boolean,
    by: Actor = "app",
  ): Promise<Refusal | { token: string; expiresIn: number }> {
    const nonce = randomBytes(16).toString("base64url");
    const candidate = { nonce, digest: digestToken(deriveToken(app.appid, secret, kind, nonce)) };
    const answer = await this.#ledger.submit(
      {
        do: "issueToken",
        appid: app.appid,
        kind,
        secretDigest: app.secret.digest,
        force,
        candidate,
      },
      by,
    );
    this.#known.delete(app.appid);
    if (isRefusal(answer)) return answer;
    const { result } = answer;
    return {
      token: deriveToken(app.appid, secret, kind, result.nonce),
      expiresIn: result.expiresIn,
    };
  }

  /**
   * Judges a token. A change made by another process is honoured within a second; a token that it issued, at once: what
   * is remembered can only say that a token is good.
   */
  judge(token: string): TokenVerdict | Promise<TokenVerdict> {
    const named = this.#named.get(token) ?? namedBy(token);
    if (!named) return { verdict: "unknown" };
    const app = this.#lately(named.appid)?.read;
    const verdict = app && this.#verdict(app, named.digest);
    if (verdict?.verdict !== "good") return this.#judgeAnew(token, named);
    return verdict;
  }

  async #judgeAnew(token: string, named: Named): Promise<TokenVerdict> {
    const { appid, digest } = named;
    const remembered = this.#lately(appid)?.app;
    let verdict = this.#verdict(await (remembered ?? this.#read(appid)), digest);
    if (verdict.verdict !== "good" && remembered) verdict = this.#verdict(await this.#read(appid), digest);
    if (verdict.verdict === "good") this.#named.set(token, named);
    return verdict;
  }

  #verdict(app: App | undefined, digest: string): TokenVerdict {
    if (!app) return { verdict: "unknown" };
    const verdict = judgeToken(app, digest, timeOfApp(app, this.#clock()));
    return { verdict, app };
  }

  #change(appid: string, answer: Refusal | { result: App }): Refusal | { app: App } {
    this.#known.delete(appid);
    return isRefusal(answer) ? answer : { app: answer.result };
  }

  /** What was read of an app at most a second ago, if it was. */
  #lately(appid: string): Known | undefined {
    const known = this.#known.get(appid);
    if (known && this.#elapsed() - known.readAt < APP_MEMORY_MS) return known;
  }

  #read(appid: string): Promise<App | undefined> {
    const known: Known = { app: this.find(appid), read: undefined, readAt: this.#elapsed() };
    this.#known.set(appid, known);
    const forget = () => {
      if (this.#known.get(appid) === known) this.#known.delete(appid);
    };
    known.app.then((app) => {
      known.read = app;
      if (!app) forget();
    }, forget);
    return known.app;
  }
}

/** Whether `secret` is the app's. */
export function isSecretOf(app: App, secret: string): boolean {
  const digest = hash("sha256", app.secret.salt + secret, "buffer");
  return timingSafeEqual(digest, Buffer.from(app.secret.digest, "base64url"));
}

const newSecret = () => randomBytes(16).toString("hex");

function digestSecret(secret: string): App["secret"] {
  const salt = randomBytes(16).toString("base64url");
  return { salt, digest: hash("sha256", salt + secret, "base64url") };
}

/** `<appid>.<256 bits nobody can make without the secret>`. */
const deriveToken = (appid: string, secret: string, kind: TokenKind, nonce: string): string =>
  `${appid}.${createHmac("sha256", secret).update(`${kind} ${nonce}`).digest("base64url")}`;

function namedBy(token: string): Named | undefined {
  const [, appid] = /^([^.]+)\.[A-Za-z0-9_-]{43}$/.exec(token) ?? [];
  return appid !== undefined && isAppid(appid) ? { appid, digest: digestToken(token) } : undefined;
}

const isAppid = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text);

/** What is kept of a token, and it is known by. */
export const digestToken = (token: string): string => hash("sha256", token, "base64url");

function assertAppid(appid: string): void {
  if (!isAppid(appid))
    throw new RangeError(`appid ${JSON.stringify(appid)} is not well-formed: give 1-64 of A-Z a-z 0-9 _ -`);
}

function assertSecret(secret: string): void {
  if (secret.length < SECRET_MIN || secret.length > 128)
    throw new RangeError(`the secret must have ${SECRET_MIN}-128 characters; leave it out to have one made`);
}
