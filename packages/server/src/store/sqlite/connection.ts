import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { migrate } from "./schema.ts";

/** The database's file in the data directory. */
export const DATABASE_FILE = "quanku.db";

/**
 * How long a statement waits for another process's transaction, in milliseconds: when the database is opened, and later,
 * where nobody else is served meanwhile.
 */
const [OPENING_TIMEOUT, BUSY_TIMEOUT] = [5000, 20];

/**
 * Opens the database of a data directory, creating both where they are missing.
 * Throws, naming the setting, where the file system does not give the durability that an acknowledged write promises.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, DATABASE_FILE);
  const db = new DatabaseSync(file, { timeout: OPENING_TIMEOUT, enableForeignKeyConstraints: false });
  try {
    chmodSync(file, 0o600);
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    db.exec("PRAGMA cache_size = -65536");
    db.exec("PRAGMA wal_autocheckpoint = 4000");
    assertDurable(db);
    migrate(db);
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Another connection to a database that is there already; it makes no new file. */
export function reopenDatabase(file: string): DatabaseSync {
  const url = pathToFileURL(file);
  url.searchParams.set("mode", "rw");
  return new DatabaseSync(url, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: false });
}

/** A connection that only reads, and keeps little in memory of what it read. */
export const readDatabase = (file: string): DatabaseSync =>
  new DatabaseSync(file, { readOnly: true, timeout: OPENING_TIMEOUT });

/** Reads back what durability rests on (SQLite reports `synchronous` FULL as 2, EXTRA as 3). */
export function assertDurable(db: DatabaseSync): void {
  const { journal_mode } = db.prepare("PRAGMA journal_mode").get() as { journal_mode: string };
  const { synchronous } = db.prepare("PRAGMA synchronous").get() as { synchronous: number };
  if (journal_mode !== "wal")
    throw new Error(
      `SQLite runs with journal_mode ${journal_mode} here, not wal: put the data directory on a local disk`,
    );
  if (synchronous < 2)
    throw new Error(`SQLite runs with synchronous ${synchronous} here, not FULL: writes would not be durable`);
}
