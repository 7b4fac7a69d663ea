import { type Refusal, refuse } from "../outcome.ts";
import type { App, AppSettings } from "../records.ts";
import type { Rule } from "../rule.ts";

export type ConfigureApp = { do: "configureApp"; appid: string; settings: Partial<AppSettings> };

/** Changes some settings of an app; refused where the whole would not fit together. Without a URL none is in force. */
export const configureApp: Rule<ConfigureApp, App> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, settings: changed }, records) {
    const app = records.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    const settings = { ...app.settings, ...changed };
    const gap = gapIn(settings);
    if (gap) return gap;
    const configured = { ...app, settings, confirmedUrl: settings.callbackUrl && app.confirmedUrl };
    return { writes: [{ record: "app", value: configured }], result: configured };
  },
};

function gapIn(settings: AppSettings): Refusal | undefined {
  const { claimMode, callbackUrl, callbackToken, messageMode, encodingAesKey, requireConfirm } = settings;
  const lacks = (missing: keyof AppSettings, needed: keyof AppSettings) =>
    refuse("settings_incomplete", { missing, needed, value: String(settings[needed]) });
  if (callbackUrl === null && claimMode === "callback") return lacks("callbackUrl", "claimMode");
  if (callbackUrl === null && requireConfirm) return lacks("callbackUrl", "requireConfirm");
  if (callbackToken === null && callbackUrl !== null) return lacks("callbackToken", "callbackUrl");
  if (encodingAesKey === null && messageMode !== "plain") return lacks("encodingAesKey", "messageMode");
}

export type ConfirmCallback = { do: "confirmCallback"; appid: string; url: string };

/** A callback URL proved itself: from now on it is the one in force (protocol.md section 6). */
export const confirmCallback: Rule<ConfirmCallback, App> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, url }, records) {
    const app = records.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    if (app.settings.callbackUrl !== url) return refuse("callback_changed");
    if (app.confirmedUrl === url) return { writes: [], result: app };
    const confirmed = { ...app, confirmedUrl: url };
    return { writes: [{ record: "app", value: confirmed }], result: confirmed };
  },
};

/** Where claims are asked: the URL that last proved itself, or before any did, the one that is set. */
export const callbackInForce = ({ confirmedUrl, settings }: App): string | null => confirmedUrl ?? settings.callbackUrl;
