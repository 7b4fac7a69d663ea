import type { JournalRow, JournalText } from "../store.ts";
import type { Row } from "./columns.ts";

/** What is selected of a journal entry. */
export const entryColumns = ["appid", "seq", "at", "command", "given_by", "digest", "steps"]
  .map((name) => `journal.${name}`)
  .join(", ");

/** Reads a journal entry from `row`, which holds {@link entryColumns}. */
export const readEntry = ([appid, seq, at, command, by, digest, text]: Row): JournalRow => ({
  appid,
  seq,
  at,
  command,
  by,
  text,
  digest,
  steps: JSON.parse(text),
});

/** What is selected of a journal entry that is read as it is kept. */
export const textColumns = "seq, at, command, given_by, digest, steps";

/** Reads a journal entry as it is kept from `row`, which holds {@link textColumns}. */
export const readText = ([seq, at, command, by, digest, text]: Row): JournalText => ({
  seq,
  at,
  command,
  by,
  text,
  digest,
});

/** Above the number of every entry. */
export const NEVER = Number.MAX_SAFE_INTEGER;
