// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
} from "./inputs.ts";
import type {
  ClockReply,
  MovedClockReply,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `advanceClock` takes. */
export interface AdvanceClockInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** How far: `7d`, `90m`, `2w3d` (weeks, days, hours, minutes, seconds), or a number of seconds. */
  by: string;
}

/** What `setClock` takes. */
export interface SetClockInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /**
   * When: `2026-12-01T09:00`, UTC+8 unless it ends with `Z` or an offset, or Unix seconds; not before the app's time.
   */
  to: string;
}

/** The operators' calls about what only sandbox apps have. */
export interface SandboxCalls<How extends CallForms> {
  /**
   * What the clock of a sandbox app shows.
   * `GET /apps/{appid}/clock`. Role: viewer.
   */
  showClock(input: OfApp, options?: How["options"]): Promise<ClockReply>;

  /**
   * Sets the clock of a sandbox app forward by a length of time. What comes to its end on the way does so at its time
   * and in its order, before this answers.
   * `POST /apps/{appid}/clock/advance`. Role: manager.
   */
  advanceClock(input: AdvanceClockInput, options?: How["options"]): Promise<MovedClockReply>;

  /**
   * Sets the clock of a sandbox app forward to a time, as `advance` does.
   * `PUT /apps/{appid}/clock`. Role: manager.
   */
  setClock(input: SetClockInput, options?: How["options"]): Promise<MovedClockReply>;

  /**
   * Lets the clock of a sandbox app stand still.
   * `POST /apps/{appid}/clock/freeze`. Role: manager.
   */
  freezeClock(input: OfApp, options?: How["options"]): Promise<ClockReply>;

  /**
   * Lets the clock of a sandbox app go on from where it stands.
   * `POST /apps/{appid}/clock/resume`. Role: manager.
   */
  resumeClock(input: OfApp, options?: How["options"]): Promise<ClockReply>;
}
