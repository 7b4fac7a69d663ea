// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
  PageOfApp,
} from "./inputs.ts";
import type {
  ClockReply,
  Fault,
  LoggedCall,
  MovedClockReply,
  Person,
} from "./sandbox-shapes.ts";
import type {
  AppReply,
  CallbackAttempt,
  HeldCoupon,
  JournalEntry,
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

/** What `orderFault` takes. */
export interface OrderFaultInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /**
   * What goes wrong: of a call `errcode=45009`, `delay=3000` (milliseconds), `reset`, `reset=after` (it is done first),
   * `half` (of the reply), `http=502`, `token` (that of the call ends); of a push to the merchant `push=late:2000`,
   * `push=twice`, `push=reordered`, `push=lost` (the reply).
   */
  what: string;
  /**
   * With which calls, by their names, with commas between: `claim,redeem`; `token` and `stable_token` are the fetches
   * of tokens. Left out: with all (0 to 500 characters).
   */
  calls?: string | undefined;
  /** How many of those that it sees it hits, ten-thousandths; all, 10000, unless given (1 to 10000). */
  share?: number | undefined;
  /** After how many hits it ends; left out: by time alone (at least 1). */
  count?: number | undefined;
  /** What is drawn follows from it: the same again hits the same, by their order. Drawn and told unless given. */
  seed?: number | undefined;
  /** After how many seconds of real time it ends at the latest, 1-86400; 600 unless given. */
  seconds?: number | undefined;
}

/** What `endFault` takes. */
export interface EndFaultInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The fault's id (0 to 64 characters). */
  fault: string;
}

/** What `makePerson` takes. */
export interface MakePersonInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The person's name: the js_code that logs in as them (1 to 128 characters). */
  person: string;
  /** Their openid; absent: the one that the name stands for as a code. */
  openid?: string | undefined;
  /** Their unionid; absent: none. */
  unionid?: string | undefined;
}

/** What `removePerson` takes. */
export interface RemovePersonInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The person's name: the js_code that logs in as them (1 to 128 characters). */
  person: string;
}

/** What `triggerClaim` takes. */
export interface TriggerClaimInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Who taps; give this or `person`. */
  openid?: string | undefined;
  /** Who taps, by their name; give this or `openid` (1 to 128 characters). */
  person?: string | undefined;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** The claim's id: repeated, it gives no second coupon; made where it is absent (1 to 128 characters). */
  request_id?: string | undefined;
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

/** What `listCalls` takes. */
export interface ListCallsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those of this name (0 to 64 characters). */
  call?: string | undefined;
  /** Only those that came to this; 0: those that succeeded. */
  errcode?: number | undefined;
  /** Only those that name this person (0 to 128 characters). */
  openid?: string | undefined;
  /** Only those that name this coupon (1 to 128 characters). */
  out_coupon_id?: string | undefined;
  /** Only the one of this rid (0 to 64 characters). */
  rid?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `showCall` takes. */
export interface ShowCallInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The call's rid, as its reply tells it (0 to 64 characters). */
  rid: string;
}

/** What `listFaults` answers. */
export interface ListFaultsReply {
  /** The faults. */
  entries: Fault[];
}

/** What `orderFault` answers. */
export interface OrderFaultReply {
  /** What is ordered. */
  fault: Fault;
}

/** What `endFault` answers. */
export interface EndFaultReply {
  /** The fault as it was last. */
  fault: Fault;
}

/** What `endFaults` answers. */
export interface EndFaultsReply {
  /** How many there were. */
  ended: number;
}

/** What `listPersons` answers. */
export interface ListPersonsReply {
  /** The page of people. */
  entries: Person[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** What `makePerson` answers. */
export interface MakePersonReply {
  /** The person as they are now. */
  person: Person;
}

/** What `triggerClaim` answers. */
export interface TriggerClaimReply {
  /** Whether the person was given the coupon. */
  granted: boolean;
  /** What the wire's `claim` answers; 0: it was granted (at least -9007199254740991). */
  errcode: number;
  /** Why it was refused, in the wire's words; null: it was not. */
  errmsg: string | null;
  /** The claim's id. */
  request_id: string;
  /** Who tapped. */
  openid: string;
  /** How often the merchant was asked under this id so far; 0: our own rules decided. */
  attempts: number;
  /** What the person was given; null: nothing. */
  user_coupon: HeldCoupon | null;
  /** The last time the merchant was asked; null: nobody was. */
  callback: CallbackAttempt | null;
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

/** What `listCalls` answers. */
export interface ListCallsReply {
  /** The page of calls. */
  entries: LoggedCall[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** What `showCall` answers. */
export interface ShowCallReply {
  /** The call. */
  call: LoggedCall;
  /** What it changed, newest first; at most 100 entries. */
  changed: JournalEntry[];
  /** The times the merchant was asked about its claim meanwhile. */
  callbacks: CallbackAttempt[];
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
   * The faults that are ordered of a sandbox app and not over, in the order in which a call meets them.
   * `GET /apps/{appid}/faults`. Role: viewer.
   */
  listFaults(input: OfApp, options?: How["options"]): Promise<ListFaultsReply>;

  /**
   * Orders that something goes wrong with calls of a sandbox app, or with pushes to its merchant; it ends by itself.
   * `POST /apps/{appid}/faults`. Role: manager.
   */
  orderFault(input: OrderFaultInput, options?: How["options"]): Promise<OrderFaultReply>;

  /**
   * Ends a fault before its time.
   * `DELETE /apps/{appid}/faults/{fault}`. Role: manager.
   */
  endFault(input: EndFaultInput, options?: How["options"]): Promise<EndFaultReply>;

  /**
   * Ends all faults of a sandbox app.
   * `DELETE /apps/{appid}/faults`. Role: manager.
   */
  endFaults(input: OfApp, options?: How["options"]): Promise<EndFaultsReply>;

  /**
   * The people of a sandbox app who have a name, by it. Whoever logs in with another code is somebody all the same.
   * `GET /apps/{appid}/persons`. Role: viewer.
   */
  listPersons(input: PageOfApp, options?: How["options"]): Promise<ListPersonsReply>;

  /**
   * Gives somebody of a sandbox app a name to log in with, or who has it another openid and unionid; at most 1000 in an
   * app.
   * `PUT /apps/{appid}/persons/{person}`. Role: manager.
   */
  makePerson(input: MakePersonInput, options?: How["options"]): Promise<MakePersonReply>;

  /**
   * Takes a name back. What the person has stays theirs by their openid.
   * `DELETE /apps/{appid}/persons/{person}`. Role: manager.
   */
  removePerson(input: RemovePersonInput, options?: How["options"]): Promise<void>;

  /**
   * Plays a person's tap on a coupon of a sandbox app: the claim as the platform begins it, decided by our rules or by
   * the merchant's callback. Tells what came of it, refused or not.
   * `POST /apps/{appid}/trigger/claim`. Role: manager.
   */
  triggerClaim(input: TriggerClaimInput, options?: How["options"]): Promise<TriggerClaimReply>;

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

  /**
   * Every call over the wire of a sandbox app, newest first, and why it came to what it did; 5 000 of the last 7 days
   * are kept.
   * `GET /apps/{appid}/calls`. Role: viewer.
   */
  listCalls(input: ListCallsInput, options?: How["options"]): Promise<ListCallsReply>;

  /**
   * One call, what it changed, and how the merchant was asked for it.
   * `GET /apps/{appid}/calls/{rid}`. Role: viewer.
   */
  showCall(input: ShowCallInput, options?: How["options"]): Promise<ShowCallReply>;
}
