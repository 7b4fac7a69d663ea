import { z } from "zod";
import { route } from "../route.ts";
import { count, seconds } from "../scalars.ts";
import { length, time } from "./times.ts";

/** What the clock of a sandbox app shows. */
export const clockShown = z.object({
  now: seconds("The app's time"),
  real: seconds("The real time"),
  ahead: z
    .int()
    .describe(
      "By how many seconds the app's time is ahead of the real one; below 0: behind, as it may be after it stood.",
    ),
  frozen: z.boolean().describe("Whether it stands still."),
});

const clock = z.object({ clock: clockShown.describe("What the clock shows now.") });

const moved = clock.extend({
  passed: z
    .object({
      user_coupons: count("How many user coupons expired."),
      coupons: count("How many coupons expired."),
      holds: count("How many that were promised to claims nobody decided were given back."),
    })
    .describe("What came to its end on the way."),
});

const one = "/apps/{appid}/clock";

/** The calls about the clocks of sandbox apps. */
export const clockRoutes = {
  showClock: route({
    method: "GET",
    path: one,
    role: "viewer",
    about: "What the clock of a sandbox app shows.",
    reply: clock,
  }),
  advanceClock: route({
    method: "POST",
    path: `${one}/advance`,
    role: "manager",
    about:
      "Sets the clock of a sandbox app forward by a length of time. What comes to its end on the way does so at its time and in its order, before this answers.",
    body: z.strictObject({
      by: length().describe(
        "How far: `7d`, `90m`, `2w3d` (weeks, days, hours, minutes, seconds), or a number of seconds.",
      ),
    }),
    reply: moved,
  }),
  setClock: route({
    method: "PUT",
    path: one,
    role: "manager",
    about: "Sets the clock of a sandbox app forward to a time, as `advance` does.",
    body: z.strictObject({
      to: time().describe(
        "When: `2026-12-01T09:00`, UTC+8 unless it ends with `Z` or an offset, or Unix seconds; not before the app's time.",
      ),
    }),
    reply: moved,
  }),
  freezeClock: route({
    method: "POST",
    path: `${one}/freeze`,
    role: "manager",
    about: "Lets the clock of a sandbox app stand still.",
    body: z.strictObject({}),
    reply: clock,
  }),
  resumeClock: route({
    method: "POST",
    path: `${one}/resume`,
    role: "manager",
    about: "Lets the clock of a sandbox app go on from where it stands.",
    body: z.strictObject({}),
    reply: clock,
  }),
} as const;
