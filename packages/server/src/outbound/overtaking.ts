/** How long a push waits for another that is sent before it, in milliseconds. */
const PATIENCE = 1000;

/** Lets pushes of an app overtake each other. */
export class Overtaking {
  readonly #waiting = new Map<string, () => void>();
  readonly #patience: number;

  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /**
   * Sends a push: one that `waits` after the next of its app was answered, or alone where none comes in time. Where one
   * waits already, this is the one that goes before it.
   */
  async pass<T>(appid: string, waits: boolean, send: () => Promise<T>): Promise<T> {
    const release = this.#waiting.get(appid);
    if (release === undefined) {
      if (waits) await this.#wait(appid);
      return send();
    }
    this.#waiting.delete(appid);
    try {
      return await send();
    } finally {
      release();
    }
  }

  #wait(appid: string): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        clearTimeout(timer);
        if (this.#waiting.get(appid) === release) this.#waiting.delete(appid);
        resolve();
      };
      const timer = setTimeout(release, this.#patience);
      this.#waiting.set(appid, release);
    });
  }
}
