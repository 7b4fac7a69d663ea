import { FAULT_SECONDS, type RouteReply } from "@quanku/protocol/admin";
import { callNames } from "@quanku/protocol/calls";
import { isRefusal } from "../../../domain/outcome.ts";
import { type Fault, isOfPush, type Trouble, WHOLE_SHARE } from "../../../domain/sandbox/faults.ts";
import { readTrouble, tellTrouble } from "../../../wire/fault-text.ts";
import { tokenCallNames } from "../../faults/token-calls.ts";
import type { AdminHandlers } from "../handler.ts";
import { faultIn, isProblem, type Problem, problemOf } from "../problem.ts";

type Shown = RouteReply<"listFaults">["entries"][number];

/** The calls about faults that are ordered. */
export const faultsHandlers: AdminHandlers<"listFaults" | "orderFault" | "endFault" | "endFaults"> = {
  async listFaults({ services: { apps, faults }, input: { appid } }) {
    const app = await apps.find(appid);
    const active = app ? faults.activeOf(app) : [];
    return isRefusal(active) ? problemOf(active) : { reply: { entries: active.map(shown) } };
  },

  async orderFault({ services: { faults }, who, input }) {
    const { appid, what, calls: names, share = WHOLE_SHARE, count = null, seed, seconds } = input;
    const trouble = readTrouble(what);
    if ("problem" in trouble) return faultIn("what", trouble.problem, trouble.zh);
    const calls = names === undefined ? null : callsIn(names, trouble);
    if (calls !== null && isProblem(calls)) return calls;
    const asked = { trouble, calls, share, count, seed, seconds: seconds ?? FAULT_SECONDS.byDefault };
    const ordered = await faults.order(appid, asked, who.actor);
    return isRefusal(ordered) ? problemOf(ordered) : { reply: { fault: shown(ordered.fault) } };
  },

  async endFault({ services: { faults }, who, input: { appid, fault } }) {
    const ended = await faults.end(appid, fault, who.actor);
    return isRefusal(ended) ? problemOf(ended) : { reply: { fault: shown(ended.fault) } };
  },

  async endFaults({ services: { faults }, who, input: { appid } }) {
    const ended = await faults.endAll(appid, who.actor);
    return isRefusal(ended) ? problemOf(ended) : { reply: ended };
  },
};

const shown = ({ faultId, trouble, calls, share, count, seed, seen, hit, orderedAt, endsAt }: Fault): Shown => ({
  fault: faultId,
  what: tellTrouble(trouble),
  calls: calls?.join(",") ?? null,
  share,
  count,
  seed,
  seen,
  hit,
  order_time: orderedAt,
  end_time: endsAt,
});

/** The calls that names say, each once; those that can meet the trouble at all. */
function callsIn(text: string, trouble: Trouble): string[] | Problem {
  const can = isOfPush(trouble)
    ? ["claim", "confirm"]
    : [...callNames, ...(trouble.kind === "token" ? [] : tokenCallNames)];
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  const wrong = names.find((name) => !(can as string[]).includes(name));
  if (wrong === undefined) return names;
  return faultIn(
    "calls",
    `cannot name ${JSON.stringify(wrong)}: ${tellTrouble(trouble)} is for ${can.join(", ")}`,
    `不能包含 ${JSON.stringify(wrong)}：${tellTrouble(trouble)} 只能用于 ${can.join("、")}`,
  );
}
