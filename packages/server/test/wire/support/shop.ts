import { type CallName, callPath, parseBody, snapshotCoupon } from "@quanku/protocol/calls";
import { importCouponOf } from "../../../src/wire/snapshot.ts";
import { addActive, sampleCoupon, userCoupon } from "../../../testing/coupons.ts";
import type { Reply } from "../../../testing/replies.ts";
import { startTestServer, type TestServer } from "../../../testing/server.ts";
import type { AdapterName } from "../../../testing/stores.ts";
import type { JsonObject } from "./json.ts";

export const OPENED_AT = 1_700_000_000;
/** Holds one user coupon of each status: uc_100, uc_101, uc_102, uc_103 of coupon "active". */
export const HOLDER = "person_1";
/** Holds uc_open, which can be used, and uc_ordered, which is used on order_1. */
const SHOPPER = "shopper";
const PERSONS = [HOLDER, "person_2", "person_3", SHOPPER];

export const recordBody = (id: string, coupon: string, status = 100, openid = HOLDER) => ({
  ...userCoupon(openid, coupon, id, status),
  recv_time: 1_628_147_893,
});

/** Brings a coupon with a status that no call leads to, as an import does. */
export async function importCoupon(server: TestServer, appid: string, outCouponId: string, status: 0 | 1 | 2 | 3 | 4) {
  const coupon = { ...sampleCoupon(outCouponId), status, create_time: OPENED_AT - 1000, update_time: OPENED_AT - 500 };
  const line = parseBody(snapshotCoupon, { coupon });
  if (!line.ok) throw new Error(JSON.stringify(line.error));
  await server.ledger.submit(importCouponOf(appid, line.value, JSON.stringify(coupon.coupon_info)), "app");
}

/** The sample coupon with nothing that keeps a person from claiming it now. */
const claimable = (id: string) => {
  const coupon = sampleCoupon(id);
  const { valid_info: _, ...info } = coupon.coupon_info;
  return { ...coupon, coupon_info: { ...info, receive_info: { total_num: 100 } } };
};

/** A server with one shop in it that holds a coupon of every status and a user coupon of every status. */
export async function openShop(adapter: AdapterName = "sqlite") {
  const server = await startTestServer({ adapter, now: OPENED_AT });
  const app = await server.createApp("wx_shop");
  await app.must("add", { coupon: sampleCoupon("draft", { total_num: 100, limit_num_one_person: 100 }) });
  for (const id of ["active", "expired", "voided", "sold_out", "limited", "full"])
    await addActive(
      app,
      sampleCoupon(id, {
        total_num: id === "sold_out" ? 0 : 100,
        limit_num_one_person: id === "limited" ? 1 : 100,
      }),
    );
  await addActive(app, claimable("open"));
  await app.must("update_status", { out_coupon_id: "expired", status: 3 });
  await app.must("update_status", { out_coupon_id: "voided", status: 4 });
  await app.must("update_coupon_stock", stockBody("full", 1, 2 ** 31 - 1));
  await app.must("add_user_coupon", recordBody("uc_limited", "limited"));
  for (const status of [100, 101, 102, 103])
    await app.must("add_user_coupon", recordBody(`uc_${status}`, "active", status));
  for (const id of ["uc_open", "uc_ordered"]) await app.must("add_user_coupon", recordBody(id, "open", 100, SHOPPER));
  const onOrder = [{ out_coupon_id: "open", out_user_coupon_id: "uc_ordered" }];
  await app.must("redeem", { out_order_id: "order_1", openid: SHOPPER, lines: cart, user_coupons: onOrder });
  await importCoupon(server, app.appid, "withdrawn", 0);
  return { server, app, clock: server.clock };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

export const stockBody = (outCouponId: string, issued_num: number, receive_num: number) => ({
  coupon_stock: { out_coupon_id: outCouponId, stock_info: { issued_num, receive_num } },
});

const cart = [{ out_product_id: "product_1", price: 10_000, quantity: 12 }];

/** For each call a body with every field filled in, which {@link openShop}'s shop accepts. */
export const goodBodies: Record<CallName, JsonObject> = {
  confirm: {},
  add: { coupon: sampleCoupon("new") },
  get: { out_coupon_id: "active" },
  get_list: { page_size: 10, offset: 0 },
  update: { coupon: sampleCoupon("draft", { total_num: 7 }) },
  update_status: { out_coupon_id: "draft", status: 2 },
  update_coupon_stock: stockBody("active", 60, 40),
  add_user_coupon: recordBody("uc_new", "active"),
  get_usercoupon_list: { openid: HOLDER, page_size: 10, offset: 0 },
  update_user_coupon: {
    openid: HOLDER,
    user_coupon: { out_user_coupon_id: "uc_100", out_coupon_id: "active", ext_info: { use_time: 1_628_139_497 } },
    recv_time: 1_628_147_894,
  },
  update_usercoupon_status: {
    openid: HOLDER,
    out_coupon_id: "active",
    out_user_coupon_id: "uc_100",
    status: 102,
  },
  claim: { openid: HOLDER, out_coupon_id: "open", request_id: "request_1" },
  quote: { openid: SHOPPER, lines: cart, policy: "exclusive" },
  lock: {
    openid: SHOPPER,
    out_order_id: "order_new",
    lines: cart,
    user_coupons: [{ out_coupon_id: "open", out_user_coupon_id: "uc_open" }],
    ttl_seconds: 60,
    policy: "one_per_order",
  },
  redeem: {
    out_order_id: "order_new",
    openid: SHOPPER,
    lines: cart,
    user_coupons: [{ out_coupon_id: "open", out_user_coupon_id: "uc_open" }],
    policy: "exclusive",
  },
  return: { out_order_id: "order_1", out_return_id: "return_1", lines: [{ line: 0, quantity: 1 }] },
};
export const callNames = Object.keys(goodBodies) as CallName[];

/** Everything the store holds of all apps, or of one, and how long its journal of them is. */
export async function dump({ store }: TestServer, only?: string): Promise<string> {
  const isShown = ({ appid }: { appid: string }) => only === undefined || appid === only;
  const apps = (await store.listApps()).filter(isShown);
  const coupons = [];
  const wallets = [];
  let journal = 0;
  for (const { appid } of apps) {
    for (let offset = 0, total = 1; offset < total; offset += 200) {
      const page = await store.listCoupons(appid, offset, 200);
      coupons.push(...page.entries);
      total = page.total;
    }
    journal += (await store.readJournal(appid, 0, 1_000_000)).length;
    for (const openid of PERSONS) wallets.push(await store.listUserCoupons(appid, openid, 0, 1000));
  }
  return JSON.stringify({ apps, coupons, wallets, journal }, null, 1);
}

/** Sends a request to a call as it is: nothing is added but the path. */
export async function send(server: TestServer, call: string, query: string, init: RequestInit): Promise<Answer> {
  const path = call.startsWith("/") ? call : callPath(call as CallName);
  const response = await server.fetch(path + query, init);
  return { status: response.status, ...(await server.json(response)) };
}
export type Answer = Reply & { status: number };
