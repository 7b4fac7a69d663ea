import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Actor } from "../../domain/actor.ts";
import { digestOf } from "../chain.ts";
import type { JournalEntry, JournalRow, JournalText } from "../store.ts";

/**
 * How many entries a row holds at most: whoever reads one of them unpacks all. Of a batch of 64 claims each then costs
 * about 0.13 KB and 2 microseconds.
 */
const ENTRIES_A_ROW = 256;

/** Quicker than levels below it on text that repeats itself as this does. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * A row of the journal. One entry stands in it as it is (`batch` is null); several of one app stand in `batch`, complete,
 * and then `seq`, `at` and `digest` are those of the last: the row that holds an entry is the first of its app whose
 * `seq` is not below the entry's.
 */
export type KeptRow = JournalText & { appid: string; entries: number; batch: Uint8Array | null };

/** What stands in the place of a command in a row of several. */
const SEVERAL = "";

/** The rows in which the entries of one transaction are kept; `previous`: what the journal of an app ended with before. */
export function rowsOfEntries(journal: readonly JournalEntry[], previous: (appid: string) => string): KeptRow[] {
  const rows: KeptRow[] = [];
  for (const [appid, entries] of Map.groupBy(journal, (entry) => entry.appid)) {
    let digest = previous(appid);
    for (let at = 0; at < entries.length; at += ENTRIES_A_ROW) {
      const some = entries.slice(at, at + ENTRIES_A_ROW);
      rows.push(rowOf(some, digest));
      digest = (some.at(-1) as JournalEntry).digest;
    }
  }
  return rows;
}

function rowOf(entries: readonly JournalEntry[], previous: string): KeptRow {
  const { appid, seq, at, command, by, text, digest } = entries.at(-1) as JournalEntry;
  if (entries.length === 1) return { appid, seq, at, command, by, text, digest, entries: 1, batch: null };
  const batch = zstdCompressSync([previous, ...entries.map(lineOf)].join("\n"), LEVEL);
  return { appid, seq, at, command: SEVERAL, by: null, text: "", digest, entries: entries.length, batch };
}

/** No JSON text has a tab or a line's end in it. */
const lineOf = ({ seq, at, command, by, text }: JournalEntry): string =>
  `${JSON.stringify([seq, at, command, by])}\t${text}`;

/**
 * The entries that a row holds, in order. Their digests follow from what the row says the one before it ended with; that
 * of the last is the row's own, which it must equal. Of a batch that cannot be read the last is told, which says nothing.
 */
export function entriesIn({ appid: _, entries: __, batch, ...row }: KeptRow): JournalText[] {
  if (batch === null) return [row];
  try {
    return entriesInBatch(batch, row.digest);
  } catch {
    return [row];
  }
}

function entriesInBatch(batch: Uint8Array, digest: string): JournalText[] {
  const [previous = "", ...lines] = zstdDecompressSync(batch).toString().split("\n");
  let last = previous;
  const entries = lines.map((line) => {
    const end = line.indexOf("\t");
    const [seq, at, command, by] = JSON.parse(line.slice(0, end));
    const text = line.slice(end + 1);
    last = digestOf(last, { at, command, by, steps: text });
    return { seq, at, command, by, text, digest: last };
  });
  const end = entries.at(-1);
  if (end) end.digest = digest;
  return entries;
}

/** An entry as it is read back, and what it says. */
export const told = (appid: string, entry: JournalText): JournalRow => ({
  ...entry,
  appid,
  by: entry.by as Actor | null,
  steps: JSON.parse(entry.text),
});
