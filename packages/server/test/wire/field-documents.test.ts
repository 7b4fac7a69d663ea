import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { importSnapshot } from "../../src/cli/snapshot-file.ts";
import { writeSnapshot } from "../../src/wire/export.ts";
import { coupon, sampleCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp } from "../../testing/server.ts";
import { type AdapterName, adapters } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { fixture } from "./support/fixtures.ts";
import { type JsonObject, valueAt, withAt } from "./support/json.ts";
import { OPENED_AT, recordBody } from "./support/shop.ts";

const PERSON = "person_1";

async function openApp(adapter: AdapterName) {
  const server = await startTestServer({ adapter, now: OPENED_AT });
  onTestFinished(() => server.close());
  return { server, app: await server.createApp("wx_field") };
}

const anyCoupon = (more: JsonObject = {}) => coupon("c", { total_num: 10 }, more);

const activate = (app: TestApp) => app.must("update_status", { out_coupon_id: "c", status: 2 });
const shownInfo = async (app: TestApp) =>
  valueAt(await app.call("get", { out_coupon_id: "c" }), "result.coupon.coupon_info") as JsonObject;
const wallet = async (app: TestApp) =>
  (await app.call("get_usercoupon_list", { openid: PERSON, page_size: 10 })).result_list as JsonObject[];
const claim = (app: TestApp, request_id: string) =>
  app.must("claim", { openid: PERSON, out_coupon_id: "c", request_id });

describe.each(adapters)("what typed and scripted clients send, on %s", (adapter) => {
  it("recv_time 0 is now, and use_time 0 leaves it to the moment of use", async () => {
    const { server, app } = await openApp(adapter);
    await app.must("add", { coupon: anyCoupon() });
    await activate(app);
    await app.must("add_user_coupon", { ...recordBody("u", "c"), recv_time: 0 });
    expect(await wallet(app)).toMatchObject([{ start_time: OPENED_AT, end_time: OPENED_AT + 30 * 86_400 }]);
    const ids = { out_user_coupon_id: "u", out_coupon_id: "c" };
    const unset = { openid: PERSON, user_coupon: { ...ids, ext_info: { use_time: 0 } }, recv_time: OPENED_AT };
    await app.must("update_user_coupon", unset);
    server.clock.now += 60;
    await app.must("update_usercoupon_status", { openid: PERSON, ...ids, status: 102 });
    expect(await wallet(app)).toMatchObject([{ ext_info: { use_time: OPENED_AT + 60 } }]);
  });

  it("a window of zeros is none, a limit of 0 is none, and both are shown as sent", async () => {
    const { app } = await openApp(adapter);
    const receive_info = { start_time: 0, end_time: 0, limit_num_one_person: 0, total_num: 10 };
    await app.must("add", { coupon: anyCoupon({ receive_info, valid_info: { valid_type: 0 } }) });
    await activate(app);
    for (const id of ["r1", "r2"]) await claim(app, id);
    expect(await wallet(app)).toMatchObject([
      { start_time: 0, end_time: 0 },
      { start_time: 0, end_time: 0 },
    ]);
    expect(await shownInfo(app)).toMatchObject({ receive_info, valid_info: { valid_type: 0 } });
  });

  it.each<[string, number, JsonObject]>([
    ["an empty trade-in", 102, { tradein_info: { out_product_id: "", price: 0 } }],
    [
      "an empty buy and get",
      102,
      { buyget_info: { buy_out_product_id: "", get_out_product_id: "", buy_product_cnt: 0 } },
    ],
    ["a product without an id", 102, { out_product_ids: [""] }],
    ["lists for objects", 102, { tradein_info: [], buyget_info: [] }],
  ])("what the type does not need is kept: %s", async (_, type, beside) => {
    const { app } = await openApp(adapter);
    const condition = { product_price: 1000, ...beside };
    const sent = anyCoupon({ type, discount_info: { discount_condition: condition, discount_fee: 500 } });
    await app.must("add", { coupon: sent });
    expect(await shownInfo(app)).toEqual(sent.coupon_info);
  });

  it("empty objects sent as lists are shown as lists, and what get shows can be sent back", async () => {
    const { app } = await openApp(adapter);
    const promote_info = { promote_type: 4, finder: [] };
    const sent = anyCoupon({
      promote_info,
      discount_info: { discount_condition: [], discount_fee: 500 },
      valid_info: [],
    });
    await app.must("add", { coupon: withAt({ coupon: sent }, "coupon.coupon_info.ext_info", []).coupon as object });
    expect(await shownInfo(app)).toEqual(sent.coupon_info);
  });

  it("a documented coupon survives get and update of a client to which {} and [] are one", async () => {
    const { app } = await openApp(adapter);
    await app.must("add", fixture("add.request"));
    const { out_coupon_id } = (fixture("add.request") as { coupon: { out_coupon_id: string } }).coupon;
    const got = (await app.call("get", { out_coupon_id })).result as JsonObject;
    const fromPhp = JSON.stringify(withAt(got, "coupon.coupon_info.ext_info", {})).replaceAll("{}", "[]");
    expect(fromPhp).toContain("[]");
    expect(await app.call("update", fromPhp)).toEqual({ errcode: 0 });
  });

  it("an openid of nothing is missing", async () => {
    const { app } = await openApp(adapter);
    expect(await app.call("get_usercoupon_list", { openid: "", page_size: 10 })).toMatchObject({ errcode: 990004 });
    expect(await app.call("claim", { openid: "", out_coupon_id: "c", request_id: "r" })).toMatchObject({
      errcode: 990004,
    });
  });

  it.each(["", "null", "[]", "{}"])("confirm needs nothing of a body: %j", async (body) => {
    const { app } = await openApp(adapter);
    expect(await app.call("confirm", body)).toMatchObject({ errcode: 1090056 });
  });

  it("an order may be named alone, with all else unset", async () => {
    const { app } = await openApp(adapter);
    const unset = { openid: "", lines: [], user_coupons: [], policy: "" };
    expect(await app.call("redeem", { out_order_id: "o", ...unset })).toMatchObject({ errcode: 1090057 });
    const left = { out_return_id: "", lines: [] };
    expect(await app.call("return", { out_order_id: "o", ...left })).toMatchObject({ errcode: 1090057 });
  });
});

