import { setTimeout as sleep } from "node:timers/promises";

/** How many calls and pushes may be delayed at once: of one app, and of all. */
const DELAYED = { ofApp: 256, inAll: 1024 };

/** What became of waiting: it is over, there was no room for it, or the server stops. */
export type Delayed = "over" | "full" | "stopped";

/** Lets what is delayed wait, no more of it than costs nobody anything. */
export class Delays {
  readonly #of = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #limits: typeof DELAYED;
  #waiting = 0;

  constructor(limits = DELAYED) {
    this.#limits = limits;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  async wait(appid: string, milliseconds: number): Promise<Delayed> {
    const others = this.#of.get(appid) ?? 0;
    if (others >= this.#limits.ofApp || this.#waiting >= this.#limits.inAll) return "full";
    this.#of.set(appid, others + 1);
    this.#waiting++;
    try {
      await sleep(milliseconds, undefined, this.#stop);
      return "over";
    } catch {
      return "stopped";
    } finally {
      this.#waiting--;
      const left = (this.#of.get(appid) as number) - 1;
      if (left === 0) this.#of.delete(appid);
      else this.#of.set(appid, left);
    }
  }

  /** Ends all waiting, now and from now on. */
  stop(): void {
    this.#stop.abort();
  }
}
