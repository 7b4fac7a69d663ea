import { hash } from "node:crypto";
import { defaultSettings } from "../domain/access/settings.ts";
import type { AppSettings } from "../domain/records.ts";

/** The settings of a new app. Its original id is made from its appid, so that every process would make the same. */
export const settingsOfNewApp = (appid: string): AppSettings =>
  defaultSettings(`gh_${hash("sha256", appid).slice(0, 12)}`);

type Check<Value> = { isRight(value: Value): boolean; must: string };

const atLeastOne: Check<number | null> = {
  isRight: (limit) => limit === null || (Number.isSafeInteger(limit) && limit >= 1),
  must: "must be a whole number of at least 1, or none",
};

const checks: { [Name in keyof AppSettings]?: Check<AppSettings[Name]> } = {
  originalId: { isRight: (id) => /^gh_[A-Za-z0-9_-]{1,61}$/.test(id), must: "must be gh_ and 1-61 of A-Z a-z 0-9 _ -" },
  callbackUrl: {
    isRight: (url) => url === null || isCallbackUrl(url),
    must: "must be an http or https URL of at most 1024 characters, without a user name, a password or a #fragment",
  },
  callbackToken: {
    isRight: (token) => token === null || /^[A-Za-z0-9]{3,32}$/.test(token),
    must: "must be 3-32 of A-Z a-z 0-9, the same as in the merchant's program",
  },
  encodingAesKey: {
    isRight: (key) => key === null || /^[A-Za-z0-9+/]{43}$/.test(key),
    must: "must be 43 of A-Z a-z 0-9 + /, the same as in the merchant's program",
  },
  claimsPerMinute: atLeastOne,
  claimsPerMinuteOfPerson: atLeastOne,
};

/** Throws RangeError, naming the setting and the fix but never its value, where one is not well-formed. */
export function assertSettings(settings: Partial<AppSettings>): void {
  for (const [name, check] of Object.entries(checks) as [keyof AppSettings, Check<unknown>][])
    if (settings[name] !== undefined && !check.isRight(settings[name]))
      throw new RangeError(`${spoken(name)} ${check.must}`);
}

/** A setting's name as a text says it: `callback URL` for `callbackUrl`. */
export const spoken = (name: string | number | undefined): string =>
  String(name)
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\burl\b/, "URL")
    .replace("encoding aes key", "EncodingAESKey");

function isCallbackUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || text.length > 1024) return false;
  return ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "" && url.hash === "";
}
