import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../domain/actor.ts";
import type { RemovedApp } from "../domain/journal.ts";
import { type App, HOUSE } from "../domain/records.ts";
import { isSandbox } from "../domain/sandbox/sandbox.ts";
import { type Store, StoreBusyError } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { Journal } from "./journal.ts";

/** How many rows of a removed app go in one transaction. */
const SLICE = 500;
/** How many journal entries are looked at together. */
const ENTRIES = 500;
/** How often it is tried to remove an app in whose journal something happens meanwhile that an export need not hold. */
const TRIES = 10;

/** Commands after which an export still holds all that it would hold if it were made now. */
const untold = ["noteExport", "issueToken"];

/** Why an app cannot be removed: it is not there, it was never exported, or something changed since. */
export type NotRemoved = "unknown" | "never_exported" | "changed_since";

type RemovalsOptions = {
  store: Store;
  clock: Clock;
  /** Told which app is no more, before anybody is answered. */
  onRemoved: (appid: string) => void;
  onError: (error: unknown) => void;
  /** How many rows of an app go in one transaction; what holds others up little unless given. */
  slice?: number | undefined;
};

/**
 * Deletes apps for ever. First an app is made one that nobody can use, in one commit with the entry in the house's journal
 * that says who did it and where its own journal ended; then what is of it goes in slices, between which others have
 * their turn. What a process leaves undone, the next goes on with.
 */
export class Removals {
  readonly #options: RemovalsOptions;
  #running: Promise<void> | undefined;
  #isStopping = false;

  constructor(options: RemovalsOptions) {
    this.#options = options;
  }

  /**
   * Removes an app that was exported since its last change, a sandbox app at once; what is of it goes afterwards. Answers
   * why not, if not.
   */
  async remove(appid: string, by: Actor): Promise<NotRemoved | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      const app = await this.#options.store.app(appid);
      if (!app) return "unknown";
      const end = isSandbox(app) ? undefined : await this.#exportedEnd(app);
      if (typeof end === "string") return end;
      if (!(await this.#begin(appid, end, by))) continue;
      this.#options.onRemoved(appid);
      void this.finish().catch(this.#options.onError);
      return undefined;
    }
    throw new StoreBusyError(`app ${appid} is changing`);
  }

  /** Removes what is left of apps whose removal began, here or in another process. */
  finish(): Promise<void> {
    this.#running ??= this.#finishAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves when nothing is removed any more; what is left is left to the next process. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running?.catch(() => {});
  }

  /** Where the app's journal ends, if an export holds all that is told up to there. */
  async #exportedEnd({ appid, exported }: App): Promise<RemovedApp["removed"] | NotRemoved> {
    const { store } = this.#options;
    if (!exported) return "never_exported";
    let end = { seq: exported.seq, digest: "" };
    for (;;) {
      const entries = await store.readJournal(appid, end.seq, ENTRIES);
      if (entries.some(({ command }) => !untold.includes(command))) return "changed_since";
      const last = entries.at(-1);
      if (last) end = { seq: last.seq, digest: last.digest };
      if (entries.length < ENTRIES) return end;
    }
  }

  /** Makes the app one that is removed, unless something happened in it after `end`, if that is given; answers whether. */
  async #begin(appid: string, end: RemovedApp["removed"] | undefined, by: Actor): Promise<boolean> {
    let began = false;
    const keys = [appid, HOUSE].map((owner) => ({ need: "app", appid: owner }) as const);
    await this.#options.store.transact(keys, (records) => {
      const before = records.app(appid);
      began = before !== undefined && (!end || records.end(appid).digest === end.digest);
      if (!before || !began) return { changes: [], journal: [] };
      const journal = new Journal(records);
      const after: RemovedApp = { appid, removed: end ?? records.end(appid) };
      const steps = [{ record: "app", before, after } as const];
      journal.add({ appid: HOUSE, at: this.#options.clock(), command: "deleteApp", by, steps });
      return { ...journal.commit, removes: [appid] };
    });
    return began;
  }

  async #finishAll(): Promise<void> {
    const { store, slice = SLICE } = this.#options;
    for (const appid of await store.listRemovals())
      for (let removed = 1; removed > 0 && !this.#isStopping; ) {
        const began = performance.now();
        removed = await store.removeSome(appid, slice);
        // As long for others as for this.
        await sleep(performance.now() - began);
      }
  }
}
