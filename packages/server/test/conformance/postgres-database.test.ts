import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WHOLE_SHOP } from "../../src/domain/reports/tally.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { digestOf } from "../../src/store/chain.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { steps } from "../../src/store/postgres/schema.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";
import { createDatabase, query, startPostgres } from "../../testing/postgres.ts";
import { aContent, aCoupon, aHold, anApp, aStock, aUserCoupon, put, written } from "../../testing/records.ts";
import { patient } from "../../testing/stores.ts";
import { type Cut, cuttingProxy } from "./cutting-proxy.ts";

let database: Awaited<ReturnType<typeof createDatabase>>;
const opened: Store[] = [];
const open = async (changes = {}) => {
  const store = await openPostgresStore({ url: database.url, ...patient, ...changes });
  opened.push(store);
  return store;
};
const sql = (text: string) => query(database.url, text);

/** Cuts the connections to the test's own database. */
const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'quanku' AND datname = current_database()`;

beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await database.drop();
});

/** An app `a` with an active coupon `c`. */
async function openShop(): Promise<Store> {
  const store = await open();
  const coupon = aCoupon("a", "c", 0);
  await put(store, { record: "app", value: anApp("a") });
  await put(store, { record: "coupon", value: coupon }, { record: "stock", value: aStock(coupon, { claimed: 0 }) });
  return store;
}

/** Adds one to what was claimed of the coupon, with a journal entry as every change has. */
const claimOne = (store: Store) =>
  store.transact([{ need: "coupon", appid: "a", outCouponId: "c" }], (records) => {
    const stock = records.stock("a", "c");
    if (!stock) throw new Error("no stock");
    return written(records, [{ record: "stock", value: { ...stock, claimed: stock.claimed + 1 } }]);
  });
const claimed = async (store: Store) => (await store.listCoupons("a", 0, 1)).entries[0]?.stock?.claimed;

describe("a PostgreSQL database", () => {
  it("is brought to the schema once by many that start together, and holds everything after", async () => {
    const stores = await Promise.all(Array.from({ length: 16 }, () => open({ connections: 2 })));
    await put(stores[0] as Store, { record: "app", value: anApp("a") });
    for (const store of stores) expect(await store.app("a")).toEqual(anApp("a"));
    expect((await sql("SELECT version FROM schema_version")).rows).toEqual([{ version: steps.length }]);
  });

  it("of an older program is brought up to date, whatever its documents hold, and finds its coupons by their names", async () => {
    for (const step of steps.slice(0, 2)) await sql(step as string);
    const { terms } = aCoupon("a", "c", 0);
    const strange = String.raw`{"name":"\u5238 ' || n || '","unknown":"\u0000","huge":1e999,"huge":2}`;
    await sql(
      `INSERT INTO ledger VALUES ('a', 0), ('b', 0);
       INSERT INTO coupon SELECT appid, n, 'c' || n, 'shop_flat_discount', 4,
         CASE n WHEN 150 THEN '{}' ELSE '${strange}' END, '${JSON.stringify(terms)}', 'draft', 1, 1, NULL, true, NULL
       FROM (VALUES ('a'), ('b')) AS app (appid), generate_series(0, 150) AS n;
       CREATE TABLE schema_version (version integer NOT NULL, singular boolean PRIMARY KEY CHECK (singular));
       INSERT INTO schema_version VALUES (2, true);
       INSERT INTO shop_order SELECT appid, 'o' || 9 - n, '{}' FROM (VALUES ('a'), ('b')) AS app (appid), generate_series(1, 3) AS n`,
    );
    const store = await open();
    const numbered = await sql("SELECT appid, out_order_id AS id, number FROM shop_order ORDER BY appid, number");
    expect(numbered.rows).toEqual(
      ["a", "b"].flatMap((appid) => [1, 2, 3].map((number) => ({ appid, id: `o${9 - number}`, number }))),
    );
    for (const appid of ["a", "b"]) {
      const { entries } = await store.findCoupons(appid, { namePrefix: "券 14", status: "draft" }, null, 99);
      expect(entries.map(({ coupon }) => coupon.position)).toEqual([
        14,
        ...Array.from({ length: 10 }, (_, n) => 140 + n),
      ]);
      expect(entries.every(({ coupon }) => !coupon.paused)).toBe(true);
    }
  });

  it("of a newer program is refused with a clear text, and left as it is", async () => {
    await open();
    await sql("UPDATE schema_version SET version = 1000");
    await expect(open()).rejects.toThrow(
      `the database has schema 1000, this program knows up to ${steps.length}: start the newer program again, or restore a backup`,
    );
    expect((await sql("SELECT version FROM schema_version")).rows).toEqual([{ version: 1000 }]);
  });

  it("with synchronous_commit off is refused, also where it was set on the database alone", async () => {
    const { pathname } = new URL(database.url);
    await sql(`ALTER DATABASE ${pathname.slice(1)} SET synchronous_commit = off`);
    await expect(open()).rejects.toThrow("PostgreSQL runs with synchronous_commit off: writes would not be durable");
    expect((await sql("SELECT to_regclass('app') AS app")).rows).toEqual([{ app: null }]);
  });

  it("whose settings become unsafe while it is used is written to on no new connection", async () => {
    const store = await openShop();
    await sql(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET synchronous_commit = off`);
    await sql(cutAll);
    await expect(claimOne(store)).rejects.toThrow("synchronous_commit off");
  });

  it.each(["fsync", "full_page_writes"])("of a server with %s off is refused", { timeout: 60_000 }, async (setting) => {
    const server = await startPostgres("-c", `${setting}=off`);
    try {
      const unsafe = openPostgresStore({ url: server.url, ...patient });
      await expect(unsafe).rejects.toThrow(`PostgreSQL runs with ${setting} off: writes would not be durable`);
    } finally {
      await server.remove();
    }
  });

  it("of another encoding is refused", async () => {
    await sql("CREATE DATABASE quanku_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    try {
      const url = new URL(database.url);
      url.pathname = "quanku_latin";
      await expect(openPostgresStore({ url: url.href, ...patient })).rejects.toThrow("encoding is LATIN1, not UTF8");
    } finally {
      await sql("DROP DATABASE quanku_latin");
    }
  });

  it("that cannot be opened is told of without its password", async () => {
    const wrong = new URL(database.url);
    wrong.password = "not-the-password";
    for (const url of [wrong.href, "mysql://u:not-the-password@h/d", "not-the-password"]) {
      const refused = openPostgresStore({ url, ...patient });
      await expect(refused).rejects.toThrow();
      const error = await refused.catch((thrown) => thrown);
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain("not-the-password");
    }
  });

  it("restates the rules in its schema", async () => {
    const store = await openShop();
    const held = aUserCoupon(aCoupon("a", "c", 0), "o", "u", 0);
    await put(store, { record: "userCoupon", value: held });
    const refusals: [string, string][] = [
      ["UPDATE stock SET remaining = remaining - 10", "stock_remaining_check"],
      ["UPDATE stock SET held = -1", "stock_held_check"],
      ["UPDATE coupon SET status = 'lost'", "coupon_status_check"],
      ["UPDATE user_coupon SET status = 'lost'", "user_coupon_status_check"],
      [
        "INSERT INTO user_coupon SELECT (json_populate_record(user_coupon, '{\"slot\":1}')).* FROM user_coupon",
        "user_coupon_pkey",
      ],
      [
        'INSERT INTO user_coupon SELECT (json_populate_record(user_coupon, \'{"out_user_coupon_id":"v"}\')).* FROM user_coupon',
        "user_coupon_wallet",
      ],
      ["UPDATE journal SET at = 0", "append-only"],
      ["DELETE FROM journal", "append-only"],
      ["TRUNCATE journal", "append-only"],
    ];
    // Of a sandbox app, which has a clock, a journal may begin anew.
    await sql("UPDATE ledger SET clock = NULL");
    for (const [statement, said] of refusals) await expect(sql(statement), statement).rejects.toThrow(said);
  });

  it("counts an app's open holds in the row that is locked", async () => {
    const store = await openShop();
    const coupon = aCoupon("a", "c", 0);
    const [one, other] = [aHold(coupon, "o", "one"), aHold(coupon, "o", "other")];
    const holds = async (...values: (typeof one)[]) => {
      await put(store, ...values.map((value) => ({ record: "hold", value }) as const));
      return (await sql("SELECT holds, (SELECT count(*) FROM hold) AS open FROM ledger WHERE appid = 'a'")).rows[0];
    };
    expect(await holds(one, other)).toEqual({ holds: 2, open: 2 });
    expect(await holds({ ...one, until: 9 })).toEqual({ holds: 2, open: 2 });
    expect(await holds({ ...one, open: false }, aHold(coupon, "o", "brief", { open: false }))).toEqual({
      holds: 1,
      open: 1,
    });
    expect(await holds({ ...other, open: false })).toEqual({ holds: 0, open: 0 });
    expect(await holds(one)).toEqual({ holds: 1, open: 1 });
  });

  it("is asked for no more rows of a journal than a page needs, however many entries each holds", async () => {
    const store = await openShop();
    const ledger = new Ledger({ store, clock: () => 1_700_000_000 });
    const coupon = { appid: "a", outCouponId: "many" };
    await ledger.submit({ do: "addCoupon", content: { ...aContent({ total: 1000 }), ...coupon } }, "app");
    await ledger.submit({ do: "changeCouponStatus", ...coupon, to: "active" }, "app");
    const batches = [0, 1, 2, 3, 4, 5].map((batch) =>
      Array.from({ length: 50 }, (_, n) => ({ ...coupon, openid: `o${n}`, requestId: `${batch} ${n}` })),
    );
    for (const batch of batches)
      await Promise.all(
        batch.map((claim) =>
          ledger.submit({ do: "claimCoupon", ...claim, outUserCouponId: claim.requestId }, "command_line"),
        ),
      );
    const { rows } = await sql("SELECT seq, entries FROM journal ORDER BY seq DESC LIMIT 6");
    expect(rows.map(({ entries }) => entries)).toEqual([50, 50, 50, 50, 50, 50]);
    const rowsRead = async (read: Promise<unknown[]>) => {
      const query = vi.spyOn(pg.Client.prototype, "query");
      expect((await read).length).toBeGreaterThan(0);
      const answers = (await Promise.all(query.mock.results.map(({ value }) => value))) as pg.QueryResult[];
      query.mockRestore();
      return Math.max(...answers.map((answer) => answer.rows.length));
    };
    expect(await rowsRead(store.readJournal("a", rows[5].seq, 50))).toBe(2);
    expect(await rowsRead(store.readJournal("a", rows[5].seq - 1, 50))).toBe(2);
    expect(await rowsRead(store.listJournal("a", null, 50))).toBe(1);
    expect(await rowsRead(store.listJournal("a", rows[2].seq, 100))).toBe(3);
    expect(await rowsRead(store.listHistory("a", { of: "by", by: "command_line" }, null, 60))).toBe(2);
  });

  it("begins every primary key with appid", async () => {
    await open();
    const { rows } = await sql(
      `SELECT conrelid::regclass::text AS name, attname FROM pg_constraint JOIN pg_attribute
         ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'p' AND connamespace = 'public'::regnamespace`,
    );
    const tenants = rows.filter(({ name }) => name !== "schema_version");
    expect(tenants.length).toBeGreaterThan(8);
    for (const { name, attname } of tenants) expect(attname, name).toBe("appid");
  });
});

