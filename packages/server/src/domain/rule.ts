import type { Outcome } from "./outcome.ts";
import type { RecordKey } from "./records.ts";
import type { Records } from "./working-copy.ts";

/**
 * How one kind of command is decided. Pure: the same command on the same records at the same second has the same
 * outcome on every store. `needs` names all that `decide` reads. `now` is Unix seconds.
 */
export type Rule<C, R = undefined> = {
  needs(command: C): RecordKey[];
  decide(command: C, records: Records, now: number): Outcome<R>;
};

/** The largest count and the latest second that the wire can carry: some clients read 32-bit integers. */
export const COUNT_MAX = 2_147_483_647;
