import type { App } from "./records.ts";
import type { Step } from "./working-copy.ts";

/** A step as the journal keeps it: of an app only what is no secret, and no appid, which the entry itself carries. */
export function journaled({ record, before, after }: Step): Step {
  const shown = record === "app" ? publicPart : withoutAppid;
  return { record, before: before && shown(before), after: shown(after) };
}

function publicPart(app: object): object {
  const { createdAt, tokenQuota, tokens } = app as App;
  const expiries = Object.entries(tokens).map(([kind, { current }]) => [kind, current?.expiresAt ?? null]);
  return { createdAt, tokenQuota, tokensExpireAt: Object.fromEntries(expiries) };
}

const withoutAppid = (value: object): object => ({ ...value, appid: undefined });
