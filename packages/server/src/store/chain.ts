import { hash } from "node:crypto";

/** What of a journal entry its digest is made of; `steps` is the JSON text that is kept. */
export type Digested = { at: number; command: string; by: string | null; steps: string };

/**
 * Chains a journal entry to the one before it of its app: base64url SHA-256 of the digest before it, "" before the first,
 * and what the entry says, line by line. Whoever changes, takes out or puts in an entry changes all digests after it.
 */
export const digestOf = (previous: string, { at, command, by, steps }: Digested): string =>
  hash("sha256", [previous, at, command, by ?? "", steps].join("\n"), "base64url");
