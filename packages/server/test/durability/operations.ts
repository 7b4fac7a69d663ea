/** The files that a database is in. Its `-shm` is not one of them: SQLite makes it anew and never trusts it after a crash. */
export const files = ["quanku.db", "quanku.db-wal"] as const;
export type File = (typeof files)[number];

/** What a program did that matters to a disk, or told, in the order in which it did. */
export type Operation =
  | { do: "write"; file: File; at: number; bytes: Uint8Array }
  | { do: "truncate"; file: File; size: number }
  | { do: "remove"; file: File }
  /** All that was done with the file before that many operations is on the disk; of the directory: that files are in it. */
  | { do: "sync"; file: File | "directory"; before: number }
  | { do: "tell"; text: string };
