/** The thread of staircase.ts that commits a batch of claims as one row of SQLite's, on the settings that Quanku's data has. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const db = new DatabaseSync(join(workerData as string, "journal.db"));
db.exec("PRAGMA journal_mode = WAL");
db.exec("PRAGMA synchronous = FULL");
db.exec("PRAGMA wal_autocheckpoint = 4000");
db.exec("CREATE TABLE journal (batch INTEGER PRIMARY KEY, entries TEXT NOT NULL) STRICT");
const insert = db.prepare("INSERT INTO journal (entries) VALUES (?)");
parentPort?.on("message", (entries: string) => {
  insert.run(entries);
  parentPort?.postMessage(null);
});
