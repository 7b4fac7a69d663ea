import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { tableNames } from "../sql/tables.ts";
import { reopenDatabase } from "./connection.ts";

/** What the file of every database begins with. */
const SQLITE_HEAD = "SQLite format 3\0";

/** Looks at the database as one who opens it now: what the connection that writes has in memory hides what is on the disk. */
export function assertReadable(file: string): void {
  if (!beginsLikeDatabase(file)) throw new Error(`${basename(file)} is damaged: stop the server and restore a backup`);
  const db = reopenDatabase(file);
  try {
    db.prepare(`SELECT 1 FROM ${tableNames.join(", ")} WHERE false`).get();
  } finally {
    db.close();
  }
}

/** Looks past the log, which may hold a whole first page of a file that lost its own. */
function beginsLikeDatabase(file: string): boolean {
  const fd = openSync(file, "r");
  try {
    const head = Buffer.alloc(SQLITE_HEAD.length);
    readSync(fd, head, 0, head.length, 0);
    return head.toString("latin1") === SQLITE_HEAD;
  } finally {
    closeSync(fd);
  }
}
