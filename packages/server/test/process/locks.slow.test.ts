import { setTimeout as sleep } from "node:timers/promises";
import type { OrderShown } from "@quanku/protocol/calls";
import { expect, it } from "vitest";
import { connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { audit, auditDatabase } from "./audit.ts";
import { createApp, patiently, places, startServer } from "./server-process.ts";

/** As many persons with a coupon each: locked by an order for long, for every other one, and else only for a while. */
const PERSONS = 120;
const [LONG, SHORT] = [600, 2];
const WIDTH = 32;
const NOT_USABLE = 1090058;

const isLong = (n: number) => n % 2 === 0;
const lines = [{ out_product_id: "shirt", price: 9900, quantity: 1 }];
const order = (id: string, n: number) => ({
  out_order_id: `${id}-${n}`,
  openid: `person-${n}`,
  lines,
  user_coupons: [{ out_coupon_id: "c", out_user_coupon_id: `u-${n}` }],
});

for (const [name, place] of Object.entries(places))
  it.concurrent(`locks outlive a kill of the server, and end when they said, on ${name}`, async () => {
    const where = await place();
    const app = await createApp(where, "locks");
    let server = await startServer(where, ...patiently);
    let client = connect(server.url, app, WIDTH);
    await addActive(client, coupon("c", { total_num: PERSONS }));
    const each = (work: (n: number) => Promise<void>) => inParallel(PERSONS, WIDTH, work);
    await each(async (n) => void (await give(client, `person-${n}`, "c", `u-${n}`)));

    const lock = async (n: number) =>
      (await client.must("lock", { ...order("first", n), ttl_seconds: isLong(n) ? LONG : SHORT })).order as OrderShown;
    const other = (call: "lock" | "redeem", n: number) =>
      client.call(call, { ...order("other", n), ...(call === "lock" && { ttl_seconds: SHORT }) });
    const statusOf = async (n: number) => (await client.wallet(`person-${n}`)).map(({ status }) => status);

    const locked = new Map<number, OrderShown>();
    let killed: Promise<unknown> | undefined;
    await each(async (n) => {
      const answer = await lock(n).catch(() => undefined);
      if (answer) locked.set(n, answer);
      if (locked.size === PERSONS / 2) killed ??= server.kill();
    });
    await killed;
    expect(locked.size, "some were not answered before the kill").toBeLessThan(PERSONS);
    server = await startServer(where, ...patiently);
    client = client.movedTo(server.url);

    await each(async (n) => {
      expect(await statusOf(n)).toEqual([100]);
      const before = locked.get(n);
      if (before && !isLong(n)) return;
      const now = await lock(n);
      if (before) expect(now).toEqual(before);
      locked.set(n, now);
      if (!isLong(n)) return;
      for (const call of ["lock", "redeem"] as const) {
        const { errcode, errmsg } = await other(call, n);
        expect({ errcode, errmsg }).toEqual({
          errcode: NOT_USABLE,
          errmsg: expect.stringContaining(`locked, until ${now.lock_end_time}`),
        });
      }
      expect(await statusOf(n)).toEqual([100]);
      const paid = await client.must("redeem", { out_order_id: `first-${n}` });
      expect(paid.order).toMatchObject({ status: "redeemed", discount: 500 });
      expect(await statusOf(n)).toEqual([102]);
    });

    const last = Math.max(...[...locked].map(([n, { lock_end_time }]) => (isLong(n) ? 0 : (lock_end_time as number))));
    await sleep(Math.max(0, (last + 1) * 1000 - Date.now()));
    await each(async (n) => {
      if (isLong(n)) return;
      expect(await statusOf(n)).toEqual([100]);
      expect((await other("redeem", n)).errcode).toBe(0);
      expect(await statusOf(n)).toEqual([102]);
      expect((await client.call("redeem", { out_order_id: `first-${n}` })).errcode).toBe(NOT_USABLE);
    });

    client.close();
    expect((await server.stop()).code).toBe(0);
    const { faults } = name === "sqlite" ? audit(where) : await auditDatabase(where);
    expect(faults).toEqual([]);
  });
