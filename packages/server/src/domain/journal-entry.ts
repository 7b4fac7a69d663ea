import type { Actor } from "./actor.ts";
import type { Step } from "./working-copy.ts";

/**
 * One line of the append-only history: what a command changed, when (Unix seconds), and who gave it. `seq` is above that of
 * all entries of the app before it; `text` are its `steps` as JSON, in which no secret is; `digest` ends the chain of the
 * app up to it (`store/chain.ts`). `subjects`: what it can be found by (`subjectsOf`).
 */
export type JournalEntry = {
  appid: string;
  seq: number;
  at: number;
  command: string;
  by: Actor;
  steps: readonly Step[];
  text: string;
  digest: string;
  subjects: readonly string[];
};

/**
 * A journal entry as it is read back, `text` as it was written, and what it says. Who gave a command was not written down
 * at first: then `by` is null.
 */
export type JournalRow = Omit<JournalEntry, "by" | "subjects" | "steps"> & { by: Actor | null; steps: Step[] };

/** A journal entry as it is kept. */
export type JournalText = Omit<JournalRow, "appid" | "by" | "steps"> & { by: string | null };
