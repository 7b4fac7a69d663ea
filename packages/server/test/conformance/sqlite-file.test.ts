import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { steps } from "../../src/store/sqlite/schema.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";
import { aCall, aCoupon, anApp, anAttempt, aStock, aUserCoupon, put } from "../../testing/records.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

describe("the SQLite store's file", () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let store: Store;
  beforeEach(async () => {
    directory = temporaryDirectory();
    store = openSqliteStore(directory.path);
    await put(store, { record: "app", value: anApp("a") });
  });
  afterEach(async () => {
    await store.close();
    directory.remove();
  });
  const file = () => join(directory.path, "quanku.db");

  it("holds everything after it was closed and opened again", async () => {
    const coupon = aCoupon("a", "c", 0);
    await put(store, { record: "coupon", value: coupon }, { record: "stock", value: aStock(coupon) });
    await store.close();
    store = openSqliteStore(directory.path);
    expect(await store.listCoupons("a", 0, 9)).toEqual({ total: 1, entries: [{ coupon, stock: aStock(coupon) }] });
  });

  it("of an older program is brought up to date and keeps what it holds", async () => {
    const coupon = aCoupon("a", "c", 0);
    const { secret, tokens } = anApp("a");
    const { document, terms } = coupon;
    await store.close();
    rmSync(file());
    const db = new DatabaseSync(file());
    db.exec(steps[0] as string);
    db.prepare("INSERT INTO app VALUES (1, 'a', 11, ?, 2000, ?)").run(JSON.stringify(secret), JSON.stringify(tokens));
    db.prepare(
      "INSERT INTO coupon VALUES (4294967296, 1, 'c', 'shop_flat_discount', 4, ?, ?, 'active', 100, 200, 150)",
    ).run(document, JSON.stringify(terms));
    const strange = `{"name":"${"\\u5238"} 1","unknown":"\\u0000","huge":1e999,"huge":2}`;
    const insert = db.prepare(
      "INSERT INTO coupon VALUES (?, 1, 'c' || ?1, 'shop_flat_discount', 4, ?, '{}', 'draft', 1, 1, NULL)",
    );
    for (let n = 1; n <= 205; n++) insert.run(4294967296 + n, n === 205 ? "{}" : strange.replace(" 1", ` ${n}`));
    db.exec("INSERT INTO stock VALUES (4294967296, 9, 1, 150, 160); PRAGMA user_version = 1");
    db.close();
    store = openSqliteStore(directory.path);
    const settings = { claimMode: "direct", callbackUrl: null, autoExpire: true };
    expect(await store.app("a")).toMatchObject({ tokenQuota: 2000, settings, confirmedUrl: null });
    expect(await store.listCoupons("a", 0, 1)).toEqual({ total: 206, entries: [{ coupon, stock: aStock(coupon) }] });
    const named = await store.findCoupons("a", { namePrefix: "券 20" }, null, 9);
    expect(named.entries.map(({ coupon }) => coupon.position)).toEqual([20, 200, 201, 202, 203, 204]);
    await store.transact([{ need: "claim", appid: "a", requestId: "r" }], (records) => {
      expect(records.claim("a", "r")).toBeUndefined();
      return { changes: [], journal: [] };
    });
  });

  it("moves what was committed from the log into the database beside its commits, and closes both", {
    timeout: 30_000,
  }, async () => {
    const before = await store.foreignRevision("a");
    const sizeBefore = statSync(file()).size;
    const coupons = Array.from({ length: 1000 }, (_, position) => aCoupon("a", `c${position}`, position));
    await put(store, ...coupons.map((value) => ({ record: "coupon", value }) as const));
    await expect.poll(() => statSync(file()).size).toBeGreaterThan(sizeBefore + 1000 * 100);
    await put(store, { record: "app", value: anApp("begins the log anew") });
    await new Promise(setImmediate);
    expect(await store.foreignRevision("a")).toBe(before);
    await store.close();
    expect(readdirSync(directory.path)).toEqual(["quanku.db"]);
    store = openSqliteStore(directory.path);
    expect((await store.listCoupons("a", 0, 0)).total).toBe(1000);
  });

  it("of a program that ordered attempts by their time numbers them so", async () => {
    await store.close();
    rmSync(file());
    const db = new DatabaseSync(file());
    const made = steps.findIndex((step) => typeof step === "string" && step.includes("callback_before"));
    for (const step of steps.slice(0, made)) typeof step === "string" ? db.exec(step) : step(db);
    db.exec(`PRAGMA user_version = ${made}`);
    const kept = [anAttempt("a", { at: 7, reason: "second" }), anAttempt("a", { at: 3, reason: "first" })];
    for (const { openid: _, outCouponId: __, ...attempt } of kept)
      db.prepare("INSERT INTO callback (app, at, attempt) VALUES (1, ?, ?)").run(attempt.at, JSON.stringify(attempt));
    db.close();
    store = openSqliteStore(directory.path);
    await put(store, { record: "app", value: anApp("a") });
    const found = await store.listCallbacks("a", {}, null, 9);
    expect(found).toMatchObject([
      { nth: 2, reason: "second", openid: "" },
      { nth: 1, reason: "first" },
    ]);
    expect(await store.keepCallbacks([anAttempt("a")])).toEqual([3]);
  });

  it("of a program that read no discounts tells of none, and of what else the terms say", async () => {
    const coupon = aCoupon("a", "c", 0);
    await put(store, { record: "coupon", value: coupon });
    const db = new DatabaseSync(file());
    db.exec("UPDATE coupon SET terms = json_remove(terms, '$.discount')");
    db.close();
    expect(await store.coupon("a", "c")).toEqual({ ...coupon, terms: { ...coupon.terms, discount: null } });
  });

  it("waits for the disk with every commit but that of calls that are logged, whatever comes of it", async () => {
    const { exec } = DatabaseSync.prototype;
    const said: string[] = [];
    DatabaseSync.prototype.exec = function (sql) {
      said.push(sql);
      return exec.call(this, sql);
    };
    onTestFinished(() => {
      DatabaseSync.prototype.exec = exec;
    });
    await store.keepCalls([aCall("a")]);
    const [soon, full] = ["PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"];
    expect(said.splice(0)).toEqual([soon, "BEGIN IMMEDIATE", "COMMIT", full]);
    await expect(store.keepCalls([aCall("a", { at: "never" as never })])).rejects.toThrow();
    expect(said.splice(0)).toEqual([soon, "BEGIN IMMEDIATE", "ROLLBACK", full]);
    await put(store, { record: "app", value: anApp("b") });
    expect(said).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
  });

  it("goes along an index for whatever coupons are searched by", async () => {
    const { prepare } = DatabaseSync.prototype;
    const prepared: string[] = [];
    DatabaseSync.prototype.prepare = function (sql, ...more) {
      prepared.push(sql);
      return prepare.call(this, sql, ...more);
    };
    const other = temporaryDirectory();
    try {
      await openSqliteStore(other.path).close();
    } finally {
      DatabaseSync.prototype.prepare = prepare;
      other.remove();
    }
    const db = new DatabaseSync(file());
    const plans = prepared
      .filter((sql) => sql.includes("FROM coupon") && /ORDER BY (id DESC|id|name, id) LIMIT \?/.test(sql))
      .map((sql) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]);
    db.close();
    expect(plans.map((plan) => plan.map(({ detail }) => detail).join("; "))).toEqual([
      "SEARCH coupon USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
      "SEARCH coupon USING COVERING INDEX coupon_of_status (app=? AND status=? AND id<?)",
      "SEARCH coupon USING COVERING INDEX coupon_of_kind (app=? AND kind=? AND id<?)",
      "SEARCH coupon USING COVERING INDEX coupon_named (app=? AND name=? AND id>?)",
      "SEARCH coupon USING COVERING INDEX coupon_named (app=? AND name>? AND name<?)",
    ]);
  });

  it("notices another process's commit, and not its own", async () => {
    const before = await store.foreignRevision("own");
    await put(store, { record: "app", value: anApp("own") });
    await new Promise(setImmediate);
    expect(await store.foreignRevision("own")).toBe(before);
    const other = openSqliteStore(directory.path);
    await put(other, { record: "app", value: anApp("foreign") });
    await other.close();
    await new Promise(setImmediate);
    expect(await store.foreignRevision("own")).not.toBe(before);
    expect(await store.app("foreign")).toBeDefined();
  });

  it("tells a wallet's coupons as they are after a change of this process, and of another", async () => {
    const coupon = aCoupon("a", "c", 0);
    await put(store, { record: "coupon", value: coupon }, { record: "stock", value: aStock(coupon) });
    await put(store, { record: "userCoupon", value: aUserCoupon(coupon, "o", "u", 0) });
    const statuses = async () =>
      (await store.listWalletCoupons("a", "o", 50, 9)).entries.map(({ coupon }) => coupon.status);
    expect(await statuses()).toEqual(["active"]);
    await put(store, { record: "coupon", value: { ...coupon, status: "expired" } });
    expect(await statuses()).toEqual(["expired"]);
    const other = openSqliteStore(directory.path);
    await put(other, { record: "coupon", value: { ...coupon, status: "void" } });
    await other.close();
    expect(await statuses()).toEqual(["void"]);
  });

  it("answers busy, having changed nothing, while another process holds the lock", async () => {
    const other = new DatabaseSync(file());
    other.exec("BEGIN IMMEDIATE");
    await expect(put(store, { record: "app", value: anApp("late") })).rejects.toThrow(StoreBusyError);
    other.exec("ROLLBACK");
    other.close();
    expect(await store.app("late")).toBeUndefined();
    await put(store, { record: "app", value: anApp("late") });
    expect(await store.app("late")).toBeDefined();
  });

  it("takes nothing of an app or a coupon that is not there", async () => {
    const [coupon, nobodys] = [aCoupon("a", "c", 0), aCoupon("nobody", "c", 0)];
    const refused = put(store, { record: "coupon", value: nobodys });
    await expect(refused).rejects.toThrow("a change of app nobody, which does not exist");
    const ofNone = put(store, { record: "userCoupon", value: aUserCoupon(coupon, "o", "u", 0) });
    await expect(ofNone).rejects.toThrow("a change of coupon c of app a, which does not exist");
  });

  it("restates the rules in its schema", () => {
    const db = new DatabaseSync(file());
    const claim =
      "INSERT INTO user_coupon VALUES (NULL, 1, 'u', 1, 'o', ?, 'effective', 1, 1, 1, 0, 0, NULL, NULL, NULL, NULL)";
    db.exec(
      "INSERT INTO coupon VALUES (4294967296, 1, 'c', 'k', 4, '{}', '{}', 'active', 1, 1, 1, 0, ''); INSERT INTO stock (coupon, remaining, claimed, created_at, updated_at) VALUES (4294967296, 1, 0, 1, 1)",
    );
    db.prepare(claim).run(0);
    expect(() => db.exec("UPDATE stock SET remaining = remaining - 2")).toThrow("CHECK");
    expect(() => db.exec("UPDATE stock SET held = -1")).toThrow("CHECK");
    expect(() => db.prepare(claim).run(1)).toThrow("UNIQUE");
    expect(() => db.exec("UPDATE coupon SET status = 'lost'")).toThrow("CHECK");
    expect(() => db.exec("UPDATE coupon SET id = 7")).toThrow("CHECK");
    expect(() => db.exec("UPDATE journal SET at = 0")).toThrow("append-only");
    // Of a sandbox app a journal may begin anew.
    db.exec("UPDATE app SET sandbox = NULL");
    expect(() => db.exec("DELETE FROM journal")).toThrow("append-only");
    db.close();
  });
});
