/** How many lines were decided at a moment, in milliseconds. */
export type Sample = { at: number; next: number };

/** How far back a rate looks, in milliseconds. */
const WINDOW = 15_000;

/** The samples with one more; those that are too old are dropped, and all where the count began anew. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.next < last.next) return [sample];
  return [...samples.filter(({ at }) => at >= sample.at - WINDOW && at < sample.at), sample];
}

/** Lines a second over the samples; undefined while that cannot be told. */
export function paceOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 900) return undefined;
  return ((last.next - first.next) * 1000) / (last.at - first.at);
}

/** How many seconds are left at a rate; undefined where it stands still or is not known. */
export function secondsLeft({ next, total }: { next: number; total: number }, pace: number | undefined) {
  return pace ? Math.ceil((total - next) / pace) : undefined;
}
