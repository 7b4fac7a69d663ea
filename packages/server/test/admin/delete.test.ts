import { describe, expect, it, onTestFinished } from "vitest";
import { demoApp, ensureDemoShop } from "../../src/cli/demo.ts";
import { HOUSE } from "../../src/domain/records.ts";
import { verify } from "../../src/service/verification.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import type { Store } from "../../src/store/store.ts";
import { operate, operated, operatedFile } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { createSchema } from "../../testing/postgres.ts";
import { anAttempt } from "../../testing/records.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { type AdapterName, adapters, openTestStore, patient } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const APPID = "wx_doomed";
const KEPT = "wx_kept";

/** Two apps with the same of everything. */
async function start(adapter: AdapterName, changes: Partial<Store> = {}, removalSlice = 4) {
  const { store, discard } = await openTestStore(adapter);
  onTestFinished(discard);
  const server = await startTestServer({ store: Object.assign(store, changes), limits: { removalSlice } });
  onTestFinished(() => server.close());
  const [app, kept] = [await filled(server, APPID), await filled(server, KEPT)];
  return { server, app, kept };
}

async function filled(server: TestServer, appid: string): Promise<TestApp> {
  const app = await server.createApp(appid);
  await addActive(app, coupon("c", { total_num: 50 }));
  for (let i = 0; i < 9; i++) await app.must("claim", { openid: `p${i % 3}`, out_coupon_id: "c", request_id: `r${i}` });
  await server.store.keepCallbacks([anAttempt(appid)]);
  return app;
}

const exported = (server: TestServer, appid = APPID) => operatedFile(server, "exportApp", { appid });
const remove = (server: TestServer, appid = APPID) => operate(server, "deleteApp", { appid, confirm: appid });

/** All that is told of an app. */
async function all({ store }: TestServer, appid: string) {
  return {
    app: await store.app(appid),
    coupons: await store.listCoupons(appid, 0, 9),
    wallets: await store.listWallets(appid, null, 99),
    callbacks: await store.listCallbacks(appid, {}, null, 9),
    journal: await store.readJournal(appid, 0, 99),
    end: await store.journalEnd(appid),
    tallies: await store.listTallies(appid, { from: 0, to: 99_999, outCouponId: null }, null, 99),
  };
}
const nothing = {
  app: undefined,
  coupons: { total: 0, entries: [] },
  wallets: [],
  callbacks: [],
  journal: [],
  end: { seq: 0, digest: "" },
  tallies: [],
};

/** What a list of coupons answers to a token. */
const list = async (server: TestServer, token: string) => {
  const asked = { method: "POST", body: '{"page_size":9}' };
  return server.json(await server.fetch(`/shop/coupon/get_list?access_token=${token}`, asked));
};

/** Two servers on one database, each with a connection of its own. */
async function twoProcesses(adapter: AdapterName): Promise<[TestServer, TestServer]> {
  const directory = temporaryDirectory();
  const schema = adapter === "postgres" ? await createSchema() : undefined;
  const open = async () =>
    schema
      ? openPostgresStore({ url: schema.url, ...patient })
      : openSqliteStore(directory.path, { patience: patient.statementTimeout });
  const stores = [await open(), await open()];
  const servers = await Promise.all(stores.map((store) => startTestServer({ store })));
  onTestFinished(async () => {
    for (const server of servers) await server.close();
    for (const store of stores) await store.close();
    directory.remove();
    await schema?.drop();
  });
  return servers as [TestServer, TestServer];
}

