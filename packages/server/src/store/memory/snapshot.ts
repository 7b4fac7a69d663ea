import { type RecordKind, type RecordOf, recordKinds } from "../../domain/records.ts";
import type { SnapshotReads } from "../store.ts";
import { byDay, endOf } from "./reads.ts";
import { catalogueOf, type Tables } from "./schema.ts";

/** All that an app is now, as lists that stay as they are. */
export function snapshotOf(tables: Tables, appid: string): SnapshotReads {
  const journal = [...(tables.journals.get(appid) ?? [])];
  const lists = Object.fromEntries(recordKinds.map((kind) => [kind, listOf(tables, kind, appid)])) as unknown as {
    [K in RecordKind]: RecordOf[K][];
  };
  const end = { ...endOf(tables, appid), entries: journal.length, hasGaps: false };
  const tallies = [...(tables.tallies.get(appid)?.values() ?? [])].toSorted(byDay);
  return {
    end: async () => end,
    count: async (kind) => lists[kind].length,
    journal: async (after, limit) => journal.filter(({ seq }) => seq > after).slice(0, limit),
    tallies: async (after, limit) => tallies.filter((one) => after === null || byDay(one, after) > 0).slice(0, limit),
    async records(kind, after, limit) {
      const [begin] = (after ?? [0]) as [number];
      const end = begin + limit;
      return { records: lists[kind].slice(begin, end), last: end < lists[kind].length ? [end] : null };
    },
  };
}

function listOf<K extends RecordKind>(tables: Tables, kind: K, appid: string): RecordOf[RecordKind][] {
  if (kind === "coupon") return catalogueOf(tables, appid);
  const all = ([...tables[kind].values()] as RecordOf[K][]).filter((record) => record.appid === appid);
  if (kind !== "userCoupon") return all;
  return (all as RecordOf["userCoupon"][]).toSorted((a, b) =>
    a.openid === b.openid ? a.slot - b.slot : a.openid < b.openid ? -1 : 1,
  );
}
