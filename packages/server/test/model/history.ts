import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Store } from "../../src/store/store.ts";
import { Mismatch } from "./compare.ts";
import { linesOfTallies, Recount, type Touched } from "./recount.ts";

/** What the journal must show of one call that changed something. */
export type Changed = { appid: string; at: number; records: string };

/** Commands that are no coupon calls; the model does not follow them. */
export const ofAccess = ["createApp", "issueToken", "configureApp", "confirmCallback"];
/** What moves an app's clock; on its way it may stop as often as it likes. */
const ofClocks = ["setClock", "freezeClock", "resumeClock"];
/** What becomes of a hand-out itself; what it gives are claims. */
const ofHandOuts = ["createHandOut", "startHandOut", "takeHandOut", "advanceHandOut"];
const PAGE = 1_000;

/**
 * Reads a store's journal as it grows: `seq` must increase strictly, no entry be of an earlier second than the one before
 * it, every step must start from the state in which
 * the step before left its record, every entry must be chained to the one before, and the tallies must be what the
 * entries come to.
 */
export class History {
  private readonly store: Store;
  private readonly read = new Map<string, number>();
  private readonly states = new Map<string, object | null>();
  private readonly digests = new Map<string, string>();
  private readonly seconds = new Map<string, number>();
  private readonly recounts = new Map<string, Recount>();

  constructor(store: Store) {
    this.store = store;
  }

  /** What has been journaled of an app's coupon calls since it was last asked. */
  async since(appid: string): Promise<Changed[]> {
    const changed: Changed[] = [];
    const from = this.read.get(appid) ?? 0;
    let read = from;
    const recount = this.recounts.get(appid) ?? new Recount();
    this.recounts.set(appid, recount);
    for (;;) {
      const rows = await this.store.readJournal(appid, read, PAGE);
      for (const { seq, at, command, by, steps, text, digest, ...row } of rows) {
        if (row.appid !== appid) throw new Mismatch(`journal of ${appid}: seq ${seq} is of ${row.appid}`);
        if (!(seq > read)) throw new Mismatch(`journal of ${appid}: seq ${seq} after ${read}`);
        read = seq;
        const before = this.seconds.get(appid) ?? 0;
        if (at < before) throw new Mismatch(`journal of ${appid}: seq ${seq} is of ${at}, after one of ${before}`);
        this.seconds.set(appid, at);
        const said = [this.digests.get(appid) ?? "", at, command, by, text].join("\n");
        if (createHash("sha256").update(said).digest("base64url") !== digest)
          throw new Mismatch(`journal of ${appid}: seq ${seq} is not chained to the entry before it`);
        this.digests.set(appid, digest);
        const touched = new Map<string, Touched>();
        for (const step of steps) this.follow(appid, seq, step, touched);
        recount.add(at, command, [...touched.values()]);
        const records = [...touched.values()].filter(({ before, after }) => !isDeepStrictEqual(before, after));
        if ([...ofAccess, ...ofClocks, ...ofHandOuts].includes(command) || records.length === 0) continue;
        const theirs = by?.startsWith("operator ") ? " by an operator" : "";
        changed.push({ appid, at, records: records.map(named).sort().join("+") + theirs });
      }
      if (rows.length < PAGE) break;
    }
    if (read === 0) throw new Mismatch(`journal of ${appid}: nothing was written`);
    await this.assertEnd(appid, read, recount);
    this.read.set(appid, read);
    return changed;
  }

  private async assertEnd(appid: string, read: number, recount: Recount) {
    const { seq, digest } = await this.store.journalEnd(appid);
    if (seq !== read || digest !== this.digests.get(appid)) throw new Mismatch(`journal of ${appid}: ends at ${seq}`);
    const tallies = await this.store.listTallies(appid, { from: 0, to: 99_999, outCouponId: null }, null, 9_999);
    const [kept, counted] = [linesOfTallies(tallies), recount.lines].map((lines) => lines.join("\n"));
    if (kept !== counted) throw new Mismatch(`tallies of ${appid}:\n${kept}\nbut the journal comes to\n${counted}`);
  }

  /** A record that an entry changes twice is one that it changed. */
  private follow(appid: string, seq: number, step: Touched, touched: Map<string, Touched>) {
    const { outCouponId, outUserCouponId, requestId, outOrderId, handOutId } = step.after as {
      [member: string]: unknown;
    };
    const key = JSON.stringify([appid, step.record, outCouponId, outUserCouponId, requestId, outOrderId, handOutId]);
    const known = this.states.get(key) ?? null;
    if (!isDeepStrictEqual(step.before, known)) {
      const [before, was] = [JSON.stringify(step.before), JSON.stringify(known)];
      throw new Mismatch(`journal: seq ${seq}, ${key} goes on from\n${before}\nbut was\n${was}`);
    }
    // What is promised is not kept once it is closed.
    this.states.set(key, isClosed(step) ? null : step.after);
    touched.set(key, { ...step, before: (touched.get(key) ?? step).before });
  }
}

const isClosed = ({ record, after }: Touched) => record === "hold" && !(after as { open: boolean }).open;

/** A record's kind; of a stock also what it says is promised, which no reply tells, and of an order its status. */
export function named({ record, after }: Touched): string {
  if (record === "stock") return `stock with ${(after as { promised: number }).promised} promised`;
  return record === "order" ? `order ${(after as { status: string }).status}` : record;
}

/**
 * What changed, line by line. In which order holds that come to their end in one second are given back, nobody has said:
 * neighbours of that kind are put in order.
 */
export function linesOf(changed: readonly Omit<Changed, "appid">[]): string[] {
  const lines = changed.map(({ at, records }) => `${at} ${records}`);
  const isOfHold = (line = "") => /^\d+ hold/.test(line);
  for (let end = 1; end < lines.length; end++) {
    for (let at = end; at > 0 && isOfHold(lines[at]) && isOfHold(lines[at - 1]); at--) {
      const [before, after] = [lines[at - 1] as string, lines[at] as string];
      if (before.split(" ")[0] !== after.split(" ")[0] || before <= after) break;
      lines.splice(at - 1, 2, after, before);
    }
  }
  return lines;
}
