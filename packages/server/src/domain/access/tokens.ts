import { dayOf } from "../day.ts";
import type { Accepted } from "../outcome.ts";
import { refuse } from "../outcome.ts";
import type { App, IssuedToken, TokenKind, TokenState } from "../records.ts";
import type { Rule } from "../rule.ts";

/** How long a token lives, in seconds (protocol.md section 2). */
export const TOKEN_LIFE = 7200;
/** How long the token before the newest is honoured, and how long before its end a stable token is renewed, in seconds. */
export const OVERLAP = 300;
/** How often a renewal of a stable token can be forced, in seconds. */
const FORCE_INTERVAL = 30;

export const noTokens: TokenState = { current: null, previous: null, forcedAt: 0, quotaDay: 0, fetches: 0 };

export type IssueToken = {
  do: "issueToken";
  appid: string;
  kind: TokenKind;
  /** The digest of the secret the asker proved to know. */
  secretDigest: string;
  /** Asks for a new stable token before the old one ends. */
  force: boolean;
  /** The token to issue if a new one is due. */
  candidate: { nonce: string; digest: string };
};

/** The token a fetch answers with, the candidate or the stable token that is still good, and the seconds left of its life. */
export type IssueResult = { nonce: string; expiresIn: number };

/** One fetch of a token. The kinds never touch each other. */
export const issueToken: Rule<IssueToken, IssueResult> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, kind, secretDigest, force, candidate }, records, now) {
    const app = records.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    if (app.secret.digest !== secretDigest) return refuse("secret_changed");
    const counted = countFetch(app.tokens[kind], now);
    if (counted.fetches > app.tokenQuota) return refuse("quota_exhausted", { quota: app.tokenQuota });

    const { current } = counted;
    const forced = force && now - counted.forcedAt >= FORCE_INTERVAL;
    const isGood = current !== null && now < current.expiresAt - OVERLAP;
    if (kind === "stable" && isGood && !forced) return accept(app, kind, counted, current, now);
    const issued = { ...candidate, expiresAt: now + TOKEN_LIFE, honouredUntil: now + TOKEN_LIFE };
    const forcedAt = force ? now : counted.forcedAt;
    return accept(
      app,
      kind,
      { ...counted, current: issued, previous: superseded(current, now), forcedAt },
      issued,
      now,
    );
  },
};

/** Days are the platform's, UTC+8. */
function countFetch(state: TokenState, now: number): TokenState {
  const quotaDay = dayOf(now);
  return { ...state, quotaDay, fetches: quotaDay === state.quotaDay ? state.fetches + 1 : 1 };
}

const superseded = (token: IssuedToken | null, now: number): IssuedToken | null =>
  token && { ...token, honouredUntil: Math.min(token.honouredUntil, now + OVERLAP) };

function accept(app: App, kind: TokenKind, state: TokenState, token: IssuedToken, now: number): Accepted<IssueResult> {
  return {
    writes: [{ record: "app", value: { ...app, tokens: { ...app.tokens, [kind]: state } } }],
    result: { nonce: token.nonce, expiresIn: token.expiresAt - now },
  };
}

/** What a token presented to the server is worth: `expired` was ours and lived its whole life. */
export function judgeToken(app: App, digest: string, now: number): "good" | "expired" | "unknown" {
  for (const { current, previous } of Object.values(app.tokens))
    for (const token of [current, previous])
      if (token?.digest === digest)
        return now < token.honouredUntil ? "good" : now >= token.expiresAt ? "expired" : "unknown";
  return "unknown";
}

/** The app once a token of it has ended at a second, as if it had lived its whole life. */
export function endToken<A extends App>(app: A, digest: string, now: number): A {
  const ended = (token: IssuedToken | null) =>
    token?.digest === digest
      ? { ...token, expiresAt: Math.min(token.expiresAt, now), honouredUntil: Math.min(token.honouredUntil, now) }
      : token;
  const endedIn = (state: TokenState) => ({ ...state, current: ended(state.current), previous: ended(state.previous) });
  return { ...app, tokens: { regular: endedIn(app.tokens.regular), stable: endedIn(app.tokens.stable) } };
}

/** Which kind of token the app was given by a digest, and until when it is honoured, Unix seconds. */
export function tokenEnd(app: App, digest: string): { kind: TokenKind; honouredUntil: number } | undefined {
  for (const [kind, { current, previous }] of Object.entries(app.tokens) as [TokenKind, TokenState][])
    for (const token of [current, previous])
      if (token?.digest === digest) return { kind, honouredUntil: token.honouredUntil };
}
