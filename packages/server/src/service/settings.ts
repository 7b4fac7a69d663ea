import { hash } from "node:crypto";
import { type AppSettings, defaultSettings, faultIn } from "../domain/access/settings.ts";

/** The settings of a new app. Its original id is made from its appid, so that every process would make the same. */
export const settingsOfNewApp = (appid: string): AppSettings =>
  defaultSettings(`gh_${hash("sha256", appid).slice(0, 12)}`);

/** Throws RangeError, naming the setting and the fix but never its value, where one is not well-formed. */
export function assertSettings(settings: Partial<AppSettings>): void {
  const fault = faultIn(settings);
  if (fault) throw new RangeError(fault);
}
