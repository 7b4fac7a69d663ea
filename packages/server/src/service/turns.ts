/** How long work is done in one turn of the event loop, in milliseconds; a piece that was begun is done to its end. */
const SLICE = 10;
/** How many pieces may wait. */
const WAITING_LIMIT = 1024;
/** How long a piece may wait for its turn, in milliseconds. */
const PATIENCE = 1000;

/** Too much work waits, or it has waited too long: it can be asked for again. */
export class NoTurnError extends Error {
  override name = "NoTurnError";
}

type Piece = { since: number; run(): void; refuse(): void };

export type TurnsLimits = { slice?: number; waiting?: number; patience?: number };

/**
 * Work that keeps the processor busy, a little in each turn of the event loop, so that whoever only asks for something
 * small is served in between. Apps take turns: one that asks for much waits for itself. An app may have as many pieces
 * waiting as there are places left.
 */
export class Turns {
  readonly #limits: Required<TurnsLimits>;
  /** What waits, by app; the app whose turn it is comes first. */
  readonly #waiting = new Map<string, Piece[]>();
  #pieces = 0;
  #isScheduled = false;

  constructor({ slice = SLICE, waiting = WAITING_LIMIT, patience = PATIENCE }: TurnsLimits = {}) {
    this.#limits = { slice, waiting, patience };
  }

  /** Does a piece of an app's work in its turn. Throws {@link NoTurnError} where it cannot be done soon. */
  take<T>(appid: string, work: () => T): Promise<T> {
    const ofApp = this.#waiting.get(appid) ?? [];
    if (ofApp.length >= this.#limits.waiting - this.#pieces) return Promise.reject(new NoTurnError());
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      };
      ofApp.push({ since: performance.now(), run, refuse: () => reject(new NoTurnError()) });
      this.#waiting.set(appid, ofApp);
      this.#pieces++;
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const begun = performance.now();
      while (this.#pieces > 0 && performance.now() - begun < this.#limits.slice) this.#doNext();
      if (this.#pieces > 0) this.#schedule();
    });
  }

  #doNext(): void {
    const [appid, ofApp] = this.#waiting.entries().next().value as [string, Piece[]];
    const piece = ofApp.shift() as Piece;
    this.#pieces--;
    this.#waiting.delete(appid);
    if (ofApp.length > 0) this.#waiting.set(appid, ofApp);
    if (performance.now() - piece.since > this.#limits.patience) piece.refuse();
    else piece.run();
  }
}
