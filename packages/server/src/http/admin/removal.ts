import type { NotRemoved } from "../../service/removals.ts";
import { exportApp } from "../../wire/export.ts";
import type { AdminHandlers } from "./handler.ts";
import { faultIn, type Problem, problem } from "./problem.ts";

/** Taking an app away: a snapshot of it, then all of it for ever. */
export const removalHandlers: AdminHandlers<"exportApp" | "deleteApp"> = {
  async exportApp({ services, who, input: { appid } }) {
    return { file: exportApp(services, appid, who.actor), type: "application/jsonl" };
  },

  async deleteApp({ services, who, input: { appid, confirm } }) {
    if (confirm !== appid) return faultIn("confirm", "must be the appid once more, since nothing brings the app back");
    const why = await services.removals.remove(appid, who.actor);
    return why ? notRemoved(appid, why) : { reply: {} };
  },
};

function notRemoved(appid: string, why: NotRemoved): Problem {
  if (why === "unknown") return problem(404, "unknown_app", `there is no app ${JSON.stringify(appid)} any more`);
  const because = why === "never_exported" ? "was never exported" : "has changed since it was exported";
  return problem(
    409,
    "not_exported",
    `the app ${because}: export it to the end (quanku export --appid ${appid}) and let nothing change it before it is deleted`,
  );
}
