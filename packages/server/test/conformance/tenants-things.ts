import type { StoredRecord } from "../../src/domain/records.ts";
import type { WorkingCopy } from "../../src/domain/working-copy.ts";
import { Journal } from "../../src/service/journal.ts";
import type { Commit, Store } from "../../src/store/store.ts";
import {
  aCall,
  aClaim,
  aCoupon,
  aHandOut,
  aHold,
  anApp,
  anAttempt,
  anOperator,
  anOrder,
  aPerson,
  aStock,
  aUserCoupon,
  awkward,
  keysOf,
  written,
} from "../../testing/records.ts";

/** Two apps that use the same ids, positions, slots and persons for everything; `b` has one more of what is counted. */
export const tenantsIds = ["a", "b"] as const;
export type Tenant = (typeof tenantsIds)[number];

export const NEWEST = 1_000_000_000_000;

/** All that a tenant has, as it is first and as it is after a change of everything that can change. */
export function recordsOf(appid: Tenant) {
  const mark = appid === "a" ? 1 : 2;
  const over = { claimWindow: null, limitPerPerson: 2, total: 0, discount: null };
  const terms = { ...over, validity: { kind: "fixed" as const, interval: { start: 0, end: 50 } } };
  const coupons = ["c", "d", "e"].slice(0, 1 + mark).map((id, position) =>
    aCoupon(appid, id, position, {
      document: `{"name":"mark ${mark}"}`,
      createdAt: 100 + mark,
      ...(position === 0 && { terms }),
    }),
  );
  const [c, d] = coupons as [(typeof coupons)[0], (typeof coupons)[0]];
  const marked = { createdAt: 300 + mark, updatedAt: 310 + mark };
  const held = [
    aUserCoupon(c, "o", "u0", 0, { ...marked, validity: { start: 0, end: 50 } }),
    aUserCoupon(d, "o", "u1", 1, marked),
    aUserCoupon(c, "p", "u2", 0, marked),
    ...coupons.slice(2).flatMap((e) => [aUserCoupon(c, "o", "u3", 2, marked), aUserCoupon(e, "p", "u4", 1, marked)]),
  ];
  const [first] = held as [(typeof held)[0]];
  const app = { ...anApp(appid), tokenQuota: mark };
  const stock = aStock(c, { remaining: 10 + mark });
  const hold = aHold(c, "o", "held", { until: 500 + mark });
  const handOut = aHandOut(c, "hand-out", { next: mark, list: "0000000300 list", worker: null });
  const order = anOrder(appid, "order", { asked: `${mark}` });
  const operators = ["li", "wang"].slice(0, mark).map((name) => anOperator(appid, name, { createdAt: mark }));
  const [li] = operators as [(typeof operators)[0]];
  const persons = ["ming", "小明"].slice(0, mark).map((name) => aPerson(appid, name, { createdAt: mark }));
  const [ming] = persons as [(typeof persons)[0]];
  const created: StoredRecord[] = [
    { record: "app", value: app },
    ...coupons.map((value) => ({ record: "coupon", value }) as const),
    { record: "stock", value: stock },
    ...held.map((value) => ({ record: "userCoupon", value }) as const),
    { record: "claim", value: aClaim(first, "granted") },
    { record: "hold", value: hold },
    { record: "order", value: order },
    ...operators.map((value) => ({ record: "operator", value }) as const),
    { record: "handOut", value: handOut },
    ...persons.map((value) => ({ record: "person", value }) as const),
  ];
  const changed: StoredRecord[] = [
    { record: "app", value: { ...app, tokenQuota: 70 + mark } },
    { record: "coupon", value: { ...c, status: "void", updatedAt: 700 + mark } },
    { record: "stock", value: { ...stock, remaining: 70 + mark } },
    { record: "userCoupon", value: { ...first, status: "used", usedAt: 700 + mark } },
    { record: "hold", value: { ...hold, until: 600 + mark, takenBy: "u0" } },
    { record: "order", value: { ...order, asked: `${70 + mark}` } },
    { record: "handOut", value: { ...handOut, next: 70 + mark, worker: "w" } },
    { record: "operator", value: { ...li, signedInAt: 70 + mark } },
    { record: "person", value: { ...ming, openid: `o${70 + mark}`, unionid: null } },
  ];
  const closed: StoredRecord[] = [
    { record: "hold", value: { ...hold, open: false } },
    { record: "operator", value: { ...li, open: false } },
    { record: "person", value: { ...ming, open: false } },
  ];
  return { created, changed, closed };
}

/** Writes records of any tenants as one transaction, with a journal entry for each tenant. */
export const write = (store: Store, records: readonly StoredRecord[]) =>
  store.transact(keysOf(records), (copy) => written(copy, records));

export const attempts = (appid: Tenant, count: number, at: number) =>
  Array.from({ length: count }, (_, n) => anAttempt(appid, { at: at + n, reason: `${appid} ${n}` }));

export const logged = (appid: Tenant, count: number, at: number) =>
  Array.from({ length: count }, (_, n) => aCall(appid, { at: at + n, rid: `${n}`, openid: `${appid} ${n % 3}` }));

export const aState = (appid: Tenant, name: string) => ({
  ...{ appid, name, format: 1, savedAt: 7, time: 8, by: "command_line" as const, records: 3 },
  body: Buffer.from(`${awkward} of ${appid}`),
});

export function emptied(copy: WorkingCopy, appid: Tenant): Commit {
  const journal = new Journal(copy);
  journal.beginAnew(appid);
  const steps = copy.write([{ record: "app", value: anApp(appid) }]);
  journal.add({ appid, at: 1, command: "resetSandbox", by: "command_line", steps });
  return { ...journal.commit, empties: [appid] };
}

export const listOf = (appid: Tenant) => [
  { line: 1, openid: "o" },
  { line: 2, openid: appid },
  { line: 3, openid: "o" },
];
