import { expect, it } from "vitest";
import { CALLBACKS_KEPT } from "../../src/domain/claims/attempts.ts";
import type { Subject } from "../../src/domain/journal.ts";
import type { JournalRow } from "../../src/domain/journal-entry.ts";
import { type RecordKey, recordKinds } from "../../src/domain/records.ts";
import { CALLS_KEPT } from "../../src/domain/sandbox/call-log.ts";
import type { Records } from "../../src/domain/working-copy.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import type { Store, StoreReads } from "../../src/store/store.ts";
import { anApp, awkward, inWallet, put } from "../../testing/records.ts";
import {
  aState,
  attempts,
  emptied,
  listOf,
  logged,
  NEWEST,
  recordsOf,
  type Tenant,
  tenantsIds,
  write,
} from "./tenants-things.ts";

/** What each tenant does, one step after another, each of which the other must not notice. */
const steps: Record<string, (store: Store, appid: Tenant) => Promise<unknown>> = {
  "adds records": (store, appid) => write(store, recordsOf(appid).created),
  "changes records": (store, appid) => write(store, recordsOf(appid).changed),
  "closes holds": (store, appid) => write(store, recordsOf(appid).closed),
  "sends a list": (store, appid) => store.addHandOutLines(appid, "0000000300 list", listOf(appid)),
  "sends a list that no hand-out has": (store, appid) =>
    store.addHandOutLines(appid, "0000000400 loose", listOf(appid)),
  "notes results": (store, appid) =>
    store.noteHandOutLines({ appid, handOutId: "hand-out", list: "0000000300 list" }, "w", [
      { line: 1, result: { given: appid } },
    ]),
  "removes a list": async (store, appid) => void (await store.removeHandOutLines(appid, "0000000400 loose", 9)),
  "asks a merchant": (store, appid) => store.keepCallbacks(attempts(appid, 3, NEWEST)),
  "asks a merchant so often that not all is kept": (store, appid) =>
    store.keepCallbacks(attempts(appid, CALLBACKS_KEPT.count, NEWEST + 10)),
  "asks a merchant again, one more often than the other": (store, appid) =>
    store.keepCallbacks(attempts(appid, appid === "a" ? 500 : 1, NEWEST + 10_000)),
  "asks a merchant long after": (store, appid) =>
    store.keepCallbacks(attempts(appid, 1, NEWEST + CALLBACKS_KEPT.milliseconds + 99_999)),
  "is called": (store, appid) => store.keepCalls(logged(appid, 3, NEWEST)),
  "is called so often that not all is kept": (store, appid) =>
    store.keepCalls(logged(appid, appid === "a" ? CALLS_KEPT.count : 2, NEWEST + 10)),
  "is called long after": (store, appid) =>
    store.keepCalls(logged(appid, 1, NEWEST + CALLS_KEPT.milliseconds + 99_999)),
  "keeps states": async (store, appid) => {
    await store.keepState(aState(appid, "s"));
    await store.keepState(aState(appid, "loose"));
  },
  "removes a state": (store, appid) => store.removeState(appid, "loose"),
  "is emptied": (store, appid) => store.transact([{ need: "app", appid }], (copy) => emptied(copy, appid), true),
  "is filled anew": (store, appid) =>
    write(
      store,
      recordsOf(appid).created.filter(({ record }) => record !== "app"),
    ),
  "is removed with all that is of it": async (store, appid) => {
    const removes = [appid];
    await store.transact([{ need: "app", appid }], () => ({ changes: [], journal: [], removes }));
    while ((await store.removeSome(appid, 3)) > 0);
  },
  "is made anew": (store, appid) => write(store, recordsOf(appid).created),
};

/**
 * What entries say. In some stores apps share the numbers of their entries; and in which order a store gives the
 * members of a record, which the text and its digest show, nobody promises.
 */
const told = (rows: readonly JournalRow[]) => rows.map(({ seq: _, text: __, digest: ___, ...entry }) => entry);

