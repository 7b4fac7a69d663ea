import { basename } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { StoreBusyError } from "../store.ts";
import { isLocked, whyBusy } from "./hindrances.ts";
import type { AppNumbers } from "./numbers.ts";
import type { placeOf } from "./place.ts";
import { query } from "./statements.ts";

/** How long to wait before the next try where another process holds the lock, at most, in milliseconds. */
const LOCKED_PAUSE = 50;

/** When a commit is made durable: before it is acknowledged, or with the next one, which waits for all before it. */
export type Durable = "at once" | "with the next";

/** Calls what may meet another process's lock until that is free, for `patience` milliseconds; others are served meanwhile. */
export async function patiently<T>(patience: number, attempt: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const why = whyBusy(error);
      if (!why) throw error;
      if (!isLocked(error) || performance.now() >= deadline) throw new StoreBusyError(why, { cause: error });
    }
    await sleep(Math.random() * LOCKED_PAUSE);
  }
}

/** Runs work in one transaction. What may be lost with the machine's power does not wait for the disk. */
export function transactions(
  db: DatabaseSync,
  { place, appNumbers }: { place: ReturnType<typeof placeOf>; appNumbers: AppNumbers },
) {
  return function transact<T>(work: () => T, durable: Durable = "at once"): T {
    assertInPlace(place);
    if (durable === "with the next") db.exec("PRAGMA synchronous = NORMAL");
    try {
      db.exec("BEGIN IMMEDIATE");
      const result = work();
      db.exec("COMMIT");
      assertInPlace(place);
      return result;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      appNumbers.forget();
      throw error;
    } finally {
      if (durable === "with the next") db.exec("PRAGMA synchronous = FULL");
    }
  };
}

/** Looks at several things as they are at one moment, whatever other connections commit meanwhile. Not within a transaction. */
export function moments(db: DatabaseSync) {
  const [begin, end] = [query(db, "BEGIN"), query(db, "COMMIT")];
  return function atOneMoment<T>(look: () => T): T {
    begin.run();
    try {
      return look();
    } finally {
      end.run();
    }
  };
}

/** Throws where a file was deleted: what was committed after that is not durable, and not to be acknowledged. */
export function assertInPlace(place: ReturnType<typeof placeOf>): void {
  const missing = place.missing();
  if (missing)
    throw new StoreBusyError(`${basename(missing)} was deleted or replaced under the running server: stop it`);
}
