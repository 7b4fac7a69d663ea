import pg from "pg";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase, query } from "../../testing/postgres.ts";
import { anApp, put, written } from "../../testing/records.ts";
import { patient } from "../../testing/stores.ts";

/** What a store asks of Citus, answered by plain PostgreSQL: `node` says what the cluster's nodes answer. */
const looksLikeCitus = `
SET allow_system_table_mods = on;
INSERT INTO pg_extension VALUES (99999, 'citus', 10, 11, false, '13.2-1', NULL, NULL);
CREATE TABLE pg_dist_node (nodeid int, nodename text, nodeport int);
CREATE TABLE node (name text, success bool NOT NULL DEFAULT true, changed jsonb NOT NULL DEFAULT '{}');
INSERT INTO node VALUES ('holder');
CREATE FUNCTION asked_of(command text, asked text) RETURNS TABLE (success bool, result text) LANGUAGE plpgsql AS $$ BEGIN
  EXECUTE command INTO result;
  RETURN QUERY SELECT node.success,
    CASE WHEN node.success THEN (result::jsonb || changed)::text ELSE 'connection refused' END FROM node WHERE name = asked;
END $$;
CREATE FUNCTION run_command_on_all_nodes(command text) RETURNS TABLE (nodeid int, success bool, result text) LANGUAGE sql AS
  $$ SELECT 1, * FROM asked_of(command, 'any') $$;
CREATE FUNCTION run_command_on_placements(name regclass, command text)
  RETURNS TABLE (nodename text, nodeport int, success bool, result text) LANGUAGE sql AS
  $$ SELECT 'holder', 5432, * FROM asked_of(command, 'holder') $$;
INSERT INTO pg_dist_node VALUES (1, 'any', 5432);`;

let database: Awaited<ReturnType<typeof createDatabase>>;
const opened: Store[] = [];
const sql = (text: string) => query(database.url, text);
async function open(): Promise<Store> {
  const store = await openPostgresStore({ url: database.url, ...patient });
  opened.push(store);
  return store;
}

beforeEach(async () => {
  database = await createDatabase();
  await sql(looksLikeCitus);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await database.drop();
});

const create = (store: Store, appid: string) => put(store, { record: "app", value: anApp(appid) });
const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'quanku' AND datname = current_database()`;

it("refuses a cluster of which a node that may get its tables is not durable, and leaves it as it was", async () => {
  await sql(`INSERT INTO node VALUES ('any', true, '{"fsync":"off"}')`);
  await expect(open()).rejects.toThrow(
    "the Citus node any:5432 runs with fsync off: writes would not be durable; set it to on",
  );
  expect((await sql("SELECT to_regclass('app') AS app")).rows).toEqual([{ app: null }]);
});

it("asks the node that holds its tables before each new connection is used, and no other", async () => {
  const store = await open();
  await sql(`INSERT INTO node VALUES ('any', true, '{"fsync":"off"}')`);
  await sql(cutAll);
  await create(store, "a");
  await sql(`UPDATE node SET changed = '{"synchronous_commit":"off"}' WHERE name = 'holder'`);
  await sql(cutAll);
  await expect(create(store, "b")).rejects.toThrow("the Citus node holder:5432 runs with synchronous_commit off");
  await sql("UPDATE node SET success = false");
  await expect(open()).rejects.toThrow("the Citus node holder:5432 does not answer: connection refused");
});

it("leaves the choice between plans to Citus", async () => {
  const store = await open();
  const sent = vi.spyOn(pg.Client.prototype, "query");
  onTestFinished(() => sent.mockRestore());
  await create(store, "a");
  const [client] = (sent.mock.contexts as (pg.Client & { database: string })[]).filter(
    (one) => one.database === new URL(database.url).pathname.slice(1),
  );
  sent.mockRestore();
  expect((await client?.query("SHOW plan_cache_mode"))?.rows).toEqual([{ plan_cache_mode: "auto" }]);
});

it("looks whether a commit happened of which a node was lost, whatever the cluster answered", async () => {
  const store = await open();
  // After COMMIT was sent, Citus warns that a node did not do it, and answers as if it had.
  await sql(
    `CREATE TABLE lost (times int); INSERT INTO lost VALUES (1);
     CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF (SELECT times > 0 FROM lost) THEN
         UPDATE lost SET times = times - 1;
         RAISE WARNING 'failed to commit transaction on 127.0.0.1:5433';
       END IF;
       RETURN NULL;
     END $$;
     CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()`,
  );
  let tries = 0;
  const looked = vi.spyOn(pg.Client.prototype, "query");
  onTestFinished(() => looked.mockRestore());
  await store.transact([{ need: "app", appid: "a" }], (records) => {
    tries++;
    return written(records, [{ record: "app", value: anApp("a") }]);
  });
  expect(tries).toBe(1);
  const isLookup = ([asked]: unknown[]) => (asked as { text?: string }).text?.includes("transaction = $3") === true;
  expect(looked.mock.calls.filter(isLookup)).toHaveLength(1);
  expect((await store.readJournal("a", 0, 9)).length).toBe(1);
});

it("is sent one command a message to make tables, and none that Citus refuses", async () => {
  const sent = vi.spyOn(pg.Client.prototype, "query");
  onTestFinished(() => sent.mockRestore());
  await open();
  const answers = await Promise.allSettled(sent.mock.results.map(({ value }) => value as unknown));
  const texts = sent.mock.calls.map(([asked]) =>
    String(asked)
      .replaceAll(/--.*\n/g, "")
      .trim(),
  );
  expect(texts.filter((text) => text.startsWith("CREATE TABLE")).length).toBeGreaterThan(15);
  const isOfSeveral = (answer: PromiseSettledResult<unknown> | undefined) =>
    answer?.status === "fulfilled" && Array.isArray(answer.value);
  expect(texts.filter((_, i) => isOfSeveral(answers[i]))).toEqual([]);
  const refused = [
    /^ALTER TABLE.* ADD COLUMN .*\b(CHECK|PRIMARY KEY|UNIQUE|REFERENCES|IDENTITY)\b/s,
    /^ALTER TABLE.* CONSTRAINT .*, *\n? *(ADD|DROP|ALTER) /s,
    /^ALTER TABLE.* SET STORAGE /s,
  ];
  expect(texts.filter((text) => refused.some((form) => form.test(text)))).toEqual([]);
});