/** Members that a careless reader loses, as text: numbers beyond doubles, and names that JavaScript gives a meaning. */
const exacting = String.raw`"spu_id":1234567890123456789,"rate":[1e400,-0.10,1.0,{"n":0.1000000000000000055}],"constructor":"c","toString":9007199254740993,"text":"a\"}{ ${"\u2028"}b\\","__proto__":{"constructor":{"x":1},"__proto__":2}`;
const exactInfo = JSON.stringify(anyCoupon().coupon_info).replace(/}$/, `,${exacting}}`);
const exactCoupon = (info = exactInfo) =>
  `{"coupon":{"out_coupon_id":"c","type":104,"promote_type":4,"coupon_info":${info}}}`;

describe.each(adapters)("a document, on %s", (adapter) => {
  async function rawInfo({ server, app }: Awaited<ReturnType<typeof openApp>>): Promise<string> {
    const init = { method: "POST", body: '{"page_size":10}' };
    const reply = await server.fetch(`/shop/coupon/get_list?access_token=${app.accessToken}`, init);
    return /"coupon_info":(\{.*\}),"status":/s.exec(await reply.text())?.[1] as string;
  }

  it("is kept to the digit, and pollutes nothing", async () => {
    const opened = await openApp(adapter);
    expect(await opened.app.call("add", exactCoupon())).toEqual({ errcode: 0 });
    expect(await rawInfo(opened)).toBe(exactInfo);
    await activate(opened.app);
    expect(await rawInfo(opened)).toBe(exactInfo.replace(/}$/, `,"ext_info":{"valid_time":${OPENED_AT}}}`));
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it("is another where one digit is, and the same where only order or spelling differ", async () => {
    const { app } = await openApp(adapter);
    await app.must("add", exactCoupon());
    const again = (from: string, to: string) => app.call("add", exactCoupon(exactInfo.replace(from, to)));
    for (const [from, to] of [
      ["456789", "456788"],
      ["1e400", "1e401"],
      ["1e400", "null"],
      ["0055", "0056"],
      ['"__proto__":2', '"__proto__":3'],
      [',"__proto__":{"constructor":{"x":1},"__proto__":2}', ""],
      ["993", "992"],
    ] as const)
      expect(await again(from, to), to).toMatchObject({ errcode: 1090033 });
    const moved = exactInfo.replace(/^\{(.*),("spu_id":\d+)/s, "{$2,$1");
    for (const same of [exactInfo.replace("-0.10", "-1e-1").replace("1.0,", "1,"), moved, ` ${exactInfo} `])
      expect(await app.call("add", exactCoupon(same))).toEqual({ errcode: 0 });
  });

  it("survives export and import to the byte, whatever line separators its texts hold", async () => {
    const source = await openApp(adapter);
    await source.app.must("add", exactCoupon());
    await source.app.must("add", { coupon: { ...sampleCoupon("A\u2028B\u2029C\u0085\u000b"), promote_type: 9 } });
    await activate(source.app);
    const directory = temporaryDirectory();
    onTestFinished(directory.remove);
    const file = join(directory.path, "shop.jsonl");
    const exported = async (store: typeof source.server.store) => {
      let text = "";
      for await (const line of writeSnapshot(store, "wx_field")) text += line;
      return text;
    };
    const snapshot = await exported(source.server.store);
    writeFileSync(file, snapshot);
    const target = await openApp(adapter);
    const importing = { ledger: target.server.ledger, file, appid: "wx_field", by: "command_line" as const };
    expect(await importSnapshot(importing)).toEqual({ new: 2, changed: 0, unchanged: 0 });
    expect(await exported(target.server.store)).toBe(snapshot);
    // As an editor of another system saves it.
    writeFileSync(file, `\uFEFF${snapshot.replaceAll("\n", "\r\n")}`);
    expect(await importSnapshot(importing)).toEqual({ new: 0, changed: 0, unchanged: 2 });
  });
});
