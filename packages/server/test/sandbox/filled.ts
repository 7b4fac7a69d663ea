import { setImmediate as endOfTurn } from "node:timers/promises";
import { idsOfRecord, recordKinds, type StoredRecord } from "../../src/domain/records.ts";
import { verify } from "../../src/service/verification.ts";
import { coupon, userCoupon } from "../../testing/coupons.ts";
import { anAttempt } from "../../testing/records.ts";
import type { TestApp, TestServer } from "../../testing/server.ts";

/** Numbers from 0 to below 1 that are the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const people = ["p0", "p1", "p2", "p3"];

/** Lets a shop's days go by over the wire, so many calls of any kind; what the rules refuse is part of them. */
export async function live(server: TestServer, app: TestApp, roll: () => number, calls: number): Promise<void> {
  const pick = <T>(from: readonly T[]) => from[Math.floor(roll() * from.length)] as T;
  const coupons: string[] = [];
  const held: { openid: string; out_coupon_id: string; out_user_coupon_id: string }[] = [];
  const name = (kind: string) => `${kind}-${Math.floor(roll() * 2 ** 31)}-券`;
  const add = async () => {
    const added = coupon(name("c"), { total_num: 1 + Math.floor(roll() * 9), limit_num_one_person: 3 });
    coupons.push(added.out_coupon_id);
    await app.must("add", { coupon: added });
    if (roll() < 0.8) await app.must("update_status", { out_coupon_id: added.out_coupon_id, status: 2 });
  };
  const order = () => {
    const { openid, ...of } = pick(held);
    return {
      openid,
      out_order_id: name("o"),
      lines: [{ out_product_id: "shirt", price: 9900, quantity: 2 }],
      user_coupons: [of],
    };
  };
  const ways: (() => Promise<unknown>)[] = [
    add,
    async () => {
      const claim = { openid: pick(people), out_coupon_id: pick(coupons), request_id: name("r") };
      const { errcode, out_user_coupon_id } = await app.call("claim", claim);
      if (errcode === 0) held.push({ ...claim, out_user_coupon_id: out_user_coupon_id as string });
    },
    () => app.call("add_user_coupon", userCoupon(pick(people), pick(coupons), name("u"))),
    () =>
      app.call("update_coupon_stock", {
        out_coupon_id: pick(coupons),
        coupon_stock_info: { issued_num: 3, received_num: 2 },
      }),
    () => app.call("update_status", { out_coupon_id: pick(coupons), status: pick([2, 3, 4]) }),
    async () => held.length > 0 && app.call("update_usercoupon_status", { ...pick(held), status: pick([102, 103]) }),
    async () => held.length > 0 && app.call("lock", { ...order(), ttl_seconds: 600 }),
    async () => {
      if (held.length === 0) return;
      const redeemed = order();
      const { errcode } = await app.call("redeem", redeemed);
      if (errcode === 0 && roll() < 0.5) await app.must("return", { out_order_id: redeemed.out_order_id });
    },
    () => hold(server, app.appid, pick(people), pick(coupons), name("h")),
    async () => server.store.keepCallbacks([anAttempt(app.appid, { requestId: name("r") })]),
  ];
  await app.renewToken();
  await add();
  for (let i = 0; i < calls; i++) {
    server.clock.now += Math.floor(roll() * 4000);
    await app.renewToken();
    await (roll() < 0.4 ? (ways[1] as (typeof ways)[0]) : pick(ways))();
  }
}

/** A claim that the merchant has not decided. */
const hold = ({ ledger }: TestServer, appid: string, openid: string, outCouponId: string, requestId: string) =>
  ledger.submit({ do: "holdCoupon", appid, openid, outCouponId, requestId }, "app");

/** All that the wire answers of an app, as it was sent. */
export async function onTheWire(server: TestServer, app: TestApp): Promise<string[]> {
  // A request that another process is sent comes in a later turn than the answer that it follows.
  await endOfTurn();
  const read = async (call: string, body: object) => {
    const sent = { method: "POST", body: JSON.stringify(body) };
    return (await server.fetch(`/shop/coupon/${call}?access_token=${app.accessToken}`, sent)).text();
  };
  return Promise.all([
    read("get_list", { page_size: 200 }),
    read("get_list", { page_size: 2, offset: 1 }),
    ...people.map((openid) => read("get_usercoupon_list", { openid, page_size: 200 })),
  ]);
}

const keyOf = (stored: StoredRecord) => [stored.record, ...idsOfRecord(stored)].join("\0");

/** All that a store holds of an app. */
export async function rowsOf(server: TestServer, appid: string) {
  return server.store.snapshot(appid, async (reads) => {
    const records: StoredRecord[] = [];
    for (const record of recordKinds)
      for (const value of (await reads.records(record, null, 9999)).records)
        records.push({ record, value } as StoredRecord);
    records.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const journal = await reads.journal(0, 99_999);
    return {
      records,
      tallies: await reads.tallies(null, 9999),
      journal,
      callbacks: await server.store.listCallbacks(appid, {}, null, 999),
    };
  });
}

/** What is wrong with the books of an app. */
export const faultsIn = async ({ store }: TestServer, appid: string) => (await verify(store, appid)).faults;
