import { idsOfRecord, isGone } from "../../domain/records.ts";
import { countNames, type Tally } from "../../domain/reports/tally.ts";
import type { Change } from "../../domain/working-copy.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type JournalEntry } from "../store.ts";
import { keyOf, type Tables } from "./schema.ts";

/** Saves one changed record. */
export function save(tables: Tables, change: Change): void {
  const { record, value, fresh, entry } = change;
  const key = keyOf(...idsOfRecord(change));
  if (isGone(change)) tables[record].delete(key);
  else (tables[record] as Map<string, typeof value>).set(key, value);
  if (record === "coupon") listOf(tables.catalogues, value.appid)[value.position] = key;
  if (record === "userCoupon" && fresh) listOf(tables.wallets, keyOf(value.appid, value.openid)).push(key);
  if (entry !== undefined) tables.entries.set(key, entry);
}

/** Adds an entry to its app's journal. */
export const saveEntry = (tables: Tables, entry: JournalEntry): void =>
  void listOf(tables.journals, entry.appid).push(entry);

/** Adds what was counted to what was counted before. */
export function saveTally(tables: Tables, tally: Tally): void {
  const ofApp = tables.tallies.get(tally.appid) ?? new Map<string, Tally>();
  tables.tallies.set(tally.appid, ofApp);
  const key = keyOf(`${tally.day}`, tally.outCouponId);
  const sum = { ...(ofApp.get(key) ?? tally) };
  if (ofApp.has(key)) for (const name of countNames) sum[name] += tally[name];
  ofApp.set(key, sum);
}

/** Keeps attempts at asking a merchant. */
export function saveCallbacks(tables: Tables, attempts: readonly CallbackAttempt[]): void {
  for (const attempt of attempts) {
    const kept = [...(tables.callbacks.get(attempt.appid) ?? []), attempt];
    const oldest = attempt.at - CALLBACKS_KEPT.milliseconds;
    tables.callbacks.set(attempt.appid, kept.filter(({ at }) => at >= oldest).slice(-CALLBACKS_KEPT.count));
  }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
