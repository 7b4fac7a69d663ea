import { type AppClock, realTime } from "./clock.ts";
import type { Fault } from "./faults.ts";

/** What only a sandbox app has: a clock that can be moved, and the faults that are ordered. */
export type Sandbox = { clock: AppClock; faults: readonly Fault[] };

/** A sandbox to which nothing was done. */
export const newSandbox: Sandbox = { clock: realTime, faults: [] };
