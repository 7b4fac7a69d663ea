import type { JournalEntry } from "@quanku/sdk/admin";

/** A record as the journal keeps it: its members by the names that they have there. */
export type Facts = Readonly<Record<string, unknown>>;

/** An entry as it is asked: what each kind of record is since, and what it was; nothing where it has no such step. */
export type About = {
  time: number;
  steps: JournalEntry["steps"];
  has: (record: string) => boolean;
  before: (record: string) => Facts;
  after: (record: string) => Facts;
};

export function about({ time, steps }: JournalEntry): About {
  const step = (record: string) => steps.find((one) => one.record === record);
  return {
    time,
    steps,
    has: (record) => step(record) !== undefined,
    before: (record) => step(record)?.before ?? {},
    after: (record) => step(record)?.after ?? {},
  };
}

export const textOf = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
export const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
export const listOf = <One = Facts>(value: unknown): One[] => (Array.isArray(value) ? value : []);

/** The members that differ. */
export const whatDiffers = (was: Facts = {}, is: Facts = {}): string[] =>
  Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));

export const sumOf = <One>(list: readonly One[], of: (one: One) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0);
