import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { vi } from "vitest";
import { DATABASE_FILE } from "../../src/store/sqlite/connection.ts";

/** The files that a process which is killed leaves; what it shares in memory is made anew from them. */
const files = [DATABASE_FILE, `${DATABASE_FILE}-wal`];

/** What a kill would leave at some moment, and what had been acknowledged by then. */
export type Moment<T> = { where: string; acknowledged: T; files: (Buffer | undefined)[] };

/**
 * Notes what a kill would leave of a data directory, before and after each commit of whatever this thread does. Moments
 * that leave the same are one, of which the last acknowledged most.
 */
export function watchCommits<T>(dataDir: string, acknowledged: () => T) {
  const moments: Moment<T>[] = [];
  const exec = DatabaseSync.prototype.exec;
  let commits = 0;
  function note(where: string): void {
    const left = files
      .map((name) => join(dataDir, name))
      .map((file) => (existsSync(file) ? readFileSync(file) : undefined));
    const last = moments.at(-1);
    const isSame = last?.files.every((bytes, i) => bytes?.toString("latin1") === left[i]?.toString("latin1"));
    if (last && isSame) Object.assign(last, { where, acknowledged: acknowledged() });
    else moments.push({ where, acknowledged: acknowledged(), files: left });
  }
  const spy = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (this: DatabaseSync, sql) {
    if (sql !== "COMMIT") return exec.call(this, sql);
    note(`before commit ${++commits}`);
    exec.call(this, sql);
    note(`after commit ${commits}`);
  });
  return {
    moments,
    stop(): void {
      spy.mockRestore();
      note("at the end");
    },
  };
}

/** Puts what a moment left into a directory. */
export function layOut({ files: left }: Moment<unknown>, dataDir: string): void {
  for (const [i, name] of files.entries()) if (left[i]) writeFileSync(join(dataDir, name), left[i]);
}

/** How far the tables of a file follow its journals: the records, without the numbers of their rows, and what is found and counted. */
export function toldBy(dataDir: string): { settled: number; last: number; records: string; found: string } {
  const db = new DatabaseSync(join(dataDir, DATABASE_FILE), { readOnly: true });
  try {
    const all = (sql: string) => db.prepare(sql).all();
    const [ends] = all("SELECT (SELECT seq FROM settled) AS settled, coalesce(max(seq), 0) AS last FROM journal");
    const records = [
      all("SELECT * FROM stock ORDER BY coupon"),
      all("SELECT * FROM user_coupon ORDER BY coupon, out_user_coupon_id").map(({ id: _, ...row }) => row),
      all(
        `SELECT wallet.app, wallet.openid, wallet.slot, out_user_coupon_id, user_coupon.coupon, wallet.coupon AS of
         FROM wallet JOIN user_coupon ON user_coupon.id = user_coupon ORDER BY wallet.app, wallet.openid, wallet.slot`,
      ),
      all(
        `SELECT claim.app, request_id, coupon, out_user_coupon_id FROM claim JOIN user_coupon ON user_coupon.id = user_coupon
         ORDER BY claim.app, request_id`,
      ),
    ];
    const found = ["touched", "tally", "ledger"].map((name) => all(`SELECT * FROM ${name}`));
    return {
      ...(ends as { settled: number; last: number }),
      records: JSON.stringify(records),
      found: JSON.stringify(found),
    };
  } finally {
    db.close();
  }
}
