import type { Clock } from "../../src/host/clock.ts";

type Sleeper = { until: number; wake(): void };

/** A clock that only tests move. Milliseconds; chance is always one half. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000;
  #sleepers: Sleeper[] = [];

  now = () => this.#now;
  random = () => 0.5;

  sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { until: this.#now + milliseconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });

  /** How many wait. */
  get waiting(): number {
    return this.#sleepers.length;
  }

  /** Lets so many milliseconds pass. */
  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
    await settled();
  }

  /** Lets time pass, from one sleeper to the next, until the work is done; answers what it does and how long it took. */
  async until<T>(work: Promise<T>): Promise<{ value?: T; error?: unknown; took: number }> {
    const began = this.#now;
    let end: { value?: T; error?: unknown } | undefined;
    work.then(
      (value) => {
        end = { value };
      },
      (error: unknown) => {
        end = { error };
      },
    );
    for (;;) {
      await settled();
      if (end) return { ...end, took: this.#now - began };
      const next = Math.min(...this.#sleepers.map(({ until }) => until));
      if (next === Number.POSITIVE_INFINITY) throw new Error("nothing is waited for, and the work is not done");
      await this.pass(next - this.#now);
    }
  }
}

/** Until everything that needs no time is done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
