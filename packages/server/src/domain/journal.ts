import { secretSettings } from "./access/settings.ts";
import type { App, Operator } from "./records.ts";
import type { Step } from "./working-copy.ts";

/** A step as the journal keeps it: of an app and an operator only what is no secret, and no appid, which the entry itself carries. */
export function journaled({ record, before, after }: Step): Step {
  const shown = record === "app" ? publicPart : record === "operator" ? publicPartOfOperator : withoutAppid;
  return { record, before: before && shown(before), after: shown(after) };
}

/** Of passwords, sessions, tokens and links only that they are there, and until when; nor where somebody signed in from. */
function publicPartOfOperator(operator: object): object {
  const { name, role, apps, password, createdAt, signedInAt, sessions, tokens, link, open } = operator as Operator;
  return {
    name,
    role,
    apps,
    hasPassword: password !== null,
    createdAt,
    signedInAt,
    sessions: sessions.map(({ createdAt, endsAt }) => ({ createdAt, endsAt })),
    tokens: tokens.map(({ digest, ...shown }) => shown),
    linkEndsAt: link?.endsAt ?? null,
    open,
  };
}

function publicPart(app: object): object {
  const { createdAt, tokenQuota, tokens, settings, confirmedUrl } = app as App;
  const expiries = Object.entries(tokens).map(([kind, { current }]) => [kind, current?.expiresAt ?? null]);
  const shown = Object.entries(settings).filter(([name]) => !(secretSettings as readonly string[]).includes(name));
  return {
    createdAt,
    tokenQuota,
    tokensExpireAt: Object.fromEntries(expiries),
    settings: { ...Object.fromEntries(shown), callbackUrl: withoutQuery(settings.callbackUrl) },
    confirmedUrl: withoutQuery(confirmedUrl),
  };
}

/** A merchant may have put a key into the query. */
const withoutQuery = (url: string | null) => url?.split("?", 1)[0] ?? null;

const withoutAppid = (value: object): object => ({ ...value, appid: undefined });
