import type { Actor } from "../domain/actor.ts";
import { journaled, subjectsOf } from "../domain/journal.ts";
import type { JournalEntry } from "../domain/journal-entry.ts";
import { Tallies } from "../domain/reports/tally.ts";
import type { JournalEnd, Step, WorkingCopy } from "../domain/working-copy.ts";
import { digestOf } from "../store/chain.ts";
import type { Commit } from "../store/store.ts";

/** A command that changed something: its entry before it is numbered. */
export type Done = { appid: string; at: number; command: string; by: Actor; steps: readonly Step[] };

/**
 * The journal entries of one transaction: numbers them, chains each to the one before it of its app, and keeps what is
 * found and counted by them. `proves`: whether there are a chain and tallies; the bench tells what they cost.
 */
export class Journal {
  readonly #records: WorkingCopy;
  readonly #proves: boolean;
  readonly #ends = new Map<string, JournalEnd>();
  readonly #done: Done[] = [];
  readonly #entries: JournalEntry[] = [];

  constructor(records: WorkingCopy, proves = true) {
    this.#records = records;
    this.#proves = proves;
  }

  /** Adds the entry of a command whose steps were written to the records. */
  add(done: Done): void {
    const { appid, at, command, by, steps } = done;
    const end = this.#ends.get(appid) ?? this.#records.end(appid);
    const seq = this.#next(end);
    const text = JSON.stringify(steps.map(journaled));
    const digest = this.#proves ? digestOf(end.digest, { at, command, by, steps: text }) : "";
    const entry = { appid, seq, at, command, by, steps, text, digest, subjects: subjectsOf(done) };
    this.#ends.set(appid, entry);
    this.#entries.push(entry);
    this.#records.recordedIn(seq, steps);
    if (this.#proves) this.#done.push(done);
  }

  /** Lets the journal of an app that is emptied begin anew: its numbers go on, its chain does not. */
  beginAnew(appid: string): void {
    this.#ends.set(appid, { seq: this.#records.end(appid).seq, digest: "" });
  }

  /** What the transaction leaves behind. It is counted when that is asked for: not every store does so before it answers. */
  get commit(): Commit {
    const done = this.#done;
    return {
      changes: this.#records.changes,
      journal: this.#entries,
      get tallies() {
        const tallies = new Tallies();
        for (const one of done) tallies.add(one);
        return tallies.all;
      },
    };
  }

  /** Where apps share their numbers, those of one transaction do too. */
  #next({ seq }: JournalEnd): number {
    let next = seq + 1;
    if (this.#entries.length === 0 || this.#entries.at(-1)?.seq === seq) return next;
    while (this.#entries.some((entry) => entry.seq === next)) next++;
    return next;
  }
}
