import type { RouteReply } from "@quanku/protocol/admin";
import { callbackInForce } from "../domain/access/configure.ts";
import {
  type AppSettings,
  type Must,
  type SettingName,
  secretSettings,
  settingNames,
  whatMust,
} from "../domain/access/settings.ts";
import type { App } from "../domain/records.ts";

/** What a key that is set is shown as. */
const MASKED = "***";

/** A setting's name in another spelling: its words in lower case, `separator` between them. */
export const spelled = (name: SettingName, separator: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);

/** An app as operators read it. Keys and tokens are told to be set, never shown. */
export function showApp(app: App): RouteReply<"showApp">["app"] {
  const { appid, createdAt, tokenQuota, confirmedUrl, settings, sandbox } = app;
  const shown = settingNames.map((name) => {
    const isMasked = secretSettings.includes(name) && settings[name] !== null;
    return [spelled(name, "_"), isMasked ? MASKED : settings[name]];
  });
  return {
    appid,
    create_time: createdAt,
    sandbox: sandbox !== null,
    token_quota: tokenQuota,
    callback_url_in_force: callbackInForce(app),
    callback_confirmed: confirmedUrl !== null && confirmedUrl === settings.callbackUrl,
    ...Object.fromEntries(shown),
  };
}

/** What is wrong with one field of what was asked, in words and in Chinese ones. */
type Fault = { field: string; detail: string; zh: string };

const settingOf = new Map(settingNames.map((name) => [spelled(name, "_"), name]));
const isNoSetting: Must = {
  en: `is no setting: they are ${[...settingOf.keys()].join(", ")}`,
  zh: `不是设置项，设置项有：${[...settingOf.keys()].join("、")}`,
};

/** Reads settings by the names that {@link showApp} has for them. No fault tells a value: it may be a key. */
export function readSettings(given: Readonly<Record<string, unknown>>): {
  settings: Partial<AppSettings>;
  faults: Fault[];
} {
  const faults: Fault[] = [];
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const [field, value] of Object.entries(given)) {
    const name = settingOf.get(field);
    const must = name ? whatMust(name, value) : isNoSetting;
    if (must) faults.push({ field, detail: must.en, zh: must.zh });
    else if (name) settings[name] = value;
  }
  return { settings: settings as Partial<AppSettings>, faults };
}
