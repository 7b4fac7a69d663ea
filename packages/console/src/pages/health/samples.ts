/** How many calls a process had answered, and how many of them with a failure, at a time in Unix seconds. */
export type Sample = { at: number; answered: number; failed: number };

/** How many samples are kept: three minutes of them, one in three seconds. */
const KEPT = 60;

type Call = { count: number; failures: readonly { count: number }[] };

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** What all calls come to together. */
export const totalsOf = (calls: readonly Call[]): Omit<Sample, "at"> => ({
  answered: sum(calls.map(({ count }) => count)),
  failed: sum(calls.flatMap(({ failures }) => failures.map(({ count }) => count))),
});

/** Adds a sample. Where counts went back, another process answered or this one began anew: the line begins there. */
export function withSample(before: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = before.at(-1);
  if (last?.at === sample.at) return before;
  return last && sample.answered < last.answered ? [sample] : [...before, sample].slice(-KEPT);
}

/** Calls a second between one sample and the next, to a tenth. */
export const paceOf = (samples: readonly Sample[]): Sample[] =>
  samples.slice(1).map((sample, index) => {
    const before = samples[index] as Sample;
    const aSecond = (calls: number) => Math.round((calls / Math.max(sample.at - before.at, 0.001)) * 10) / 10;
    return {
      at: sample.at,
      answered: aSecond(sample.answered - before.answered),
      failed: aSecond(sample.failed - before.failed),
    };
  });
