import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import type { Change } from "../../src/domain/working-copy.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";
import { aContent } from "../../testing/records.ts";

const add: Command = { do: "addCoupon", content: aContent() };
const activate: Command = { do: "changeCouponStatus", appid: "a", outCouponId: "c", to: "active" };
const give = (outUserCouponId: string): Command => ({
  do: "recordUserCoupon",
  appid: "a",
  openid: `o-${outUserCouponId}`,
  outCouponId: "c",
  outUserCouponId,
  status: "effective",
  receivedAt: undefined,
});

describe("the ledger", () => {
  let store: Store;
  let commits: Change[][];
  let ledger: Ledger;
  const clock = () => 1000;
  const onCommit = (changes: readonly Change[]) => void commits.push([...changes]);
  beforeEach(() => {
    store = openMemoryStore();
    commits = [];
    ledger = new Ledger({ store, clock, onCommit });
  });

  it("decides commands of one turn in order of arrival and commits them once", async () => {
    const answers = await Promise.all(
      [add, activate, give("1"), give("2"), give("3")].map((c) => ledger.submit(c, "app")),
    );
    const done = { result: undefined };
    expect(answers).toEqual([done, done, done, done, { refused: "sold_out", facts: { id: "c" } }]);
    expect(commits.length).toBe(1);
    const stock = commits[0]?.find(({ record }) => record === "stock");
    expect(stock?.value).toMatchObject({ remaining: 0, claimed: 2 });
    expect(commits[0]?.map(({ fresh }) => fresh)).toEqual([true, true, true, true]);
  });

  it("writes one journal row for each command that changed something", async () => {
    await Promise.all([add, add, activate, activate, give("1")].map((c) => ledger.submit(c, "app")));
    const rows = await store.readJournal("a", 0, 10);
    expect(rows.map(({ command }) => command)).toEqual(["addCoupon", "changeCouponStatus", "recordUserCoupon"]);
    expect(rows[1]?.steps[0]).toMatchObject({ before: { status: "draft" }, after: { status: "active" } });
    expect(rows[2]?.steps[1]).toMatchObject({ before: { remaining: 2 }, after: { remaining: 1, claimed: 1 } });
  });

  it("gives commands submitted together all or none of their effects", async () => {
    const refused = ledger.submitTogether([add, activate, give("1"), give("2"), give("3")], "app");
    const alone = ledger.submit(give("4"), "app");
    expect((await refused).slice(-2)).toEqual([{ result: undefined }, { refused: "sold_out", facts: { id: "c" } }]);
    expect(await alone).toMatchObject({ refused: "unknown_coupon" });
    expect((await store.listCoupons("a", 0, 9)).total).toBe(0);
    expect(await store.readJournal("a", 0, 9)).toEqual([]);
    expect(await ledger.submitTogether([add, activate, give("1")], "app")).toHaveLength(3);
    expect((await store.readJournal("a", 0, 9)).length).toBe(3);
  });

  it("lets one command's fault cost that command alone", async () => {
    const broken = { do: "nothing we know" } as unknown as Command;
    const answers = await Promise.allSettled([add, broken, activate, give("1")].map((c) => ledger.submit(c, "app")));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect((await store.listCoupons("a", 0, 1)).entries[0]?.stock).toMatchObject({ remaining: 1, claimed: 1 });
  });

  it("answers only after the commit", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: Store = {
      ...store,
      async transact(keys, work) {
        await held;
        await store.transact(keys, work);
      },
    };
    const order: string[] = [];
    const answered = new Ledger({ store: slow, clock, onCommit: () => order.push("committed") })
      .submit(add, "app")
      .then(() => order.push("answered"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual([]);
    release();
    await answered;
    expect(order).toEqual(["committed", "answered"]);
  });

  it("lets what arrives during a commit share the next one", async () => {
    const first = ledger
      .submit(add, "app")
      .then(() => Promise.all([activate, give("1"), give("2")].map((c) => ledger.submit(c, "app"))));
    await first;
    expect(commits.length).toBe(2);
    await ledger.settled();
  });

  it("tells everybody when the store is busy, and goes on after", async () => {
    let busy = true;
    const flaky: Store = {
      ...store,
      async transact(keys, work) {
        if (busy) throw new StoreBusyError("locked");
        await store.transact(keys, work);
      },
    };
    ledger = new Ledger({ store: flaky, clock });
    const answers = await Promise.allSettled([add, activate].map((c) => ledger.submit(c, "app")));
    for (const answer of answers) expect(answer).toMatchObject({ reason: { name: "StoreBusyError" } });
    busy = false;
    expect(await ledger.submit(add, "app")).toEqual({ result: undefined });
  });

  describe("with several apps", () => {
    const addTo = (appid: string, outCouponId = "c"): Command => ({
      do: "addCoupon",
      content: { ...aContent(), appid, outCouponId },
    });
    const addMany = (appid: string, count: number, on = ledger) =>
      Array.from({ length: count }, (_, i) => on.submit(addTo(appid, `c${i}`), "app"));

    /** A store whose transactions wait until they are let go on, and the apps of those that began, in order. */
    function gated(changes: Partial<Store> = {}) {
      const began: { appid: string; keys: number; goOn: (error?: unknown) => void }[] = [];
      const gatedStore: Store = {
        ...store,
        ...changes,
        transact: (keys, work) =>
          new Promise((resolve, reject) => {
            const goOn = (error?: unknown) => (error ? reject(error) : resolve(store.transact(keys, work)));
            began.push({ appid: keys[0]?.appid as string, keys: keys.length, goOn });
          }),
      };
      const begun = (count: number) => vi.waitFor(() => expect(began.length).toBeGreaterThanOrEqual(count));
      return { began, begun, ledger: new Ledger({ store: gatedStore, clock, onCommit }) };
    }

    it("commits each by itself", async () => {
      await Promise.all([add, addTo("b"), activate, addTo("d")].map((c) => ledger.submit(c, "app")));
      expect(commits.map((changes) => new Set(changes.map(({ value }) => value.appid)))).toEqual([
        new Set(["a"]),
        new Set(["b"]),
        new Set(["d"]),
      ]);
    });

    it("refuses commands of two apps as one change, having changed nothing", async () => {
      await expect(ledger.submitTogether([add, addTo("b")], "app")).rejects.toThrow("several apps");
      await ledger.settled();
      expect((await store.listCoupons("a", 0, 1)).total).toBe(0);
    });

    it("goes on with others while one's transaction is held up", async () => {
      const { ledger, began, begun } = gated({ writers: 2 });
      const held = ledger.submit(addTo("held"), "app");
      await begun(1);
      const others = ["b", "d", "e"].map((appid) => ledger.submit(addTo(appid), "app"));
      for (let n = 1; n <= 3; n++) {
        await begun(n + 1);
        began[n]?.goOn();
      }
      expect(await Promise.all(others)).toEqual(Array(3).fill({ result: undefined }));
      began[0]?.goOn();
      expect(await held).toEqual({ result: undefined });
    });

    it("tells those who wait too long behind a transaction, and decides nothing of theirs later", async () => {
      const { ledger, began, begun } = gated({ writers: 1, patience: 50 });
      const held = ledger.submit(addTo("a", "held"), "app");
      await begun(1);
      const behind = [ledger.submit(addTo("a", "behind"), "app"), ledger.submit(addTo("b", "beside"), "app")];
      for (const answer of await Promise.allSettled(behind))
        expect(answer).toMatchObject({ status: "rejected", reason: { name: "StoreBusyError" } });
      began[0]?.goOn();
      expect(await held).toEqual({ result: undefined });
      await ledger.settled();
      expect([(await store.listCoupons("a", 0, 9)).total, (await store.listCoupons("b", 0, 9)).total]).toEqual([1, 0]);
    });

    it("takes turns between them, however much one asks for", async () => {
      const { ledger, began, begun } = gated({ writers: 1 });
      const all = [...addMany("greedy", 500, ledger), ...addMany("b", 3, ledger), ...addMany("d", 3, ledger)];
      for (let n = 0; n < 6; n++) {
        await begun(n + 1);
        began[n]?.goOn();
      }
      expect(began.slice(0, 6).map(({ appid }) => appid)).toEqual(["greedy", "b", "d", "greedy", "greedy", "greedy"]);
      const finish = setInterval(() => began.at(-1)?.goOn());
      await Promise.all(all);
      clearInterval(finish);
      expect((await store.listCoupons("greedy", 0, 1)).total).toBe(500);
    });

    it("sheds at once what is more than may wait, of one app and of all, and keeps room for the others", async () => {
      const { ledger, began, begun } = gated({ writers: 1 });
      const first = ledger.submit(addTo("0", "first"), "app");
      await begun(1);
      const submitted = Array.from({ length: 6 }, (_, app) => addMany(`${app}`, 4001, ledger)).flat();
      const late = ledger.submit(addTo("another"), "app");
      const shed: unknown[] = [];
      for (const answer of submitted) answer.catch((error) => shed.push(error));
      await new Promise(setImmediate);
      expect(shed.length).toBe(4 * 1 + 2 * 4000);
      expect(new Set(shed.map((error) => (error as Error).name))).toEqual(new Set(["StoreBusyError"]));
      const finish = setInterval(() => began.at(-1)?.goOn());
      expect(await first).toEqual({ result: undefined });
      expect(await late).toEqual({ result: undefined });
      await Promise.allSettled(submitted);
      clearInterval(finish);
      for (const app of [0, 1, 2, 3])
        expect((await store.listCoupons(`${app}`, 0, 1)).total).toBe(4000 + (app === 0 ? 1 : 0));
    });

    it("makes batches smaller while the database has no time for them, and larger again, app by app", async () => {
      let isSlow = true;
      const sizes: Record<string, number[]> = { a: [], b: [] };
      const slow: Store = {
        ...store,
        patience: 1e9,
        async transact(keys, work) {
          const coupons = keys.filter(({ need }) => need === "coupon").length;
          sizes[keys[0]?.appid as string]?.push(coupons);
          if (isSlow && keys[0]?.appid === "a" && coupons > 4) throw new StoreBusyError("no time");
          await store.transact(keys, work);
        },
      };
      ledger = new Ledger({ store: slow, clock });
      const ended = await Promise.allSettled([...addMany("a", 200), ...addMany("b", 400)]);
      expect(sizes.a?.slice(0, 5)).toEqual([64, 32, 16, 8, 4]);
      expect(Math.max(...(sizes.a?.slice(5) ?? []))).toBeLessThanOrEqual(8);
      expect(sizes.b?.slice(0, 4)).toEqual([64, 80, 100, 125]);
      expect(ended.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(400);
      isSlow = false;
      await Promise.all(Array.from({ length: 3000 }, (_, i) => ledger.submit(addTo("a", `later${i}`), "app")));
      expect(sizes.a?.at(-2)).toBeGreaterThan(64);
    });

    it("finds the one fault of a batch without trying each command alone", async () => {
      let tries = 0;
      const faulty: Store = {
        ...store,
        async transact(keys, work) {
          tries++;
          if (keys.some((key) => key.need === "coupon" && key.outCouponId === "c17")) throw new Error("a fault");
          await store.transact(keys, work);
        },
      };
      ledger = new Ledger({ store: faulty, clock });
      const answers = await Promise.allSettled(addMany("a", 64));
      expect(answers.flatMap(({ status }, i) => (status === "rejected" ? [i] : []))).toEqual([17]);
      expect(tries).toBe(13);
    });
  });
});
