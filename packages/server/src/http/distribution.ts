/** What a histogram has seen: how many there were, their sum, and how many were at most each bound. */
export type Distribution = { count: number; sum: number; buckets: readonly { most: number; count: number }[] };

export const nothingSeen: Distribution = { count: 0, sum: 0, buckets: [] };

type Value = { value: number; metricName?: string; labels: Partial<Record<string, string | number>> };

/** The distributions that the values of a histogram tell, by what their labels are named. */
export function distributionsIn(
  values: readonly Value[],
  nameOf: (labels: Value["labels"]) => string,
): Map<string, Distribution> {
  const of = new Map<string, { count: number; sum: number; buckets: { most: number; count: number }[] }>();
  for (const { value, metricName, labels } of values) {
    const name = nameOf(labels);
    const one = of.get(name) ?? { count: 0, sum: 0, buckets: [] };
    of.set(name, one);
    if (metricName?.endsWith("_sum")) one.sum = value;
    else if (metricName?.endsWith("_count")) one.count = value;
    else one.buckets.push({ most: labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.le), count: value });
  }
  return of;
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
