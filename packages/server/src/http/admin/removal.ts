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
    if (confirm !== appid)
      return faultIn(
        "confirm",
        "must be the appid once more, since nothing brings the app back",
        "必须再次填写 appid，因为应用删除后无法恢复",
      );
    const why = await services.removals.remove(appid, who.actor);
    return why ? notRemoved(appid, why) : { reply: {} };
  },
};

function notRemoved(appid: string, why: NotRemoved): Problem {
  if (why === "unknown")
    return problem(
      404,
      "unknown_app",
      `there is no app ${JSON.stringify(appid)} any more`,
      `应用 ${JSON.stringify(appid)} 已不存在`,
    );
  const [because, zh] =
    why === "never_exported"
      ? ["was never exported", "从未导出过"]
      : ["has changed since it was exported", "自上次导出后有了变化"];
  return problem(
    409,
    "not_exported",
    `the app ${because}: export it to the end (quanku export --appid ${appid}) and let nothing change it before it is deleted`,
    `该应用${zh}：请完整导出（quanku export --appid ${appid}），并在删除前不再更改它`,
  );
}
