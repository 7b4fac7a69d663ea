import type { Actor } from "../../domain/actor.ts";
import { subjectsOf } from "../../domain/journal.ts";
import type { UserCoupon, UserCouponId } from "../../domain/records.ts";
import { Tallies } from "../../domain/reports/tally.ts";
import type { JournalEnd, Step } from "../../domain/working-copy.ts";
import { digestOf } from "../chain.ts";

/** A row of a journal that is not chained yet. */
export type UnchainedRow = { appid: string; seq: number; at: number; command: string; by: Actor | null; text: string };

/** What is kept of an entry beside its row: its digest, what it is found by, and the user coupons it recorded. */
type Retold = { digest: string; subjects: string[]; recorded: UserCouponId[] };

/**
 * Tells of journals that were written before entries were chained what the ledger would have kept of them. Rows come in
 * the order of each app's journal.
 */
export class Retelling {
  readonly ends = new Map<string, JournalEnd>();
  #tallies = new Tallies();

  tell({ appid, seq, at, command, by, text }: UnchainedRow): Retold {
    const steps = JSON.parse(text) as Step[];
    const digest = digestOf(this.ends.get(appid)?.digest ?? "", { at, command, by, steps: text });
    this.ends.set(appid, { seq, digest });
    this.#tallies.add({ appid, at, command, steps });
    const recorded = steps.flatMap(({ record, before, after }) =>
      record === "userCoupon" && before === null ? [after as UserCoupon] : [],
    );
    return { digest, subjects: subjectsOf({ by, steps }), recorded };
  }

  /** What was counted since this was last asked. */
  takeTallies() {
    const { all } = this.#tallies;
    this.#tallies = new Tallies();
    return all;
  }
}
