import type { Actor } from "../../domain/actor.ts";
import type { RestoredApp } from "../../domain/journal.ts";
import { type App, idsOfRecord, type StoredRecord } from "../../domain/records.ts";
import { timeOfApp } from "../../domain/sandbox/clock.ts";
import { begunAnew, restoredTo } from "../../domain/sandbox/restart.ts";
import { isSandbox, type SandboxApp } from "../../domain/sandbox/sandbox.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import type { Commit, KeptState, Store } from "../../store/store.ts";
import type { Clock } from "../clock.ts";
import { Journal } from "../journal.ts";
import { readState, type SavedState, STATE_FORMAT, savedApp, writeState } from "./state-text.ts";

/** How many reports an entry of the journal puts back at most. */
const REPORTS = 500;

/** Why nothing was done. `newer`: the state was saved by a program that writes a form which this one does not know. */
export type NotDone = "unknown_app" | "not_sandbox" | "unknown_state" | "too_many_states" | "state_too_large" | "newer";

/** A saved state as it is told. */
export type StateShown = Omit<KeptState, "body">;

type StatesOptions = {
  store: Store;
  clock: Clock;
  /** Told which app was emptied, before anybody is answered. */
  onEmptied: (appid: string) => void;
};

/** What an app begins anew with: itself, and all that was saved of it. */
type Beginning = { app: SandboxApp; state?: SavedState };

/**
 * What a sandbox app has, all at once: it is emptied, or saved under a name and put back as it was. Each time it changes in
 * one transaction, in which its journal begins anew. The app itself stays, with its secret and its tokens.
 */
export class SandboxStates {
  readonly #options: StatesOptions;
  /** One state at a time is in memory. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: StatesOptions) {
    this.#options = options;
  }

  /** Brings an app back to real time, without faults, and empties it. Answers the app. */
  reset(appid: string, by: Actor): Promise<{ app: App } | NotDone> {
    return this.#restart(appid, "resetSandbox", by, (app, real) => ({ app: begunAnew(app, real) }));
  }

  /** Keeps what an app has under a name, in the place of what was kept under it. */
  save(appid: string, name: string, by: Actor): Promise<{ state: StateShown } | NotDone> {
    return this.#oneAtATime(async () => {
      const { store, clock } = this.#options;
      const real = clock();
      const written = await store.snapshot(appid, async (reads) => {
        const [app] = (await reads.records("app", null, 1)).records;
        if (!app) return "unknown_app";
        if (!isSandbox(app)) return "not_sandbox";
        const time = timeOfApp(app, real);
        const text = await writeState(reads, savedApp(app, time));
        return text ? { ...text, time } : "state_too_large";
      });
      if (typeof written === "string") return written;
      const state = { appid, name, format: STATE_FORMAT, savedAt: real, by, ...written };
      return (await store.keepState(state)) ? { state } : "too_many_states";
    });
  }

  /** Puts an app back to what was kept under a name. Answers the app. */
  load(appid: string, name: string, by: Actor): Promise<{ app: App } | NotDone> {
    return this.#oneAtATime(async () => {
      const { store } = this.#options;
      const why = whyNot(await store.app(appid));
      if (why) return why;
      const kept = await store.state(appid, name);
      if (!kept) return "unknown_state";
      if (kept.format > STATE_FORMAT) return "newer";
      const state = await readState(appid, kept.body);
      return this.#restart(appid, "loadSandbox", by, (app, real) => ({ app: restoredTo(app, state.app, real), state }));
    });
  }

  /** The states that are kept of an app. */
  async list(appid: string): Promise<{ states: StateShown[] } | NotDone> {
    const { store } = this.#options;
    return whyNot(await store.app(appid)) ?? { states: await store.listStates(appid) };
  }

  /** Keeps a state no longer. */
  async remove(appid: string, name: string): Promise<NotDone | undefined> {
    const { store } = this.#options;
    const why = whyNot(await store.app(appid));
    return why ?? ((await store.removeState(appid, name)) ? undefined : "unknown_state");
  }

  /** Empties an app and writes what it begins anew with. */
  async #restart(
    appid: string,
    command: string,
    by: Actor,
    anew: (app: SandboxApp, real: number) => Beginning,
  ): Promise<{ app: App } | NotDone> {
    const { store, clock, onEmptied } = this.#options;
    let answer: { app: App } | NotDone = "unknown_app";
    const begin = (records: WorkingCopy): Commit => {
      const before = records.app(appid);
      if (!before || !isSandbox(before)) {
        answer = before ? "not_sandbox" : "unknown_app";
        return { changes: [], journal: [] };
      }
      const real = clock();
      const beginning = anew(before, real);
      answer = { app: beginning.app };
      return written(records, beginning, { at: timeOfApp(beginning.app, real), command, by });
    };
    await store.transact([{ need: "app", appid }], begin, true);
    if (typeof answer !== "string") onEmptied(appid);
    return answer;
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

/**
 * What a transaction leaves behind in which an app begins anew. Its journal begins with an entry that makes the app; those
 * after it put back what was counted, then one thing each, so that the history of each begins with an entry about it alone.
 */
function written(
  records: WorkingCopy,
  { app, state }: Beginning,
  how: { at: number; command: string; by: Actor },
): Commit {
  const { appid } = app;
  const journal = new Journal(records);
  journal.beginAnew(appid);
  const done = { appid, ...how };
  records.write([{ record: "app", value: app }]);
  journal.add({ ...done, steps: [{ record: "app", before: null, after: app }] });
  const { reports = [], records: saved = [] } = state ?? {};
  for (let i = 0; i < reports.length; i += REPORTS) {
    const after: RestoredApp = { ...app, reports: reports.slice(i, i + REPORTS) };
    journal.add({ ...done, steps: [{ record: "app", before: app, after }] });
  }
  for (const thing of Map.groupBy(saved, thingOf).values()) journal.add({ ...done, steps: records.writeAnew(thing) });
  return { ...journal.commit, empties: [appid] };
}

const whyNot = (app: App | undefined): NotDone | undefined =>
  app ? (isSandbox(app) ? undefined : "not_sandbox") : "unknown_app";

/** What a record is of: a coupon and its stock are one thing, and so are a user coupon and the claim that it was granted to. */
function thingOf(stored: StoredRecord): string {
  const { record, value } = stored;
  if (record === "coupon" || record === "stock") return `coupon\0${value.outCouponId}`;
  if (record === "userCoupon" || record === "claim")
    return `userCoupon\0${value.outCouponId}\0${value.outUserCouponId}`;
  return [record, ...idsOfRecord(stored)].join("\0");
}
