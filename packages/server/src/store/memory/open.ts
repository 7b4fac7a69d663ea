import { WorkingCopy } from "../../domain/working-copy.ts";
import { beingRemoved, type Store, StoreBusyError } from "../store.ts";
import { load } from "./load.ts";
import { endOf, reads } from "./reads.ts";
import { beginRemoval, empty, removeSome } from "./remove.ts";
import {
  removeLines,
  save,
  saveCallbacks,
  saveCalls,
  saveEntry,
  saveLines,
  saveResults,
  saveState,
  saveTally,
} from "./save.ts";
import { emptyTables, keyOf } from "./schema.ts";
import { snapshotOf } from "./snapshot.ts";

/** A store that lives and dies with its process: for tests and simulations. */
export function openMemoryStore(): Store {
  const tables = emptyTables();
  return {
    ...reads(tables),
    async transact(keys, work) {
      for (const { appid } of keys) if (tables.removals.has(appid)) throw new StoreBusyError(beingRemoved(appid));
      const records = new WorkingCopy();
      for (const key of keys) if (!records.knows(key)) load(tables, key, records);
      records.provideEnds((appid) => endOf(tables, appid));
      records.provideClocks((appid) => tables.app.get(appid)?.sandbox?.clock ?? null);
      const { changes, journal, tallies = [], removes = [], empties = [] } = work(records);
      for (const appid of empties) empty(tables, appid);
      for (const change of changes) save(tables, change);
      for (const entry of journal) saveEntry(tables, entry);
      for (const tally of tallies) saveTally(tables, tally);
      for (const appid of removes) beginRemoval(tables, appid);
    },
    keepCallbacks: async (attempts) => saveCallbacks(tables, attempts),
    keepCalls: async (calls) => saveCalls(tables, calls),
    keepState: async (state) => saveState(tables, state),
    removeState: async (appid, name) => tables.states.delete(keyOf(appid, name)),
    snapshot: async (appid, work) => work(snapshotOf(tables, appid)),
    addHandOutLines: async (appid, list, lines) => saveLines(tables, [appid, list], lines),
    noteHandOutLines: async (handOut, worker, results) => saveResults(tables, handOut, worker, results),
    removeHandOutLines: async (appid, list, limit) => removeLines(tables, keyOf(appid, list), limit),
    removeSome: async (appid, limit) => removeSome(tables, appid, limit),
    listRemovals: async () => [...tables.removals],
    foreignRevision: async () => 0,
    kind: "memory",
    writers: 1,
    patience: 10_000,
    ping: async () => {},
    close: async () => {},
  };
}
