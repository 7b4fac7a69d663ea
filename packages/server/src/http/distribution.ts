/** What a histogram has seen: how many there were, their sum, and how many were at most each bound. */
export type Distribution = { count: number; sum: number; buckets: readonly { most: number; count: number }[] };

export const nothingSeen: Distribution = { count: 0, sum: 0, buckets: [] };

/** Takes values as they come, and keeps of them what a {@link Distribution} tells. */
export class Spread {
  readonly #bounds: readonly number[];
  /** How many were beyond the bound before, and at most this one; the last: beyond all bounds. */
  readonly #inEach: number[];
  #sum = 0;

  /** With bounds from the lowest to the highest. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#inEach = [...bounds, Number.POSITIVE_INFINITY].map(() => 0);
  }

  add(value: number): void {
    let at = 0;
    while (value > (this.#bounds[at] as number)) at++;
    this.#inEach[at] = (this.#inEach[at] as number) + 1;
    this.#sum += value;
  }

  /** What came so far. */
  get distribution(): Distribution {
    let count = 0;
    const buckets = this.#inEach.map((inIt, at) => {
      count += inIt;
      return { most: this.#bounds[at] ?? Number.POSITIVE_INFINITY, count };
    });
    return { count, sum: this.#sum, buckets };
  }
}

/**
 * What a share of all were at most, taken to lie evenly in its bucket, as Prometheus' `histogram_quantile` estimates it;
 * the last bound where it lies beyond. Null where there was none.
 */
export function quantile({ count, buckets }: Distribution, share: number): number | null {
  if (count === 0) return null;
  const rank = share * count;
  const at = buckets.findIndex((bucket) => bucket.count >= rank);
  const before = at > 0 ? buckets[at - 1] : undefined;
  const bucket = buckets[at];
  const [from, below] = [before?.most ?? 0, before?.count ?? 0];
  if (!bucket || bucket.most === Number.POSITIVE_INFINITY) return from;
  return from + ((bucket.most - from) * (rank - below)) / (bucket.count - below);
}
