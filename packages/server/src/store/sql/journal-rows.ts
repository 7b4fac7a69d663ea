import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Actor } from "../../domain/actor.ts";
import type { JournalEntry, JournalRow, JournalText } from "../../domain/journal-entry.ts";
import { digestOf } from "../chain.ts";
import type { Row } from "./columns.ts";

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

/** A row that is not written yet: its batch is to be packed. */
export type NewRow = Omit<KeptRow, "batch"> & { batch: string | null };

/** What is written of a row, and selected, beside whose it is. */
export const keptNames = ["seq", "at", "command", "given_by", "digest", "steps", "entries", "batch"];
export const keptColumns = keptNames.map((name) => `journal.${name}`).join(", ");

/** Reads a row of an app that begins with {@link keptColumns}. */
export const readKept = (appid: string, [seq, at, command, by, digest, text, entries, batch]: Row): KeptRow => ({
  appid,
  seq,
  at,
  command,
  by,
  digest,
  text,
  entries,
  batch,
});

/** What stands in the place of a command in a row of several. */
const SEVERAL = "";

/** The rows in which the entries of one transaction are kept. */
export function rowsOfEntries(journal: readonly JournalEntry[]): NewRow[] {
  const rows: NewRow[] = [];
  for (const entries of Map.groupBy(journal, ({ appid }) => appid).values())
    for (let at = 0; at < entries.length; at += ENTRIES_A_ROW) rows.push(rowOf(entries.slice(at, at + ENTRIES_A_ROW)));
  return rows;
}

function rowOf(entries: readonly JournalEntry[]): NewRow {
  const { appid, seq, at, command, by, text, digest } = entries.at(-1) as JournalEntry;
  if (entries.length === 1) return { appid, seq, at, command, by, text, digest, entries: 1, batch: null };
  const batch = [entries[0]?.digest, ...entries.map(lineOf)].join("\n");
  return { appid, seq, at, command: SEVERAL, by: null, text: "", digest, entries: entries.length, batch };
}

/** A batch as it is kept. */
export const packed = (batch: string | null): Uint8Array | null =>
  batch === null ? null : zstdCompressSync(batch, LEVEL);

/** No JSON text has a tab or a line's end in it. */
const lineOf = ({ seq, at, command, by, text }: JournalEntry): string =>
  `${JSON.stringify([seq, at, command, by])}\t${text}`;

/** An entry without what proves its place. */
export type Said = Omit<JournalText, "digest">;

/** What the entries that a row holds say, in order; each is read as it is asked for. Throws where it cannot be read. */
export function* saidIn(row: KeptRow): Generator<Said, void> {
  if (row.batch === null) yield row;
  else for (const line of unpacked(row.batch).lines) yield saidBy(line);
}

/**
 * The entries that a row holds, in order. The digest of the first is kept and those after it follow from what is kept, but
 * the last is the row's own, which it must equal: whoever verifies sees what was changed in between. Of a batch that cannot
 * be read the last is told, which says nothing.
 */
export function entriesIn({ appid: _, entries: __, batch, ...row }: KeptRow): JournalText[] {
  if (batch === null) return [row];
  try {
    return provedIn(unpacked(batch), row.digest);
  } catch {
    return [row];
  }
}

function provedIn({ first, lines }: Unpacked, end: string): JournalText[] {
  let last = "";
  return lines.map((line, i) => {
    const entry = saidBy(line);
    const follows = i === 0 ? first : digestOf(last, { ...entry, steps: entry.text });
    last = i === lines.length - 1 ? end : follows;
    return { ...entry, digest: last };
  });
}

/** The digest of the first entry, and a line of each. */
type Unpacked = { first: string; lines: string[] };

function unpacked(batch: Uint8Array): Unpacked {
  const [first = "", ...lines] = zstdDecompressSync(batch).toString().split("\n");
  return { first, lines };
}

function saidBy(line: string): Said {
  const end = line.indexOf("\t");
  const [seq, at, command, by] = JSON.parse(line.slice(0, end));
  return { seq, at, command, by, text: line.slice(end + 1) };
}

/** The lines of the entries that a row holds, for {@link saidOf}; a row of one entry has none. */
export const linesIn = ({ batch }: KeptRow): string => (batch === null ? "" : zstdDecompressSync(batch).toString());

/** What the entry with a number says, of those that a row with such lines holds. */
export function saidOf(row: KeptRow, lines: string, seq: number): Said {
  if (row.batch === null) return row;
  const begin = lines.indexOf(`\n[${seq},`) + 1;
  const end = lines.indexOf("\n", begin);
  return saidBy(lines.slice(begin, end === -1 ? undefined : end));
}

/** An entry as it is read back, and what it says. */
export const told = (appid: string, entry: JournalText): JournalRow => ({
  ...entry,
  appid,
  by: entry.by as Actor | null,
  steps: JSON.parse(entry.text),
});

/** Above the number of every entry. */
export const NEVER = Number.MAX_SAFE_INTEGER;
