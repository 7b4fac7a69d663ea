/** Steps of 20 µs up to a second; what took longer counts as a second. */
const STEP_MS = 0.02;
const STEPS = 50_000;

/** A histogram of latencies that costs one addition a reply. */
export class Latencies {
  readonly #counts = new Uint32Array(STEPS + 1);
  #total = 0;

  add(ms: number): void {
    const step = Math.min(STEPS, Math.floor(ms / STEP_MS));
    this.#counts[step] = (this.#counts[step] as number) + 1;
    this.#total++;
  }

  /** The latency that `share` of the replies did not exceed, in milliseconds; NaN where there was none. */
  percentile(share: number): number {
    const rank = Math.ceil(this.#total * share);
    let seen = 0;
    for (let step = 0; step <= STEPS; step++) {
      seen += this.#counts[step] as number;
      if (seen >= rank && rank > 0) return (step + 1) * STEP_MS;
    }
    return Number.NaN;
  }
}
