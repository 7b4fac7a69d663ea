import { calls } from "@quanku/protocol/calls";
import { coupon } from "../../../server/testing/coupons.ts";
import { type Reply, readReply } from "../../../server/testing/replies.ts";
import { startTestServer } from "../../../server/testing/server.ts";
import { type AddUserCouponBody, type CallName, type CouponToAdd, createClient, type Fetch } from "../../src/index.ts";

const BASE = "http://quanku.test";

/** A coupon that takes 5 yuan off any order and can be used for a day after it was received. */
export const shopCoupon = (id: string, receive: Partial<CouponToAdd["coupon_info"]["receive_info"]> = {}) => {
  const valid_info = { valid_type: 2, valid_day_num: 1 };
  return coupon(id, { total_num: 100, ...receive }, { name: `Five off (${id})`, valid_info }) as CouponToAdd;
};

export const userCoupon = (openid: string, coupon: string, id: string): AddUserCouponBody => ({
  openid,
  user_coupon: { out_user_coupon_id: id, out_coupon_id: coupon, status: 100 },
});

/** A client of our own server in this process. Every reply is held against the schema that the protocol has for it. */
export async function openShop(appid = "wx-sdk") {
  const server = await startTestServer();
  const app = await server.createApp(appid);
  const asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname, search } = new URL(url);
    asked.push(pathname);
    const response = await server.fetch(`${pathname}${search}`, init);
    await checkReply(pathname, response.clone());
    return response;
  };
  const client = createClient({ baseUrl: BASE, appid: app.appid, secret: app.secret, fetch });
  return {
    server,
    app,
    client,
    fetch,
    baseUrl: BASE,
    /** The paths of all requests so far. */
    paths: () => asked,
    addCoupon: (id: string, receive = {}) => client.add({ coupon: shopCoupon(id, receive) }),
    close: () => server.close(),
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

async function checkReply(path: string, response: Response): Promise<void> {
  const call = path.split("/").at(-1) as CallName;
  if (call in calls) readReply(call, (await response.json()) as Reply);
}
