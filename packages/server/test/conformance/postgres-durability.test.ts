import pg from "pg";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { patient } from "../harness.ts";
import { createDatabase, query } from "../postgres.ts";
import { anApp, put } from "./records.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const DURABLE = ["fsync", "full_page_writes", "synchronous_commit"];

it("every connection is durable and asked whether it is before it is used, also those that come later", async () => {
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  const sent = vi.spyOn(pg.Client.prototype, "query");
  const store = await openPostgresStore({ url: database.url, ...patient });
  onTestFinished(() => store.close());
  await put(store, { record: "app", value: anApp("a") });

  /** Lets all connections of the pool be used, and looks at what each was sent first, and at how it is set. */
  const lookAt = async (atLeast: number) => {
    await Promise.all(Array.from({ length: 64 }, () => store.app("a")));
    const clients = new Set(sent.mock.contexts as pg.Client[]);
    expect(clients.size).toBeGreaterThanOrEqual(atLeast);
    for (const client of clients) {
      const first = sent.mock.calls[sent.mock.contexts.indexOf(client)]?.[0] as unknown;
      expect(first).toContain("pg_settings");
    }
    const { rows } = await query(
      database.url,
      "SELECT count(*) AS open FROM pg_stat_activity WHERE application_name = 'quanku' AND datname = current_database()",
    );
    return rows[0].open as number;
  };
  const before = await lookAt(2);
  expect(before).toBeGreaterThan(1);

  await query(
    database.url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'quanku' AND datname = current_database()",
  );
  const known = new Set(sent.mock.contexts).size;
  await lookAt(known + 1);

  const newest = [...new Set(sent.mock.contexts as pg.Client[])].filter((client) => client.database !== undefined);
  const settings = await Promise.allSettled(
    newest.map(
      async (client) =>
        (await client.query("SELECT name, setting FROM pg_settings WHERE name = ANY($1)", [DURABLE])).rows,
    ),
  );
  const read = settings.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  expect(read.length).toBeGreaterThanOrEqual(DURABLE.length);
  for (const { name, setting } of read) expect(`${name} ${setting}`).toBe(`${name} on`);
});
