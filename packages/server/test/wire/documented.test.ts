import type { CallName } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoApp, ensureDemoShop } from "../../src/cli/demo.ts";
import { sampleCoupon } from "../../testing/coupons.ts";
import type { Reply } from "../../testing/replies.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { askAs } from "../../testing/tokens.ts";
import { fixture, fixtureText, PERSON } from "./support/fixtures.ts";

/** The samples are about a shop of July 2021. */
const NOW = 1_625_454_641;

/** Sends a documented body exactly as it stands in its file. */
const sendFixture = (app: TestApp, call: CallName): Promise<Reply> => app.call(call, fixtureText(`${call}.request`));

describe("the documented bodies are accepted as they stand", () => {
  let server: TestServer;
  let app: TestApp;
  beforeAll(async () => {
    server = await startTestServer({ now: NOW });
    app = await server.createApp("wx9e20708660a0991b");
  });
  afterAll(() => server.close());

  const ok = { errcode: 0 };
  const shownCoupon = (id: string) => app.call("get", { out_coupon_id: id });

  it("add, and get shows what was added", async () => {
    expect(await sendFixture(app, "add")).toEqual(ok);
    const documented = fixture("get.response");
    // The two samples disagree on one number; what was sent is what is shown.
    documented.result.coupon.coupon_info.discount_info.discount_condition.buyget_info.get_product_cnt = 2131241242;
    const response = await server.fetch(`/shop/coupon/get?access_token=${app.accessToken}`, {
      method: "POST",
      body: '{"out_coupon_id":"coupon_id_1"}',
    });
    expect(await response.text()).toBe(JSON.stringify(documented));
  });

  it("get", async () => {
    expect(await app.call("add", { coupon: sampleCoupon("out_coupon_id_1") })).toEqual(ok);
    expect(await sendFixture(app, "get")).toMatchObject({ errcode: 0, result: { coupon: { status: 1 } } });
  });

  it("update", async () => {
    server.clock.now += 10;
    expect(await sendFixture(app, "update")).toEqual(ok);
    const coupon = { create_time: NOW, update_time: NOW + 10 };
    expect(await shownCoupon("coupon_id_1")).toMatchObject({ result: { coupon } });
  });

  it("update_status of a draft", async () => {
    expect(await app.call("add", { coupon: sampleCoupon("12345678") })).toEqual(ok);
    expect(await sendFixture(app, "update_status")).toEqual(ok);
    expect(await shownCoupon("12345678")).toMatchObject({ result: { coupon: { status: 2 } } });
  });

  it("update_coupon_stock of an activated coupon", async () => {
    expect(await app.call("update_status", { out_coupon_id: "coupon_id_1", status: 2 })).toEqual(ok);
    expect(await sendFixture(app, "update_coupon_stock")).toEqual(ok);
    const { result_list } = await app.call("get_list", { page_size: 1 });
    expect(result_list).toMatchObject([fixture("update_coupon_stock.request")]);
  });

  it("add_user_coupon", async () => {
    expect(await sendFixture(app, "add_user_coupon")).toEqual(ok);
    const { result_list } = await app.call("get_list", { page_size: 1 });
    expect(result_list).toMatchObject([{ coupon_stock: { stock_info: { issued_num: 59, receive_num: 41 } } }]);
  });

  it("update_usercoupon_status", async () => {
    server.clock.now += 10;
    expect(await sendFixture(app, "update_usercoupon_status")).toEqual(ok);
    expect(await app.call("get_usercoupon_list", { openid: PERSON, page_size: 1 })).toMatchObject({
      result_list: [{ status: 102, ext_info: { use_time: NOW + 20 } }],
    });
  });

  it("update_user_coupon", async () => {
    expect(await app.call("add", { coupon: sampleCoupon("out_coupon_id_3") })).toEqual(ok);
    expect(await app.call("update_status", { out_coupon_id: "out_coupon_id_3", status: 2 })).toEqual(ok);
    const recorded = fixture("add_user_coupon.request");
    recorded.user_coupon = {
      out_user_coupon_id: "out_user_coupon_id_1",
      out_coupon_id: "out_coupon_id_3",
      status: 100,
    };
    expect(await app.call("add_user_coupon", recorded)).toEqual(ok);
    expect(await sendFixture(app, "update_user_coupon")).toEqual(ok);
    expect(await app.call("get_usercoupon_list", { openid: PERSON, page_size: 1 })).toMatchObject({
      result_list: [{ out_user_coupon_id: "out_user_coupon_id_1", ext_info: { use_time: 1628139497 } }],
    });
  });

  it("get_list and get_usercoupon_list", async () => {
    expect(await sendFixture(app, "get_list")).toMatchObject({ errcode: 0, total_num: 4 });
    expect(await sendFixture(app, "get_usercoupon_list")).toMatchObject({ errcode: 0, total_num: 2 });
  });
});

