import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { type Verdict, verify } from "./verification.ts";

/** How a verification stands; times are Unix seconds. `failed`: it could not be brought to an end. */
export type VerificationState = Verdict & {
  state: "never" | "running" | "right" | "wrong" | "failed";
  startedAt: number | null;
  endedAt: number | null;
};

const never: VerificationState = {
  state: "never",
  entries: 0,
  of: 0,
  records: 0,
  faults: [],
  head: null,
  startedAt: null,
  endedAt: null,
};

type Options = { store: Store; clock: Clock; onError?: (error: unknown) => void };

/**
 * Verifies apps beside a server: one at a time, since each needs its own memory, and each rests as long as it works, so
 * that it takes no more than half of the processor. What the last one of an app came to is known as long as the process.
 */
export class Verifications {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #states = new Map<string, VerificationState>();
  readonly #stopping = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor({ store, clock, onError = () => {} }: Options) {
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Begins one, unless the app's last is still under way. */
  start(appid: string): VerificationState {
    const before = this.show(appid);
    if (before.state === "running") return before;
    const begun: VerificationState = { ...never, state: "running", startedAt: this.#clock() };
    this.#states.set(appid, begun);
    this.#last = this.#last.then(() => this.#run(appid, begun));
    return begun;
  }

  /** How an app's last one stands. */
  show(appid: string): VerificationState {
    return this.#states.get(appid) ?? never;
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#last; ) {
      last = this.#last;
      await last;
    }
  }

  /** Ends those under way; resolves when they are over. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  async #run(appid: string, begun: VerificationState): Promise<void> {
    const { signal } = this.#stopping;
    const note = (news: Partial<VerificationState>) => {
      const known = this.#states.get(appid) ?? begun;
      this.#states.set(appid, { ...known, ...news });
    };
    const end = (news: Partial<VerificationState>) => note({ ...news, endedAt: this.#clock() });
    if (signal.aborted) return end({ state: "failed" });
    try {
      const verdict = await verify(this.#store, appid, { onProgress: note, pause: rest, signal });
      end({ ...verdict, state: verdict.faults.length === 0 ? "right" : "wrong" });
    } catch (error) {
      end({ state: "failed" });
      if (!signal.aborted) this.#onError(error);
    }
  }
}

/** At least a turn of the event loop, which may have waited for this. */
const rest = async (milliseconds: number): Promise<void> => void (await sleep(milliseconds));
