import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JournalRow } from "../../src/domain/journal-entry.ts";
import type { App, Discount, RecordKey } from "../../src/domain/records.ts";
import type { AppClock } from "../../src/domain/sandbox/clock.ts";
import type { WorkingCopy } from "../../src/domain/working-copy.ts";
import type { Store } from "../../src/store/store.ts";
import { aClaim, aCoupon, aHold, anApp, anOrder, aStock, aUserCoupon, awkward, put } from "../../testing/records.ts";
import { openTestStore, type TestedName } from "../../testing/stores.ts";
import { calls } from "./calls.ts";
import { handOuts } from "./hand-outs.ts";
import { history } from "./history.ts";
import { house } from "./house.ts";
import { lists } from "./lists.ts";
import { repeats } from "./repeats.ts";
import { search } from "./search.ts";
import { snapshots } from "./snapshots.ts";
import { tenants } from "./tenants.ts";

/** What the port promises (src/store/store.ts), asked of one adapter. */
export function conformance(adapter: TestedName): void {
  describe(`the ${adapter} store`, () => {
    let store: Store;
    let discard: () => Promise<void>;
    beforeEach(async () => {
      ({ store, discard } = await openTestStore(adapter));
      await put(store, { record: "app", value: anApp("a") }, { record: "app", value: anApp("b") });
    });
    afterEach(() => discard());

    /** Looks at what a transaction is given for some keys. */
    const look = async <T>(keys: RecordKey[], read: (records: WorkingCopy) => T): Promise<T> => {
      let seen: T | undefined;
      await store.transact(keys, (records) => {
        seen = read(records);
        return { changes: [], journal: [] };
      });
      return seen as T;
    };

    it("gives records back as they were saved, in every character", async () => {
      const coupon = aCoupon("a", awkward, 0);
      const stock = aStock(coupon);
      const held = aUserCoupon(coupon, "o1", awkward, 0, { usedAt: 5, status: "used" });
      await put(
        store,
        { record: "coupon", value: coupon },
        { record: "stock", value: stock },
        { record: "userCoupon", value: held },
      );
      expect(await store.app("a")).toEqual(anApp("a"));
      expect(await store.coupon("a", awkward)).toEqual(coupon);
      expect(await store.listCoupons("a", 0, 10)).toEqual({ total: 1, entries: [{ coupon, stock }] });
      expect(await store.listUserCoupons("a", "o1", 0, 10)).toEqual({ total: 1, entries: [held] });
      const key: RecordKey = { need: "userCoupon", appid: "a", outCouponId: awkward, outUserCouponId: awkward };
      expect(await look([key], (records) => records.userCoupon("a", awkward, awkward))).toEqual(held);
    });

    const aTradeIn: Discount = {
      scope: "product",
      products: [awkward, "p"],
      threshold: { items: 2, spend: 2 ** 31 - 1 },
      benefit: { kind: "tradeIn", outProductId: awkward, price: 0 },
    };

    it("keeps every kind of terms", async () => {
      const base = { claimWindow: null, limitPerPerson: null, total: 0, discount: null };
      const all = [
        { ...base, validity: null },
        { ...base, validity: { kind: "seconds", seconds: 1 } as const },
        { ...base, validity: { kind: "fixed", interval: { start: 0, end: 9 } } as const },
        { ...base, validity: null, discount: aTradeIn },
      ];
      const coupons = all.map((terms, i) => aCoupon("a", `c${i}`, i, { terms, activatedAt: null, status: "draft" }));
      await put(store, ...coupons.map((value) => ({ record: "coupon", value }) as const));
      expect((await store.listCoupons("a", 0, 9)).entries.map(({ coupon }) => coupon)).toEqual(coupons);
    });

    it("replaces records and counts no new ones", async () => {
      const coupon = aCoupon("a", "c", 0, { status: "draft" });
      await put(store, { record: "coupon", value: coupon }, { record: "stock", value: aStock(coupon) });
      const held = aUserCoupon(coupon, "o", "u", 0);
      await put(store, { record: "userCoupon", value: held });
      const changed = {
        ...coupon,
        status: "void" as const,
        paused: true,
        document: '{"x":1}',
        kind: "product_trade_in" as const,
      };
      const stock = aStock(coupon, { remaining: 0, claimed: 10, createdAt: 998, updatedAt: 999 });
      const used = { ...held, status: "used" as const, usedAt: 7, receivedAt: 6, updatedAt: 8 };
      await put(
        store,
        { record: "coupon", value: changed },
        { record: "stock", value: stock },
        { record: "userCoupon", value: used },
        { record: "app", value: { ...anApp("a"), tokenQuota: 1, secret: { salt: "x", digest: "y" } } },
      );
      expect(await store.listCoupons("a", 0, 9)).toEqual({ total: 1, entries: [{ coupon: changed, stock }] });
      expect(await store.listUserCoupons("a", "o", 0, 9)).toEqual({ total: 1, entries: [used] });
      expect(await store.app("a")).toMatchObject({ tokenQuota: 1, secret: { salt: "x", digest: "y" } });
    });

    it("tells absent records apart from none asked for", async () => {
      const keys: RecordKey[] = [
        { need: "app", appid: "nobody" },
        { need: "coupon", appid: "nobody", outCouponId: "c" },
        { need: "catalogueSize", appid: "nobody" },
        { need: "coupon", appid: "a", outCouponId: "c" },
        { need: "userCoupon", appid: "a", outCouponId: "c", outUserCouponId: "u" },
        { need: "walletSize", appid: "a", openid: "o" },
        { need: "given", appid: "a", outCouponId: "c", openid: "o" },
      ];
      await look(keys, (records) => {
        expect(records.app("nobody")).toBeUndefined();
        expect(records.coupon("nobody", "c")).toBeUndefined();
        expect(records.stock("nobody", "c")).toBeUndefined();
        expect(records.catalogueSize("nobody")).toBe(0);
        expect(records.userCoupon("a", "c", "u")).toBeUndefined();
        expect(records.walletSize("a", "o")).toBe(0);
        expect(records.given("a", "c", "o")).toBe(0);
        expect(() => records.app("a")).toThrow("did not name");
      });
      expect(await store.app("nobody")).toBeUndefined();
      expect(await store.coupon("a", "c")).toBeUndefined();
      expect(await store.listCoupons("nobody", 0, 5)).toEqual({ total: 0, entries: [] });
      expect(await store.listUserCoupons("nobody", "o", 0, 5)).toEqual({ total: 0, entries: [] });
    });

    it("counts what an app, a person, and a person of one coupon have", async () => {
      const [c, d] = [aCoupon("a", "c", 0), aCoupon("a", "d", 1)];
      const unlimited = aCoupon("a", "e", 2, { terms: { ...c.terms, limitPerPerson: null } });
      const draft = aCoupon("a", "f", 3, { terms: unlimited.terms, status: "draft" });
      const elsewhere = aCoupon("b", "c", 0);
      for (const value of [c, d, unlimited, draft, elsewhere]) await put(store, { record: "coupon", value });
      await put(
        store,
        { record: "userCoupon", value: aUserCoupon(c, "o", "1", 0) },
        { record: "userCoupon", value: aUserCoupon(d, "o", "1", 1, { status: "given_up" }) },
        { record: "userCoupon", value: aUserCoupon(c, "o", "2", 2, { status: "used" }) },
        { record: "userCoupon", value: aUserCoupon(c, "p", "3", 0) },
        { record: "userCoupon", value: aUserCoupon(unlimited, "p", "4", 1) },
        { record: "userCoupon", value: aUserCoupon(draft, "q", "5", 0) },
        { record: "userCoupon", value: aUserCoupon(elsewhere, "o", "1", 0) },
      );
      const keys: RecordKey[] = [
        ...Object.entries({ c: "o", e: "p", f: "q", none: "nobody" }).flatMap(([outCouponId, openid]): RecordKey[] => [
          { need: "given", appid: "a", outCouponId, openid },
          { need: "coupon", appid: "a", outCouponId },
          { need: "walletSize", appid: "a", openid },
        ]),
        { need: "walletSize", appid: "b", openid: "o" },
        { need: "catalogueSize", appid: "a" },
        { need: "catalogueSize", appid: "b" },
      ];
      const counts = await look(keys, (records) => [
        records.given("a", "c", "o"),
        records.walletSize("a", "o"),
        records.walletSize("b", "o"),
        records.walletSize("a", "p"),
        records.walletSize("a", "q"),
        records.walletSize("a", "nobody"),
        records.given("a", "f", "q"),
        records.given("a", "none", "nobody"),
        records.catalogueSize("a"),
        records.catalogueSize("b"),
      ]);
      expect(counts).toEqual([2, 3, 1, 2, 1, 0, 1, 0, 4, 1]);
    });

    it("keeps claims as they were granted, whatever became of their user coupons", async () => {
      const coupon = aCoupon("a", "c", 0);
      const granted = aUserCoupon(coupon, "o", "u", 0);
      const claim = aClaim(granted, awkward);
      const [beside, later] = [aClaim(granted, "beside"), aClaim(granted, "later")];
      await put(
        store,
        { record: "coupon", value: coupon },
        { record: "userCoupon", value: granted },
        { record: "claim", value: claim },
        { record: "claim", value: beside },
      );
      const used = { ...granted, status: "used" as const, usedAt: 7, receivedAt: 6, updatedAt: 8 };
      await put(store, { record: "userCoupon", value: used });
      await put(store, { record: "claim", value: later });
      const keys: RecordKey[] = [
        { need: "claim", appid: "a", requestId: awkward },
        { need: "claim", appid: "a", requestId: "beside" },
        { need: "claim", appid: "a", requestId: "later" },
        { need: "claim", appid: "a", requestId: "none" },
        { need: "claim", appid: "b", requestId: awkward },
      ];
      const found = await look(keys, (records) => [
        records.claim("a", awkward),
        records.claim("a", "beside"),
        records.claim("a", "later"),
        records.claim("a", "none"),
        records.claim("b", awkward),
      ]);
      expect(found).toEqual([claim, beside, later, undefined, undefined]);
      await store.snapshot("a", async (reads) => {
        expect(await reads.count("claim")).toBe(3);
        const all = (await reads.records("claim", null, 9)).records;
        expect(new Set(all)).toEqual(new Set([claim, beside, later]));
      });
    });

    it("keeps holds while they are open, and lists those that are over", async () => {
      const [c, d] = [aCoupon("a", "c", 0), aCoupon("b", "c", 0)];
      await put(store, { record: "coupon", value: c }, { record: "coupon", value: d });
      const clockOf = (appid: string, clock: AppClock | null) =>
        put(store, { record: "app", value: { ...anApp(appid), sandbox: clock && { clock, faults: [] } } });
      for (const appid of ["a", "b"]) await clockOf(appid, null);
      const holds = [
        aHold(c, "o", awkward, { until: 30 }),
        aHold(c, "o", "taken", { until: 10, takenBy: awkward }),
        aHold(c, "p", "other", { until: 20 }),
        aHold(d, "o", "taken", { until: 5 }),
      ] as const;
      await put(store, ...holds.map((value) => ({ record: "hold", value }) as const));
      const keys: RecordKey[] = [
        { need: "coupon", appid: "a", outCouponId: "c" },
        { need: "holdsOf", appid: "a", outCouponId: "c", openid: "o" },
        { need: "holdsOf", appid: "a", outCouponId: "c", openid: "nobody" },
        { need: "hold", appid: "b", requestId: "taken" },
        { need: "hold", appid: "b", requestId: "other" },
      ];
      await look(keys, (records) => {
        expect(records.holdsOf("a", "c", "o")).toEqual([holds[1], holds[0]]);
        expect(records.holdsOf("a", "c", "nobody")).toEqual([]);
        expect(records.hold("a", "taken")).toEqual(holds[1]);
        expect(records.hold("b", "taken")).toEqual(holds[3]);
        expect(records.hold("b", "other")).toBeUndefined();
      });
      expect(await store.listHolds(30, 9, 99)).toEqual([holds[3], holds[1], holds[2]]);
      expect(await store.listHolds(31, 2, 99)).toEqual([holds[3], holds[1], holds[2]]);
      // No app's hide another's: each has its share, one at least, and those that have none have no part in it.
      expect(await store.listHolds(31, 9, 5)).toEqual([holds[3], holds[1], holds[2]]);
      expect(await store.listHolds(31, 9, 3)).toEqual([holds[3], holds[1]]);
      expect(await store.listHolds(31, 9, 0)).toEqual([holds[3], holds[1]]);
      expect(await store.listHolds(6, 9, 1)).toEqual([holds[3]]);
      expect(await store.listHolds(5, 9, 9)).toEqual([]);

      await put(
        store,
        { record: "hold", value: { ...holds[1], open: false } },
        { record: "hold", value: { ...holds[2], until: 40 } },
        { record: "hold", value: aHold(c, "o", "brief", { open: false }) },
      );
      expect(await store.listHolds(99, 9, 99)).toEqual([holds[3], holds[0], { ...holds[2], until: 40 }]);
      await put(store, { record: "hold", value: { ...holds[1], openid: "p" } });
      const again: RecordKey[] = [
        { need: "coupon", appid: "a", outCouponId: "c" },
        { need: "holdsOf", appid: "a", outCouponId: "c", openid: "p" },
      ];
      const seen = await look(again, (records) => records.holdsOf("a", "c", "p"));
      expect(seen.map(({ requestId }) => requestId)).toEqual(["taken", "other"]);

      const over = async (second: number) =>
        (await store.listHolds(second, 9, 99)).map(({ appid, until }) => [appid, until]);
      const ofA = [
        ["a", 10],
        ["a", 30],
        ["a", 40],
      ];
      await clockOf("a", { ahead: 25, frozenAt: null });
      await clockOf("b", { ahead: 0, frozenAt: 5 });
      expect(await over(6)).toEqual(ofA.slice(0, 2));
      expect(await over(5)).toEqual(ofA.slice(0, 1));
      await clockOf("b", { ahead: 0, frozenAt: 6 });
      expect(await over(-14)).toEqual([["b", 5], ...ofA.slice(0, 1)]);
      const ofOne = async (appid: string, second: number, limit: number) =>
        (await store.listHoldsOf(appid, second, limit)).map(({ until }) => [appid, until]);
      expect([await ofOne("a", 40, 9), await ofOne("a", 41, 2), await ofOne("b", 5, 9)]).toEqual([
        ofA.slice(0, 2),
        ofA.slice(0, 2),
        [],
      ]);
      expect(await store.listHoldsOf("b", 6, 9)).toEqual([holds[3]]);

      const another = { ...holds[1], openid: "q" };
      await put(
        store,
        { record: "hold", value: { ...another, openid: "p", open: false } },
        { record: "hold", value: another },
      );
      const named: RecordKey[] = [{ need: "hold", appid: "a", requestId: "taken" }];
      expect(await look(named, (records) => records.hold("a", "taken"))).toEqual(another);
    });

    it("keeps orders, and which order a user coupon is locked for or used on", async () => {
      const coupon = aCoupon("a", "c", 0);
      const used = aUserCoupon(coupon, "o", "1", 0, { status: "used", order: { outOrderId: awkward, until: null } });
      const locked = aUserCoupon(coupon, "o", "2", 1, { order: { outOrderId: "x", until: 2 ** 31 - 1 } });
      await put(
        store,
        { record: "coupon", value: coupon },
        { record: "userCoupon", value: used },
        { record: "userCoupon", value: locked },
        { record: "order", value: anOrder("a", awkward) },
      );
      expect(await store.order("a", awkward)).toEqual(anOrder("a", awkward));
      expect(await store.order("b", awkward)).toBeUndefined();
      const keys: RecordKey[] = [
        { need: "order", appid: "a", outOrderId: awkward },
        { need: "order", appid: "a", outOrderId: "none" },
      ];
      const seen = await look(keys, (records) => [records.order("a", awkward), records.order("a", "none")]);
      expect(seen).toEqual([anOrder("a", awkward), undefined]);
      const entries = [locked, used].map(({ outUserCouponId, order }) => ({ userCoupon: { outUserCouponId, order } }));
      expect(await store.listWalletCoupons("a", "o", 9, 9)).toMatchObject({ entries, more: 0 });
      expect(await store.listWalletCoupons("a", "o", 9, 1)).toMatchObject({ entries: entries.slice(0, 1), more: 0 });
      expect(await store.listWalletCoupons("b", "o", 9, 9)).toEqual({ entries: [], more: 0 });

      const changed = anOrder("a", awkward, { status: "returned", returns: [] });
      const free = { ...used, status: "effective" as const, order: null };
      const other = { ...locked, order: { outOrderId: "y", until: 5 } };
      await put(
        store,
        { record: "order", value: changed },
        { record: "userCoupon", value: free },
        { record: "userCoupon", value: other },
      );
      expect(await store.order("a", awkward)).toEqual(changed);
      expect((await store.listUserCoupons("a", "o", 0, 9)).entries).toEqual([other, free]);
    });

    handOuts(() => store);
    lists(() => store);
    history(() => store);
    snapshots(() => store);
    search(() => store);
    calls(() => store);
    tenants(() => store);
    house(() => store);
    repeats(() => store);

    it("saves nothing of a transaction whose work throws", async () => {
      const coupon = aCoupon("c-app", "c", 0);
      const keys: RecordKey[] = [
        { need: "app", appid: "c-app" },
        { need: "coupon", appid: "c-app", outCouponId: "c" },
      ];
      const failing = store.transact(keys, (records) => {
        records.write([
          { record: "app", value: anApp("c-app") },
          { record: "coupon", value: coupon },
        ]);
        throw new Error("on purpose");
      });
      await expect(failing).rejects.toThrow("on purpose");
      expect(await store.app("c-app")).toBeUndefined();
      await put(store, { record: "app", value: anApp("c-app") }, { record: "coupon", value: coupon });
      expect((await store.listCoupons("c-app", 0, 9)).total).toBe(1);
    });

    it("runs transactions one after another, each seeing the last", async () => {
      const coupon = aCoupon("a", "c", 0);
      await put(store, { record: "coupon", value: coupon }, { record: "stock", value: aStock(coupon, { claimed: 0 }) });
      const claim = () =>
        store.transact([{ need: "coupon", appid: "a", outCouponId: "c" }], (records) => {
          const stock = records.stock("a", "c");
          if (stock) records.write([{ record: "stock", value: { ...stock, claimed: stock.claimed + 1 } }]);
          return { changes: records.changes, journal: [] };
        });
      await Promise.all(Array.from({ length: 50 }, claim));
      expect((await store.listCoupons("a", 0, 1)).entries[0]?.stock?.claimed).toBe(50);
    });

    it("keeps the journal in the order of commits", async () => {
      await put(store, { record: "app", value: anApp("x") });
      for (const tokenQuota of [1, 2]) {
        await put(store, { record: "app", value: { ...anApp("x"), tokenQuota } });
        await put(store, { record: "app", value: { ...anApp("a"), tokenQuota } });
      }
      const rows = await store.readJournal("x", 0, 100);
      const seqs = rows.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
      const quotaAfter = ({ steps }: JournalRow) =>
        (steps as { after: object }[]).map(({ after }) => (after as App).tokenQuota);
      expect(rows.map((row) => [row.appid, quotaAfter(row)])).toEqual([
        ["x", [2000]],
        ["x", [1]],
        ["x", [2]],
      ]);
      expect(rows[0]).toMatchObject({ at: 1, command: "put", steps: [{ record: "app", before: null }] });
      expect(await store.readJournal("x", seqs[1] as number, 100)).toEqual(rows.slice(2));
      expect(await store.readJournal("x", 0, 2)).toEqual(rows.slice(0, 2));
      expect(await store.readJournal("nobody", 0, 2)).toEqual([]);
    });

    it("lists apps in order of creation and answers a ping", async () => {
      await put(store, { record: "app", value: { ...anApp("0"), createdAt: 12 } });
      expect((await store.listApps()).map(({ appid }) => appid)).toEqual(["a", "b", "0"]);
      await store.ping();
    });
  });
}
