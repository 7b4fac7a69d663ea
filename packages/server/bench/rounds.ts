import { costOf, type Job, rate, type Tally } from "./load/job.ts";
import type { Server } from "./processes.ts";

/** One of the things measured against each other. */
export type Side = { name: string; servers: readonly Server[] } & Pick<
  Job,
  "wire" | "path" | "bodies" | "connections" | "databasePid" | "generations"
>;

/**
 * How long a measurement takes; in the worst case a load for each round more. `generations` is how many a server that settles
 * its journal later settles in each load of claims.
 */
export type Pace = { rounds: number; ms: number; warmUpMs: number; generations: number };

/** How much of a core other processes may use before a load is measured again. */
export const DISTURBANCE = 0.15;

/** What one side did in each round. */
export type Measured = { name: string; rounds: Tally[] };

/**
 * Loads the sides one after another, round by round, every other round in reverse: what drifts then falls on all of them.
 * A load that other processes disturbed is repeated, as often in all as there are rounds. Throws if any reply was not a
 * success, since a refusal costs less than the work.
 */
export async function interleave<const S extends readonly Side[]>(
  run: (job: Job) => Promise<Tally>,
  pace: Pace,
  sides: S,
): Promise<{ [I in keyof S]: Measured }> {
  const measured = sides.map(({ name }): Measured => ({ name, rounds: [] }));
  let repeats = pace.rounds;
  const measure = async (index: number): Promise<Tally> => {
    const side = sides[index] as Side;
    const tally = await run(jobOf(side, pace));
    assertServed(side.name, tally);
    if (!(tally.othersCpuMs > tally.ms * DISTURBANCE) || repeats === 0) return tally;
    repeats--;
    return measure(index);
  };

  const order = sides.map((_, index) => index);
  for (const index of order) await measure(index);
  for (let round = 0; round < pace.rounds; round++)
    for (const index of round % 2 === 0 ? order : order.toReversed())
      measured[index]?.rounds.push(await measure(index));
  return measured as { [I in keyof S]: Measured };
}

/** The load of a side, once. */
export function jobOf({ name: _, servers, ...load }: Side, { ms, warmUpMs }: Pick<Pace, "ms" | "warmUpMs">): Job {
  return { ...load, ports: servers.map(({ port }) => port), serverPids: servers.map(({ pid }) => pid), warmUpMs, ms };
}

/** Throws if nothing was answered, or anything but with success. */
export function assertServed(name: string, { completed, succeeded, ms }: Tally): void {
  if (completed === 0) throw new Error(`${name} answered nothing in ${Math.round(ms)} ms`);
  if (succeeded < completed) throw new Error(`${name} refused ${completed - succeeded} of ${completed} requests`);
}

/** How many times as many replies a second as `reference`, round by round. */
export const ratios = (measured: Measured, reference: Measured): number[] =>
  measured.rounds.map((tally, round) => rate(tally) / rate(reference.rounds[round] as Tally));

/** How many times as much processor time a reply as `reference`, the database's included, round by round. */
export const costRatios = (measured: Measured, reference: Measured): number[] =>
  measured.rounds.map((tally, round) => costOf(tally) / costOf(reference.rounds[round] as Tally));

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle) - 1] as number)) / 2;
}