describe.each(adapters)("on %s", (adapter) => {
  it("a deleted app is gone with all that was of it, nothing of another, and the house's journal says who did it", async () => {
    const { server, app, kept } = await start(adapter);
    const before = await all(server, KEPT);
    const lines = (await exported(server)).trim().split("\n");
    expect(lines).toHaveLength(10);
    const end = await server.store.journalEnd(APPID);
    expect(await remove(server)).toEqual({});
    expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(40001);
    expect(await operate(server, "showApp", { appid: APPID })).toMatchObject({ status: 404, problem: "unknown_app" });
    expect((await server.apps.list()).map(({ appid }) => appid)).toEqual([KEPT]);
    await server.admin.removals.finish();
    expect(await server.store.listRemovals()).toEqual([]);
    expect(await all(server, APPID)).toEqual(nothing);
    expect(await all(server, KEPT)).toEqual(before);
    expect((await kept.call("get_list", { page_size: 1 })).errcode).toBe(0);
    expect(await server.store.listJournal(HOUSE, null, 1)).toMatchObject([
      {
        command: "deleteApp",
        by: "command_line",
        steps: [{ record: "app", before: { tokenQuota: 2000 }, after: { appid: APPID, removed: end } }],
      },
    ]);
    expect((await server.store.listJournal(HOUSE, null, 1))[0]?.text).not.toContain("salt");
    for (const appid of [HOUSE, KEPT]) expect(await verify(server.store, appid)).toMatchObject({ faults: [] });
  });

  it("its appid can be used anew", async () => {
    const { server, app } = await start(adapter);
    expect(await list(server, app.accessToken)).toMatchObject({ total_num: 1 });
    await exported(server);
    await remove(server);
    await server.admin.removals.finish();
    const anew = await server.createApp(APPID, "another-secret-of-it");
    expect(await list(server, anew.accessToken)).toMatchObject({ errcode: 0, total_num: 0 });
    await addActive(anew, coupon("d", { total_num: 1 }));
    expect(await list(server, anew.accessToken)).toMatchObject({ result_list: [{ coupon: { out_coupon_id: "d" } }] });
    await anew.must("claim", { openid: "p0", out_coupon_id: "d", request_id: "r0" });
    const { journal, wallets } = await all(server, APPID);
    expect(journal[0]).toMatchObject({ command: "createApp" });
    expect(wallets).toHaveLength(1);
    expect(await server.store.keepCallbacks([anAttempt(APPID)])).toEqual([1]);
    await exported(server);
    expect(await remove(server)).toEqual({});
    await server.admin.removals.finish();
    expect(await all(server, APPID)).toEqual(nothing);
  });

  it.runIf(adapter !== "memory")("another process forgets it, and takes its appid for another app's", async () => {
    const [one, other] = await twoProcesses(adapter);
    const app = await filled(one, APPID);
    expect(await list(other, app.accessToken)).toMatchObject({ total_num: 1 });
    await exported(one);
    await remove(one);
    await one.admin.removals.finish();
    const anew = await one.createApp(APPID, "another-secret-of-it");
    expect(await list(other, anew.accessToken)).toMatchObject({ errcode: 0, total_num: 0 });
    await addActive(anew, coupon("d", { total_num: 1 }));
    expect(await list(other, anew.accessToken)).toMatchObject({ result_list: [{ coupon: { out_coupon_id: "d" } }] });
    const claim = { appid: APPID, openid: "p", outCouponId: "d", requestId: "r" };
    const answer = await other.ledger.submit({ do: "claimCoupon", ...claim, outUserCouponId: "u" }, "app");
    expect(answer).toMatchObject({ result: { outUserCouponId: "u" } });
    expect((await all(one, APPID)).wallets).toHaveLength(1);
  });

  it("what a process left of it goes with the next, and until then the appid is busy", async () => {
    const { server, app } = await start(adapter);
    const { removeSome } = server.store;
    const cut = { removeSome: () => Promise.reject(new Error("the process was killed")) };
    await exported(server);
    Object.assign(server.store, cut);
    expect(await remove(server)).toEqual({});
    await server.admin.removals.finish().catch(() => {});
    Object.assign(server.store, { removeSome });
    for (let slices = 0; ; slices++) {
      await server.crash();
      expect(await server.store.app(APPID)).toBeUndefined();
      expect(await server.store.listHolds(2 ** 40, 9, 9)).toEqual([]);
      expect(await server.store.keepCallbacks([anAttempt(APPID)])).toEqual([0]);
      const claim = { appid: APPID, openid: "p", outCouponId: "c", requestId: "late" };
      const late = server.ledger.submit({ do: "claimCoupon", ...claim, outUserCouponId: "u" }, "app");
      await expect(late).rejects.toThrow("is being deleted");
      await expect(server.createApp(APPID)).rejects.toThrow("is being deleted");
      if ((await server.store.removeSome(APPID, 7)) === 0) {
        expect(slices).toBeGreaterThan(1);
        break;
      }
      expect(await server.store.listRemovals()).toEqual([APPID]);
    }
    expect(await all(server, APPID)).toEqual(nothing);
    expect((await app.call("get_list", {})).errcode).toBe(40001);
    await server.createApp(APPID);
  });

  it("another who claims meanwhile is not held up by more than a slice", async () => {
    const { server, kept } = await start(adapter, {}, 1);
    await exported(server);
    await remove(server);
    const finishing = server.admin.removals.finish();
    const replies = [];
    for (let i = 0; i < 5; i++)
      replies.push(await kept.call("claim", { openid: "late", out_coupon_id: "c", request_id: `late${i}` }));
    expect(replies.map(({ errcode }) => errcode)).toEqual([0, 0, 0, 0, 0]);
    await finishing;
  });
});

