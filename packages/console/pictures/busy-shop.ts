import { type AdminClient, createAdminClient } from "@quanku/sdk/admin";
import { connect, type Token } from "../../server/testing/client.ts";

const demo = { appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" };
const { appid } = demo;
const hot = "shop_direct_5";

/** How many people come on each day that passes. */
const visitors = [12, 18, 9, 22, 31, 27, 14, 19, 25, 40];

/** Lets days pass in the demo shop: people claim and pay, some come back, the merchant's program fails once, calls are refused. */
export async function makeBusyShop(url: string, token: string): Promise<AdminClient> {
  const owner = createAdminClient({ baseUrl: url, token });
  const kept: Token = {};
  const wire = connect(url, demo, 8, kept);
  let person = 0;
  for (const [day, count] of visitors.entries()) {
    for (let nth = 0; nth < count; nth++) await visit(wire, `visitor_${person++}`, day, nth);
    await owner.advanceClock({ appid, by: "1d" });
    // A token lives two hours of the app's time.
    delete kept.kept;
  }
  const list = Array.from({ length: 48 }, (_, nth) => `member_${nth % 45}`).join("\n");
  await owner.createHandOut({ appid, out_coupon_id: hot, request_id: "members-november", file: list });
  await owner.orderFault({ appid, what: "delay=300", calls: "get_list", seconds: 3600 });
  await owner.setApp({ appid, callback_url: `${url}/healthz`, callback_token: "pictures0token" });
  await owner.verifyCallback({ appid });
  await owner.testCallback({ appid }).catch(() => {});
  await wire.call("claim", { openid: "visitor_1", out_coupon_id: "no_such_coupon", request_id: "r-gone" });
  await wire.call("get_list", { page_size: 3, offset: 2 });
  wire.close();
  return owner;
}

type Wire = ReturnType<typeof connect>;

/** Somebody claims a coupon; two of three pay an order with it, and one of six sends that back. */
async function visit(wire: Wire, openid: string, day: number, nth: number): Promise<void> {
  await wire.must("claim", { openid, out_coupon_id: hot, request_id: `claim-${day}-${nth}` });
  if (nth % 3 === 0) return;
  const lines = [{ out_product_id: "shirt", price: 4900 + nth * 500, quantity: 1 }];
  const out_order_id = `order-${day}-${nth}`;
  await wire.must("lock", { openid, out_order_id, lines, user_coupons: "best", ttl_seconds: 900 });
  await wire.must("redeem", { out_order_id });
  if (nth % 6 === 1) await wire.must("return", { out_order_id });
}
