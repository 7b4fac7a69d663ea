import pg from "pg";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createDatabase, query } from "../../testing/postgres.ts";
import { anApp, put } from "../../testing/records.ts";
import { patient } from "../../testing/stores.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const isOn = ["fsync", "full_page_writes", "synchronous_commit"].map((name) => ({ name, setting: "on" }));
const ofStore = "application_name = 'quanku' AND datname = current_database()";

it("every connection is durable and asked whether it is before it is used, also those that come later", async () => {
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  const sent = vi.spyOn(pg.Client.prototype, "query");
  onTestFinished(() => sent.mockRestore());
  const name = new URL(database.url).pathname.slice(1);
  /** The store's connections in the order in which they were first used; what else is under way in this process is not its. */
  const clients = () =>
    [...new Set(sent.mock.contexts as (pg.Client & { connectionParameters: object })[])].filter(
      ({ connectionParameters, database: used }) =>
        used === name && "application_name" in connectionParameters && connectionParameters.application_name,
    );
  const store = await openPostgresStore({ url: database.url, ...patient });
  onTestFinished(() => store.close());
  /** Writes for as many apps at once that no connection is left out. */
  const useAll = () =>
    Promise.all(Array.from({ length: 16 }, (_, n) => put(store, { record: "app", value: anApp(`app-${n}`) })));

  await useAll();
  const first = clients().slice(1);
  expect(first.length, "beside the one that brings the schema up to date").toBeGreaterThan(1);
  await query(database.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ofStore}`);
  await useAll();
  const later = clients().slice(1 + first.length);
  expect(later.length).toBeGreaterThan(0);

  for (const client of clients())
    expect(sent.mock.calls[sent.mock.contexts.indexOf(client)]?.[0], "what it is sent first").toContain("pg_settings");
  const settings = "SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name";
  for (const client of later) expect((await client.query(settings, [isOn.map(({ name }) => name)])).rows).toEqual(isOn);
});
