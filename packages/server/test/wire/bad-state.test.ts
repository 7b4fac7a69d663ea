import type { CallName } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addActive, sampleCoupon } from "../../testing/coupons.ts";
import type { TestApp } from "../../testing/server.ts";
import { type JsonObject, withAt } from "./support/json.ts";
import { callNames, dump, goodBodies, HOLDER, openShop, recordBody, type Shop, stockBody } from "./support/shop.ts";

const UNKNOWN = 1090057;
const WRONG_STATUS = 1090058;
const TAKEN = 1090033;

const good = (call: CallName, path: string, value: unknown) => withAt(goodBodies[call], path, value);
const sample = (id: string) => ({ coupon: sampleCoupon(id) });
const otherSample = (id: string) => ({ coupon: sampleCoupon(id, { total_num: 12_345 }) });
const held = (openid: string, coupon: string, id: string, status = 102) => ({
  openid,
  out_coupon_id: coupon,
  out_user_coupon_id: id,
  status,
});
const amended = (openid: string, coupon: string, id: string) => ({
  openid,
  user_coupon: { out_user_coupon_id: id, out_coupon_id: coupon, ext_info: { use_time: 5 } },
  recv_time: 6,
});

type Case = [what: string, call: CallName, body: JsonObject, errcode: number, names: string];
const cases: Case[] = [
  ["an unknown coupon", "get", { out_coupon_id: "nobody" }, UNKNOWN, "nobody"],
  ["a coupon's id in capitals", "get", { out_coupon_id: "ACTIVE" }, UNKNOWN, "ACTIVE"],
  ["a coupon's id and a space", "get", { out_coupon_id: "active " }, UNKNOWN, "active "],
  ["an unknown coupon", "update", sample("nobody"), UNKNOWN, "nobody"],
  ["an unknown coupon", "update_status", { out_coupon_id: "nobody", status: 2 }, UNKNOWN, "nobody"],
  ["an unknown coupon", "update_coupon_stock", stockBody("nobody", 1, 1), UNKNOWN, "nobody"],
  ["an unknown coupon", "add_user_coupon", recordBody("uc_new", "nobody"), UNKNOWN, "nobody"],

  ["an id taken by another draft", "add", otherSample("draft"), TAKEN, "out_coupon_id exists"],
  ["an id taken by another active coupon", "add", otherSample("active"), TAKEN, "out_coupon_id exists"],
  ["an id taken by another expired coupon", "add", otherSample("expired"), TAKEN, "out_coupon_id exists"],
  ["an id taken by another void coupon", "add", otherSample("voided"), TAKEN, "out_coupon_id exists"],
  ["an id taken by another type", "add", good("add", "coupon.out_coupon_id", "active"), TAKEN, "out_coupon_id exists"],

  ["a coupon of status 0", "update", sample("withdrawn"), WRONG_STATUS, "status is 0"],
  ["a coupon of status 2", "update", sample("active"), WRONG_STATUS, "status is 2"],
  ["a coupon of status 3", "update", sample("expired"), WRONG_STATUS, "status is 3"],
  ["a coupon of status 4", "update", sample("voided"), WRONG_STATUS, "status is 4"],

  ["before activation", "update_coupon_stock", stockBody("draft", 1, 0), 1090005, "优惠券库存不存在"],
  ["zeros before activation", "update_coupon_stock", stockBody("draft", 0, 0), 1090005, "优惠券库存不存在"],
  ["an import without stock", "update_coupon_stock", stockBody("withdrawn", 1, 0), 1090005, "优惠券库存不存在"],

  ["another person's id", "add_user_coupon", recordBody("uc_100", "active", 100, "person_2"), TAKEN, "exists"],
  ["a coupon of status 0", "add_user_coupon", recordBody("uc_new", "withdrawn"), WRONG_STATUS, "status is 0"],
  ["a coupon of status 1", "add_user_coupon", recordBody("uc_new", "draft"), WRONG_STATUS, "status is 1"],
  ["a coupon of status 3", "add_user_coupon", recordBody("uc_new", "expired"), WRONG_STATUS, "status is 3"],
  ["a coupon of status 4", "add_user_coupon", recordBody("uc_new", "voided"), WRONG_STATUS, "status is 4"],
  ["nothing left", "add_user_coupon", recordBody("uc_new", "sold_out"), 1090029, "库存不足"],
  ["the person's limit", "add_user_coupon", recordBody("uc_new", "limited"), 1090030, "limit_num_one_person is 1"],
  ["a count that is full", "add_user_coupon", recordBody("uc_new", "full"), TAKEN, "receive_num"],

  ["an unknown coupon", "update_user_coupon", amended(HOLDER, "nobody", "uc_100"), UNKNOWN, "优惠券不存在"],
  ["another coupon", "update_user_coupon", amended(HOLDER, "limited", "uc_100"), UNKNOWN, "uc_100"],
  ["an unknown user coupon", "update_user_coupon", amended(HOLDER, "active", "uc_nobody"), UNKNOWN, "uc_nobody"],
  ["another person", "update_user_coupon", amended("person_2", "active", "uc_100"), UNKNOWN, "uc_100"],
  ["an openid nobody knows", "update_user_coupon", amended("nobody", "active", "uc_100"), UNKNOWN, "uc_100"],

  ["an unknown coupon", "update_usercoupon_status", held(HOLDER, "nobody", "uc_100"), UNKNOWN, "优惠券不存在"],
  ["another coupon", "update_usercoupon_status", held(HOLDER, "limited", "uc_100"), UNKNOWN, "uc_100"],
  ["an unknown one", "update_usercoupon_status", held(HOLDER, "active", "uc_nobody"), UNKNOWN, "uc_nobody"],
  ["another person", "update_usercoupon_status", held("person_2", "active", "uc_100"), UNKNOWN, "uc_100"],
  ["the status it has, by another", "update_usercoupon_status", held("x", "active", "uc_100", 100), UNKNOWN, "uc_100"],

  ["an app without a callback URL", "confirm", {}, 1090056, "小程序事件推送开关未打开"],
];