describe.each(["memory", "sqlite"] as const)("the demo shop on %s", (adapter) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ adapter });
    await ensureDemoShop(server);
    token = (await askAs(server, demoApp)).access_token as string;
  });
  afterAll(() => server.close());

  const post = (call: string, body: string) =>
    server.fetch(`/shop/coupon/${call}?access_token=${token}`, { method: "POST", body });

  it.each(["get_list", "get_usercoupon_list"])(
    "answers %s with the documented reply, to the character",
    async (call) => {
      const response = await post(call, fixtureText(`${call}.request`));
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(await response.text()).toBe(JSON.stringify(fixture(`${call}.response`)));
    },
  );

  it("is the documented shop: ten coupons, of which numbers 3 to 5 are the samples'", async () => {
    const reply = await server.json(await post("get_list", '{"page_size":200}'));
    expect(reply.total_num).toBe(10);
    expect((reply.result_list as object[]).slice(2, 5)).toEqual(fixture("get_list.response").result_list);
  });

  it("is made once", async () => {
    const journal = await server.store.readJournal(demoApp.appid, 0, 1000);
    await ensureDemoShop(server);
    expect(await server.store.readJournal(demoApp.appid, 0, 1000)).toEqual(journal);
  });
});

describe("a reply", () => {
  let server: TestServer;
  let app: TestApp;
  beforeAll(async () => {
    server = await startTestServer({ now: 0x65_53_f1_00 });
    app = await server.createApp("wx_replies");
  });
  afterAll(() => server.close());

  const post = (call: string, body: string) =>
    server.fetch(`/shop/coupon/${call}?access_token=${app.accessToken}`, { method: "POST", body });

  it.each([
    ["add", JSON.stringify({ coupon: sampleCoupon("a") }), '{"errcode":0}'],
    ["get_list", '{"page_size":1,"offset":5}', '{"errcode":0,"total_num":1,"result_list":[]}'],
    ["get_usercoupon_list", '{"openid":"o","page_size":1}', '{"errcode":0,"total_num":0,"result_list":[]}'],
  ])("of success has status 200, its header, and no errmsg: %s", async (call, body, text) => {
    const response = await post(call, body);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.text()).toBe(text);
  });

  it.each([
    ["confirm", "{}", 1090056],
    ["get", '{"out_coupon_id":"nobody"}', 1090057],
    ["get", "{", 47001],
    ["get_list", "{}", 990007],
    ["nowhere", "{}", 40066],
  ])("of failure has status 200, its header, errcode, errmsg and rid: %s %s", async (call, body, errcode) => {
    for (const now of [0x65_53_f1_00, 0x65_53_f1_ab, 0x7f_ff_ff_ff]) {
      server.clock.now = now;
      await app.renewToken();
      const response = await post(call, body);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      const reply = await server.json(response);
      expect(Object.entries(reply)[0]).toEqual(["errcode", errcode]);
      expect(Object.keys(reply)).toEqual(["errcode", "errmsg"]);
      const rid = /^\S.*\S rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/.exec(reply.errmsg ?? "");
      expect(rid?.[1]).toBe(now.toString(16));
    }
  });

  it("has a rid of its own each time", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => app.call("confirm", {})));
    expect(new Set(replies.map(({ errmsg }) => errmsg)).size).toBe(50);
  });

  it("of a token call has no errcode when it succeeds", async () => {
    const query = new URLSearchParams({ grant_type: "client_credential", appid: app.appid, secret: app.secret });
    const response = await server.fetch(`/cgi-bin/token?${query}`);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Object.keys(await server.json(response))).toEqual(["access_token", "expires_in"]);
  });
});
