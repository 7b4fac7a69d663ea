import { type Job, rate, type Tally } from "./load/job.ts";
import type { Server } from "./processes.ts";

/** One of the things measured against each other. */
export type Side = { name: string; server: Server } & Pick<Job, "path" | "bodies" | "connections">;

/** How long a measurement takes. */
export type Pace = { rounds: number; ms: number; warmUpMs: number };

/** What one side did in each round. */
export type Measured = { name: string; rounds: Tally[] };

/**
 * Loads the sides one after another, round by round, every other round in reverse: what else the machine does and what
 * drifts then falls on all of them. Throws if any reply was not a success, since a refusal costs less than the work.
 */
export async function interleave<const S extends readonly Side[]>(
  run: (job: Job) => Promise<Tally>,
  pace: Pace,
  sides: S,
): Promise<{ [I in keyof S]: Measured }> {
  const measured = sides.map(({ name }): Measured => ({ name, rounds: [] }));
  const measure = async (index: number, ms: number) => {
    const { name, server, ...load } = sides[index] as Side;
    const tally = await run({ ...load, port: server.port, serverPid: server.pid, warmUpMs: pace.warmUpMs, ms });
    if (tally.completed === 0) throw new Error(`${name} answered nothing in ${ms} ms`);
    if (tally.succeeded < tally.completed)
      throw new Error(`${name} refused ${tally.completed - tally.succeeded} of ${tally.completed} requests`);
    return tally;
  };

  const order = sides.map((_, index) => index);
  for (const index of order) await measure(index, pace.ms);
  for (let round = 0; round < pace.rounds; round++)
    for (const index of round % 2 === 0 ? order : order.toReversed())
      measured[index]?.rounds.push(await measure(index, pace.ms));
  return measured as { [I in keyof S]: Measured };
}

/** How many times as many replies a second as `reference`: the median of the rounds' ratios. */
export const ratio = (measured: Measured, reference: Measured): number =>
  median(measured.rounds.map((tally, round) => rate(tally) / rate(reference.rounds[round] as Tally)));

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle) - 1] as number)) / 2;
}
