import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { assertDurable, DATABASE_FILE, openDatabase } from "../../src/store/sqlite/connection.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { steps } from "../../src/store/sqlite/schema.ts";
import { anApp, put } from "../../testing/records.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

function directory(): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  return path;
}

/** A database of nobody's settings: SQLite's own defaults, then `pragmas`. */
function plainDatabase(dataDir: string, ...pragmas: string[]): DatabaseSync {
  const db = new DatabaseSync(join(dataDir, DATABASE_FILE));
  onTestFinished(() => db.close());
  for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`);
  return db;
}

const settingsOf = (db: DatabaseSync) => ({
  ...db.prepare("PRAGMA journal_mode").get(),
  ...db.prepare("PRAGMA synchronous").get(),
});

it.each([
  ["journal_mode = DELETE", "synchronous = FULL", "SQLite runs with journal_mode delete here, not wal"],
  ["journal_mode = TRUNCATE", "synchronous = EXTRA", "SQLite runs with journal_mode truncate here, not wal"],
  ["journal_mode = MEMORY", "synchronous = FULL", "SQLite runs with journal_mode memory here, not wal"],
  ["journal_mode = WAL", "synchronous = NORMAL", "SQLite runs with synchronous 1 here, not FULL"],
  ["journal_mode = WAL", "synchronous = OFF", "SQLite runs with synchronous 0 here, not FULL"],
])("refuses %s with %s, naming the setting", (journal, synchronous, said) => {
  const db = plainDatabase(directory(), journal, synchronous);
  expect(() => assertDurable(db)).toThrow(said);
});

it.each(["FULL", "EXTRA"])("takes journal_mode = WAL with synchronous = %s", (synchronous) => {
  const db = plainDatabase(directory(), "journal_mode = WAL", `synchronous = ${synchronous}`);
  expect(() => assertDurable(db)).not.toThrow();
});

it("opens databases with the settings that it promises, whatever they were left with", () => {
  const dataDir = directory();
  const left = new DatabaseSync(join(dataDir, DATABASE_FILE));
  left.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; CREATE TABLE kept (x)");
  left.close();

  const db = openDatabase(dataDir);
  onTestFinished(() => db.close());
  expect(settingsOf(db)).toEqual({ journal_mode: "wal", synchronous: 2 });
});

it("refuses a database of a newer program with a clear text, and leaves it as it is", async () => {
  const dataDir = directory();
  await openSqliteStore(dataDir).close();
  const newer = new DatabaseSync(join(dataDir, DATABASE_FILE));
  newer.exec("PRAGMA user_version = 1000");
  newer.close();
  const before = readFileSync(join(dataDir, DATABASE_FILE));

  expect(() => openSqliteStore(dataDir)).toThrow(
    `the database has schema 1000, this program knows up to ${steps.length}: start the newer program again, or restore a backup`,
  );
  expect(readdirSync(dataDir)).toEqual([DATABASE_FILE]);
  expect(readFileSync(join(dataDir, DATABASE_FILE)).equals(before)).toBe(true);
});

it("keeps its files from everybody but their owner", async () => {
  const dataDir = directory();
  const file = join(dataDir, DATABASE_FILE);
  await openSqliteStore(dataDir).close();
  chmodSync(file, 0o644);

  const store = openSqliteStore(dataDir);
  onTestFinished(() => store.close());
  await put(store, { record: "app", value: anApp("a") });
  const modes = readdirSync(dataDir).map((name) => [name, statSync(join(dataDir, name)).mode & 0o777]);
  expect(modes).toEqual([
    [DATABASE_FILE, 0o600],
    [`${DATABASE_FILE}-shm`, 0o600],
    [`${DATABASE_FILE}-wal`, 0o600],
  ]);
});