/** How each read shows what a tenant has. The compiler asks for those that are missing. */
const seenBy: { [read in keyof StoreReads | "snapshot"]: (store: Store, appid: Tenant) => Promise<unknown> } = {
  listCoupons: (store, appid) => store.listCoupons(appid, 0, 9),
  coupon: (store, appid) => store.coupon(appid, "c"),
  findCoupons: async (store, appid) => [
    await store.findCoupons(appid, {}, null, 9),
    await store.findCoupons(appid, { status: "active" }, null, 1),
    await store.findCoupons(appid, { status: "void", kind: "shop_flat_discount" }, null, 9),
    await store.findCoupons(appid, { namePrefix: "mark" }, null, 1),
    await store.findCoupons(appid, { namePrefix: "mark" }, { name: "mark 1", position: 0 }, 9),
  ],
  listUserCoupons: (store, appid) => store.listUserCoupons(appid, "o", 0, 9),
  listWallet: async (store, appid) => [
    await store.listWallet(appid, "o", {}, null, 9),
    await store.listWallet(appid, "o", { status: "effective", outCouponId: "c" }, 2, 1),
  ],
  userCoupon: (store, appid) => store.userCoupon(appid, "c", "u0"),
  findUserCoupons: async (store, appid) => [
    await store.findUserCoupons(appid, "u0", 9),
    await store.findUserCoupons(appid, "u4", 9),
  ],
  listHolders: async (store, appid) => (await store.listHolders({ appid, outCouponId: "c" }, null, 9)).entries,
  listWallets: async (store, appid) => [
    await store.listWallets(appid, null, 9),
    await store.listWallets(appid, { openid: "o", slot: 0 }, 9),
  ],
  app: (store, appid) => store.app(appid),
  listApps: async (store, appid) => (await store.listApps()).filter((app) => app.appid === appid),
  listHolds: async (store, appid) => (await store.listHolds(9999, 9, 99)).filter((hold) => hold.appid === appid),
  listHoldsOf: (store, appid) => store.listHoldsOf(appid, 9999, 9),
  nextEnds: (store, appid) => store.nextEnds(appid, 0),
  listCouponsOver: (store, appid) => store.listCouponsOver(appid, 60, 9),
  async listWalletCoupons(store, appid) {
    const of = async (now: number, limit: number) => {
      const { entries, more } = await store.listWalletCoupons(appid, "o", now, limit);
      return { entries: entries.map(inWallet), more };
    };
    return [await of(5, 9), await of(5, 1), await of(9999, 1)];
  },
  order: (store, appid) => store.order(appid, "order"),
  listOrders: async (store, appid) => [
    (await store.listOrders(appid, {}, null, 9)).entries,
    (await store.listOrders(appid, { openid: "o" }, null, 9)).entries,
  ],
  handOut: (store, appid) => store.handOut(appid, "hand-out"),
  listHandOuts: async (store, appid) => [
    await store.listHandOuts(appid, null, 9),
    await store.listHandOuts(appid, { createdAt: 301, handOutId: "" }, 9),
  ],
  listOpenHandOuts: async (store, appid) =>
    (await store.listOpenHandOuts("w", 999, 9)).filter((handOut) => handOut.appid === appid),
  listHandOutLines: async (store, appid) => [
    await store.listHandOutLines(appid, "0000000300 list", 0, 9),
    await store.listHandOutLines(appid, "0000000400 loose", 1, 9),
  ],
  listLooseLines: async (store, appid) =>
    (await store.listLooseLines("0000009999", 9)).filter((loose) => loose.appid === appid),
  listUserCouponsOver: (store, appid) => store.listUserCouponsOver(appid, 60, 9),
  async state(store, appid) {
    const state = await store.state(appid, "s");
    return state && { ...state, body: Buffer.from(state.body).toString() };
  },
  listStates: (store, appid) => store.listStates(appid),
  listOperators: (store, appid) => store.listOperators(appid),
  person: (store, appid) => store.person(appid, "ming"),
  listPersons: (store, appid) => store.listPersons(appid, null, 9),
  listCallbacks: async (store, appid) => [
    await store.listCallbacks(appid, {}, null, 2 * CALLBACKS_KEPT.count),
    await store.listCallbacks(appid, { purpose: "claim", requestId: awkward }, 3, 2 * CALLBACKS_KEPT.count),
  ],
  callback: (store, appid) => store.callback(appid, 2),
  listCallbacksAfter: (store, appid) => store.listCallbacksAfter(appid, 1, 2 * CALLBACKS_KEPT.count),
  listCalls: async (store, appid) => [
    await store.listCalls(appid, {}, null, 2 * CALLS_KEPT.count),
    await store.listCalls(appid, { rid: "1", openid: "a 1" }, 99, 9),
  ],
  listCallsAfter: (store, appid) => store.listCallsAfter(appid, 1, 2 * CALLS_KEPT.count),
  readJournal: async (store, appid) => told(await store.readJournal(appid, 0, 99)),
  listJournal: async (store, appid) => told(await store.listJournal(appid, null, 99)),
  listHistory: async (store, appid) => {
    const subjects: Subject[] = [
      { of: "coupon", outCouponId: "c" },
      { of: "userCoupon", outCouponId: "c", outUserCouponId: "u0" },
      { of: "order", outOrderId: "order" },
      { of: "ordersOf", outCouponId: "c" },
      { of: "by", by: "command_line" },
    ];
    const histories = subjects.map((subject) => store.listHistory(appid, subject, null, 99));
    return (await Promise.all(histories)).map(told);
  },
  journalEnd: async (store, appid) => {
    const { seq, digest } = await store.journalEnd(appid);
    const [last] = await store.listJournal(appid, null, 1);
    return [seq === last?.seq, digest === last?.digest];
  },
  listTallies: async (store, appid) => [
    await store.listTallies(appid, { from: 0, to: 9, outCouponId: null }, null, 99),
    await store.listTallies(appid, { from: 0, to: 9, outCouponId: "c" }, null, 99),
  ],
  snapshot: (store, appid) =>
    store.snapshot(appid, async (reads) => {
      const kinds: unknown[] = [];
      for (const kind of recordKinds) kinds.push((await reads.records(kind, null, 99)).records);
      const journal = (await reads.journal(0, 99)).map(({ at, command, by }) => ({ at, command, by }));
      const { entries } = await reads.end();
      return [kinds, journal, await reads.tallies(null, 99), entries];
    }),
};

