import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AdminClient } from "@quanku/sdk/admin";
import { connect } from "../../../server/testing/client.ts";
import { coupon } from "../../../server/testing/coupons.ts";

/** What runs if a page takes data for markup. */
export const MARKUP = `<img src=x onerror="window.taken=1"><script>window.taken=1</script>`;

const appid = "wx-hostile";
/** No markup can be one: the wire refuses it. */
const openid = "o_of_a_hostile_shop";
const couponId = `c ${MARKUP}`;
const orderId = `order ${MARKUP}`;
const product = `p ${MARKUP}`;
const handOut = `hand out ${MARKUP}`;

/** A sandbox app whose every id, name and answer of its merchant is markup, and the addresses of all pages that show them. */
export async function makeHostileShop(owner: AdminClient, url: string) {
  const merchant = createServer((_, response) => response.setHeader("x-note", "markup").end(MARKUP));
  await new Promise<void>((resolve) => merchant.listen(0, "127.0.0.1", resolve));
  const { secret } = await owner.createApp({ appid, sandbox: true });
  const wire = connect(url, { appid, secret });
  const name = `Name ${MARKUP}`;
  await wire.must("add", { coupon: coupon(couponId, { limit_num_one_person: 9, total_num: 99 }, { name }) });
  await wire.must("update_status", { out_coupon_id: couponId, status: 2 });
  await wire.must("claim", { openid, out_coupon_id: couponId, request_id: `r ${MARKUP}` });
  const lines = [{ out_product_id: product, price: 9900, quantity: 1 }];
  const lock = { openid, out_order_id: orderId, lines, user_coupons: "best", ttl_seconds: 900 };
  await wire.must("lock", lock);
  await wire.must("redeem", { out_order_id: orderId });
  await wire.must("claim", { openid, out_coupon_id: couponId, request_id: `r2 ${MARKUP}` });
  await wire.call("claim", { openid: MARKUP, out_coupon_id: MARKUP, request_id: MARKUP });
  await owner.createHandOut({ appid, out_coupon_id: couponId, request_id: handOut, file: `${openid}\n` });
  const callback_url = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`;
  await owner.setApp({ appid, callback_url, callback_token: "token0123456789" });
  await owner.testCallback({ appid, out_coupon_id: couponId, openid }).catch(() => {});
  await owner.verifyCallback({ appid });
  await owner.makePerson({ appid, person: "li" });
  await owner.orderFault({ appid, what: "errcode=45009", calls: "get_list", seconds: 3600 });
  const [held] = (await owner.listWallet({ appid, openid })).entries;
  const [call] = (await owner.listCalls({ appid, call: "claim" })).entries;
  wire.close();
  return {
    appid,
    pages: pagesOf({ userCoupon: held?.out_user_coupon_id ?? "", rid: call?.rid ?? "" }),
    close: () => merchant.close(),
  };
}

/** The address of every page of the app, and of the house, after `/console`. */
function pagesOf({ userCoupon, rid }: { userCoupon: string; rid: string }): string[] {
  const at = (...path: string[]) => `/${[appid, ...path].map(encodeURIComponent).join("/")}`;
  return [
    at(),
    at("coupons"),
    `${at("coupons")}?open=${encodeURIComponent(couponId)}`,
    at("coupons", "new"),
    ...["", "?tab=held", "?tab=orders", "?tab=history", "?tab=document"].map((tab) => at("coupons", couponId) + tab),
    at("hand-outs"),
    at("hand-outs", "new"),
    at("hand-outs", handOut),
    at("people"),
    at("people", openid),
    at("user-coupons", couponId, userCoupon),
    at("orders"),
    at("orders", orderId),
    at("reports"),
    `${at("callbacks")}?attempt=1`,
    at("calls"),
    at("calls", rid),
    at("try"),
    at("sandbox"),
    at("settings"),
    at("ledger"),
    "/~/access",
    "/~/health",
    "/~/account",
  ];
}
