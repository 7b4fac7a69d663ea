import { addActive, sampleCoupon } from "../../../testing/coupons.ts";
import type { TestApp, TestServer } from "../../../testing/server.ts";
import { importCoupon, OPENED_AT } from "./shop.ts";

/** A second, counted from the shop's opening. */
export const at = (cell: unknown) => OPENED_AT + (cell as number);
export const statusBody = (status: unknown) => ({ out_coupon_id: "c", status });

export async function bringCouponTo(server: TestServer, app: TestApp, status: number): Promise<void> {
  if (status === 0) return importCoupon(server, app.appid, "c", 0);
  server.clock.now = at(100);
  await app.must("add", { coupon: sampleCoupon("c") });
  server.clock.now = at(200);
  if (status > 1) await app.must("update_status", statusBody(2));
  server.clock.now = at(300);
  if (status > 2) await app.must("update_status", statusBody(status));
}

export const heldBody = (status: unknown) => ({
  openid: "person_1",
  out_coupon_id: "c",
  out_user_coupon_id: "u",
  status,
});
export const amendBody = (use_time?: number, recv_time = 1_628_147_893) => ({
  openid: "person_1",
  user_coupon: { out_user_coupon_id: "u", out_coupon_id: "c", ext_info: { use_time } },
  recv_time,
});

export async function openWallet(
  server: TestServer,
  app: TestApp,
  coupon: { out_coupon_id: string } = sampleCoupon("c"),
): Promise<void> {
  server.clock.now = at(100);
  await addActive(app, coupon);
  server.clock.now = at(200);
}
