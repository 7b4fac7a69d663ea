import type { App, CallbackAttempt, HandOut, Verification } from "@quanku/sdk/admin";

/** Something that somebody should look at: the name of its words, what fills them in, and which page to go to. */
export type Need = {
  word: "unconfirmed" | "failing" | "failed" | "refused" | "verifyNever" | "verifyOld" | "verifyWrong" | "verifyFailed";
  tone: "bad" | "soon";
  /** Where it is looked at; a hand-out by its name. */
  page: "callbacks" | "ledger" | "handOut";
  /** Unix seconds. */
  time?: number;
  number?: number;
  name?: string;
};

const DAY = 86_400;
const failures: ReadonlySet<CallbackAttempt["verdict"]> = new Set(["mismatched", "timed_out", "unreachable"]);

/** What is wrong with how an app's merchant is asked, if they decide claims. `attempts` are the latest, newest first, by `real` time. */
export function needsOfCallback(app: App, attempts: readonly CallbackAttempt[], real: number): Need[] {
  if (app.claim_mode !== "callback") return [];
  const page = "callbacks";
  const needs: Need[] = app.callback_confirmed ? [] : [{ word: "unconfirmed", tone: "bad", page }];
  const worked = attempts.findIndex(({ verdict }) => !failures.has(verdict));
  const row = worked === -1 ? attempts : attempts.slice(0, worked);
  const [since] = row.slice(-1);
  if (since) return [...needs, { word: "failing", tone: "bad", page, time: since.time_ms / 1000, number: row.length }];
  const lately = attempts.filter((one) => failures.has(one.verdict) && one.time_ms / 1000 > real - DAY);
  return lately.length > 0 ? [...needs, { word: "failed", tone: "soon", page, number: lately.length }] : needs;
}

/** Hand-outs of the last seven days that gave nothing to some. */
export const needsOfHandOuts = (handOuts: readonly HandOut[], now: number): Need[] =>
  handOuts
    .filter(({ update_time, dry_run }) => !dry_run && update_time > now - 7 * DAY)
    .flatMap(({ hand_out: name, refused }) => {
      const number = Object.values(refused).reduce((sum, one) => sum + one, 0);
      return number > 0 ? [{ word: "refused", tone: "soon", page: "handOut", number, name } as const] : [];
    });

/** What the last verification of the ledger came to, if that should be looked at. `real` is real time, which it goes by. */
export function needsOfVerify({ state, faults, end_time }: Verification, real: number): Need[] {
  const page = "ledger";
  if (state === "wrong") return [{ word: "verifyWrong", tone: "bad", page, number: faults.length }];
  if (state === "failed") return [{ word: "verifyFailed", tone: "bad", page }];
  if (state === "never") return [{ word: "verifyNever", tone: "soon", page }];
  const isOld = end_time !== null && end_time < real - 7 * DAY;
  return isOld ? [{ word: "verifyOld", tone: "soon", page, time: end_time }] : [];
}
