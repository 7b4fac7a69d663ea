import { rate, type Tally } from "./load/job.ts";
import { DISTURBANCE, type Measured, median } from "./rounds.ts";

/** One measured number and what is asked of it. */
export type Figure = {
  what: string;
  /** As often as it was measured; their median is the figure. */
  values: number[];
  /** What the number is of, behind it: `of bare node:http`, `s`. */
  unit: string;
  /** Where it should be, and what it must not fall short of; left out: it is only reported. */
  aim?: number;
  floor?: number;
  better: "higher" | "lower";
  /** The absolute numbers it comes from, a line each. */
  sides: string[];
  /** What keeps it from being better. */
  limit: string;
};

export type Verdict = "aim met" | "short of aim" | "FLOOR BROKEN" | "reported" | "not measured";

export function judge({ values, aim, floor, better }: Figure): Verdict {
  const value = median(values);
  // Of what only Linux tells, there is nothing elsewhere.
  if (Number.isNaN(value)) return "not measured";
  const reaches = (mark: number) => (better === "higher" ? value >= mark : value <= mark);
  if (floor !== undefined && !reaches(floor)) return "FLOOR BROKEN";
  if (aim === undefined) return "reported";
  return reaches(aim) ? "aim met" : "short of aim";
}

/** A side in absolute numbers: medians of its rounds. */
export function tell({ name, rounds }: Measured): string {
  const of = (read: (tally: Tally) => number) => median(rounds.map(read));
  const databaseCost = Math.round(of(({ databaseCpuMs, completed }) => (databaseCpuMs * 1000) / completed));
  const database = databaseCost > 0 ? `database ${percent(of(databaseShare))} (${databaseCost} µs), ` : "";
  const perSecond = Math.round(of(rate)).toLocaleString("en");
  return (
    `${name.padEnd(28)} ${perSecond.padStart(8)} req/s` +
    `   p50 ${milliseconds(of(({ p50 }) => p50))}   p99 ${milliseconds(of(({ p99 }) => p99))}` +
    `   cores: server ${percent(of(serverShare))} (${Math.round(of(serverCost))} µs a reply), ${database}generator ${percent(of(generatorShare))}${settled(rounds)}`
  );
}

/** What servers that settle their journal later had left of it. */
function settled(rounds: readonly Tally[]): string {
  const settlings = rounds.flatMap(({ settling }) => settling ?? []);
  if (settlings.length === 0) return "";
  const owed = Math.round(median(settlings.map(({ owed }) => owed))).toLocaleString("en");
  return `   settled ${Math.min(...settlings.map(({ generations }) => generations))} generations or more a round, then owed ${owed} entries`;
}

/** What a reply had the server write to a disk, in thousands of bytes, round by round. */
export const kilobytesWritten = ({ rounds }: Measured): number[] =>
  rounds.map(({ writtenBytes, completed }) => writtenBytes / completed / 1000);

/**
 * Says so where something else than the servers made the figure: the generator, or other processes; and where a load was over
 * before as much was settled as should be.
 */
export function doubts(...sides: Measured[]): string {
  const over = (share: (tally: Tally) => number, limit: number) =>
    sides.filter(({ rounds }) => median(rounds.map(share)) > limit).map(({ name }) => name);
  const starved = over(generatorShare, 0.95);
  const disturbed = over(({ othersCpuMs, ms }) => othersCpuMs / ms, DISTURBANCE);
  const early = sides
    .filter(({ rounds }) => rounds.some(({ settling }) => settling && settling.generations < settling.asked))
    .map(({ name }) => name);
  return [
    ...early.map((name) => `; TOO FEW GENERATIONS were settled during ${name}`),
    ...starved.map((name) => `; THE GENERATOR had no core left for ${name}`),
    ...disturbed.map((name) => `; OTHER PROCESSES were busy during ${name}: measure again`),
  ].join("");
}

const serverShare = ({ serverCpuMs, ms }: Tally) => serverCpuMs / ms;
const serverCost = ({ serverCpuMs, completed }: Tally) => (serverCpuMs * 1000) / completed;
const databaseShare = ({ databaseCpuMs, ms }: Tally) => databaseCpuMs / ms;
const generatorShare = ({ generatorCpuMs, ms }: Tally) => generatorCpuMs / ms;
const percent = (share: number) => (Number.isNaN(share) ? "?" : `${Math.round(share * 100)} %`).padStart(5);
const milliseconds = (ms: number) => `${ms.toFixed(2).padStart(6)} ms`;
