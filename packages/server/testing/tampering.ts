import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { query } from "./postgres.ts";

type Place = { dataDir?: string | undefined; url?: string | undefined };

/** Runs SQL, which both databases know, behind a store's back. */
export async function behind({ dataDir, url }: Place, sql: string): Promise<void> {
  if (url) return void (await query(url, sql));
  const db = new DatabaseSync(join(dataDir as string, "quanku.db"), { enableForeignKeyConstraints: false });
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** What SQL that both databases know tells behind a store's back. */
export async function seenBehind({ dataDir, url }: Place, sql: string): Promise<Record<string, unknown>[]> {
  if (url) return (await query(url, sql)).rows;
  const db = new DatabaseSync(join(dataDir as string, "quanku.db"), { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

/** Takes away what keeps the journal from being changed. */
export async function unguard(place: Place): Promise<void> {
  if (place.url) return behind(place, "ALTER TABLE journal DISABLE TRIGGER USER");
  for (const what of ["update", "delete"]) await behind(place, `DROP TRIGGER journal_is_append_only_${what}`);
}

/** Changes a table of an unguarded database by SQL, does something, and puts the table back as it was. */
export async function tampered<T>(place: Place, table: string, sql: string, work: () => Promise<T>): Promise<T> {
  await behind(place, `CREATE TABLE untampered AS SELECT * FROM ${table}; ${sql}`);
  try {
    return await work();
  } finally {
    await behind(place, `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM untampered; DROP TABLE untampered`);
  }
}