describe("processes on one PostgreSQL database", () => {
  it("take turns: none overwrites what another did", async () => {
    const first = await openShop();
    const stores = [first, await open(), await open()];
    await Promise.all(stores.flatMap((store) => Array.from({ length: 40 }, () => claimOne(store))));
    expect(await claimed(first)).toBe(120);
    const seqs = (await first.readJournal("a", 0, 1000)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 122 }, (_, i) => i + 1));
  });

  it("never deadlock, whatever order they name apps in", async () => {
    const stores = [await open(), await open()];
    await put(stores[0] as Store, ...["a", "b", "d"].map((id) => ({ record: "app", value: anApp(id) }) as const));
    const touch = (store: Store, ids: string[]) =>
      put(store, ...ids.map((id) => ({ record: "app", value: anApp(id) }) as const));
    const orders = [
      ["a", "b", "d"],
      ["d", "b", "a"],
      ["b", "d"],
      ["d", "a"],
    ];
    const before = await sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => touch(stores[i % 2] as Store, orders[(i >> 1) % 4] as string[])),
    );
    const after = await sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    expect(after.rows).toEqual(before.rows);
  });

  it("write one chain, and count together", async () => {
    const stores = await Promise.all([open(), open()]);
    const ledgers = stores.map((store) => new Ledger({ store, clock: () => 1_700_000_000 }));
    const [ledger, store] = [ledgers[0] as Ledger, stores[0] as Store];
    await put(store, { record: "app", value: anApp("a") });
    await ledger.submit({ do: "addCoupon", content: aContent({ total: 1000 }) }, "app");
    await ledger.submit({ do: "changeCouponStatus", appid: "a", outCouponId: "c", to: "active" }, "app");
    const claims = Array.from({ length: 60 }, async (_, n) => {
      const ids = { appid: "a", outCouponId: "c", openid: `o${n}`, requestId: `r${n}`, outUserCouponId: `u${n}` };
      await new Promise((resolve) => setTimeout(resolve, n));
      return (ledgers[n % 2] as Ledger).submit({ do: "claimCoupon", ...ids }, "app");
    });
    for (const answer of await Promise.all(claims)) expect(answer).toHaveProperty("result");
    const rows = await store.readJournal("a", 0, 999);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 63 }, (_, i) => i + 1));
    for (const [i, row] of rows.entries())
      expect(row.digest).toBe(digestOf(rows[i - 1]?.digest ?? "", { ...row, steps: row.text }));
    const tallies = await store.listTallies("a", { from: 0, to: 99_999, outCouponId: null }, null, 9);
    expect(tallies.map(({ outCouponId, claimed }) => [outCouponId, claimed])).toEqual([
      [WHOLE_SHOP, 60],
      ["c", 60],
    ]);
  });

  it("that create the same app create it once, and all see it", async () => {
    const stores = await Promise.all([open(), open(), open()]);
    const found: boolean[] = [];
    await Promise.all(
      stores.map((store) =>
        store.transact([{ need: "app", appid: "same" }], (records) => {
          const isThere = records.app("same") !== undefined;
          if (isThere) found.push(true);
          return written(records, isThere ? [] : [{ record: "app", value: anApp("same") }]);
        }),
      ),
    );
    expect(found).toEqual([true, true]);
    expect((await (stores[0] as Store).readJournal("same", 0, 9)).length).toBe(1);
  });

  it("notice another's commits to an app, and neither their own nor those to other apps", async () => {
    const [store, other] = [await openShop(), await open()];
    await put(store, { record: "app", value: anApp("b") });
    const before = await store.foreignRevision("a");
    for (let i = 0; i < 20; i++) {
      const asked = Array.from({ length: 5 }, () => store.foreignRevision("a"));
      await claimOne(store);
      expect(new Set(await Promise.all(asked))).toEqual(new Set([before]));
    }
    await put(other, { record: "app", value: anApp("b") });
    expect(await store.foreignRevision("a")).toBe(before);
    await claimOne(other);
    const after = await store.foreignRevision("a");
    expect(after).not.toBe(before);
    expect(await store.foreignRevision("a")).toBe(after);
  });

  it("are told busy, having changed nothing, while one holds an app's lock for too long", async () => {
    const store = await openShop();
    const hasty = await open({ statementTimeout: 1000 });
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query("BEGIN; SELECT * FROM ledger FOR UPDATE");
    await expect(claimOne(hasty)).rejects.toThrow(StoreBusyError);
    expect(await claimed(store)).toBe(0);
    await holder.query("ROLLBACK");
    await holder.end();
    await claimOne(store);
    expect(await claimed(store)).toBe(1);
  });

  it.each<Cut[]>([
    ["before the commit"],
    ["after the commit"],
    ["before the commit", "after the commit"],
    ["after the commit", "before the commit"],
  ])("look whether a commit happened whose answer was lost %s", async (...cuts) => {
    const store = await openShop();
    const proxy = await cuttingProxy(database.url);
    try {
      const far = await open({ url: proxy.url });
      const before = await far.foreignRevision("a");
      proxy.cut(...cuts);
      for (let i = 1; i <= cuts.length; i++) {
        await claimOne(far);
        expect(await claimed(store)).toBe(i);
      }
      expect(proxy.left).toBe(0);
      expect((await store.readJournal("a", 0, 9)).length).toBe(2 + cuts.length);
      if (cuts.includes("after the commit")) expect(await far.foreignRevision("a")).not.toBe(before);
    } finally {
      proxy.close();
    }
  });

  it("go on when connections are cut, and count nothing twice", async () => {
    const store = await openShop();
    const [cuts, claims] = [40, 4];
    let [done, busy, isOver] = [0, 0, false];
    const claiming = (async () => {
      while (!isOver) {
        const error = await claimOne(store).catch((thrown: unknown) => thrown);
        if (error === undefined) done++;
        else if (error instanceof StoreBusyError) busy++;
        else throw error;
      }
    })();
    for (let i = 0; i < cuts; i++) {
      await sql(cutAll);
      await Promise.race([claiming, expect.poll(() => done, { interval: 3 }).toBeGreaterThan(i * claims)]);
    }
    isOver = true;
    await claiming;
    // Whoever was told that the store is busy may have been counted; a machine that connects in a second tells nobody.
    const counted = await claimed(store);
    expect(counted).toBeGreaterThanOrEqual(done);
    expect(counted).toBeLessThanOrEqual(done + busy);
    expect(busy).toBeLessThanOrEqual(done / 20);
    expect((await store.readJournal("a", 0, 100_000)).length).toBe((counted ?? 0) + 2);
  });
});
