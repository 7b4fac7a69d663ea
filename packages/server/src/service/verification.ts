import { setImmediate as endOfTurn } from "node:timers/promises";
import { Audit } from "../domain/audit/audit.ts";
import { type AuditedEntry, readSteps } from "../domain/audit/entry.ts";
import type { Fault } from "../domain/audit/findings.ts";
import { ReportAudit } from "../domain/audit/reports.ts";
import { beginsJournal } from "../domain/journal.ts";
import type { JournalText } from "../domain/journal-entry.ts";
import { type RecordKind, recordKinds, type StoredRecord } from "../domain/records.ts";
import { digestOf } from "../store/chain.ts";
import type { RecordPlace, SnapshotReads, Store, TallyPlace } from "../store/store.ts";
import { dateOf } from "./days.ts";

/** How much is read at a time where others are served too: a few milliseconds' work. */
const SLICE = 200;

/** How far a verification is: entries of the journal that were read, of so many, and records that were compared. */
export type Progress = { entries: number; of: number; records: number };

/** What a verification came to; no fault: all is as the journal says. `head`: the digest that the journal ends with. */
export type Verdict = Progress & { faults: readonly Fault[]; head: string | null };

type Options = {
  /** How many entries or records are read at a time: more where nobody else waits, since a database is then asked less often. */
  slice?: number;
  /** Told after each slice. */
  onProgress?: (progress: Progress) => void;
  /** Waits after each slice, which took so many milliseconds; only until the next turn of the event loop unless given. */
  pause?: (milliseconds: number) => Promise<void>;
  /** Ends it: its reason is thrown. */
  signal?: AbortSignal;
};

/**
 * Recomputes an app from its journal, and compares with that what the store holds of it: as of one moment, beside whoever
 * writes. Throws where the store cannot be read.
 */
export const verify = (store: Store, appid: string, options: Options = {}): Promise<Verdict> =>
  store.snapshot(appid, async (reads) => {
    const sizes: Partial<Record<RecordKind, number>> = {};
    for (const kind of recordKinds) sizes[kind] = await reads.count(kind);
    const audit = new Audit(appid, Math.floor(Math.random() * 2 ** 32), sizes as Record<RecordKind, number>);
    return new Verification(reads, appid, audit, options).run();
  });

type Page = Awaited<ReturnType<SnapshotReads["records"]>>;

class Verification {
  readonly #reads: SnapshotReads;
  readonly #appid: string;
  readonly #options: Options;
  readonly #audit: Audit;
  readonly #reports = new ReportAudit(dateOf);
  readonly #progress: Progress = { entries: 0, of: 0, records: 0 };
  readonly #slice: number;
  #sliceBegan = performance.now();

  constructor(reads: SnapshotReads, appid: string, audit: Audit, options: Options) {
    this.#reads = reads;
    this.#appid = appid;
    this.#audit = audit;
    this.#options = options;
    this.#slice = options.slice ?? SLICE;
  }

  async run(): Promise<Verdict> {
    const { findings } = this.#audit;
    const end = await this.#reads.end();
    this.#progress.of = end.entries;
    const head = await this.#readJournal(end);
    await this.#compareRecords();
    await this.#compareReports();
    this.#audit.finish();
    if (findings.areUnexplained)
      await this.#eachEntry((row) => {
        const entry = this.#audited(row);
        if (entry) findings.explain(entry);
      });
    return { ...this.#progress, faults: findings.explained(), head };
  }

  /** Reads the journal; answers the digest that it ends with. */
  async #readJournal(end: Awaited<ReturnType<SnapshotReads["end"]>>): Promise<string | null> {
    const { findings } = this.#audit;
    let last = { seq: 0, head: "" };
    await this.#eachEntry((row) => {
      const entry = this.#audited(row);
      const mayFollow = end.hasGaps || (last.seq === 0 && entry !== undefined && beginsJournal(entry.steps));
      for (const fault of chainFaults(row, last, mayFollow)) findings.add(row.seq, fault);
      last = { seq: row.seq, head: row.digest };
      this.#progress.entries++;
      if (!entry) return void findings.add(row.seq, "its steps cannot be read");
      this.#audit.read(entry);
      this.#reports.read(entry);
    });
    const { seq, digest: kept } = end;
    if (last.seq !== seq)
      findings.add(
        last.seq || null,
        `the journal ends here; entry ${seq} is kept as its last: those after it were taken out`,
      );
    else if (last.head !== kept) findings.add(seq, "its digest is not the one that is kept as the journal's last");
    return last.head || null;
  }

  async #compareRecords(): Promise<void> {
    for (const record of recordKinds)
      for (let last: RecordPlace | null = null; ; ) {
        const page: Page = await this.#reads.records(record, last, this.#slice);
        for (const value of page.records) this.#audit.compare({ record, value } as StoredRecord);
        this.#progress.records += page.records.length;
        await this.#endSlice();
        last = page.last;
        if (last === null) break;
      }
  }

  async #compareReports(): Promise<void> {
    const tell = (what: string) => void this.#audit.findings.add(null, what);
    for (let last: TallyPlace | null = null; ; ) {
      const tallies = await this.#reads.tallies(last, this.#slice);
      for (const tally of tallies) this.#reports.compare(tally, tell);
      await this.#endSlice();
      last = tallies.at(-1) ?? null;
      if (last === null) break;
    }
    this.#reports.finish(tell);
  }

  async #eachEntry(take: (row: JournalText) => void): Promise<void> {
    for (let seq = 0; ; ) {
      const rows = await this.#reads.journal(seq, this.#slice);
      for (const row of rows) take(row);
      await this.#endSlice();
      const last = rows.at(-1);
      if (!last) return;
      seq = last.seq;
    }
  }

  #audited({ seq, at, command, text }: JournalText): AuditedEntry | undefined {
    const steps = readSteps(text);
    return steps && { appid: this.#appid, seq, at, command, steps };
  }

  async #endSlice(): Promise<void> {
    const { signal, onProgress, pause = () => endOfTurn() } = this.#options;
    onProgress?.({ ...this.#progress });
    await pause(performance.now() - this.#sliceBegan);
    signal?.throwIfAborted();
    this.#sliceBegan = performance.now();
  }
}

/**
 * What is wrong with an entry's place after the last one. `hasGaps`: numbers may be missing between them; that no entry is,
 * its digest tells all the same.
 */
function chainFaults(
  { digest: head, ...row }: JournalText,
  last: { seq: number; head: string },
  hasGaps: boolean,
): string[] {
  const faults: string[] = [];
  if (!hasGaps && row.seq !== last.seq + 1)
    faults.push(`entries ${last.seq + 1} to ${row.seq - 1} are missing before it`);
  const follows = digestOf(last.head, { ...row, steps: row.text });
  const before = last.seq === 0 ? "the beginning" : `entry ${last.seq}`;
  if (head !== follows)
    faults.push(`its digest does not follow from ${before}: it was changed, or one between them was taken out`);
  return faults;
}
