import type { HandOutLine, LineResult } from "../../domain/hand-outs/lines.ts";
import { type HandOut, idsOfRecord, isGone } from "../../domain/records.ts";
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

/** Adds lines to a list of a hand-out. */
export function saveLines(
  tables: Tables,
  [appid, list]: [string, string],
  lines: readonly Pick<HandOutLine, "line" | "openid">[],
): void {
  const saved = listOf(tables.handOutLines, keyOf(appid, list));
  const before = new Set(saved.map(({ openid }) => openid));
  for (const { line, openid } of lines) {
    saved.push({ line, openid, result: before.has(openid) ? { skipped: "repeated" } : null });
    before.add(openid);
  }
}

/** Notes results of lines. */
export function saveResults(
  tables: Tables,
  { appid, handOutId, list }: Pick<HandOut, "appid" | "handOutId" | "list">,
  worker: string,
  results: readonly { line: number; result: LineResult }[],
): void {
  if (tables.handOut.get(keyOf(appid, handOutId))?.worker !== worker) return;
  const noted = new Map(results.map(({ line, result }) => [line, result]));
  const lines = tables.handOutLines.get(keyOf(appid, list)) ?? [];
  for (const [i, one] of lines.entries()) {
    const result = noted.get(one.line);
    if (result) lines[i] = { ...one, result };
  }
}

/** Removes lines of a list; answers how many. */
export function removeLines(tables: Tables, key: string, limit: number): number {
  const lines = tables.handOutLines.get(key) ?? [];
  const removed = lines.splice(0, limit).length;
  if (lines.length === 0) tables.handOutLines.delete(key);
  return removed;
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
