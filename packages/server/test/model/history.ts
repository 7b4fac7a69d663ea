import { isDeepStrictEqual } from "node:util";
import type { Store } from "../../src/store/store.ts";
import { Mismatch } from "./compare.ts";

/** What the journal must show of one call that changed something. */
export type Changed = { appid: string; at: number; records: string };

/** Commands that are no coupon calls; the model does not follow them. */
const ofAccess = ["createApp", "issueToken"];
const PAGE = 1_000;

/**
 * Reads a store's journal as it grows: `seq` must increase strictly, and every step must start from the state in which
 * the step before left its record.
 */
export class History {
  private readonly store: Store;
  private read = 0;
  private readonly states = new Map<string, object>();

  constructor(store: Store) {
    this.store = store;
  }

  /** What has been journaled of coupon calls since it was last asked. */
  async since(): Promise<Changed[]> {
    const changed: Changed[] = [];
    const from = this.read;
    for (;;) {
      const rows = await this.store.readJournal(this.read, PAGE);
      for (const { seq, appid, at, command, steps } of rows) {
        if (!(seq > this.read)) throw new Mismatch(`journal: seq ${seq} after ${this.read}`);
        this.read = seq;
        for (const step of steps) this.follow(appid, seq, step);
        const records = steps.filter((step) => !isDeepStrictEqual(step.before, step.after));
        if (ofAccess.includes(command) || records.length === 0) continue;
        changed.push({
          appid,
          at,
          records: records
            .map(({ record }) => record)
            .sort()
            .join("+"),
        });
      }
      if (rows.length < PAGE) break;
    }
    if (this.read === from) throw new Mismatch("journal: nothing was written");
    return changed;
  }

  private follow(appid: string, seq: number, step: { record: string; before: object | null; after: object }) {
    const { outCouponId, outUserCouponId, requestId } = step.after as { [member: string]: unknown };
    const key = JSON.stringify([appid, step.record, outCouponId, outUserCouponId, requestId]);
    const known = this.states.get(key) ?? null;
    if (!isDeepStrictEqual(step.before, known)) {
      const [before, was] = [JSON.stringify(step.before), JSON.stringify(known)];
      throw new Mismatch(`journal: seq ${seq}, ${key} goes on from\n${before}\nbut was\n${was}`);
    }
    this.states.set(key, step.after);
  }
}
