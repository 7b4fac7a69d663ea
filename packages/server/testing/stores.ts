import { openMemoryStore } from "../src/store/memory/open.ts";
import { openPostgresStore } from "../src/store/postgres/open.ts";
import { openSqliteStore } from "../src/store/sqlite/open.ts";
import type { Store } from "../src/store/store.ts";
import { emptySchema, giveBack } from "./postgres.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const allAdapters = ["memory", "sqlite", "postgres"] as const;
export type AdapterName = (typeof allAdapters)[number];

/** An adapter, or SQLite as it is under load from the beginning: the journal is written first, and the tables follow it. */
export type TestedName = AdapterName | "journal first";

/** How many entries make a generation there, and with how many bits it keeps in mind what there is: too few, enough. */
const sizes = [
  { generation: 1, bits: 512 },
  { generation: 16_000, bits: 2 ** 16 },
  { generation: 3, bits: 2 ** 16 },
];

/** The adapters that tests run on: all of them, or with QUANKU_TEST_STORES=embedded those that need no server. */
export const adapters: readonly AdapterName[] =
  process.env.QUANKU_TEST_STORES === "embedded" ? ["memory", "sqlite"] : allAdapters;

/** What a test's store is opened with: a busy machine that runs many tests is no fault of the database. */
export const patient = { connections: 4, statementTimeout: 10_000 };

/** An open store, where its files or its database are if it has any, and what closes it and removes what it kept. */
export type TestStore = { store: Store; dataDir?: string; url?: string; discard(): Promise<void> };

/** Opens an empty store of an adapter. */
export async function openTestStore(adapter: TestedName): Promise<TestStore> {
  if (adapter === "memory") return { store: openMemoryStore(), discard: async () => {} };
  if (adapter === "postgres") {
    const schema = await emptySchema();
    const store = await openPostgresStore({ url: schema.url, ...patient });
    return {
      store,
      url: schema.url,
      async discard() {
        await store.close();
        await giveBack(schema);
      },
    };
  }
  const directory = temporaryDirectory();
  const store = openSqliteStore(directory.path, {
    patience: patient.statementTimeout,
    ...(adapter === "journal first" && { journalFirst: "always", ...nextSizes() }),
  });
  return {
    store,
    dataDir: directory.path,
    async discard() {
      await store.close();
      directory.remove();
    },
  };
}

/** One store's after another's. */
function nextSizes() {
  const next = sizes.shift() as (typeof sizes)[number];
  sizes.push(next);
  return next;
}
