// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
} from "./inputs.ts";
import type {
  AppReply,
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

/** What `saveSandbox` takes. */
export interface SaveSandboxInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The state's name, 1-64 characters without spaces and slashes. */
  state: string;
}

/** What `loadSandbox` takes. */
export interface LoadSandboxInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The state's name, 1-64 characters without spaces and slashes. */
  state: string;
}

/** What `removeSandboxState` takes. */
export interface RemoveSandboxStateInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The state's name, 1-64 characters without spaces and slashes. */
  state: string;
}

/** What `saveSandbox` answers. */
export interface SaveSandboxReply {
  /** What is kept. */
  state: {
    /** Its name. */
    state: string;
    /** When it was saved, Unix seconds. */
    save_time: number;
    /** What the app's clock showed then, Unix seconds. */
    app_time: number;
    /** Who saved it. */
    by: string;
    /** How many records it holds. */
    records: number;
  };
}

/** What `listSandboxStates` answers. */
export interface ListSandboxStatesReply {
  /** The states. */
  entries: {
    /** Its name. */
    state: string;
    /** When it was saved, Unix seconds. */
    save_time: number;
    /** What the app's clock showed then, Unix seconds. */
    app_time: number;
    /** Who saved it. */
    by: string;
    /** How many records it holds. */
    records: number;
  }[];
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

  /**
   * Empties a sandbox app, ends its faults and brings its clock back to now, all at once. The app stays, with its
   * secret, tokens, settings and saved states; its journal begins anew.
   * `POST /apps/{appid}/sandbox/reset`. Role: manager.
   */
  resetSandbox(input: OfApp, options?: How["options"]): Promise<AppReply>;

  /**
   * Keeps what a sandbox app has under a name, in the place of what was kept under it: at most 20 states of an app,
   * each of at most 100 000 records and 64 MiB of them as text. Hand-outs, faults and logs are not in it.
   * `PUT /apps/{appid}/sandbox/states/{state}`. Role: manager.
   */
  saveSandbox(input: SaveSandboxInput, options?: How["options"]): Promise<SaveSandboxReply>;

  /**
   * Puts a sandbox app back to what was kept under a name, all at once: records, settings, reports and clock; what came
   * since is gone. Its secret stays, and tokens stay good for as long as they were; its journal begins anew.
   * `POST /apps/{appid}/sandbox/states/{state}/load`. Role: manager.
   */
  loadSandbox(input: LoadSandboxInput, options?: How["options"]): Promise<AppReply>;

  /**
   * The states that are kept of a sandbox app, by their names.
   * `GET /apps/{appid}/sandbox/states`. Role: viewer.
   */
  listSandboxStates(input: OfApp, options?: How["options"]): Promise<ListSandboxStatesReply>;

  /**
   * Keeps a state of a sandbox app no longer.
   * `DELETE /apps/{appid}/sandbox/states/{state}`. Role: manager.
   */
  removeSandboxState(input: RemoveSandboxStateInput, options?: How["options"]): Promise<void>;
}
