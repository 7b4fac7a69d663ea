import { expect, it } from "vitest";
import type { Way } from "./members.ts";
import { type Company, playHistories } from "./run.ts";

/** How many histories, of those that cost least; the environment turns them up for a soak. */
const HISTORIES = Number(process.env.QUANKU_HISTORIES ?? 16);
/** Decides what is asked, but not how it meets. */
const SEED = Number(process.env.QUANKU_HISTORIES_SEED ?? Date.now() % 2 ** 31);

const way = (commits: Way["commits"], generation: number): Way => ({ commits, generation });

/** Servers on one file, and which part of the histories they play. */
const companies: [name: string, part: number, company: Company][] = [
  ["two stores", 1, { ways: [way("here", 1), way("here", 3)] }],
  ["three stores", 1, { ways: [way("here", 0), way("here", 16_000), way("to all", 1)] }],
  ["two stores with threads", 1, { ways: [way("by thread", 1), way("by thread", 3)] }],
  ["three stores with threads", 1, { ways: [way("by thread", 16_000), way("by thread", 0), way("to all", 1)] }],
  [
    "three processes",
    1 / 4,
    { ways: [way("by thread", 1), way("here", 3), way("by thread", 16_000)], inProcesses: true },
  ],
  [
    "processes that are killed",
    1 / 8,
    { ways: [way("here", 2), way("by thread", 5)], inProcesses: true, isKilled: true },
  ],
];

it.each(companies)("what %s on one file answer at once, one shop might have answered", async (_, part, company) => {
  const tally = await playHistories(company, Math.ceil(HISTORIES * part), SEED);
  if (part < 1) return;
  for (const what of ["claim 0", "claim 1090029", "get_list 0", "journal", "held"])
    expect(tally.get(what) ?? 0, `${what}: without any it proves little`).toBeGreaterThan(0);
});
