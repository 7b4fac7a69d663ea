/**
 * Work on what is gathered, to be done soon: one run waits for another at most, however slow they are, and each takes all
 * that was there when it began. `run` takes it before it waits for anything, and does not throw.
 */
export class Soon {
  readonly #ms: number;
  readonly #run: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** The run that is under way, and the one that waits for it. */
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(ms: number, run: () => Promise<void>) {
    this.#ms = ms;
    this.#run = run;
  }

  /** Has it done in a while, together with what comes until then. */
  begin(): void {
    this.#timer ??= setTimeout(() => void this.done(), this.#ms).unref();
  }

  /** Resolves when it is done with all that is there now. */
  done(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      this.#running = this.#run();
      return this.#running;
    });
    return this.#next;
  }
}
