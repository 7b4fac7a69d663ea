import { isRefusal, refuse } from "../../domain/outcome.ts";
import { readSettings, showApp } from "../../wire/app.ts";
import type { AdminHandlers } from "./handler.ts";
import { faultIn, faultsIn, problemOf } from "./problem.ts";
import { hasApp } from "./who.ts";

/** The calls about apps themselves, their settings and their secrets. */
export const appHandlers: AdminHandlers<"listApps" | "createApp" | "showApp" | "setApp" | "rotateSecret"> = {
  async listApps({ services: { apps }, who }) {
    const served = await apps.served();
    return { reply: { entries: served.filter(({ appid }) => hasApp(who, appid)).map(showApp) } };
  },
  async createApp({ services: { apps }, who, input: { appid, secret: given, token_quota: tokenQuota, sandbox } }) {
    const options = {
      ...(given !== undefined && { secret: given }),
      ...(tokenQuota !== undefined && { tokenQuota }),
      ...(sandbox !== undefined && { sandbox }),
    };
    const created = await apps.create(appid, options, who.actor);
    if (isRefusal(created)) return problemOf(created);
    const app = await apps.find(appid);
    if (!app) return problemOf(refuse("unknown_app", { appid }));
    return { reply: { app: showApp(app), secret: created.secret } };
  },
  async showApp({ services: { apps }, input: { appid } }) {
    const app = await apps.find(appid);
    return app ? { reply: { app: showApp(app) } } : problemOf(refuse("unknown_app", { appid }));
  },
  async setApp({ services: { apps }, who, input: { appid, ...given } }) {
    const { settings, faults } = readSettings(given);
    if (faults.length > 0) return faultsIn(faults);
    if (Object.keys(settings).length === 0)
      return faultIn("body", "must name at least one setting", "至少要给出一项设置");
    const answer = await apps.configure(appid, settings, who.actor);
    return isRefusal(answer) ? problemOf(answer) : { reply: { app: showApp(answer.app) } };
  },
  async rotateSecret({ services: { apps }, who, input: { appid, secret } }) {
    const answer = await apps.rotateSecret(appid, who.actor, secret);
    return isRefusal(answer) ? problemOf(answer) : { reply: { secret: answer.secret } };
  },
};
