import { parseBody, snapshotCoupon } from "@quanku/protocol/calls";
import { describe, expect, it, onTestFinished } from "vitest";
import { importCouponOf } from "../../src/wire/snapshot.ts";
import { coupon, sampleCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import type { JsonObject } from "./support/json.ts";
import { amendBody, at, heldBody, openWallet, statusBody } from "./support/life.ts";
import { OPENED_AT, recordBody, stockBody } from "./support/shop.ts";

/** One coupon and one person's coupon through everything, each step at its second. */
describe.each(adapters)("the times of a life on %s", (adapter) => {
  type Step = [clock: number, call: Parameters<TestApp["call"]>[0], body: object];
  const validity = (valid_info: JsonObject, window: JsonObject = {}) =>
    coupon("c", { total_num: 3, ...window }, { valid_info });

  async function live(steps: Step[], given: { out_coupon_id: string } = sampleCoupon("c")) {
    const server = await startTestServer({ adapter, now: OPENED_AT });
    onTestFinished(() => server.close());
    const app = await server.createApp("wx_life");
    await openWallet(server, app, given);
    for (const [clock, call, body] of steps) {
      server.clock.now = at(clock);
      expect(await app.call(call, body), `${call} at ${clock}`).toEqual({ errcode: 0 });
    }
    const wallet = await app.call("get_usercoupon_list", { openid: "person_1", page_size: 200 });
    const shop = await app.call("get_list", { page_size: 1 });
    return {
      entries: wallet.result_list as Record<string, unknown>[],
      entry: (shop.result_list as { coupon: JsonObject; coupon_stock: JsonObject }[])[0],
    };
  }

  const record = (clock: number, id = "u", recv_time?: number): Step => [
    clock,
    "add_user_coupon",
    { ...recordBody(id, "c"), recv_time },
  ];
  const change = (clock: number, status: number): Step => [clock, "update_usercoupon_status", heldBody(status)];

  it("used, returned, used again: each use has its own time", async () => {
    const { entries } = await live([record(200), change(210, 102), change(220, 102), change(230, 100)]);
    expect(entries).toMatchObject([{ status: 100, update_time: at(230), ext_info: {} }]);
    const again = await live([record(200), change(210, 102), change(230, 100), change(240, 102), change(250, 102)]);
    expect(again.entries).toMatchObject([{ status: 102, update_time: at(240), ext_info: { use_time: at(240) } }]);
  });

  it("a use_time stays when an update brings none", async () => {
    const { entries } = await live([
      record(200),
      [210, "update_user_coupon", amendBody(at(205))],
      [220, "update_user_coupon", amendBody(undefined, 5)],
      [230, "update_user_coupon", amendBody(undefined, 5)],
    ]);
    expect(entries).toMatchObject([{ status: 100, update_time: at(220), ext_info: { use_time: at(205) } }]);
  });

  it("an update at its own content, and a stock set to what it is, still count as changes", async () => {
    const server = await startTestServer({ adapter, now: OPENED_AT });
    onTestFinished(() => server.close());
    const app = await server.createApp("wx_life");
    await app.must("add", { coupon: sampleCoupon("c") });
    server.clock.now = at(10);
    await app.must("update", { coupon: sampleCoupon("c") });
    const times = { create_time: OPENED_AT, update_time: at(10) };
    expect(await app.call("get", { out_coupon_id: "c" })).toMatchObject({ result: { coupon: times } });
    server.clock.now = at(20);
    await app.must("update_status", statusBody(2));
    server.clock.now = at(30);
    await app.must("update_coupon_stock", stockBody("c", 100, 0));
    const stock = { create_time: at(20), update_time: at(30) };
    expect(await app.call("get_list", { page_size: 1 })).toMatchObject({ result_list: [{ coupon_stock: stock }] });
  });

  it("the stock moves with each recording and with nothing else", async () => {
    const { entry } = await live([
      record(200, "u"),
      record(210, "u2"),
      record(220, "u2"),
      change(230, 102),
      change(240, 100),
      change(250, 103),
      [260, "update_user_coupon", amendBody(1)],
    ]);
    expect(entry?.coupon_stock).toMatchObject({
      stock_info: { issued_num: 98, receive_num: 2 },
      create_time: at(100),
      update_time: at(210),
    });
  });

  it("a stock is set in any status once there was an activation", async () => {
    for (const status of [3, 4]) {
      const { entry } = await live([
        [210, "update_status", { out_coupon_id: "c", status }],
        [220, "update_coupon_stock", stockBody("c", 5, 2 ** 31 - 1)],
      ]);
      expect(entry).toMatchObject({
        coupon: { status, update_time: at(210) },
        coupon_stock: { stock_info: { issued_num: 5, receive_num: 2 ** 31 - 1 }, update_time: at(220) },
      });
    }
  });

  const T = 1_650_000_000;
  const LATEST = 2 ** 31 - 1;
  it.each<[string, JsonObject, number | undefined, number, number]>([
    ["a fixed interval", { valid_type: 1, start_time: 5, end_time: 9 }, T, 5, 9],
    ["3 days from the claim", { valid_type: 2, valid_day_num: 3 }, T, T, T + 3 * 86_400],
    ["90 seconds from the claim", { valid_type: 3, valid_second: 90 }, T, T, T + 90],
    ["days from a claim at 1", { valid_type: 2, valid_day_num: 1 }, 1, 1, 86_401],
    ["days past what the wire carries", { valid_type: 2, valid_day_num: LATEST }, T, T, LATEST],
    ["seconds past what the wire carries", { valid_type: 3, valid_second: LATEST }, T, T, LATEST],
    ["seconds from the latest claim", { valid_type: 3, valid_second: 1 }, LATEST, LATEST, LATEST],
    ["no valid_type", { valid_day_num: 3, start_time: 5, end_time: 9 }, T, 0, 0],
    ["seconds from now", { valid_type: 3, valid_second: 90 }, undefined, OPENED_AT + 200, OPENED_AT + 290],
  ])("validity: %s", async (_, valid_info, recv_time, start_time, end_time) => {
    const { entries } = await live([record(200, "u", recv_time)], validity(valid_info));
    expect(entries).toMatchObject([{ start_time, end_time, create_time: at(200), update_time: at(200) }]);
  });

  it("validity stays as recorded when recv_time is corrected", async () => {
    const coupon = validity({ valid_type: 3, valid_second: 90 });
    const { entries } = await live([record(200, "u", T), [210, "update_user_coupon", amendBody(undefined, 7)]], coupon);
    expect(entries).toMatchObject([{ start_time: T, end_time: T + 90, update_time: at(210) }]);
  });

  it("a coupon is activated and given although its times have passed", async () => {
    const passed = { start_time: 1, end_time: 2 };
    const { entry, entries } = await live([record(200)], validity({ valid_type: 1, ...passed }, passed));
    expect(entry?.coupon).toMatchObject({ status: 2 });
    expect(entries).toHaveLength(1);
  });

  it("a wallet lists the newest first, and no other person's", async () => {
    const other: Step = [215, "add_user_coupon", recordBody("o", "c", 100, "person_2")];
    const used: Step = [240, "update_usercoupon_status", { ...heldBody(102), out_user_coupon_id: "u1" }];
    const { entries } = await live([record(230, "u1"), record(220, "u2"), other, record(210, "u3"), used]);
    expect(entries.map((entry) => entry.out_user_coupon_id)).toEqual(["u3", "u2", "u1"]);
    expect(Object.keys(entries[0] ?? {}).join()).toBe(
      "out_user_coupon_id,openid,out_coupon_id,status,create_time,update_time,end_time,ext_info,start_time",
    );
  });

  it("an imported draft that has a stock already gets a new one when it is activated", async () => {
    const server = await startTestServer({ adapter, now: OPENED_AT });
    onTestFinished(() => server.close());
    const app = await server.createApp("wx_life");
    const line = parseBody(snapshotCoupon, {
      coupon: { ...sampleCoupon("c"), status: 1, create_time: 1, update_time: 2 },
      coupon_stock: { ...stockBody("c", 7, 8).coupon_stock, create_time: 3, update_time: 4 },
    });
    if (!line.ok) throw new Error(JSON.stringify(line.error));
    await server.ledger.submit(
      importCouponOf(app.appid, line.value, JSON.stringify(sampleCoupon("c").coupon_info)),
      "app",
    );
    server.clock.now = at(10);
    await app.must("update_status", statusBody(2));
    const { result_list } = await app.call("get_list", { page_size: 1 });
    expect(result_list).toMatchObject([
      {
        coupon: { status: 2, update_time: at(10), coupon_info: { ext_info: { valid_time: at(10) } } },
        coupon_stock: { stock_info: { issued_num: 100, receive_num: 0 }, create_time: at(10), update_time: at(10) },
      },
    ]);
  });
});
