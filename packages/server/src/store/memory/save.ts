import { idsOfRecord, isGone } from "../../domain/records.ts";
import type { Change } from "../../domain/working-copy.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type JournalEntry } from "../store.ts";
import { keyOf, type Tables } from "./schema.ts";

/** Saves one changed record. */
export function save(tables: Tables, change: Change): void {
  const { record, value, fresh } = change;
  const key = keyOf(...idsOfRecord(change));
  if (isGone(change)) tables[record].delete(key);
  else (tables[record] as Map<string, typeof value>).set(key, value);
  if (record === "coupon") listOf(tables.catalogues, value.appid)[value.position] = key;
  if (record === "userCoupon" && fresh) listOf(tables.wallets, keyOf(value.appid, value.openid)).push(key);
}

/** Adds an entry to its app's journal. */
export function saveEntry(tables: Tables, entry: JournalEntry): void {
  const journal = listOf(tables.journals, entry.appid);
  journal.push({ ...entry, seq: journal.length + 1 });
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
