/** What hinders a write for now, by SQLite's result code without its extension. */
const hindrances: Record<number, string> = {
  5: "another process holds the database's lock",
  6: "another process holds the database's lock",
  8: "the database is read-only",
  10: "the disk cannot be read or written",
  13: "the disk is full",
  14: "the database's files cannot be opened",
};

const codeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** Whether another process's lock is what hinders. */
export const isLocked = (error: unknown): boolean => [5, 6].includes(codeOf(error));

/** What hinders a write for now, in words; undefined where the error is a fault. */
export const whyBusy = (error: unknown): string | undefined => hindrances[codeOf(error)];
