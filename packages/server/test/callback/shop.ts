import type { AppSettings } from "../../src/domain/records.ts";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import { FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { startTestServer } from "../../testing/server.ts";

/** The first of the merchant's coupons that is active. */
export const COUPON = "coupon-1";

/** A server on the time of day, its app in callback mode, and the merchant who decides the app's claims. */
export async function startMerchantsShop(
  settings: Partial<AppSettings> = {},
  receiveInfo: object = { total_num: 100 },
  { timeLimit }: { timeLimit?: number } = {},
) {
  const merchant = await FakeMerchant.start();
  const server = await startTestServer({ now: Math.floor(Date.now() / 1000), timeLimit });
  merchant.clock = () => server.clock.now;
  const app = await server.createApp(shared.appid);
  const callback = { callbackUrl: merchant.url, callbackToken: shared.token, encodingAesKey: shared.encodingAesKey };
  await server.apps.configure(app.appid, { ...callback, claimMode: "callback", ...settings }, "command_line");
  await addActive(app, coupon(COUPON, receiveInfo));

  return {
    server,
    app,
    merchant,
    claim: (requestId: string, openid = "p") =>
      app.call("claim", { openid, out_coupon_id: COUPON, request_id: requestId }),
    /** What the merchant does to record a user coupon unasked. */
    record: (outUserCouponId: string, openid = "p") =>
      app.call("add_user_coupon", userCoupon(openid, COUPON, outUserCouponId)),
    /** `issued_num` and `receive_num` as get_list shows them, and how many are held. */
    async stock() {
      const [entry] = (await server.store.listCoupons(app.appid, 0, 1)).entries;
      return { issued: entry?.stock?.remaining, received: entry?.stock?.claimed, promised: entry?.stock?.promised };
    },
    /** The ids of a person's user coupons, newest first. */
    async wallet(openid = "p") {
      const { result_list } = await app.must("get_usercoupon_list", { openid, page_size: 200 });
      return (result_list as { out_user_coupon_id: string }[]).map(({ out_user_coupon_id }) => out_user_coupon_id);
    },
    /** The attempts at the callback, oldest first. */
    async attempts() {
      await server.callbacks.written();
      return (await server.store.listCallbacks(app.appid, {}, null, 1000)).toReversed();
    },
    async close() {
      await server.close();
      await merchant.close();
    },
  };
}
export type MerchantsShop = Awaited<ReturnType<typeof startMerchantsShop>>;
