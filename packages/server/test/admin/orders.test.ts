import type { RouteReply } from "@quanku/protocol/admin";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const OPENED_AT = 1_700_000_000;

describe.each(adapters)("an order, on %s", (adapter) => {
  let server: TestServer;
  let app: TestApp;

  beforeEach(async () => {
    server = await startTestServer({ adapter, now: OPENED_AT });
    app = await server.createApp("wx_orders");
    await addActive(app, coupon("a", { total_num: 100 }));
    await give(app, "p", "a", "u");
  });
  afterEach(() => server.close());

  const lines = [
    { out_product_id: "shirt", price: 10_000, quantity: 2 },
    { out_product_id: "socks", price: 1_000, quantity: 5 },
  ];
  const body = (out_order_id: string) => ({
    out_order_id,
    openid: "p",
    lines,
    user_coupons: [{ out_coupon_id: "a", out_user_coupon_id: "u" }],
  });
  const show = async (out_order_id: string, appid = app.appid) =>
    (await operated(server, "showOrder", { appid, out_order_id })).order;

  it("is shown with its lines, amounts, coupons and what came back, as the app's own calls answer it", async () => {
    const shown: RouteReply<"showOrder">["order"][] = [];
    const calls = [
      ["lock", { ...body("o"), ttl_seconds: 60 }],
      ["redeem", { out_order_id: "o" }],
      ["return", { out_order_id: "o", out_return_id: "r1", lines: [{ line: 1, quantity: 2 }] }],
      ["return", { out_order_id: "o" }],
    ] as const;
    for (const [call, sent] of calls) {
      const { order } = await app.must(call, sent);
      shown.push(await show("o"));
      expect(shown.at(-1)).toEqual(order);
      server.clock.now += 1;
    }
    expect(shown[0]).toMatchObject({
      out_order_id: "o",
      openid: "p",
      status: "locked",
      total: 25_000,
      discount: 500,
      payable: 24_500,
      refunded: 0,
      lock_end_time: OPENED_AT + 60,
      lines: [
        { ...lines[0], discount: 400, returned: 0 },
        { ...lines[1], discount: 100, returned: 0 },
      ],
      user_coupons: [{ out_coupon_id: "a", out_user_coupon_id: "u", discount: 500, parts: [400, 100] }],
    });
    expect(shown[1]).toMatchObject({ status: "redeemed", use_time: OPENED_AT + 1 });
    expect(shown[2]).toMatchObject({ status: "redeemed", refunded: 1_960, lines: [{ returned: 0 }, { returned: 2 }] });
    expect(shown[3]).toMatchObject({ status: "returned", refunded: 24_500, lines: [{ returned: 2 }, { returned: 5 }] });
  });

  it("is found by an id of any characters", async () => {
    for (const id of ["/", "a/b", "%2F", "..", "'; --", "券🎟️", "x".repeat(128)]) {
      await app.must("redeem", { ...body(id), user_coupons: [] });
      expect(await show(id)).toMatchObject({ out_order_id: id, discount: 0, user_coupons: [] });
    }
  });

  it("is one of its own app alone; there is none of an id that is unheard of, too long or empty", async () => {
    const other = await server.createApp("wx_other");
    await app.must("redeem", body("o"));
    const asked = (out_order_id: string, appid = app.appid) => operate(server, "showOrder", { appid, out_order_id });
    const unknown = { status: 404, problem: "unknown_order", detail: expect.stringContaining("out_order_id o") };
    expect(await asked("o", other.appid)).toMatchObject(unknown);
    expect(await asked("o2")).toMatchObject({ ...unknown, detail: expect.stringContaining("o2") });
    for (const id of ["x".repeat(129), ""])
      expect(await asked(id)).toMatchObject({ status: 400, errors: [{ field: "out_order_id" }] });
  });

  it("is listed with the others, those recorded last first, page after page, by person and status", async () => {
    for (const id of ["b", "a", "c"]) await app.must("redeem", { ...body(id), user_coupons: [] });
    await app.must("lock", { ...body("d"), openid: "q", user_coupons: [], ttl_seconds: 60 });
    const list = async (given: object) => {
      const { entries, next } = await operated(server, "listOrders", { appid: app.appid, ...given });
      return { ids: entries.map(({ out_order_id }) => out_order_id), next };
    };
    expect(await list({})).toEqual({ ids: ["d", "c", "a", "b"], next: null });
    expect((await operated(server, "listOrders", { appid: app.appid })).entries[0]).toEqual(await show("d"));
    expect((await list({ openid: "p" })).ids).toEqual(["c", "a", "b"]);
    expect((await list({ status: "locked" })).ids).toEqual(["d"]);
    expect((await list({ status: "locked", openid: "p" })).ids).toEqual([]);
    const first = await list({ limit: 2 });
    expect(first.ids).toEqual(["d", "c"]);
    expect(await list({ limit: 2, cursor: first.next })).toEqual({ ids: ["a", "b"], next: null });
    expect(await operate(server, "listOrders", { appid: app.appid, cursor: first.next, openid: "p" })).toMatchObject({
      errors: [{ field: "cursor" }],
    });
    expect(await operate(server, "listOrders", { appid: app.appid, status: "paid" })).toMatchObject({
      errors: [{ field: "status", detail: "must be one of locked, redeemed, returned" }],
    });
  });
});
