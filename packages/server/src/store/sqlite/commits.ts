import type { DatabaseSync } from "node:sqlite";
import type { RecordKey } from "../../domain/records.ts";
import { WorkingCopy } from "../../domain/working-copy.ts";
import { rowsOfEntries } from "../sql/journal-rows.ts";
import type { Commit } from "../store.ts";
import type { JournalFirst } from "./journal-first.ts";
import { clockReader, endReader, loader } from "./load.ts";
import { type AppNumbers, Numbers } from "./numbers.ts";
import { canBeOwed, canBeTold, type Owed } from "./owed.ts";
import type { placeOf } from "./place.ts";
import type { remover } from "./remove.ts";
import { saver } from "./save.ts";
import type { Seen } from "./seen.ts";
import type { settler } from "./settle.ts";
import { query } from "./statements.ts";
import { assertInPlace, type moments, type transactions } from "./transactions.ts";

type Options = {
  db: DatabaseSync;
  appNumbers: AppNumbers;
  owed: Owed;
  seen: Seen;
  first: JournalFirst;
  transact: ReturnType<typeof transactions>;
  atOneMoment: ReturnType<typeof moments>;
  settling: ReturnType<typeof settler>;
  removals: ReturnType<typeof remover>;
  place: ReturnType<typeof placeOf>;
  /** The last entry of all journals. */
  lastEntry: () => number;
};

type Work = (records: WorkingCopy) => Commit;

/** Decides and commits, for whoever has the turn: to the journal alone where that may be, or to all tables at once. */
export function commits(options: Options) {
  const { owed, seen, first, transact, atOneMoment, settling, place, lastEntry, appNumbers } = options;
  const decided = decider(options);
  const save = commitSaver(options);

  async function toAll(keys: readonly RecordKey[], work: Work): Promise<number> {
    await first.settleAll();
    owed.forget();
    const { last, before, changes, numbers } = transact(() => {
      const before = settling.all();
      const { commit, numbers, gone } = decided(keys, work);
      save(commit, numbers, gone);
      const last = commit.journal.length > 0 ? lastEntry() : before;
      if (last !== before) settling.keepUp(last);
      return { last, before, changes: commit.changes, numbers };
    });
    first.wrote(last, before);
    seen.note(changes, numbers);
    return changes.length;
  }

  /** Answers undefined, with nothing done, where it cannot be. */
  async function toJournal(keys: readonly RecordKey[], work: Work): Promise<number | undefined> {
    for (;;) {
      await first.makeRoom();
      const decision = atOneMoment(() => !first.isBehind() && decided(keys, work));
      if (!decision) {
        await first.catchUp();
        continue;
      }
      const { commit, copy, numbers, gone } = decision;
      const { changes, journal, removes = [], empties = [] } = commit;
      if (changes.length === 0 && journal.length === 0) return 0;
      if (journal.length === 0 || !canBeOwed(changes, copy) || removes.length > 0 || empties.length > 0)
        return undefined;
      if (gone.size > 0) return undefined;
      const rows = rowsOfEntries(journal).map((row) => ({ app: appNumbers.find(row.appid), row }));
      if (!(await first.commit({ rows, after: first.known }, { journal, records: copy }))) continue;
      seen.note(changes, numbers);
      assertInPlace(place);
      return changes.length;
    }
  }

  /** Answers how many records were changed. */
  return async (keys: readonly RecordKey[], work: Work): Promise<number> => {
    const count = first.isOn && canBeTold(keys) ? await toJournal(keys, work) : undefined;
    return count ?? toAll(keys, work);
  };
}

/** Loads what keys name, and lets work decide on it. */
function decider({ db, appNumbers, owed, seen, first, removals }: Options) {
  const selectCouponId = query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?");
  const load = loader(db, { owed, seen });
  const readEnd = endReader(db);
  const clockOf = clockReader(db);
  /** Throws where an app is being removed; `gone`: those of the keys' apps that are. */
  return (keys: readonly RecordKey[], work: Work) => {
    const gone = removals.goneOf(new Set(keys.map(({ appid }) => appid)));
    const copy = new WorkingCopy();
    const numbers = new Numbers(appNumbers, selectCouponId);
    load(keys, copy, numbers);
    copy.provideEnds((appid) => {
      const digest = owed.digest(appid);
      return digest === undefined ? readEnd(appid, numbers) : { seq: first.known, digest };
    });
    copy.provideClocks((appid) => owed.steady.clocks.get(appid, () => clockOf(appid)));
    return { commit: work(copy), copy, numbers, gone };
  };
}

/** Saves to all tables what a transaction leaves behind. */
function commitSaver({ db, removals }: Options) {
  const { saveChange, saveJournal, saveTally } = saver(db);
  return (commit: Commit, numbers: Numbers, gone: Set<string>): void => {
    const { changes, journal, tallies = [], removes = [], empties = [] } = commit;
    for (const appid of empties) removals.empty(appid);
    for (const change of changes) {
      if (change.record === "app" && change.fresh) gone.delete(change.value.appid);
      if (gone.has(change.value.appid)) throw new Error(`a change of app ${change.value.appid}, which does not exist`);
      saveChange(change, numbers);
    }
    saveJournal(journal, numbers);
    for (const tally of tallies) saveTally(tally, numbers);
    for (const appid of removes) removals.begin(appid);
  };
}
