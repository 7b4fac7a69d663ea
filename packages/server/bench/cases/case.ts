import type { Figure } from "../figures.ts";
import type { Job, Tally } from "../load/job.ts";
import type { Pace } from "../rounds.ts";

/** What a case measures with. */
export type Bench = {
  /** Runs load in the generator's process. */
  run(job: Job): Promise<Tally>;
  pace: Pace;
  /** Whether what is measured may be smaller, to take less time. */
  isQuick: boolean;
  /** How many coupons a shop has where that is what is measured. */
  coupons: number;
  /** Where Quanku leaves profiles, if it is asked to. */
  profileTo: string | undefined;
};

/** One thing to measure, in a file of its own. It starts its servers, on new data, and stops them. */
export type Case = { name: string; about: string; run(bench: Bench): Promise<Figure[]> };
