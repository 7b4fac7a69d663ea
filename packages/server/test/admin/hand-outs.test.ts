import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { HandOuts } from "../../src/service/hand-outs/hand-outs.ts";
import { StoreBusyError } from "../../src/store/store.ts";
import { operate, operated, operatedFile } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore } from "../../testing/stores.ts";

const APP = "wx-shop";
/** Two batches and a half. */
const MANY = 500;
/** Longer than a process has a hand-out to itself, in seconds. */
const LEASE_OVER = 6;

const people = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
const listOf = (openids: readonly string[]) => openids.join("\n");

describe.each(adapters)("hand-outs on %s", (adapter) => {
  let server: TestServer;
  let shop: TestApp;
  /** What happens before results are noted: a test may cancel, fail, or end the process there. */
  let beforeNoted: () => Promise<void>;
  beforeEach(async () => {
    const { store, discard } = await openTestStore(adapter);
    beforeNoted = async () => {};
    const noteHandOutLines: typeof store.noteHandOutLines = async (...noted) => {
      await beforeNoted();
      await store.noteHandOutLines(...noted);
    };
    server = await startTestServer({ store: { ...store, noteHandOutLines } });
    onTestFinished(async () => {
      await server.close();
      await discard();
    });
    shop = await server.createApp(APP);
    await addActive(shop, coupon("c", { total_num: 1000, limit_num_one_person: 1 }));
  });

  const given = { appid: APP, hand_out: "h" };
  const create = async (file: string, more: { dry_run?: boolean; request_id?: string; out_coupon_id?: string } = {}) =>
    (await operated(server, "createHandOut", { appid: APP, out_coupon_id: "c", request_id: "h", ...more }, { file }))
      .hand_out;
  const show = async (hand_out = "h") => (await operated(server, "showHandOut", { appid: APP, hand_out })).hand_out;
  /** The result file's lines without its head, each cell by cell; no cell here needs quotes but reasons. */
  const results = async () =>
    (await operatedFile(server, "listHandOutResults", given))
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  const stock = async (outCouponId = "c") =>
    (await server.store.listCoupons(APP, 0, 9)).entries.find(({ coupon }) => coupon.outCouponId === outCouponId)?.stock;
  const walletOf = async (openid: string) => (await server.store.listUserCoupons(APP, openid, 0, 9)).entries;
  /** Everybody has exactly one, by the id that the result file tells, and the stock adds up. */
  const assertGiven = async (openids: readonly string[]) => {
    const told = await results();
    expect(told.map(([line, openid, result]) => [line, openid, result])).toEqual(
      openids.map((openid, i) => [String(i + 1), openid, "given"]),
    );
    for (const [i, openid] of openids.entries()) {
      const wallet = await walletOf(openid);
      expect(wallet.map(({ outUserCouponId }) => outUserCouponId)).toEqual([told[i]?.[3]]);
    }
    expect(await stock()).toMatchObject({ remaining: 1000 - openids.length, claimed: openids.length });
  };
  const crash = async () => {
    await server.crash();
    server.clock.now += LEASE_OVER;
  };

  it("give one to each person of a list, and tell why a line came to nothing", async () => {
    await shop.must("claim", { openid: "has", out_coupon_id: "c", request_id: "r" });
    const made = await create("openid,name\nx,李\n\nhas,王\nx\n-y");
    expect(made).toMatchObject({ hand_out: "h", state: "running", dry_run: false, total: 4, next: 0, given: 0 });
    expect(made.by).toBe("command_line");
    await server.handOuts.work();
    expect(await show()).toMatchObject({
      state: "done",
      total: 4,
      next: 4,
      given: 2,
      refused: { person_limit: 1, repeated: 1 },
    });
    const [x, has, again, y] = await results();
    expect(x).toEqual(["2", "x", "given", (await walletOf("x"))[0]?.outUserCouponId, ""]);
    expect(has?.slice(0, 4)).toEqual(["4", "has", "person_limit", ""]);
    expect(has?.[4]).toContain("limit_num_one_person is 1");
    expect(again).toEqual(["5", "x", "repeated", "", "The openid stands on an earlier line of the list."]);
    expect(y?.slice(0, 3), "no spreadsheet runs it").toEqual(["6", "'-y", "given"]);
    const entries = await server.store.readJournal(APP, 0, 99);
    expect(entries.filter(({ command }) => command === "claimCoupon").map(({ by }) => by)).toEqual([
      "app",
      "job hand-out h",
      "job hand-out h",
    ]);
    await server.handOuts.work();
    expect(await stock()).toMatchObject({ remaining: 997, claimed: 3 });
  });

  it("stop giving where the stock ends, and go on where a coupon is void or not open yet", async () => {
    await addActive(shop, coupon("few", { total_num: 250 }));
    await create(listOf(people(MANY)), { out_coupon_id: "few" });
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "done", given: 250, refused: { sold_out: 250 } });
    expect(await stock("few")).toMatchObject({ remaining: 0, claimed: 250 });
    expect((await results()).slice(249, 251).map(([, , result]) => result)).toEqual(["given", "sold_out"]);

    const opens = server.clock.now + 100;
    await addActive(shop, coupon("later", { total_num: 9, start_time: opens, end_time: opens + 9 }));
    await create("a\nb", { out_coupon_id: "later", request_id: "early" });
    let noted = 0;
    beforeNoted = async () => {
      if (++noted === 2) await shop.must("update_status", { out_coupon_id: "c", status: 4 });
    };
    await create(listOf(people(MANY)), { request_id: "voided" });
    await server.handOuts.work();
    expect(await show("early")).toMatchObject({ state: "done", given: 0, refused: { not_claimable_yet: 2 } });
    const { given, refused, state } = await show("voided");
    expect(state).toBe("done");
    expect(given + (refused.not_active ?? 0)).toBe(MANY);
    expect(refused.not_active).toBeGreaterThanOrEqual(100);
  });

  it("tell in a dry run what would be given, change nothing, and give it when they are started", async () => {
    await addActive(shop, coupon("few", { total_num: 250, limit_num_one_person: 1 }));
    await shop.must("claim", { openid: "p3", out_coupon_id: "few", request_id: "r" });
    const asked = { out_coupon_id: "few", dry_run: true };
    expect(await create(listOf([...people(MANY), "p5"]), asked)).toMatchObject({ state: "checking", dry_run: true });
    await server.handOuts.work();
    const refused = { person_limit: 1, sold_out: MANY - 250, repeated: 1 };
    expect(await show()).toMatchObject({ state: "checked", dry_run: true, next: MANY + 1, given: 249, refused });
    const supposed = await results();
    expect(supposed).toHaveLength(MANY + 1);
    expect(supposed.every(([, , , id]) => id === "")).toBe(true);
    expect(await stock("few")).toMatchObject({ remaining: 249, claimed: 1 });
    expect(await walletOf("p0")).toEqual([]);

    const started = await operated(server, "startHandOut", given);
    expect(started.hand_out).toMatchObject({ state: "running", dry_run: false, next: 0, given: 0, refused: {} });
    expect(await results(), "what the dry run told is no result").toEqual([]);
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "done", dry_run: false, given: 249, refused });
    const column = (rows: string[][]) => rows.map(([line, openid, result]) => [line, openid, result]);
    expect(column(await results())).toEqual(column(supposed));
    expect(await stock("few")).toMatchObject({ remaining: 0, claimed: 250 });
  });

  it("come to their end in a dry run also where all lines of a batch are repeated", async () => {
    await create(listOf([...people(200), "p0"]), { dry_run: true });
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "checked", given: 200, refused: { repeated: 1 } });
  });

  it("are made once by their request_id, and their list is read once", async () => {
    await create("a\nb");
    const asked = { appid: APP, out_coupon_id: "c", request_id: "h" };
    expect(await create("this is, no list")).toMatchObject({ hand_out: "h", total: 2 });
    expect(await operate(server, "createHandOut", { ...asked, out_coupon_id: "other" }, { file: "a" })).toMatchObject({
      status: 409,
      problem: "hand_out_exists",
    });
    const unknown = { ...asked, out_coupon_id: "other", request_id: "new" };
    expect(await operate(server, "createHandOut", unknown, { file: "a" })).toMatchObject({
      status: 404,
      problem: "unknown_coupon",
    });
    const both = await Promise.all([
      create(listOf(people(MANY)), { request_id: "twice" }),
      create(listOf(people(MANY)), { request_id: "twice" }),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await server.store.listLooseLines("9", 9)).toEqual([]);
    await server.handOuts.work();
    expect(await show("twice")).toMatchObject({ state: "done", next: MANY });
  });

  it("of a list that cannot be read leave nothing, also where the process ended meanwhile", async () => {
    const asked = { appid: APP, out_coupon_id: "c", request_id: "h" };
    const file = `${listOf(people(3000))}\nno openid\n"`;
    const refused = await operate(server, "createHandOut", asked, { file });
    expect(refused).toMatchObject({ status: 422, problem: "unreadable_list" });
    expect("errors" in refused && refused.errors?.map(({ field }) => field)).toEqual(["line 3001", "line 3002"]);
    expect(await operate(server, "showHandOut", given)).toMatchObject({ status: 404, problem: "unknown_hand_out" });
    expect(await server.store.listLooseLines("9", 9)).toEqual([]);

    async function* endless() {
      yield { line: 1, openid: "a" };
      await server.store.addHandOutLines(APP, `${server.clock.now} of a process that ended`, [
        { line: 1, openid: "a" },
      ]);
      yield* [];
    }
    await server.handOuts.create(
      { appid: APP, handOutId: "made", outCouponId: "c", dryRun: true, by: "command_line" },
      endless(),
    );
    await crash();
    await server.handOuts.work();
    expect(await server.store.listLooseLines("9", 9), "it may still be on its way").toHaveLength(1);
    server.clock.now += 3600;
    await server.handOuts.work();
    expect(await server.store.listLooseLines("9", 9)).toEqual([]);
    expect(await show("made"), "of one that is there nothing is removed").toMatchObject({ state: "checked", next: 1 });
  });

  it("go on after a crash where they were, and give nobody a second one", async () => {
    const openids = people(MANY);
    await create(listOf(openids));
    for (const noted of [1, 2, 1]) {
      let left = noted;
      beforeNoted = async () => {
        if (--left === 0) throw new Error("the process ends here");
      };
      await expect(server.handOuts.work()).rejects.toThrow("the process ends here");
      await crash();
    }
    expect(await stock(), "given and not noted").not.toMatchObject({ claimed: (await show()).given });
    beforeNoted = async () => {};
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "done", next: MANY, given: MANY, refused: {} });
    await assertGiven(openids);
  });

  it("go on where the store is busy now and then", async () => {
    let calls = 0;
    beforeNoted = async () => {
      if (++calls % 2 === 1) throw new StoreBusyError("on purpose");
    };
    const openids = people(MANY);
    await create(listOf(openids));
    for (let runs = 0; (await show()).state === "running"; runs++) {
      expect(runs).toBeLessThan(10);
      await server.handOuts.work();
    }
    await assertGiven(openids);
  });

  it("stop where they are cancelled, and tell all that was given before", async () => {
    const openids = people(MANY);
    await create(listOf(openids));
    beforeNoted = async () => void (await operated(server, "cancelHandOut", given));
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "cancelled", next: 200, given: 200 });
    await assertGiven(openids.slice(0, 200));
    expect(await operate(server, "startHandOut", given)).toMatchObject({ status: 409, problem: "hand_out_not_there" });
  });

  it("tell what was given also where the process ended before they were cancelled", async () => {
    const openids = people(MANY);
    await create(listOf(openids));
    beforeNoted = async () => {
      throw new Error("the process ends here");
    };
    await expect(server.handOuts.work()).rejects.toThrow("the process ends here");
    beforeNoted = async () => {};
    expect((await operated(server, "cancelHandOut", given)).hand_out).toMatchObject({ state: "cancelled", given: 0 });
    await crash();
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "cancelled", given: 200, next: 200 });
    await assertGiven(openids.slice(0, 200));
  });

  it("are worked on by one process at a time, and by another when that one is gone", async () => {
    const another = new HandOuts({ store: server.store, ledger: server.ledger, clock: () => server.clock.now });
    const openids = people(MANY);
    await create(listOf(openids));
    beforeNoted = async () => {
      beforeNoted = async () => {};
      await another.work();
      expect(await show(), "it is taken").toMatchObject({ next: 0 });
      server.clock.now += LEASE_OVER;
      await another.work();
      expect(await show(), "it was taken over").toMatchObject({ state: "done", next: MANY });
    };
    await server.handOuts.work();
    expect(await show()).toMatchObject({ state: "done", next: MANY, given: MANY });
    await assertGiven(openids);
  });

  it("are finished by the command line with how far they are", async () => {
    await create(listOf(people(MANY)));
    const told: number[] = [];
    const finished = await server.handOuts.finish(APP, "h", ({ next }) => told.push(next));
    expect(finished).toMatchObject({ state: "done", given: MANY });
    expect([...new Set(told)]).toEqual([0, 200, 400, 500]);
    expect(await server.handOuts.finish(APP, "none", () => {})).toBeUndefined();
  });

  it("are listed newest first, page by page, and started and cancelled from where they are", async () => {
    for (const request_id of ["1", "2", "3"]) {
      server.clock.now++;
      await create("a", { request_id, dry_run: request_id !== "3" });
    }
    const first = await operated(server, "listHandOuts", { appid: APP, limit: 2 });
    expect(first.entries.map(({ hand_out }) => hand_out)).toEqual(["3", "2"]);
    const rest = await operated(server, "listHandOuts", { appid: APP, limit: 2, cursor: first.next });
    expect([rest.entries.map(({ hand_out }) => hand_out), rest.next]).toEqual([["1"], null]);
    await server.createApp("wx-other");
    expect(await operate(server, "listHandOuts", { appid: "wx-other", cursor: first.next })).toMatchObject({
      status: 400,
      errors: [{ field: "cursor" }],
    });

    const at = async (call: "startHandOut" | "cancelHandOut", hand_out: string) => {
      const answer = await operate(server, call, { appid: APP, hand_out });
      return "hand_out" in answer ? answer.hand_out.state : answer.status;
    };
    expect(await at("startHandOut", "1"), "its dry run is not over").toBe(409);
    expect(await at("cancelHandOut", "2")).toBe("cancelled");
    await server.handOuts.work();
    expect([await at("cancelHandOut", "2"), await at("startHandOut", "2")]).toEqual(["cancelled", 409]);
    expect([await at("startHandOut", "3"), await at("cancelHandOut", "3")]).toEqual(["done", 409]);
    expect([await at("startHandOut", "1"), await at("startHandOut", "1")]).toEqual(["running", "running"]);
    expect([await at("startHandOut", "none"), await at("cancelHandOut", "none")]).toEqual([404, 404]);
  });
});