type Need = RecordKey["need"];
type Loaded = {
  [N in Need]: { key: (appid: Tenant) => Extract<RecordKey, { need: N }>; read(from: Records, appid: Tenant): unknown };
};

/** How a transaction shows, for each kind of key, what a tenant has. The compiler asks for those that are missing. */
const loadedBy: Loaded = {
  app: { key: (appid) => ({ need: "app", appid }), read: (from, appid) => from.app(appid) },
  coupon: {
    key: (appid) => ({ need: "coupon", appid, outCouponId: "c" }),
    read: (from, appid) => [from.coupon(appid, "c"), from.stock(appid, "c")],
  },
  catalogueSize: {
    key: (appid) => ({ need: "catalogueSize", appid }),
    read: (from, appid) => from.catalogueSize(appid),
  },
  userCoupon: {
    key: (appid) => ({ need: "userCoupon", appid, outCouponId: "c", outUserCouponId: "u0" }),
    read: (from, appid) => from.userCoupon(appid, "c", "u0"),
  },
  claim: {
    key: (appid) => ({ need: "claim", appid, requestId: "granted" }),
    read: (from, appid) => from.claim(appid, "granted"),
  },
  hold: {
    key: (appid) => ({ need: "hold", appid, requestId: "held" }),
    read: (from, appid) => from.hold(appid, "held"),
  },
  holdsOf: {
    key: (appid) => ({ need: "holdsOf", appid, outCouponId: "c", openid: "o" }),
    read: (from, appid) => from.holdsOf(appid, "c", "o"),
  },
  order: {
    key: (appid) => ({ need: "order", appid, outOrderId: "order" }),
    read: (from, appid) => from.order(appid, "order"),
  },
  operator: {
    key: (appid) => ({ need: "operator", appid, name: "li" }),
    read: (from, appid) => from.operator(appid, "li"),
  },
  operators: {
    key: (appid) => ({ need: "operators", appid }),
    read: (from, appid) => from.operators(appid),
  },
  person: {
    key: (appid) => ({ need: "person", appid, name: "ming" }),
    read: (from, appid) => from.person(appid, "ming"),
  },
  persons: {
    key: (appid) => ({ need: "persons", appid }),
    read: (from, appid) => from.persons(appid),
  },
  handOut: {
    key: (appid) => ({ need: "handOut", appid, handOutId: "hand-out" }),
    read: (from, appid) => from.handOut(appid, "hand-out"),
  },
  walletSize: {
    key: (appid) => ({ need: "walletSize", appid, openid: "o" }),
    read: (from, appid) => from.walletSize(appid, "o"),
  },
  given: {
    key: (appid) => ({ need: "given", appid, outCouponId: "c", openid: "o" }),
    read: (from, appid) => from.given(appid, "c", "o"),
  },
};
const needs = Object.keys(loadedBy) as Need[];

