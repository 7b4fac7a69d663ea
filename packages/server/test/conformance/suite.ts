import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { App, Coupon, RecordKey, UserCoupon } from "../../src/domain/records.ts";
import type { WorkingCopy } from "../../src/domain/working-copy.ts";
import { CALLBACKS_KEPT, type JournalRow, type Store } from "../../src/store/store.ts";
import { type AdapterName, openTestStore } from "../harness.ts";
import { aClaim, aCoupon, aHold, anApp, anAttempt, aStock, aUserCoupon, awkward, put } from "./records.ts";

/** What the port promises (src/store/store.ts), asked of one adapter. */
export function conformance(adapter: AdapterName): void {
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

    it("keeps every kind of terms", async () => {
      const base = { claimWindow: null, limitPerPerson: null, total: 0 };
      const all = [
        { ...base, validity: null },
        { ...base, validity: { kind: "seconds", seconds: 1 } as const },
        { ...base, validity: { kind: "fixed", interval: { start: 0, end: 9 } } as const },
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
      const changed = { ...coupon, status: "void" as const, document: '{"x":1}', kind: "product_trade_in" as const };
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
        { need: "held", appid: "a", outCouponId: "c", openid: "o" },
      ];
      await look(keys, (records) => {
        expect(records.app("nobody")).toBeUndefined();
        expect(records.coupon("nobody", "c")).toBeUndefined();
        expect(records.stock("nobody", "c")).toBeUndefined();
        expect(records.catalogueSize("nobody")).toBe(0);
        expect(records.userCoupon("a", "c", "u")).toBeUndefined();
        expect(records.walletSize("a", "o")).toBe(0);
        expect(records.held("a", "c", "o")).toBe(0);
        expect(() => records.app("a")).toThrow("did not name");
      });
      expect(await store.app("nobody")).toBeUndefined();
      expect(await store.coupon("a", "c")).toBeUndefined();
      expect(await store.listCoupons("nobody", 0, 5)).toEqual({ total: 0, entries: [] });
      expect(await store.listUserCoupons("nobody", "o", 0, 5)).toEqual({ total: 0, entries: [] });
    });

    it("counts what an app, a person, and a person of one coupon have", async () => {
      const [c, d] = [aCoupon("a", "c", 0), aCoupon("a", "d", 1)];
      const elsewhere = aCoupon("b", "c", 0);
      for (const value of [c, d, elsewhere]) await put(store, { record: "coupon", value });
      await put(
        store,
        { record: "userCoupon", value: aUserCoupon(c, "o", "1", 0) },
        { record: "userCoupon", value: aUserCoupon(d, "o", "1", 1, { status: "given_up" }) },
        { record: "userCoupon", value: aUserCoupon(c, "o", "2", 2, { status: "used" }) },
        { record: "userCoupon", value: aUserCoupon(c, "p", "3", 0) },
        { record: "userCoupon", value: aUserCoupon(elsewhere, "o", "1", 0) },
      );
      const keys: RecordKey[] = [
        { need: "held", appid: "a", outCouponId: "c", openid: "o" },
        { need: "coupon", appid: "a", outCouponId: "c" },
        { need: "walletSize", appid: "a", openid: "o" },
        { need: "catalogueSize", appid: "a" },
        { need: "catalogueSize", appid: "b" },
      ];
      const counts = await look(keys, (records) => [
        records.held("a", "c", "o"),
        records.walletSize("a", "o"),
        records.catalogueSize("a"),
        records.catalogueSize("b"),
      ]);
      expect(counts).toEqual([2, 3, 2, 1]);
    });

    it("keeps claims as they were granted, whatever became of their user coupons", async () => {
      const coupon = aCoupon("a", "c", 0);
      const granted = aUserCoupon(coupon, "o", "u", 0);
      const claim = aClaim(granted, awkward);
      await put(
        store,
        { record: "coupon", value: coupon },
        { record: "userCoupon", value: granted },
        { record: "claim", value: claim },
      );
      const used = { ...granted, status: "used" as const, usedAt: 7, receivedAt: 6, updatedAt: 8 };
      await put(store, { record: "userCoupon", value: used });
      const keys: RecordKey[] = [
        { need: "claim", appid: "a", requestId: awkward },
        { need: "claim", appid: "a", requestId: "none" },
        { need: "claim", appid: "b", requestId: awkward },
      ];
      const found = await look(keys, (records) => [
        records.claim("a", awkward),
        records.claim("a", "none"),
        records.claim("b", awkward),
      ]);
      expect(found).toEqual([claim, undefined, undefined]);
    });

    it("keeps holds while they are open, and lists those that are over", async () => {
      const [c, d] = [aCoupon("a", "c", 0), aCoupon("b", "c", 0)];
      await put(store, { record: "coupon", value: c }, { record: "coupon", value: d });
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
      expect(await store.listHolds(30, 9)).toEqual([holds[3], holds[1], holds[2]]);
      expect(await store.listHolds(31, 2)).toEqual([holds[3], holds[1]]);

      await put(
        store,
        { record: "hold", value: { ...holds[1], open: false } },
        { record: "hold", value: { ...holds[2], until: 40 } },
        { record: "hold", value: aHold(c, "o", "brief", { open: false }) },
      );
      expect(await store.listHolds(99, 9)).toEqual([holds[3], holds[0], { ...holds[2], until: 40 }]);
      await put(store, { record: "hold", value: { ...holds[1], openid: "p" } });
      const again: RecordKey[] = [
        { need: "coupon", appid: "a", outCouponId: "c" },
        { need: "holdsOf", appid: "a", outCouponId: "c", openid: "p" },
      ];
      const seen = await look(again, (records) => records.holdsOf("a", "c", "p"));
      expect(seen.map(({ requestId }) => requestId)).toEqual(["taken", "other"]);
    });

    it("lists what is past its end and can still expire", async () => {
      const fixed = (end: number) => ({
        claimWindow: null,
        limitPerPerson: null,
        total: 0,
        validity: { kind: "fixed" as const, interval: { start: 0, end } },
      });
      const coupons = [
        aCoupon("a", "over", 0, { terms: fixed(9) }),
        aCoupon("a", "today", 1, { terms: fixed(10) }),
        aCoupon("a", "ended", 2, { terms: fixed(9), status: "expired" }),
        aCoupon("a", "counted", 3),
        aCoupon("b", "elsewhere", 0, { terms: fixed(1) }),
      ];
      await put(store, ...coupons.map((value) => ({ record: "coupon", value }) as const));
      expect(await store.listCouponsOver("a", 10, 9)).toEqual(["over"]);
      expect((await store.listCouponsOver("a", 11, 9)).toSorted()).toEqual(["over", "today"]);
      expect(await store.listCouponsOver("a", 11, 1)).toHaveLength(1);
      const coupon = coupons[3] as Coupon;
      const until = (end: number) => ({ validity: { start: 0, end } });
      const held = [
        aUserCoupon(coupon, "o", "over", 0, until(9)),
        aUserCoupon(coupon, "o", "today", 1, until(10)),
        aUserCoupon(coupon, "o", "endless", 2, until(0)),
        aUserCoupon(coupon, "o", "used", 3, { ...until(9), status: "used" }),
      ];
      await put(store, ...held.map((value) => ({ record: "userCoupon", value }) as const));
      const ids = (outUserCouponId: string) => ({ outCouponId: "counted", outUserCouponId });
      expect(await store.listUserCouponsOver("a", 10, 9)).toEqual([ids("over")]);
      expect(await store.listUserCouponsOver("a", 11, 9)).toEqual([ids("over"), ids("today")]);
      expect(await store.listUserCouponsOver("a", 11, 1)).toHaveLength(1);
      expect(await store.listUserCouponsOver("b", 11, 9)).toEqual([]);
      const expired = { ...(held[0] as UserCoupon), status: "expired" as const };
      await put(store, { record: "userCoupon", value: expired });
      expect(await store.listUserCouponsOver("a", 10, 9)).toEqual([]);
    });

    it("keeps attempts at callbacks, newest first, no more and no older ones than it says", async () => {
      const now = 1_000_000_000_000;
      const { count, milliseconds } = CALLBACKS_KEPT;
      await store.keepCallbacks([anAttempt("a", { at: now - milliseconds }), anAttempt("b", { at: 1 })]);
      await store.keepCallbacks([anAttempt("a", { at: now, reason: awkward })]);
      expect((await store.listCallbacks("a", 9)).map(({ at }) => at)).toEqual([now, now - milliseconds]);
      expect((await store.listCallbacks("a", 1))[0]).toEqual(anAttempt("a", { at: now, reason: awkward }));
      await store.keepCallbacks([anAttempt("a", { at: now + 1 })]);
      expect((await store.listCallbacks("a", 9)).map(({ at }) => at)).toEqual([now + 1, now]);
      const many = Array.from({ length: count }, (_, i) => anAttempt("a", { at: now + 2 + i }));
      await store.keepCallbacks(many);
      const kept = await store.listCallbacks("a", 2 * count);
      expect(kept.map(({ at }) => at)).toEqual(many.map(({ at }) => at).toReversed());
      expect(await store.listCallbacks("b", 9)).toHaveLength(1);
      expect(await store.listCallbacks("nobody", 9)).toEqual([]);
    });

    it("pages coupons by position and wallets newest first, at any offset", async () => {
      const coupons = Array.from({ length: 7 }, (_, i) => aCoupon("a", `c${i}`, i));
      await put(store, ...coupons.map((value) => ({ record: "coupon", value }) as const));
      await put(store, { record: "coupon", value: aCoupon("b", "other", 0) });
      const wallet = coupons.map((coupon, i) => aUserCoupon(coupon, "o", `u${i}`, i));
      await put(store, ...wallet.map((value) => ({ record: "userCoupon", value }) as const));
      for (const offset of [0, 1, 4, 6, 7, 8, 2 ** 31 - 1])
        for (const limit of [0, 1, 3, 7, 200]) {
          const page = await store.listCoupons("a", offset, limit);
          expect(page.total).toBe(7);
          expect(page.entries.map(({ coupon }) => coupon)).toEqual(coupons.slice(offset, offset + limit));
          const held = await store.listUserCoupons("a", "o", offset, limit);
          expect(held).toEqual({ total: 7, entries: wallet.toReversed().slice(offset, offset + limit) });
        }
    });

    it("lists the wallets of an app one after another, from any place", async () => {
      const coupon = aCoupon("a", "c", 0);
      const elsewhere = aCoupon("b", "c", 0);
      await put(store, { record: "coupon", value: coupon });
      await put(store, { record: "coupon", value: elsewhere });
      const held = ["o", "p", awkward].flatMap((openid, person) =>
        [0, 1, 2].map((slot) => aUserCoupon(coupon, openid, `u${person}-${slot}`, slot)),
      );
      await put(store, ...held.map((value) => ({ record: "userCoupon", value }) as const));
      await put(store, { record: "userCoupon", value: aUserCoupon(elsewhere, "o", "u", 0) });
      const all = await store.listWallets("a", null, 99);
      expect(new Set(all)).toEqual(new Set(held));
      for (const [, wallet] of Map.groupBy(all, ({ openid }) => openid))
        expect(wallet.map(({ slot }) => slot)).toEqual([0, 1, 2]);
      expect(new Set(all.flatMap(({ openid }, i) => (openid === all[i - 1]?.openid ? [] : openid))).size).toBe(3);
      for (const [i, last] of all.entries()) {
        expect(await store.listWallets("a", last, 99)).toEqual(all.slice(i + 1));
        expect(await store.listWallets("a", last, 2)).toEqual(all.slice(i + 1, i + 3));
      }
      expect(await store.listWallets("nobody", null, 9)).toEqual([]);
    });

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
