import { statSync } from "node:fs";

/**
 * The files that a database was opened in, and whether they are still where they were. SQLite goes on writing to files
 * that were deleted or moved away: whatever it commits there is gone when the process ends.
 */
export function placeOf(file: string) {
  const files = [file, `${file}-wal`].map((path) => ({ path, was: identityOf(path) }));
  return {
    /** Which of the files is gone or another one; undefined while all are in place. */
    missing: (): string | undefined => files.find(({ path, was }) => identityOf(path) !== was)?.path,
  };
}

/** Device and number of a file; undefined where there is none, or nobody may look. */
function identityOf(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && `${found.dev} ${found.ino}`;
  } catch {
    return undefined;
  }
}
