import { EventEmitter } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { DATABASE_FILE } from "../../src/store/sqlite/connection.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { aCoupon, anApp, aStock, put } from "../../testing/records.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.doUnmock("node:worker_threads");
});

/** Every connection to SQLite that this thread sets up from now on. */
function connections(): Set<DatabaseSync> {
  const exec = vi.spyOn(DatabaseSync.prototype, "exec");
  return { [Symbol.iterator]: () => new Set(exec.mock.contexts)[Symbol.iterator]() } as unknown as Set<DatabaseSync>;
}

const settingsOf = (db: DatabaseSync) => ({
  ...db.prepare("PRAGMA journal_mode").get(),
  ...db.prepare("PRAGMA synchronous").get(),
});
const DURABLE = { journal_mode: "wal", synchronous: 2 };

it("every connection of the store is durable, also after traffic, faults and checkpoints", async () => {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  const opened = connections();
  const store = openSqliteStore(path);
  onTestFinished(() => store.close());
  await put(store, { record: "app", value: anApp("a") });
  const coupons = Array.from({ length: 1500 }, (_, position) => aCoupon("a", `c${position}`, position));
  await put(store, ...coupons.map((value) => ({ record: "coupon", value }) as const));
  await expect(
    put(store, { record: "stock", value: aStock(coupons[0] as never, { remaining: -1 }) }),
  ).rejects.toThrow();
  await put(store, { record: "app", value: { ...anApp("a"), tokenQuota: 1 } });
  expect([...opened].length).toBeGreaterThan(0);
  for (const db of opened) expect(settingsOf(db)).toEqual(DURABLE);
});

it("the connection that checkpoints is durable, also after it did", async () => {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  const store = openSqliteStore(path);
  onTestFinished(() => store.close());
  const opened = connections();
  const parentPort = new EventEmitter();
  vi.doMock("node:worker_threads", () => ({ parentPort, workerData: { file: join(path, DATABASE_FILE) } }));
  await import("../../src/store/sqlite/checkpoint-thread.ts");
  await put(store, { record: "app", value: anApp("a") });
  parentPort.emit("message", "checkpoint");
  const [thread] = [...opened].slice(-1);
  const others = [...opened].filter((db) => db !== thread);
  expect(others.length, "the store's own and the thread's").toBe(1);
  for (const db of opened) expect(settingsOf(db)).toEqual(DURABLE);
});
