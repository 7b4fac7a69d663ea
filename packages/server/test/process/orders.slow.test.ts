import { expect, it } from "vitest";
import { connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { audit, auditDatabase } from "./audit.ts";
import { createApp, patiently, places, startServer } from "./server-process.ts";

const [COUPONS, ORDERS] = [Number(process.env.QUANKU_ORDERED ?? 250), 32];
const NOT_USABLE = 1090058;

for (const [name, place] of Object.entries(places))
  it(`of 32 orders for each of ${COUPONS} coupons one wins, through a kill of the server, on ${name}`, async () => {
    const where = await place();
    const app = await createApp(where, "orders");
    let server = await startServer(where, ...patiently);
    let client = connect(server.url, app, 64);
    await addActive(client, coupon("c", { total_num: COUPONS }));
    await inParallel(COUPONS, 64, async (n) => {
      await give(client, `person-${n}`, "c", `u-${n}`);
    });

    let restarted = Promise.resolve();
    const restart = async () => {
      await server.kill();
      server = await startServer(where, ...patiently);
      client = client.movedTo(server.url);
    };
    const lines = [{ out_product_id: "shirt", price: 9900, quantity: 1 }];
    const redeem = async (n: number) => {
      const which = n % COUPONS;
      const body = {
        out_order_id: `order-${n}`,
        openid: `person-${which}`,
        lines,
        user_coupons: [{ out_coupon_id: "c", out_user_coupon_id: `u-${which}` }],
      };
      for (;;) {
        const reply = await client.call("redeem", body).catch(() => undefined);
        if (reply) return reply;
        await restarted;
      }
    };
    const winners = new Map<number, string>();
    const codes = new Set<unknown>();
    await inParallel(COUPONS * ORDERS, 64, async (n) => {
      if (n === 5 * COUPONS) restarted = restart();
      const { errcode } = await redeem(n);
      codes.add(errcode);
      if (errcode !== 0) return;
      expect(winners.has(n % COUPONS), `a second order was given coupon ${n % COUPONS}`).toBe(false);
      winners.set(n % COUPONS, `order-${n}`);
    });
    expect(winners.size).toBe(COUPONS);
    expect([...codes].toSorted()).toEqual([0, NOT_USABLE]);
    for (const [which, order] of [...winners].slice(0, 50)) {
      const again = await redeem(Number(order.split("-")[1]));
      expect(again).toMatchObject({ errcode: 0, order: { status: "redeemed", discount: 500 } });
      const [held] = await client.wallet(`person-${which}`);
      expect(held).toMatchObject({ status: 102 });
    }
    client.close();
    expect((await server.stop()).code).toBe(0);
    const { faults } = name === "sqlite" ? audit(where) : await auditDatabase(where);
    expect(faults).toEqual([]);
  });