/** What tenants load in one transaction, by tenant and kind of key. */
async function loaded(store: Store, ...appids: Tenant[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const keys = appids.flatMap((appid) => needs.map((need) => loadedBy[need].key(appid)));
  await store.transact(keys, (copy) => {
    for (const appid of appids) for (const need of needs) found[`${appid} ${need}`] = loadedBy[need].read(copy, appid);
    for (const appid of tenantsIds.filter((tenant) => !appids.includes(tenant)))
      for (const need of needs)
        expect(() => loadedBy[need].read(copy, appid), `${need} of ${appid}, whom no key names`).toThrow(
          "did not name",
        );
    return { changes: [], journal: [] };
  });
  return found;
}

/** All that a tenant can see. */
async function seen(store: Store, appid: Tenant): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = await loaded(store, appid);
  for (const [read, show] of Object.entries(seenBy)) found[read] = await show(store, appid);
  return found;
}

/** Methods that name no app. */
const ofNobody = ["ping", "listRemovals", "close", "connections", "settling"];
/** Methods that the tests below call beside the reads. */
const called = [
  "transact",
  "keepCallbacks",
  "keepCalls",
  "foreignRevision",
  "addHandOutLines",
  "noteHandOutLines",
  "removeHandOutLines",
  "removeSome",
  "keepState",
  "removeState",
];

/** A store for each tenant, begun as the suite begins every store. */
async function twoStores(): Promise<Record<Tenant, Store>> {
  const stores = { a: openMemoryStore(), b: openMemoryStore() };
  for (const store of Object.values(stores))
    await put(store, { record: "app", value: anApp("a") }, { record: "app", value: anApp("b") });
  return stores;
}

/** What the port promises to tenants, asked of the store that a test is given: each sees what it would see alone. */
export function tenants(store: () => Store): void {
  it("has no method that is not asked whether it tells tenants apart", () => {
    const methods = Object.entries(store()).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
    const asked = new Set([...Object.keys(seenBy), ...called, ...ofNobody]);
    expect(methods.filter((name) => !asked.has(name))).toEqual([]);
  });

  it("keeps two tenants apart who use the same ids for everything", async () => {
    const alone = await twoStores();
    for (const [what, step] of Object.entries(steps))
      for (const appid of tenantsIds) {
        const other = appid === "a" ? "b" : "a";
        const revision = await store().foreignRevision(other);
        await step(store(), appid);
        await step(alone[appid], appid);
        expect(await store().foreignRevision(other), `${appid} ${what}: the revision of ${other}`).toBe(revision);
        for (const tenant of tenantsIds)
          expect(await seen(store(), tenant), `${appid} ${what}: what ${tenant} sees`).toEqual(
            await seen(alone[tenant], tenant),
          );
        expect(await loaded(store(), "a", "b"), `${appid} ${what}: both in one transaction`).toEqual({
          ...(await loaded(alone.a, "a")),
          ...(await loaded(alone.b, "b")),
        });
      }
  });

  it("keeps tenants apart who write in one transaction", async () => {
    const alone = await twoStores();
    const [a, b] = [recordsOf("a"), recordsOf("b")];
    for (const [nth, step] of (["created", "changed", "closed"] as const).entries()) {
      const at = NEWEST + nth * 100;
      await write(store(), [...a[step], ...b[step]]);
      for (const appid of tenantsIds) await write(alone[appid], recordsOf(appid)[step]);
      await store().keepCallbacks([...attempts("a", 2, at), ...attempts("b", 3, at)]);
      await alone.a.keepCallbacks(attempts("a", 2, at));
      await alone.b.keepCallbacks(attempts("b", 3, at));
      for (const appid of tenantsIds)
        expect(await seen(store(), appid), `${step}: what ${appid} sees`).toEqual(await seen(alone[appid], appid));
    }
  });
}
