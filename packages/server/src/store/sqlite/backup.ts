import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { DATABASE_FILE, readDatabase } from "./connection.ts";

/** How many pages are copied from one look at the event loop to the next. */
const PAGES = 2000;
/** What says that a file system has no links; there is left to be hoped that nobody makes the file meanwhile. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** How far a backup is: pages that were copied, of all. */
export type BackupProgress = { copied: number; of: number };

/**
 * Copies the database of a data directory into a new file, as of the moment it begins, beside whoever writes; it changes
 * nothing and brings no schema up to date. Answers the copy's size in bytes. The file appears whole, checked and on the disk, or not
 * at all; only its user may read it. Throws where there is a file of this name already.
 */
export async function backUpSqlite(
  dataDir: string,
  file: string,
  onProgress: (progress: BackupProgress) => void,
  { pages = PAGES } = {},
): Promise<number> {
  assertNew(file);
  const partial = `${file}.partial`;
  closeSync(openNew(partial));
  try {
    await copy(join(dataDir, DATABASE_FILE), partial, onProgress, pages);
    check(partial);
    syncOf(partial);
    place(partial, file);
    if (process.platform !== "win32") syncOf(dirname(file));
    return statSync(file).size;
  } finally {
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(partial + end, { force: true });
  }
}

function assertNew(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })) throw new Error(`${file} is there already: name a new file`);
}

function openNew(partial: string): number {
  try {
    return openSync(partial, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`${partial} is there: another backup makes it, or one was cut off; remove it if none runs`);
  }
}

/** Copies in pieces what one transaction sees, so that no commit of anybody makes the copy begin anew. */
async function copy(
  from: string,
  to: string,
  onProgress: (progress: BackupProgress) => void,
  pages: number,
): Promise<void> {
  const source = readDatabase(from);
  try {
    source.exec("BEGIN");
    source.prepare("SELECT count(*) FROM sqlite_schema").get();
    await backup(source, to, {
      rate: pages,
      progress: ({ totalPages, remainingPages }) => onProgress({ copied: totalPages - remainingPages, of: totalPages }),
    });
  } finally {
    source.close();
  }
}

/** Throws where a copy is no whole database of ours; leaves it as one file, without a log beside it. */
function check(file: string): void {
  const db = new DatabaseSync(file);
  try {
    db.exec("PRAGMA journal_mode = DELETE");
    const [first] = db.prepare("PRAGMA integrity_check(1)").all() as { integrity_check: string }[];
    if (first?.integrity_check !== "ok")
      throw new Error(`the copy is damaged, and most likely the database is: ${first?.integrity_check}`);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const names = new Set(tables.map(({ name }) => name));
    const missing = ["app", "journal"].filter((name) => !names.has(name));
    if (missing.length > 0) throw new Error(`the database has no table ${missing.join(", ")}: it is none of Quanku's`);
  } finally {
    db.close();
  }
}

/** Gives a file its name where nobody has it yet. */
function place(partial: string, file: string): void {
  try {
    linkSync(partial, file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") assertNew(file);
    if (!NO_LINKS.includes(code)) throw error;
    assertNew(file);
    renameSync(partial, file);
  }
}

/** Waits until a file, or the names in a directory, are on the disk. */
function syncOf(path: string): void {
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
