import type { App } from "./records.ts";
import type { Step } from "./working-copy.ts";

/** A step as the journal keeps it: of an app only what is no secret, and no appid, which the entry itself carries. */
export function journaled({ record, before, after }: Step): Step {
  const shown = record === "app" ? publicPart : withoutAppid;
  return { record, before: before && shown(before), after: shown(after) };
}

function publicPart(app: object): object {
  const { createdAt, tokenQuota, tokens, settings, confirmedUrl } = app as App;
  const expiries = Object.entries(tokens).map(([kind, { current }]) => [kind, current?.expiresAt ?? null]);
  const { callbackToken, encodingAesKey, callbackUrl, ...shown } = settings;
  return {
    createdAt,
    tokenQuota,
    tokensExpireAt: Object.fromEntries(expiries),
    settings: { ...shown, callbackUrl: withoutQuery(callbackUrl) },
    confirmedUrl: withoutQuery(confirmedUrl),
  };
}

/** A merchant may have put a key into the query. */
const withoutQuery = (url: string | null) => url?.split("?", 1)[0] ?? null;

const withoutAppid = (value: object): object => ({ ...value, appid: undefined });