/** Calls that succeed and change nothing. Status changes that do neither are in lifecycle.test.ts. */
const retries: [what: string, call: CallName, body: JsonObject][] = [
  ["an equal draft", "add", withAt(sample("draft"), "coupon.coupon_info.receive_info.limit_num_one_person", 100)],
  [
    "an equal active coupon",
    "add",
    withAt(sample("active"), "coupon.coupon_info.receive_info.limit_num_one_person", 100),
  ],
  ["an equal import", "add", sample("withdrawn")],
  ["the same recording", "add_user_coupon", recordBody("uc_100", "active")],
  ["the same with another status", "add_user_coupon", recordBody("uc_102", "active", 100)],
  ["the same past the limit", "add_user_coupon", recordBody("uc_limited", "limited")],
  [
    "the same recv_time and nothing else",
    "update_user_coupon",
    { ...recordBody("uc_100", "active"), user_coupon: { ...recordBody("uc_100", "active").user_coupon, ext_info: {} } },
  ],
];

describe("a change that the shop's state forbids", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.server.close());

  it.each(cases.map((row) => [row[1], row[0], row[3], row] as const))("%s, %s: %i", async (_, __, errcode, row) => {
    const [, call, body, , names] = row;
    const before = await dump(shop.server);
    const reply = await shop.app.call(call, body);
    expect(reply).toMatchObject({ errcode });
    expect(reply.errmsg).toContain(names);
    expect(await dump(shop.server)).toBe(before);
  });

  it.each(retries.map(([what, call, body]) => [call, what, body] as const))(
    "%s again, %s: 0",
    async (call, _, body) => {
      shop.clock.now += 1000;
      const before = await dump(shop.server);
      expect(await shop.app.call(call, body)).toEqual({ errcode: 0 });
      expect(await dump(shop.server)).toBe(before);
    },
  );
});

describe("another app's token", () => {
  let shop: Shop;
  let other: TestApp;
  beforeAll(async () => {
    shop = await openShop();
    other = await shop.server.createApp("wx_other");
  });
  afterAll(() => shop.server.close());

  const empty = { errcode: 0, total_num: 0, result_list: [] };
  const seen: Record<CallName, object> = {
    confirm: { errcode: 1090056 },
    add: { errcode: 0 },
    get: { errcode: UNKNOWN },
    get_list: empty,
    update: { errcode: UNKNOWN },
    update_status: { errcode: UNKNOWN },
    update_coupon_stock: { errcode: UNKNOWN },
    add_user_coupon: { errcode: UNKNOWN },
    get_usercoupon_list: empty,
    update_user_coupon: { errcode: UNKNOWN },
    update_usercoupon_status: { errcode: UNKNOWN },
    claim: { errcode: UNKNOWN },
    quote: { errcode: 0, discount: 0, user_coupons: [] },
    lock: { errcode: UNKNOWN },
    redeem: { errcode: UNKNOWN },
    return: { errcode: UNKNOWN },
  };
  // `add` last: from then on the other app has a coupon of its own.
  const order = [...callNames.filter((call) => call !== "add"), "add"] as const;
  it.each(order)("sees and changes its own app only: %s", async (call) => {
    const before = await dump(shop.server, shop.app.appid);
    expect(await other.call(call, goodBodies[call])).toMatchObject(seen[call]);
    expect(await dump(shop.server, shop.app.appid)).toBe(before);
  });

  it("may use the same ids for its own things", async () => {
    const before = await dump(shop.server, shop.app.appid);
    await addActive(other, otherSample("active").coupon);
    await other.must("add_user_coupon", recordBody("uc_100", "active"));
    await other.must("update_usercoupon_status", held(HOLDER, "active", "uc_100", 103));
    expect(await dump(shop.server, shop.app.appid)).toBe(before);
    expect(await other.call("get_usercoupon_list", { openid: HOLDER, page_size: 200 })).toMatchObject({ total_num: 1 });
  });
});
