import { endToken } from "../access/tokens.ts";
import { type Accepted, isRefusal, refuse } from "../outcome.ts";
import type { RecordKey } from "../records.ts";
import type { Rule } from "../rule.ts";
import { FAULTS_MAX, type Fault, isOver, meet, type Occasion, type Trouble } from "./faults.ts";
import { type SandboxApp, sandboxOf } from "./sandbox.ts";

type OfFaults = {
  appid: string;
  /** The real time, Unix seconds: a fault ends by it. */
  real: number;
};
const itself = ({ appid }: OfFaults): RecordKey[] => [{ need: "app", appid }];

export type OrderFault = {
  do: "orderFault";
  fault: Omit<Fault, "orderedAt" | "endsAt" | "seen" | "hit">;
  /** After how many seconds it is over at the latest. */
  seconds: number;
} & OfFaults;

/** Orders a fault, behind those that are ordered already. */
export const orderFault: Rule<OrderFault, Fault> = {
  needs: itself,
  decide({ appid, fault, seconds, real }, records) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    const active = activeOf(app, real);
    if (active.length >= FAULTS_MAX) return refuse("too_many_faults", { limit: FAULTS_MAX });
    const ordered = { ...fault, orderedAt: real, endsAt: real + seconds, seen: 0, hit: 0 };
    return keeping(app, [...active, ordered], ordered);
  },
};

export type EndFault = { do: "endFault"; faultId: string } & OfFaults;

/** Ends a fault before its time. */
export const endFault: Rule<EndFault, Fault> = {
  needs: itself,
  decide({ appid, faultId, real }, records) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    const active = activeOf(app, real);
    const ended = active.find((fault) => fault.faultId === faultId);
    if (!ended) return refuse("unknown_fault", { fault: faultId });
    return keeping(
      app,
      active.filter((fault) => fault !== ended),
      ended,
    );
  },
};

export type EndFaults = { do: "endFaults" } & OfFaults;

/** Ends all faults; answers how many there were. */
export const endFaults: Rule<EndFaults, number> = {
  needs: itself,
  decide({ appid, real }, records) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    const { length } = activeOf(app, real);
    return app.sandbox.faults.length > 0 ? keeping(app, [], length) : { writes: [], result: 0 };
  },
};

export type MeetFaults = { do: "meetFaults" } & OfFaults & Occasion;

/**
 * Decides what a call or a push meets, and counts it. Where that is the early end of its token, the token has ended then. A
 * production app meets nothing.
 */
export const meetFaults: Rule<MeetFaults, readonly Trouble[]> = {
  needs: itself,
  decide(command, records, now) {
    const app = sandboxOf(records, command.appid);
    if (isRefusal(app)) return app;
    const { faults } = app.sandbox;
    const { met, left } = meet(faults, command, command.real);
    if (left.length === faults.length && left.every((fault, at) => fault === faults[at]))
      return { writes: [], result: met };
    const endsToken = met.some(({ kind }) => kind === "token") && command.tokenDigest !== null;
    return keeping(endsToken ? endToken(app, command.tokenDigest as string, now) : app, left, met);
  },
};

export type EndTokenEarly = { do: "endTokenEarly"; tokenDigest: string; appid: string };

/** Ends a token of a sandbox app before its time, for the one call that asks for it. */
export const endTokenEarly: Rule<EndTokenEarly> = {
  needs: ({ appid }) => [{ need: "app", appid }],
  decide({ appid, tokenDigest }, records, now) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    return { writes: [{ record: "app", value: endToken(app, tokenDigest, now) }], result: undefined };
  },
};

const activeOf = ({ sandbox }: SandboxApp, real: number) => sandbox.faults.filter((fault) => !isOver(fault, real));

const keeping = <R>(app: SandboxApp, faults: readonly Fault[], result: R): Accepted<R> => ({
  writes: [{ record: "app", value: { ...app, sandbox: { ...app.sandbox, faults } } }],
  result,
});
