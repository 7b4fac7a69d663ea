import { onTestFinished } from "vitest";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";

/** A line of a cart of 60 yuan. */
const lines = [{ out_product_id: "p", price: 3000, quantity: 2 }];

/**
 * A server with the app `wx_a`, whose coupon `c`, which takes 5 yuan off, persons claimed and used on orders on two days:
 * `o1` used it on `x1` and brought the order back, `o2` used it on `x2`, `o3` has it.
 */
export async function livelyShop(): Promise<{ server: TestServer; appid: string }> {
  // 23:59:50 of 14 November 2023, UTC+8.
  const server = await startTestServer({ now: 1_699_977_590 });
  onTestFinished(() => server.close());
  const app = await server.createApp("wx_a");
  await server.createApp("wx_b");
  await addActive(app, coupon("c", { total_num: 10, limit_num_one_person: 2 }));
  const claim = (openid: string) => app.must("claim", { openid, out_coupon_id: "c", request_id: openid });
  const redeem = (openid: string, out_order_id: string) =>
    app.must("redeem", { openid, out_order_id, lines, user_coupons: "best" });
  await claim("o1");
  await redeem("o1", "x1");
  server.clock.now += 20;
  await claim("o2");
  await claim("o3");
  await redeem("o2", "x2");
  await app.must("return", { out_order_id: "x1" });
  return { server, appid: app.appid };
}
