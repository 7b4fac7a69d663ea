import { exchange, type Line, type Outcome } from "./exchange.ts";

/** The two kinds of token (docs/protocol.md section 2). They lead lives of their own. */
export type TokenKind = "stable" | "regular";

/** A token as a store keeps it. `expiresAt` is in Unix seconds. */
export interface StoredToken {
  token: string;
  expiresAt: number;
}

/**
 * Where tokens are kept between calls. Give one that several processes share (Redis, a table, a KV namespace), and they
 * share a token too. What a store throws is thrown by the call that needed it.
 */
export interface TokenStore {
  /** What was set last under the key, if it is there still. */
  get(key: string): Promise<StoredToken | undefined | null> | StoredToken | undefined | null;
  set(key: string, token: StoredToken): Promise<unknown> | unknown;
  /**
   * Runs `work` and answers what it does, while no other process runs work of this key. Without it, processes that need a
   * token in the same moment fetch one each, which does no harm but to the day's quota.
   */
  lock?<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A store in this client's memory. */
export function memoryStore(): TokenStore {
  const kept = new Map<string, StoredToken>();
  return { get: (key) => kept.get(key), set: (key, token) => kept.set(key, token) };
}

/** So many seconds before its end a token is renewed: the old and the new one are both good then. */
const MARGIN = 300;

export interface Credentials {
  baseUrl: string;
  appid: string;
  secret: string;
}

type Kept = StoredToken & { renewAt: number };

/** The app's token: fetched once for all who need it, renewed before it ends, and after the host refused it. */
export class Tokens {
  readonly #line: Line;
  readonly #of: Credentials;
  readonly #kind: TokenKind;
  readonly #store: TokenStore;
  readonly #key: string;
  #kept: Kept | undefined;
  #refused: string | undefined;
  #renewing: Promise<Outcome<string>> | undefined;

  constructor(line: Line, credentials: Credentials, kind: TokenKind, store: TokenStore) {
    this.#line = line;
    this.#of = credentials;
    this.#kind = kind;
    this.#store = store;
    this.#key = `quanku-token ${kind} ${credentials.baseUrl} ${credentials.appid}`;
  }

  /** A token that is good for now, or why none is to be had. */
  get(): Promise<Outcome<string>> {
    if (this.#kept && this.#now() < this.#kept.renewAt) return Promise.resolve({ ok: true, value: this.#kept.token });
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** The host does not take this token any more. */
  refuse(token: string): void {
    if (this.#kept && this.#kept.token !== token) return;
    this.#kept = undefined;
    this.#refused = token;
  }

  async #renew(): Promise<Outcome<string>> {
    const work = () => this.#fromStoreOrHost();
    return this.#store.lock ? this.#store.lock(this.#key, work) : work();
  }

  /** What another process fetched meanwhile is taken before anything is fetched. */
  async #fromStoreOrHost(): Promise<Outcome<string>> {
    const stored = await this.#store.get(this.#key);
    if (stored && stored.token !== this.#refused && stored.expiresAt - this.#now() > MARGIN) return this.#hold(stored);
    const fetched = await this.#fetch();
    if (fetched.ok) {
      await this.#store.set(this.#key, fetched.value);
      return this.#hold(fetched.value);
    }
    // The one at hand is good until its end, and the next call tries again.
    if (this.#kept && this.#now() < this.#kept.expiresAt) return { ok: true, value: this.#kept.token };
    return fetched;
  }

  /** A host may give tokens, or what is left of one, that are shorter than the margin: those are used for half their time. */
  #hold({ token, expiresAt }: StoredToken): Outcome<string> {
    const left = expiresAt - this.#now();
    this.#kept = { token, expiresAt, renewAt: this.#now() + Math.max(left - MARGIN, left / 2) };
    return { ok: true, value: token };
  }

  async #fetch(): Promise<Outcome<StoredToken>> {
    const { baseUrl, appid, secret } = this.#of;
    const asked = { grant_type: "client_credential", appid, secret };
    const before = this.#now();
    const reply = await exchange(this.#line, {
      ...(this.#kind === "stable"
        ? { call: "stable_token", url: `${baseUrl}/cgi-bin/stable_token`, body: asked }
        : { call: "token", url: `${baseUrl}/cgi-bin/token?${new URLSearchParams(asked)}` }),
      isEnveloped: false,
      repeatable: true,
      secrets: [secret],
    });
    if (!reply.ok) return reply;
    const { access_token: token, expires_in: left } = reply.value;
    if (typeof token === "string" && token !== "" && typeof left === "number")
      return { ok: true, value: { token, expiresAt: Math.floor(before + left) } };
    const call = this.#kind === "stable" ? "stable_token" : "token";
    const text = "the reply has no access_token, or no expires_in";
    return { ok: false, failure: { call, kind: "body", text, retryable: false } };
  }

  #now = () => this.#line.clock.now() / 1000;
}
