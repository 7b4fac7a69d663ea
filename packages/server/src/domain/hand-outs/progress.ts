import { isRefusal, refuse } from "../outcome.ts";
import type { HandOut, HandOutState } from "../records.ts";
import type { Rule } from "../rule.ts";
import { found } from "./lines.ts";

/** For how many seconds a process has a hand-out to itself unless it says so again. */
const LEASE_SECONDS = 5;

type ByWorker = Pick<HandOut, "appid" | "handOutId"> & {
  /** The process that asks. */
  worker: string;
  /** The real time, Unix seconds: a process has a hand-out by that, whatever the app's clock shows. */
  real: number;
};
const itself = ({ appid, handOutId }: Pick<ByWorker, "appid" | "handOutId">) => [
  { need: "handOut", appid, handOutId } as const,
];

/** Whether there is something to do: lines to decide, or what a process gave and did not note before it was cancelled. */
export const isOpen = ({ state, worker }: HandOut): boolean =>
  state === "checking" || state === "running" || worker !== null;

/** Whether another process has it at a second of real time. */
export const isTaken = ({ worker, workerUntil }: HandOut, by: string, real: number): boolean =>
  worker !== null && worker !== by && workerUntil >= real;

export type TakeHandOut = { do: "takeHandOut" } & ByWorker;

/** Takes a hand-out for a process, unless another has it, or none need. */
export const takeHandOut: Rule<TakeHandOut, HandOut> = {
  needs: itself,
  decide({ appid, handOutId, worker, real }, records) {
    const handOut = found(records, appid, handOutId);
    if (isRefusal(handOut)) return handOut;
    if (isTaken(handOut, worker, real) || !isOpen(handOut)) return refuse("hand_out_taken", { id: handOutId });
    const taken = { ...handOut, worker, workerUntil: real + LEASE_SECONDS };
    return { writes: [{ record: "handOut", value: taken }], result: taken };
  },
};

export type AdvanceHandOut = { do: "advanceHandOut" } & ByWorker & {
    /** The last line that was decided before these. */
    after: number;
    /** The last of these, and how many they are. */
    to: number;
    lines: number;
  } & Pick<HandOut, "given" | "refusals">;

/**
 * Counts lines whose results are noted, and keeps the hand-out for its process while there are more. Refused where
 * somebody else went on meanwhile. Of a cancelled one what was given before it was noted still counts.
 */
export const advanceHandOut: Rule<AdvanceHandOut, HandOut> = {
  needs: itself,
  decide({ appid, handOutId, worker, real, after, to, lines, given, refusals }, records, now) {
    const handOut = found(records, appid, handOutId);
    if (isRefusal(handOut)) return handOut;
    if (handOut.worker !== worker || handOut.after !== after) return refuse("hand_out_taken", { id: handOutId });
    const next = handOut.next + lines;
    const state = stateAt(next, handOut);
    const goesOn = state === "checking" || state === "running";
    const advanced: HandOut = {
      ...handOut,
      state,
      next,
      after: to,
      given: handOut.given + given,
      refusals: sumOf(handOut.refusals, refusals),
      updatedAt: now,
      worker: goesOn ? worker : null,
      workerUntil: goesOn ? real + LEASE_SECONDS : 0,
    };
    return { writes: [{ record: "handOut", value: advanced }], result: advanced };
  },
};

function stateAt(next: number, { state, total, dryRun }: HandOut): HandOutState {
  if (state === "cancelled" || next < total) return state;
  return dryRun ? "checked" : "done";
}

function sumOf(counts: HandOut["refusals"], more: HandOut["refusals"]): HandOut["refusals"] {
  const sum: Record<string, number> = { ...counts };
  for (const [why, count] of Object.entries(more)) sum[why] = (sum[why] ?? 0) + count;
  return sum;
}
