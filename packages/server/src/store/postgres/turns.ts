import { StoreBusyError } from "../store.ts";

/** What a connection is asked for: to read, or to write. */
export type Purpose = "read" | "write";

/** How many may wait for a connection, of all apps. */
const WAITING_LIMIT = 10_000;

type Waiting = { go(): void; refuse(why: StoreBusyError): void };

/**
 * Who may use a connection, and who is next. Those who wait are served app by app in turn, so an app that asks for a
 * lot delays another by one statement of each app that waits. Neither reads nor writes get all connections, so that each
 * go on while the other is held up. Beyond a number, and after a time, those who wait are told that the database is busy.
 */
export class Turns {
  readonly #free: Record<Purpose, number>;
  readonly #patience: number;
  readonly #waiting = { read: new Queue(), write: new Queue() };
  #left: number;

  /** `patience`: the most milliseconds anybody waits. */
  constructor(connections: number, patience: number) {
    const share = shareOf(connections);
    this.#free = { read: share, write: share };
    this.#left = connections;
    this.#patience = patience;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.read.size + this.#waiting.write.size;
  }

  /** Runs work once it is its turn. Throws {@link StoreBusyError} where that does not come. */
  async take<T>(purpose: Purpose, app: string, work: () => Promise<T>): Promise<T> {
    if (!this.#has(purpose)) await this.#wait(purpose, app);
    else this.#enter(purpose);
    try {
      return await work();
    } finally {
      this.#left++;
      this.#free[purpose]++;
      this.#callNext();
    }
  }

  /** Tells all who wait that there is nothing to wait for. */
  refuseAll(why: StoreBusyError): void {
    for (const queue of Object.values(this.#waiting))
      for (let next = queue.shift(); next; next = queue.shift()) next.refuse(why);
  }

  #has = (purpose: Purpose) => this.#left > 0 && this.#free[purpose] > 0;

  #enter(purpose: Purpose): void {
    this.#left--;
    this.#free[purpose]--;
  }

  /** A write goes first: it is a batch that many wait for. */
  #callNext(): void {
    for (const purpose of ["write", "read"] as const)
      while (this.#has(purpose)) {
        const next = this.#waiting[purpose].shift();
        if (!next) break;
        this.#enter(purpose);
        next.go();
      }
  }

  #wait(purpose: Purpose, app: string): Promise<void> {
    const queue = this.#waiting[purpose];
    if (this.waiting >= WAITING_LIMIT)
      return Promise.reject(new StoreBusyError("too many wait for a connection to the database"));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.remove(app, waiting);
        reject(new StoreBusyError("no connection to the database became free"));
      }, this.#patience);
      const done = (end: () => void) => {
        clearTimeout(timer);
        end();
      };
      const waiting: Waiting = { go: () => done(resolve), refuse: (why) => done(() => reject(why)) };
      queue.push(app, waiting);
    });
  }
}

/** How many of some connections may be used for one purpose: all but a fifth, and at least one less than all. */
export const shareOf = (connections: number): number =>
  Math.max(1, connections - Math.max(1, Math.floor(connections / 5)));

/** Those who wait, in order of arrival within an app, and app by app in turn. */
class Queue {
  /** The app at the front is the next to be served. */
  readonly #apps = new Map<string, Set<Waiting>>();
  size = 0;

  push(app: string, waiting: Waiting): void {
    const others = this.#apps.get(app) ?? new Set();
    this.#apps.set(app, others.add(waiting));
    this.size++;
  }

  shift(): Waiting | undefined {
    const [first] = this.#apps;
    if (!first) return;
    const [app, those] = first;
    const [next] = those as Set<Waiting> & Iterable<Waiting>;
    this.remove(app, next as Waiting);
    if (this.#apps.delete(app)) this.#apps.set(app, those);
    return next;
  }

  remove(app: string, waiting: Waiting): void {
    const those = this.#apps.get(app);
    if (!those?.delete(waiting)) return;
    this.size--;
    if (those.size === 0) this.#apps.delete(app);
  }
}
