import { secondOfTime, secondsOfLength } from "@quanku/protocol/admin";
import { isRefusal, type Refusal } from "../../../domain/outcome.ts";
import { AdvanceStopped, type ClockShown, type Moved } from "../../../service/sandbox/clocks.ts";
import type { AdminHandlers } from "../handler.ts";
import { type Problem, problem, problemOf } from "../problem.ts";

/** The calls about the clocks of sandbox apps. */
export const clockHandlers: AdminHandlers<"showClock" | "advanceClock" | "setClock" | "freezeClock" | "resumeClock"> = {
  showClock: async ({ services: { clocks }, input }) => clockOf(await clocks.show(input.appid)),
  advanceClock: ({ services: { clocks }, who, input: { appid, by } }) =>
    movedBy(clocks.advance(appid, secondsOfLength(by) as number, who.actor)),
  setClock: ({ services: { clocks }, who, input: { appid, to } }) =>
    movedBy(clocks.set(appid, secondOfTime(to) as number, who.actor)),
  freezeClock: async ({ services: { clocks }, who, input }) => clockOf(await clocks.freeze(input.appid, who.actor)),
  resumeClock: async ({ services: { clocks }, who, input }) => clockOf(await clocks.resume(input.appid, who.actor)),
};

const shown = ({ now, real, frozen }: ClockShown) => ({ now, real, ahead: now - real, frozen });

const clockOf = (answer: Refusal | ClockShown) =>
  isRefusal(answer) ? problemOf(answer) : { reply: { clock: shown(answer) } };

/** What became of a clock that was set forward. One that stopped on its way stays where it came to, and that is told. */
async function movedBy(moving: Promise<Refusal | Moved>) {
  try {
    const moved = await moving;
    if (isRefusal(moved)) return problemOf(moved);
    const { userCoupons: user_coupons, coupons, holds } = moved.passed;
    return { reply: { clock: shown(moved.shown), passed: { user_coupons, coupons, holds } } };
  } catch (error) {
    if (error instanceof AdvanceStopped) return stopped(error);
    throw error;
  }
}

function stopped({ message, now, passed: { userCoupons, coupons, holds } }: AdvanceStopped): Problem {
  const ended = `${userCoupons} user coupons and ${coupons} coupons expired, ${holds} holds were given back`;
  const detail = `the clock came to ${now} (${new Date(now * 1000).toISOString()}), ${ended}; then ${message}: set it forward again to go on`;
  const zh = `时钟走到了 ${now}（${new Date(now * 1000).toISOString()}），其间 ${userCoupons} 张用户券和 ${coupons} 张券过期，${holds} 个占用被退回；随后因故停下（${message}）：再次拨动即可继续`;
  return { ...problem(503, "busy", detail, zh), retryAfter: 1 };
}
