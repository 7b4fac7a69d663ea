/** What is known of an app's `seq`: what it was last, how often somebody else had moved it, and where we are moving it. */
type Known = { seq: number; foreign: number; ours: number | undefined };

/**
 * Tells other processes' commits from our own. Every commit moves an app's `seq`; one that we did not move was moved by
 * somebody else.
 */
export class Revisions {
  readonly #read: (appid: string) => Promise<number>;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<number>>();
  readonly #next = new Map<string, Promise<number>>();

  /** `read` answers an app's `seq` as it is now. */
  constructor(read: (appid: string) => Promise<number>) {
    this.#read = read;
  }

  /** How often somebody else is known to have moved an app's `seq`. Those who ask while a question is under way share the next. */
  ask(appid: string): Promise<number> {
    const waiting = this.#next.get(appid);
    if (waiting) return waiting;
    const before = this.#asking.get(appid) ?? Promise.resolve();
    const next = before
      .catch(() => {})
      .then(() => {
        this.#next.delete(appid);
        const asking = this.#read(appid).then((seq) => this.saw(appid, seq).foreign);
        this.#asking.set(appid, asking);
        return asking;
      });
    this.#next.set(appid, next);
    return next;
  }

  /** Notes a `seq` that was read. One that is behind what is known was read before. */
  saw(appid: string, seq: number): Known {
    const known = this.#known.get(appid) ?? { seq, foreign: 0, ours: undefined };
    this.#known.set(appid, known);
    if (seq > known.seq) {
      if (seq !== known.ours) known.foreign++;
      known.seq = seq;
    }
    return known;
  }

  /** We are about to move `seq` from where we locked it. From now on it may be read as moved. */
  moving(appid: string, from: number, to: number): void {
    this.saw(appid, from).ours = to;
  }

  /** We are not moving it any more. Where we had moved it without seeing so, that counts as somebody else's. */
  stopped(appid: string): void {
    const known = this.#known.get(appid);
    if (known) known.ours = undefined;
  }
}
