import { refuse, write } from "../outcome.ts";
import type { App, AppSettings } from "../records.ts";
import type { Rule } from "../rule.ts";
import { newSandbox } from "../sandbox/state.ts";
import { noTokens } from "./tokens.ts";

export type CreateApp = {
  do: "createApp";
  appid: string;
  secret: App["secret"];
  tokenQuota: number;
  settings: AppSettings;
  /** Whether it is a sandbox, which it then is for good. */
  sandbox: boolean;
};

export const createApp: Rule<CreateApp> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, secret, tokenQuota, settings, sandbox }, records, now) {
    if (records.app(appid)) return refuse("app_exists", { appid });
    const tokens = { regular: noTokens, stable: noTokens };
    const untouched = { confirmedUrl: null, exported: null, sandbox: sandbox ? newSandbox : null };
    return write({
      record: "app",
      value: { appid, createdAt: now, secret, tokenQuota, tokens, settings, ...untouched },
    });
  },
};

export type RotateSecret = { do: "rotateSecret"; appid: string; secret: App["secret"] };

/** A new secret; every token of the old one dies with it. The day's count of fetches goes on. */
export const rotateSecret: Rule<RotateSecret> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, secret }, records) {
    const app = records.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    const { regular, stable } = app.tokens;
    const tokens = {
      regular: { ...regular, current: null, previous: null },
      stable: { ...stable, current: null, previous: null },
    };
    return write({ record: "app", value: { ...app, secret, tokens } });
  },
};

export type NoteExport = { do: "noteExport"; appid: string; seq: number };

/** Notes that the app was exported, with all that its journal tells up to entry `seq`. */
export const noteExport: Rule<NoteExport> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, seq }, records, now) {
    const app = records.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    return write({ record: "app", value: { ...app, exported: { at: now, seq } } });
  },
};
