import { afterAll, beforeAll, expect, it } from "vitest";
import type { App } from "../../src/domain/records.ts";
import { Orders as OrdersService } from "../../src/service/orders.ts";
import { cartOf } from "../../src/wire/order.ts";
import { type Orders, openOrders } from "../wire/support/shopper.ts";

let orders: Orders;
beforeAll(async () => {
  orders = await openOrders();
});
afterAll(() => orders.server.close());

it("the best coupons for an order may be those it has locked itself, also where the lock ends meanwhile", async () => {
  const { server, newPerson } = orders;
  const person = await newPerson([{ type: 104, discount_info: { discount_fee: 500 }, valid_second: undefined }]);
  const cart = { lines: [{ out_product_id: "tea", price: 1000, quantity: 1 }] };
  const locked = await person.lock("order", { ...cart, user_coupons: "best", ttl_seconds: 60 });
  const lastSecond = locked.lock_end_time as number;
  // The coupons are chosen in the lock's last second, and decided on after it.
  const choosing = new OrdersService({ ...server, clock: () => lastSecond });
  server.clock.now = lastSecond + 1;
  const [app] = (await server.store.listApps()) as [App];
  const asked = {
    openid: person.openid,
    outOrderId: locked.out_order_id,
    lines: cartOf(cart.lines),
    policy: undefined,
    userCoupons: "best",
  } as const;
  expect(await choosing.lock(app, asked, 60, "app")).toMatchObject({
    lockedUntil: lastSecond + 61,
    coupons: [{ parts: [500] }],
  });
});