describe("deleteApp", () => {
  it("is refused until the app was exported to its end since its last change", async () => {
    const { server, app } = await start("sqlite");
    const refused = async () => (await remove(server)) as { problem?: string; detail?: string };
    expect(await refused()).toMatchObject({
      status: 409,
      problem: "not_exported",
      detail: expect.stringContaining("never"),
    });
    const half = await server.store.journalEnd(APPID);
    const pieces = (await operateFile(server))[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.return?.();
    expect(await server.store.journalEnd(APPID)).toEqual(half);
    expect(await refused()).toMatchObject({ status: 409 });
    await exported(server);
    await app.must("claim", { openid: "p", out_coupon_id: "c", request_id: "late" });
    expect(await refused()).toMatchObject({ status: 409, detail: expect.stringContaining("has changed since") });
    const during = (await operateFile(server))[Symbol.asyncIterator]();
    await during.next();
    await app.must("claim", { openid: "p", out_coupon_id: "c", request_id: "during" });
    for (let piece = await during.next(); !piece.done; piece = await during.next());
    expect(await refused()).toMatchObject({ status: 409 });
    await exported(server);
    await exported(server);
    await app.renewToken();
    expect(await operate(server, "deleteApp", { appid: APPID, confirm: KEPT })).toMatchObject({
      status: 400,
      errors: [{ field: "confirm" }],
    });
    expect(await operate(server, "deleteApp", { appid: APPID })).toMatchObject({ status: 400 });
    expect(await refused()).toEqual({});
    expect(await remove(server)).toMatchObject({ status: 404 });
  });

  it("deletes nothing of an app in which something happens in between", async () => {
    const { server, app } = await start("memory");
    await exported(server);
    const { readJournal } = server.store;
    Object.assign(server.store, {
      async readJournal(...asked: Parameters<typeof readJournal>) {
        const entries = await readJournal(...asked);
        Object.assign(server.store, { readJournal });
        await app.must("claim", { openid: "p", out_coupon_id: "c", request_id: "between" });
        return entries;
      },
    });
    expect(await remove(server)).toMatchObject({ status: 409, problem: "not_exported" });
    expect((await all(server, APPID)).wallets).toHaveLength(10);
  });

  it("takes the demo shop too, which comes back with the next demo", async () => {
    const server = await startTestServer();
    await ensureDemoShop(server);
    await exported(server, demoApp.appid);
    expect(await remove(server, demoApp.appid)).toEqual({});
    await server.admin.removals.finish();
    expect(await server.apps.list()).toEqual([]);
    expect(await ensureDemoShop(server)).toBe("ready");
    expect((await operated(server, "listCallbacks", { appid: demoApp.appid })).entries).toEqual([]);
    await server.close();
  });
});

async function operateFile(server: TestServer): Promise<AsyncIterable<string>> {
  const { makeCall } = await import("../../src/http/admin/call.ts");
  const { commandLine } = await import("../../src/http/admin/who.ts");
  const answer = await makeCall(server.admin, commandLine, "exportApp", {
    path: { appid: APPID },
    query: {},
    body: undefined,
  });
  if (!("file" in answer)) throw new Error("no file came");
  return answer.file;
}
