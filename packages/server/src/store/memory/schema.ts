import type { KeptAttempt } from "../../domain/claims/attempts.ts";
import type { HandOutLine } from "../../domain/hand-outs/lines.ts";
import type { JournalEntry, JournalRow } from "../../domain/journal-entry.ts";
import { type Coupon, type RecordKind, type RecordOf, recordKinds } from "../../domain/records.ts";
import type { Tally } from "../../domain/reports/tally.ts";
import type { KeptCall } from "../../domain/sandbox/call-log.ts";
import type { KeptState } from "../store.ts";

/** Keys are ids joined by U+0000, which no id holds. */
export const keyOf = (...ids: (string | undefined)[]) => ids.join("\0");

/** A journal entry, and what its text says. */
export type KeptEntry = JournalEntry & Pick<JournalRow, "steps">;

/** The records of each kind by their ids. */
type Records = { [K in RecordKind]: Map<string, RecordOf[K]> };

/** Everything the memory store holds. */
export const emptyTables = () => ({
  ...(Object.fromEntries(recordKinds.map((kind) => [kind, new Map()])) as Records),
  /** The keys of the coupons of an app by position. */
  catalogues: new Map<string, string[]>(),
  /** The keys of the user coupons of (appid, openid) by slot. */
  wallets: new Map<string, string[]>(),
  /** Of an app, newest last. */
  callbacks: new Map<string, KeptAttempt[]>(),
  /** Of an app, newest last. */
  calls: new Map<string, KeptCall[]>(),
  /** The lines of (appid, list), in order. */
  handOutLines: new Map<string, HandOutLine[]>(),
  /** Of an app, oldest first. */
  journals: new Map<string, KeptEntry[]>(),
  /** The number of the entry that recorded a user coupon, by its key. */
  entries: new Map<string, number>(),
  /** Apps that are removed and not gone yet. */
  removals: new Set<string>(),
  /** Of an app, by day and coupon. */
  tallies: new Map<string, Map<string, Tally>>(),
  /** The saved states of (appid, name). */
  states: new Map<string, KeptState>(),
});
export type Tables = ReturnType<typeof emptyTables>;

/** The coupons of an app by position. */
export const catalogueOf = (tables: Tables, appid: string): Coupon[] =>
  (tables.catalogues.get(appid) ?? []).map((key) => tables.coupon.get(key) as Coupon);
