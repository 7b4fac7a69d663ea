import { type Refusal, refuse } from "../outcome.ts";
import type { App, RecordKey } from "../records.ts";
import { COUNT_MAX, type Rule } from "../rule.ts";
import type { AppClock } from "./clock.ts";
import { sandboxOf } from "./sandbox.ts";

type OfClock = {
  appid: string;
  /** The real time, Unix seconds. */
  real: number;
};
const itself = ({ appid }: OfClock): RecordKey[] => [{ need: "app", appid }];

/** The latest second that a clock can be set to: 400 days before the wire's numbers end, so that it can go on from there. */
const LATEST = COUNT_MAX - 400 * 86_400;

/** Why a clock that shows `now` cannot be set to a second, where it cannot. */
export function whyNotSet(to: number, now: number): Refusal | undefined {
  if (to < now) return refuse("clock_backwards", { to, now });
  if (to > LATEST) return refuse("clock_too_far", { to, limit: LATEST });
  return undefined;
}

export type SetClock = { do: "setClock"; to: number } & OfClock;

/** Sets the clock forward to a second; one that stands goes on standing there. */
export const setClock: Rule<SetClock, App> = {
  needs: itself,
  decide({ appid, to, real }, records, now) {
    const refused = whyNotSet(to, now);
    return (
      refused ??
      change(appid, records, ({ frozenAt }) =>
        frozenAt === null ? { ahead: to - real, frozenAt } : { ahead: 0, frozenAt: to },
      )
    );
  },
};

export type FreezeClock = { do: "freezeClock" } & OfClock;

/** Lets the clock stand where it is; one that stands, stands. */
export const freezeClock: Rule<FreezeClock, App> = {
  needs: itself,
  decide: ({ appid }, records, now) =>
    change(appid, records, (clock) => (clock.frozenAt === null ? { ahead: 0, frozenAt: now } : clock)),
};

export type ResumeClock = { do: "resumeClock" } & OfClock;

/** Lets the clock go on from where it stands; one that goes, goes on. */
export const resumeClock: Rule<ResumeClock, App> = {
  needs: itself,
  decide: ({ appid, real }, records, now) =>
    change(appid, records, (clock) => (clock.frozenAt === null ? clock : { ahead: now - real, frozenAt: null })),
};

function change(
  appid: string,
  records: Parameters<Rule<never>["decide"]>[1],
  to: (clock: AppClock) => AppClock,
): ReturnType<Rule<never, App>["decide"]> {
  const app = sandboxOf(records, appid);
  if ("refused" in app) return app;
  const clock = to(app.sandbox.clock);
  if (clock === app.sandbox.clock) return { writes: [], result: app };
  const moved = { ...app, sandbox: { ...app.sandbox, clock } };
  return { writes: [{ record: "app", value: moved }], result: moved };
}
