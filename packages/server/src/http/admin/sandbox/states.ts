import type { RouteReply } from "@quanku/protocol/admin";
import { refuse } from "../../../domain/outcome.ts";
import { STATE_LIMIT } from "../../../service/sandbox/state-text.ts";
import type { NotDone, StateShown } from "../../../service/sandbox/states.ts";
import { STATES_KEPT } from "../../../store/store.ts";
import { showApp } from "../../../wire/app.ts";
import type { AdminHandlers } from "../handler.ts";
import { type Problem, problem, problemOf } from "../problem.ts";

type Calls = "resetSandbox" | "saveSandbox" | "loadSandbox" | "listSandboxStates" | "removeSandboxState";

/** The calls about states of sandbox apps. */
export const statesHandlers: AdminHandlers<Calls> = {
  async resetSandbox({ services: { states }, who, input: { appid } }) {
    const answer = await states.reset(appid, who.actor);
    return typeof answer === "string" ? notDone(answer, appid) : { reply: { app: showApp(answer.app) } };
  },
  async saveSandbox({ services: { states }, who, input: { appid, state: name } }) {
    const answer = await states.save(appid, name, who.actor);
    return typeof answer === "string" ? notDone(answer, appid, name) : { reply: { state: shown(answer.state) } };
  },
  async loadSandbox({ services: { states }, who, input: { appid, state: name } }) {
    const answer = await states.load(appid, name, who.actor);
    return typeof answer === "string" ? notDone(answer, appid, name) : { reply: { app: showApp(answer.app) } };
  },
  async listSandboxStates({ services: { states }, input: { appid } }) {
    const answer = await states.list(appid);
    return typeof answer === "string" ? notDone(answer, appid) : { reply: { entries: answer.states.map(shown) } };
  },
  async removeSandboxState({ services: { states }, input: { appid, state: name } }) {
    const why = await states.remove(appid, name);
    return why ? notDone(why, appid, name) : { reply: {} };
  },
};

const shown = ({ name, savedAt, time, by, records }: StateShown): RouteReply<"saveSandbox">["state"] => ({
  state: name,
  save_time: savedAt,
  app_time: time,
  by,
  records,
});

function notDone(why: NotDone, appid: string, name = ""): Problem {
  const named = `${appid} 的存档 ${JSON.stringify(name)}`;
  const state = `state ${JSON.stringify(name)} of app ${appid}`;
  const { records, characters } = STATE_LIMIT;
  switch (why) {
    case "unknown_app":
    case "not_sandbox":
      return problemOf(refuse(why, { appid }));
    case "unknown_state":
      return problem(
        404,
        why,
        `there is no ${state}: quanku sandbox list ${appid} tells which there are`,
        `没有应用 ${named}：可用 quanku sandbox list ${appid} 查看有哪些`,
      );
    case "too_many_states":
      return problem(
        409,
        why,
        `app ${appid} has ${STATES_KEPT} states, the most it may: save in the place of one, or remove one`,
        `应用 ${appid} 已有 ${STATES_KEPT} 个存档，达到上限：请覆盖或删除一个`,
      );
    case "state_too_large":
      return problem(
        409,
        why,
        `app ${appid} has more than a state holds, ${records} records and ${characters / 2 ** 20} MiB of them as text: reset it and fill it with less`,
        `应用 ${appid} 的数据超出了一个存档的容量（${records} 条记录、${characters / 2 ** 20} MiB 文本）：请重置后少放一些数据`,
      );
    case "newer":
      return problem(
        409,
        "state_newer",
        `${state} was saved by a newer program than this one: load it with that, or save it anew`,
        `应用 ${named}由更新版本的程序保存：请用该版本载入，或重新保存`,
      );
  }
}
