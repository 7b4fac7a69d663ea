import { CALLBACKS_KEPT, type CallbackAttempt } from "../../domain/claims/attempts.ts";
import type { HandOutLine, LineResult } from "../../domain/hand-outs/lines.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { type HandOut, idsOfRecord, isGone } from "../../domain/records.ts";
import { countNames, type Tally } from "../../domain/reports/tally.ts";
import { CALLS_KEPT, type LoggedCall } from "../../domain/sandbox/call-log.ts";
import type { Change } from "../../domain/working-copy.ts";
import { type KeptState, STATES_KEPT } from "../store.ts";
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
  void listOf(tables.journals, entry.appid).push({ ...entry, steps: JSON.parse(entry.text) });

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
export function saveCallbacks(tables: Tables, attempts: readonly CallbackAttempt[]): number[] {
  const nths = attempts.map((attempt) => {
    if (!tables.app.has(attempt.appid)) return 0;
    const kept = listOf(tables.callbacks, attempt.appid);
    const nth = (kept.at(-1)?.nth ?? 0) + 1;
    kept.push({ ...attempt, nth });
    return nth;
  });
  for (const [appid, ofApp] of Map.groupBy(attempts, ({ appid }) => appid)) {
    const oldest = Math.max(...ofApp.map(({ at }) => at)) - CALLBACKS_KEPT.milliseconds;
    const kept = tables.callbacks.get(appid) ?? [];
    tables.callbacks.set(appid, kept.filter(({ at }) => at >= oldest).slice(-CALLBACKS_KEPT.count));
  }
  return nths;
}

/** Keeps calls of sandbox apps. */
export function saveCalls(tables: Tables, calls: readonly LoggedCall[]): void {
  for (const [appid, ofApp] of Map.groupBy(calls, ({ appid }) => appid)) {
    if (!tables.app.has(appid)) continue;
    const kept = listOf(tables.calls, appid);
    for (const call of ofApp) kept.push({ ...call, nth: (kept.at(-1)?.nth ?? 0) + 1 });
    const oldest = Math.max(...ofApp.map(({ at }) => at)) - CALLS_KEPT.milliseconds;
    const young = kept.slice(kept.findIndex(({ at }) => at >= oldest));
    tables.calls.set(appid, young.slice(-CALLS_KEPT.count));
  }
}

/** Keeps a state of an app; answers whether there was room. */
export function saveState(tables: Tables, state: KeptState): boolean {
  const { appid, name } = state;
  const others = [...tables.states.values()].filter((kept) => kept.appid === appid && kept.name !== name);
  if (!tables.app.has(appid) || others.length >= STATES_KEPT) return false;
  tables.states.set(keyOf(appid, name), state);
  return true;
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
