/**
 * What a callback handler remembers: which requests it has seen (keys `push:…`), and what it granted (keys `grant:…`).
 * Several processes that serve one URL share one, in Redis for example: `add` is `SET key value NX EX seconds`, `get` is
 * `GET key`.
 */
export interface CallbackMemory {
  /** Keeps a value for so many seconds unless the key has one; true: it had none. In one step. */
  add(key: string, value: string, seconds: number): boolean | Promise<boolean>;
  /** What is kept under a key. */
  get(key: string): string | undefined | null | Promise<string | undefined | null>;
}

/** How many entries one process keeps; some 30 MB at most. */
const LIMIT = 100_000;

/**
 * Remembers in this process. Beyond its limit it forgets what was added first, and then takes for known what would have
 * been forgotten by now: so a crowd of requests narrows the time in which a request is good, and lets none be replayed.
 */
export class LocalMemory implements CallbackMemory {
  readonly #entries = new Map<string, { value: string; expires: number }>();
  readonly #clock: () => number;
  readonly #limit: number;
  #forgottenUntil = 0;

  /** `clock` in Unix seconds. */
  constructor(clock: () => number, limit = LIMIT) {
    this.#clock = clock;
    this.#limit = limit;
  }

  add(key: string, value: string, seconds: number): boolean {
    const now = this.#clock();
    this.#dropUntil(now);
    const expires = now + seconds;
    if (this.#alive(key, now) !== undefined || expires <= this.#forgottenUntil) return false;
    this.#entries.delete(key);
    this.#entries.set(key, { value, expires });
    if (this.#entries.size > this.#limit) this.#forgetFirst();
    return true;
  }

  get(key: string): string | undefined {
    return this.#alive(key, this.#clock());
  }

  #alive(key: string, now: number): string | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expires > now ? entry.value : undefined;
  }

  #dropUntil(now: number): void {
    for (const [key, { expires }] of this.#entries) {
      if (expires > now) return;
      this.#entries.delete(key);
    }
  }

  #forgetFirst(): void {
    for (const [key, { expires }] of this.#entries) {
      this.#entries.delete(key);
      this.#forgottenUntil = Math.max(this.#forgottenUntil, expires);
      return;
    }
  }
}
