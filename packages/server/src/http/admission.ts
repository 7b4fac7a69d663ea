/** How many calls may be under way in a process; those that wait for a merchant are not counted. */
const LIMIT = 4096;

export type AdmissionOptions = {
  limit?: number | undefined;
  /** How many calls that are under way wait for somebody else, and cost nothing meanwhile. */
  waitingElsewhere?: () => number;
};

/**
 * Lets calls in while there is room, and turns the rest away at once, so that those let in are served soon. An app may
 * have as many calls under way as there are places left: one alone has half of them, and however many call, the next
 * finds room.
 */
export class Admission {
  readonly #limit: number;
  readonly #waitingElsewhere: () => number;
  readonly #ofApps = new Map<string, number>();
  #underWay = 0;

  constructor({ limit = LIMIT, waitingElsewhere = () => 0 }: AdmissionOptions = {}) {
    this.#limit = limit;
    this.#waitingElsewhere = waitingElsewhere;
  }

  /** Whether nobody can be let in. */
  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** Counts a call as under way until it is answered. */
  async during<T>(call: () => T | Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await call();
    } finally {
      this.#underWay--;
    }
  }

  /** Counts a call that is under way as an app's until it is answered; undefined where the app has too many. */
  async of<T>(appid: string, call: () => Promise<T>): Promise<T | undefined> {
    const others = this.#ofApps.get(appid) ?? 0;
    if (others > this.#left) return undefined;
    this.#ofApps.set(appid, others + 1);
    try {
      return await call();
    } finally {
      const left = (this.#ofApps.get(appid) as number) - 1;
      if (left === 0) this.#ofApps.delete(appid);
      else this.#ofApps.set(appid, left);
    }
  }

  get #left(): number {
    return this.#limit + this.#waitingElsewhere() - this.#underWay;
  }
}
