import type { Actor } from "../actor.ts";
import { isRefusal, type Outcome, refuse } from "../outcome.ts";
import type { HandOut, HandOutState } from "../records.ts";
import type { Rule } from "../rule.ts";
import { found } from "./lines.ts";

export type CreateHandOut = { do: "createHandOut"; by: Actor } & Pick<
  HandOut,
  "appid" | "handOutId" | "outCouponId" | "list" | "total" | "dryRun"
>;

/** Makes a hand-out of a list that is there. Its id again, with the same coupon, answers the one that there is. */
export const createHandOut: Rule<CreateHandOut, HandOut> = {
  needs: ({ appid, handOutId, outCouponId }) => [
    { need: "handOut", appid, handOutId },
    { need: "coupon", appid, outCouponId },
  ],
  decide({ do: _, ...made }, records, now) {
    const { appid, handOutId, outCouponId, dryRun } = made;
    const before = records.handOut(appid, handOutId);
    if (before?.outCouponId === outCouponId) return { writes: [], result: before };
    if (before) return refuse("hand_out_exists", { id: handOutId });
    if (!records.coupon(appid, outCouponId)) return refuse("unknown_coupon", { id: outCouponId });
    return put({
      ...made,
      ...untouched,
      state: dryRun ? "checking" : "running",
      createdAt: now,
      updatedAt: now,
    });
  },
};

/** Nothing of it is decided, and nobody works on it. */
const untouched = { next: 0, after: 0, given: 0, refusals: {}, worker: null, workerUntil: 0 } as const;

const put = (handOut: HandOut): Outcome<HandOut> => ({
  writes: [{ record: "handOut", value: handOut }],
  result: handOut,
});

const notThere = ({ handOutId, state }: HandOut, to: HandOutState) =>
  refuse("hand_out_not_there", { id: handOutId, state, to });

type Named = Pick<HandOut, "appid" | "handOutId">;
const itself = ({ appid, handOutId }: Named) => [{ need: "handOut", appid, handOutId } as const];

export type StartHandOut = { do: "startHandOut" } & Named;

/** Begins the hand-out from its first line, after its dry run. One that was begun goes on as it is. */
export const startHandOut: Rule<StartHandOut, HandOut> = {
  needs: itself,
  decide({ appid, handOutId }, records, now) {
    const handOut = found(records, appid, handOutId);
    if (isRefusal(handOut)) return handOut;
    const { state } = handOut;
    if (state === "running" || state === "done") return { writes: [], result: handOut };
    if (state !== "checked") return notThere(handOut, "running");
    return put({ ...handOut, ...untouched, state: "running", dryRun: false, updatedAt: now });
  },
};

export type CancelHandOut = { do: "cancelHandOut" } & Named;

/** Ends the hand-out where it is. Whoever works on it still notes what it has given. */
export const cancelHandOut: Rule<CancelHandOut, HandOut> = {
  needs: itself,
  decide({ appid, handOutId }, records, now) {
    const handOut = found(records, appid, handOutId);
    if (isRefusal(handOut)) return handOut;
    if (handOut.state === "cancelled") return { writes: [], result: handOut };
    if (handOut.state === "done") return notThere(handOut, "cancelled");
    return put({ ...handOut, state: "cancelled", updatedAt: now });
  },
};
