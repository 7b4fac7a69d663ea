import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import { STATE_FORMAT } from "../../src/service/sandbox/state-text.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { anAttempt } from "../../testing/records.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore, patient, type TestStore } from "../../testing/stores.ts";
import { behind } from "../../testing/tampering.ts";
import { dice, faultsIn, live, onTheWire, rowsOf } from "./filled.ts";

const NOW = 1_700_000_000;
const DAY = 86_400;
const [SANDBOX, BESIDE, SHOP] = ["wx_sandbox", "wx_beside", "wx_shop"];
const calls = ["resetSandbox", "saveSandbox", "loadSandbox", "listSandboxStates", "removeSandboxState"] as const;

describe.each(adapters)("on %s", (adapter) => {
  let kept: TestStore;
  let server: TestServer;
  let app: TestApp;
  beforeEach(async () => {
    kept = await openTestStore(adapter);
    server = await startTestServer({ now: NOW, store: kept.store, limits: { following: { pollMs: 5 } } });
    app = await server.createApp(SANDBOX, undefined, { sandbox: true });
  });
  afterEach(async () => {
    await server.close();
    await kept.discard();
  });

  const submit = (command: Command) => server.ledger.submit(command, "command_line");
  const save = (state: string) => operated(server, "saveSandbox", { appid: SANDBOX, state });
  const load = (state: string) => operated(server, "loadSandbox", { appid: SANDBOX, state });
  const reset = () => operated(server, "resetSandbox", { appid: SANDBOX });

  it("what was saved is put back to the byte, whatever happened since, and nothing of another app moves", async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const beside = await server.createApp(BESIDE, undefined, { sandbox: true });
    await live(server, beside, dice(seed + 1), 15);
    await live(server, app, dice(seed), 60);
    await submit({ do: "configureApp", appid: SANDBOX, settings: { claimsPerMinute: 77 } });
    const other = await rowsOf(server, BESIDE);
    const before = { wire: await onTheWire(server, app), ...(await rowsOf(server, SANDBOX)) };
    const heldKinds = before.records.filter(({ record }) => record !== "app");
    expect((await save("状态-1")).state).toMatchObject({ records: heldKinds.length, save_time: server.clock.now });

    await live(server, app, dice(seed + 2), 20);
    await submit({ do: "configureApp", appid: SANDBOX, settings: { claimsPerMinute: 78 } });
    await submit({ do: "setClock", appid: SANDBOX, to: server.clock.now + 40 * DAY, real: server.clock.now });
    await app.renewToken();
    expect(await onTheWire(server, app), `seed ${seed}`).not.toEqual(before.wire);
    const end = await server.store.journalEnd(SANDBOX);

    expect((await load("状态-1")).app).toMatchObject({ appid: SANDBOX, claims_per_minute: 77 });
    expect(await onTheWire(server, app), `seed ${seed}`).toEqual(before.wire);
    const after = await rowsOf(server, SANDBOX);
    expect(after.records.filter(({ record }) => record !== "app")).toEqual(heldKinds);
    expect(after.tallies).toEqual(before.tallies);
    expect(after.callbacks).toEqual([]);
    for (const { record, value } of heldKinds) {
      if (record !== "coupon") continue;
      const asked = { appid: SANDBOX, out_coupon_id: value.outCouponId };
      const { entries } = await operated(server, "listCouponHistory", asked);
      const records = entries.flatMap(({ command, steps }) => [
        command,
        ...steps.map(({ after }) => after.outCouponId),
      ]);
      expect(new Set(records)).toEqual(new Set(["loadSandbox", value.outCouponId]));
    }
    expect(new Set(after.journal.map(({ command }) => command))).toEqual(new Set(["loadSandbox"]));
    expect(after.journal[0]).toMatchObject({ seq: expect.any(Number), by: "command_line" });
    expect(after.journal[0]?.seq).toBeGreaterThan(end.seq);
    expect(await faultsIn(server, SANDBOX), `seed ${seed}`).toEqual([]);
    expect(await rowsOf(server, BESIDE)).toEqual(other);

    await live(server, app, dice(seed + 3), 20);
    expect(await faultsIn(server, SANDBOX), `seed ${seed} after more`).toEqual([]);
    await load("状态-1");
    await app.renewToken();
    expect((await rowsOf(server, SANDBOX)).records.filter(({ record }) => record !== "app")).toEqual(heldKinds);
  });

  it("a reset empties the app and brings its clock back; secret, token, settings and states stay", async () => {
    await live(server, app, dice(7), 30);
    await submit({ do: "configureApp", appid: SANDBOX, settings: { claimsPerMinute: 77 } });
    await save("full");
    await submit({ do: "setClock", appid: SANDBOX, to: server.clock.now + 7 * DAY, real: server.clock.now });
    await submit({ do: "freezeClock", appid: SANDBOX, real: server.clock.now });
    await app.renewToken();
    expect((await reset()).app).toMatchObject({ appid: SANDBOX, claims_per_minute: 77, sandbox: true });
    const rows = await rowsOf(server, SANDBOX);
    expect(rows).toMatchObject({ records: [{ record: "app" }], tallies: [], callbacks: [] });
    expect(rows.journal).toMatchObject([{ command: "resetSandbox", by: "command_line", at: server.clock.now }]);
    expect(await faultsIn(server, SANDBOX)).toEqual([]);
    expect(await app.call("get_list", { page_size: 9 })).toMatchObject({ errcode: 0, total_num: 0 });

    // What was left of the token's life is left of it by the new time.
    server.clock.now += 7199;
    expect(await app.call("get_list", { page_size: 9 })).toMatchObject({ errcode: 0 });
    server.clock.now += 1;
    expect(await app.call("get_list", { page_size: 9 })).toMatchObject({ errcode: 42001 });
    await app.renewToken();
    await addActive(app, coupon("anew", { total_num: 1 }));
    expect(await app.call("claim", { openid: "p", out_coupon_id: "anew", request_id: "r" })).toMatchObject({
      errcode: 0,
    });
    expect(await server.store.keepCallbacks([anAttempt(SANDBOX)])).toEqual([1]);
    expect(await faultsIn(server, SANDBOX)).toEqual([]);
    expect((await operated(server, "listSandboxStates", { appid: SANDBOX })).entries).toMatchObject([
      { state: "full" },
    ]);
  });

  it("a clock that stood stands where it stood, one that went goes on from the second that was saved", async () => {
    const real = () => server.clock.now;
    const times = async () => (await server.store.app(SANDBOX))?.sandbox?.clock;
    await submit({ do: "setClock", appid: SANDBOX, to: NOW + DAY, real: real() });
    await save("going");
    await submit({ do: "freezeClock", appid: SANDBOX, real: real() });
    await save("standing");
    await submit({ do: "setClock", appid: SANDBOX, to: NOW + 9 * DAY, real: real() });
    server.clock.now += 100;
    await load("going");
    expect(await times()).toEqual({ ahead: DAY - 100, frozenAt: null });
    await load("standing");
    expect(await times()).toEqual({ ahead: 0, frozenAt: NOW + DAY });
    await app.renewToken();
    expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(0);
    server.clock.now += 5 * DAY;
    await load("going");
    expect(await times()).toEqual({ ahead: -4 * DAY - 100, frozenAt: null });
    expect((await server.store.listJournal(SANDBOX, null, 1))[0]?.at).toBe(NOW + DAY);
  });

  it("a production app refuses all of it, and its journal cannot be deleted", async () => {
    const shop = await server.createApp(SHOP);
    await live(server, shop, dice(5), 20);
    const before = await rowsOf(server, SHOP);
    for (const call of calls) {
      const given = { appid: SHOP, ...(call.endsWith("State") || /^(save|load)/.test(call) ? { state: "s" } : {}) };
      expect(await operate(server, call, given), call).toMatchObject({ status: 409, problem: "not_sandbox" });
    }
    if (adapter !== "memory") {
      await expect(behind(kept, `DELETE FROM journal WHERE appid = '${SHOP}'`)).rejects.toThrow("append-only");
      await expect(behind(kept, `UPDATE journal SET at = 1 WHERE appid = '${SANDBOX}'`)).rejects.toThrow("append-only");
    }
    expect(await rowsOf(server, SHOP)).toEqual(before);
  });

  it("keeps twenty states of an app under names, and tells what it cannot do", async () => {
    const problems = async (call: (typeof calls)[number], state: string) =>
      (await operate(server, call, { appid: SANDBOX, state })) as object;
    for (const state of ["", "a b", "a/b", "x".repeat(65)])
      expect(await problems("saveSandbox", state), state).toMatchObject({ status: 400, errors: [{ field: "state" }] });
    await save("s7");
    const state = await server.store.state(SANDBOX, "s7");
    if (!state) throw new Error("it is not kept");
    for (let i = 0; i < 20; i++) await server.store.keepState({ ...state, name: `s${i}` });
    expect(await problems("saveSandbox", "one-more")).toMatchObject({ status: 409, problem: "too_many_states" });
    await save("s7");
    await operated(server, "removeSandboxState", { appid: SANDBOX, state: "s3" });
    await save("one-more");
    expect((await operated(server, "listSandboxStates", { appid: SANDBOX })).entries).toHaveLength(20);
    for (const call of ["loadSandbox", "removeSandboxState"] as const)
      expect(await problems(call, "s3")).toMatchObject({ status: 404, problem: "unknown_state" });

    await server.store.keepState({ ...state, format: STATE_FORMAT + 1 });
    const before = await rowsOf(server, SANDBOX);
    expect(await problems("loadSandbox", "s7")).toMatchObject({ status: 409, problem: "state_newer" });
    expect(await rowsOf(server, SANDBOX)).toEqual(before);
    expect(await server.store.keepState({ ...state, appid: "wx_nobody" })).toBe(false);
  });

  it("claims beside a load come before it and are gone, or after it and are whole", async () => {
    await addActive(app, coupon("hot", { total_num: 1000 }));
    await app.must("claim", { openid: "saved", out_coupon_id: "hot", request_id: "saved" });
    await save("s");
    const claims = Array.from({ length: 60 }, (_, i) => i);
    const loading: Promise<unknown>[] = [];
    const answered = await Promise.all(
      claims.map(async (i) => {
        if (i % 20 === 10) loading.push(load("s"));
        await new Promise((resolve) => setTimeout(resolve, i));
        return app.call("claim", { openid: `p${i % 5}`, out_coupon_id: "hot", request_id: `r${i}` });
      }),
    );
    await Promise.all(loading);
    expect(answered.map(({ errcode }) => errcode)).toEqual(claims.map(() => 0));
    const { records } = await rowsOf(server, SANDBOX);
    const count = (kind: string) => records.filter(({ record }) => record === kind).length;
    expect(count("claim")).toBe(count("userCoupon"));
    expect(count("claim")).toBeLessThan(claims.length + 1);
    expect(records.find(({ record }) => record === "stock")?.value).toMatchObject({ claimed: count("claim") });
    expect(await faultsIn(server, SANDBOX)).toEqual([]);
  });

  it("whoever follows the app goes on, and is told of attempts that are numbered anew", async () => {
    const follower = await server.admin.following.follow(SANDBOX, undefined);
    onTestFinished(() => follower?.close());
    await server.store.keepCallbacks([1, 2, 3].map((n) => anAttempt(SANDBOX, { reason: `before ${n}` })));
    const told: string[] = [];
    const wait = async (until: string) => {
      for (let looks = 0; !told.some((data) => data.includes(until)); looks++) {
        if (looks === 30) throw new Error(`nobody told of ${until}`);
        const next = await follower?.next(1000);
        if (!next || "ended" in next) throw new Error(`it ended: ${JSON.stringify(next)}`);
        told.push(...next.happened.map(({ data }) => data));
      }
    };
    await wait("before 3");
    await reset();
    await server.store.keepCallbacks([
      anAttempt(SANDBOX, { reason: "after 1" }),
      anAttempt(SANDBOX, { reason: "after 2" }),
    ]);
    await wait("after 2");
    await addActive(app, coupon("anew", { total_num: 1 }));
    await wait("changeCouponStatus");
    expect(told.filter((data) => /(before|after) \d/.test(data))).toHaveLength(5);
    expect(told.filter((data) => data.includes('"resetSandbox"'))).toHaveLength(1);
  });

  it("a sandbox app is deleted without an export, with its states", async () => {
    await live(server, app, dice(3), 10);
    await save("s");
    expect(await operate(server, "deleteApp", { appid: SANDBOX, confirm: SANDBOX })).toEqual({});
    await server.admin.removals.finish();
    await server.createApp(SANDBOX, undefined, { sandbox: true });
    expect((await operated(server, "listSandboxStates", { appid: SANDBOX })).entries).toEqual([]);
    expect(await faultsIn(server, SANDBOX)).toEqual([]);
  });

  it.runIf(adapter !== "memory")("another process shows what was put back at once", async () => {
    const open = async () =>
      kept.url
        ? openPostgresStore({ url: kept.url, ...patient })
        : openSqliteStore(kept.dataDir as string, { patience: patient.statementTimeout });
    const store = await open();
    const other = await startTestServer({ now: NOW, store });
    onTestFinished(async () => {
      await other.close();
      await store.close();
    });
    for (const id of ["a", "b", "c"]) await addActive(app, coupon(id, { total_num: 5 }));
    await save("three");
    const three = await onTheWire(server, app);
    expect(await onTheWire(other, app)).toEqual(three);
    await reset();
    expect((await onTheWire(other, app))[0]).toContain('"total_num":0');
    await addActive(app, coupon("d", { total_num: 5 }));
    expect((await onTheWire(other, app))[0]).toContain('"total_num":1');
    await load("three");
    expect(await onTheWire(other, app)).toEqual(three);
    await operated(other, "resetSandbox", { appid: SANDBOX });
    expect((await onTheWire(server, app))[0]).toContain('"total_num":0');
  });
});
