import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { readiness } from "../../src/service/readiness.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";
import { createDatabase, query } from "../../testing/postgres.ts";
import { anApp, put, written } from "../../testing/records.ts";
import { startTestServer } from "../../testing/server.ts";
import { adapters, openTestStore, patient } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

/** What `/readyz` of a server on a store answers. */
async function asked(store: Store): Promise<string> {
  const server = await startTestServer({ store });
  const reply = await server.fetch("/readyz");
  return `${reply.status} ${await reply.text()}`;
}

function openFile(options?: { patience: number }) {
  const directory = temporaryDirectory();
  const store = openSqliteStore(directory.path, options);
  onTestFinished(async () => {
    await store.close();
    directory.remove();
  });
  return { store, directory: directory.path, file: join(directory.path, "quanku.db") };
}

async function openDatabase() {
  const database = await createDatabase();
  const store = await openPostgresStore({ url: database.url, ...patient });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  return { store, name: new URL(database.url).pathname.slice(1), sql: (text: string) => query(database.url, text) };
}

const write = (store: Store) => put(store, { record: "app", value: anApp("late") });

it.each(adapters)("is ready on %s, again and again", async (adapter) => {
  const { store, discard } = await openTestStore(adapter);
  onTestFinished(discard);
  for (let i = 0; i < 3; i++) expect(await asked(store)).toBe("200 ok");
});

it.each([
  ["the data directory is deleted", (file: string) => rmSync(join(file, ".."), { recursive: true })],
  ["the file is moved away", (file: string) => renameSync(file, `${file}.old`)],
  ["the log is deleted", (file: string) => rmSync(`${file}-wal`)],
  [
    "another file is put in its place",
    (file: string) => {
      renameSync(file, `${file}.old`);
      new DatabaseSync(file).close();
    },
  ],
])("tells that %s under the server, and no write is acknowledged", async (_, harm) => {
  const { store, file } = openFile();
  await put(store, { record: "app", value: anApp("a") });
  harm(file);
  await expect(write(store)).rejects.toThrow(StoreBusyError);
  await expect(write(store)).rejects.toThrow("was deleted or replaced under the running server");
  await expect(store.keepCallbacks([])).rejects.toThrow(StoreBusyError);
  expect(await asked(store)).toMatch(/^503 not ready: quanku\.db(-wal)? was deleted or replaced/);
});

it("tells of a commit that went into a file deleted meanwhile", async () => {
  const { store, directory } = openFile();
  const deleted = store.transact([{ need: "app", appid: "a" }], (records) => {
    rmSync(directory, { recursive: true });
    return written(records, [{ record: "app", value: anApp("a") }]);
  });
  await expect(deleted).rejects.toThrow(StoreBusyError);
});

it("goes on once a file that was moved away is back", async () => {
  const { store, file } = openFile();
  renameSync(file, `${file}.old`);
  expect(await asked(store)).toMatch(/^503/);
  renameSync(`${file}.old`, file);
  expect(await asked(store)).toBe("200 ok");
  await write(store);
});

it("tells of a damaged file", async () => {
  const { store, file } = openFile();
  const fd = openSync(file, "r+");
  writeSync(fd, Buffer.alloc(4096, "damaged"), 0, 4096, 0);
  closeSync(fd);
  expect(await asked(store)).toMatch(/^503 not ready: quanku\.db is damaged/);
});

it("tells of a missing table in a file", async () => {
  const { store, file } = openFile();
  const db = new DatabaseSync(file);
  db.exec("DROP TABLE shop_order");
  db.close();
  expect(await asked(store)).toMatch(/^503 not ready: .*shop_order/);
});

it("tells of a lock that another process holds on the file", async () => {
  const { store, file } = openFile({ patience: 100 });
  const db = new DatabaseSync(file);
  db.exec("BEGIN IMMEDIATE");
  expect(await asked(store)).toBe("503 not ready: another process holds the database's lock");
  db.exec("ROLLBACK");
  db.close();
  expect(await asked(store)).toBe("200 ok");
});

const onPostgres = it.runIf(adapters.includes("postgres"));

onPostgres("tells of a PostgreSQL that does not let write, which goes on answering reads", async () => {
  const { store, sql, name } = await openDatabase();
  await write(store);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'quanku' AND datname = current_database()`;
  await sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await sql(cut);
  expect(await asked(store)).toMatch(/^503 not ready: the database is read-only/);
  await expect(write(store)).rejects.toThrow(StoreBusyError);
  expect(await store.app("late")).toBeDefined();
  await sql(`BEGIN READ WRITE; ALTER DATABASE ${name} SET default_transaction_read_only = off; COMMIT`);
  await sql(cut);
  expect(await asked(store)).toBe("200 ok");
});

onPostgres("tells of a missing table in PostgreSQL", async () => {
  const { store, sql } = await openDatabase();
  expect(await asked(store)).toBe("200 ok");
  await sql("DROP TABLE shop_order");
  expect(await asked(store)).toMatch(/^503 not ready: .*shop_order/);
});

it("writes once for all who ask together, and no more than ten times a second; what hinders is looked at again", async () => {
  let pings = 0;
  const ask = readiness({
    patience: 0,
    async ping() {
      pings++;
    },
  });
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(pings).toBe(1);
  const failing = readiness({ patience: 0, ping: () => Promise.reject(new Error(`full ${++pings}`)) });
  expect([await failing(), await failing()]).toEqual([
    { isReady: false, why: "full 2" },
    { isReady: false, why: "full 3" },
  ]);
});

it("does not wait for a store that does not answer", async () => {
  const never = readiness({ patience: -1990, ping: () => new Promise(() => {}) });
  expect(await never()).toEqual({ isReady: false, why: "the store does not answer in time" });
});
