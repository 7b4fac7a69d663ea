import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { type JsonObject, numbersAsStrings, valueAt, withAt } from "./support/json.ts";
import { OPENED_AT, stockBody } from "./support/shop.ts";

type Entry = { coupon: JsonObject & { out_coupon_id: string }; coupon_stock?: JsonObject };
const TOTAL = 205;
const idAt = (position: number) => `c${position}`;

describe("get_list", () => {
  let server: TestServer;
  let app: TestApp;
  beforeAll(async () => {
    server = await startTestServer({ now: OPENED_AT });
    app = await server.createApp("wx_lists");
    // Later ones get earlier times and smaller ids, so that only the order of creation explains the order of the list.
    for (let position = 0; position < TOTAL; position++) {
      server.clock.now = OPENED_AT - position;
      await app.must("add", { coupon: sampleCoupon(idAt(position)) });
    }
    server.clock.now = OPENED_AT;
  });
  afterAll(() => server.close());

  const list = async (body: object) => {
    const reply = await app.call("get_list", body);
    expect(Object.keys(reply)).toEqual(["errcode", "total_num", "result_list"]);
    return { total: reply.total_num, entries: reply.result_list as Entry[] };
  };
  const idsFrom = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => idAt(start + i));

  const pages: [body: object, from: number, to: number][] = [
    [{ page_size: 1 }, 0, 1],
    [{ page_size: 1, offset: 0 }, 0, 1],
    [{ page_size: 1, offset: null }, 0, 1],
    [{ page_size: "3", offset: "2" }, 2, 5],
    [{ page_size: 200 }, 0, 200],
    [{ page_size: 200, offset: 5 }, 5, TOTAL],
    [{ page_size: 200, offset: 6 }, 6, TOTAL],
    [{ page_size: 10, offset: TOTAL - 1 }, TOTAL - 1, TOTAL],
    [{ page_size: 10, offset: TOTAL }, TOTAL, TOTAL],
    [{ page_size: 200, offset: TOTAL + 1 }, TOTAL, TOTAL],
    [{ page_size: 200, offset: 2 ** 31 - 1 }, TOTAL, TOTAL],
  ];
  it.each(pages)("%j gives the coupons from %i to %i, oldest first, and the true total", async (body, from, to) => {
    const { total, entries } = await list(body);
    expect(total).toBe(TOTAL);
    expect(entries.map(({ coupon }) => coupon.out_coupon_id)).toEqual(idsFrom(from, to));
  });

  it("keeps its order whatever happens to a coupon", async () => {
    server.clock.now = OPENED_AT + 100;
    await app.must("update", { coupon: sampleCoupon(idAt(2), { total_num: 5 }) });
    await app.must("update_status", { out_coupon_id: idAt(3), status: 2 });
    await app.must("update_status", { out_coupon_id: idAt(4), status: 2 });
    await app.must("update_status", { out_coupon_id: idAt(4), status: 4 });
    const { entries } = await list({ page_size: 4, offset: 2 });
    expect(entries.map(({ coupon }) => [coupon.out_coupon_id, coupon.status])).toEqual([
      [idAt(2), 1],
      [idAt(3), 2],
      [idAt(4), 4],
      [idAt(5), 1],
    ]);
  });

  it("shows a stock only of coupons that were ever activated", async () => {
    const { entries } = await list({ page_size: 200 });
    const stocked = entries.filter((entry) => "coupon_stock" in entry);
    expect(stocked.map(({ coupon }) => coupon.out_coupon_id)).toEqual([idAt(3), idAt(4)]);
    expect(JSON.stringify(stocked[0]?.coupon_stock)).toBe(
      JSON.stringify({
        out_coupon_id: idAt(3),
        stock_info: { issued_num: 100, receive_num: 0 },
        create_time: OPENED_AT + 100,
        update_time: OPENED_AT + 100,
        appid: app.appid,
      }),
    );
  });

  it("shows at once what a call before it changed, also on a page that was asked for already", async () => {
    const page = { page_size: 3, offset: 2 };
    const stockShown = async () => (await list(page)).entries[1]?.coupon_stock?.stock_info;
    expect(await stockShown()).toEqual({ issued_num: 100, receive_num: 0 });
    await app.must("update_coupon_stock", stockBody(idAt(3), 7, 8));
    expect(await stockShown()).toEqual({ issued_num: 7, receive_num: 8 });
    const user_coupon = { out_user_coupon_id: "u", out_coupon_id: idAt(3), status: 100 };
    await app.must("add_user_coupon", { openid: "o", user_coupon });
    expect(await stockShown()).toEqual({ issued_num: 6, receive_num: 9 });
    await app.must("add", { coupon: sampleCoupon("one more") });
    expect((await list(page)).total).toBe(TOTAL + 1);
    await app.must("update", { coupon: withAt(sampleCoupon(idAt(2)), "coupon_info.name", "renamed") });
    expect((await list(page)).entries[0]?.coupon.coupon_info).toMatchObject({ name: "renamed" });
  });
});

describe("a coupon's document", () => {
  let server: TestServer;
  let app: TestApp;
  beforeAll(async () => {
    server = await startTestServer({ now: OPENED_AT });
    app = await server.createApp("wx_documents");
  });
  afterAll(() => server.close());

  let added = 0;
  /** Adds a coupon and answers how `get` shows it; `get_list` must show the same text. */
  async function addAndShow(change: (coupon: JsonObject) => JsonObject): Promise<JsonObject> {
    const id = `d${added++}`;
    await app.must("add", { coupon: change(sampleCoupon(id)) });
    const shown = (await app.call("get", { out_coupon_id: id })).result as { coupon: JsonObject };
    const listed = await app.call("get_list", { page_size: 1, offset: added - 1 });
    expect(JSON.stringify(listed.result_list)).toBe(JSON.stringify([{ coupon: shown.coupon }]));
    return shown.coupon;
  }
  const at = (path: string, value: unknown) => (coupon: JsonObject) => withAt(coupon, path, value);

  it.each([
    ["an empty finder", "coupon_info.promote_info.finder", {}],
    ["unknown text", "coupon_info.note", '一 " \\ \u2028 😀 </script> \u0000'],
    ["unknown objects", "coupon_info.x", { y: [{ z: [1.5, -3, 1e21, true, "", [], {}] }] }],
    ["unknown members of known blocks", "coupon_info.receive_info.extra", { deep: 1 }],
    ["unknown members of the condition", "coupon_info.discount_info.discount_condition.extra", [1]],
    ["unknown members of the finder", "coupon_info.promote_info.finder.feed", "f"],
    ["an unknown ext_info below the top", "coupon_info.valid_info.ext_info", { a: 1 }],
    ["numeric text where it is unknown", "coupon_info.code", "6400"],
    ["nulls in a list", "coupon_info.list", [null, 1, null]],
    ["blocks its type does not need", "type", 104],
  ])("keeps %s", async (_, path, value) => {
    const shown = await addAndShow(at(path, value));
    expect(valueAt(shown, path)).toEqual(value);
  });

  it("shows no finder where none was sent", async () => {
    const shown = await addAndShow(at("coupon_info.promote_info", { promote_type: 4 }));
    expect(valueAt(shown, "coupon_info.promote_info")).toEqual({ promote_type: 4 });
  });

  it("is shown with its fields in the documented order, however they were sent", async () => {
    const reversed = (value: unknown): unknown =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, member]) => [name, reversed(member)]),
          )
        : value;
    const straight = await addAndShow((coupon) => coupon);
    const turned = await addAndShow((coupon) => reversed(coupon) as JsonObject);
    expect(JSON.stringify({ ...turned, out_coupon_id: straight.out_coupon_id })).toBe(JSON.stringify(straight));
  });

  it("loses its nulls, at every depth and of every field that may be absent", async () => {
    const shown = await addAndShow((coupon) => {
      const nulled = [
        "coupon_info.unknown",
        "coupon_info.ext_info",
        "coupon_info.promote_info.finder.nickname",
        "coupon_info.discount_info.discount_fee",
        "coupon_info.discount_info.discount_condition.tradein_info",
        "coupon_info.discount_info.discount_condition.buyget_info.get_product_cnt",
        "coupon_info.receive_info.limit_num_one_person",
        "coupon_info.valid_info",
      ].reduce((made, path) => withAt(made, path, null), coupon);
      return withAt(nulled, "coupon_info.kept", { a: null, b: { c: null } });
    });
    expect(JSON.stringify(shown)).not.toContain("null");
    expect(valueAt(shown, "coupon_info.kept")).toEqual({ b: {} });
    expect(valueAt(shown, "coupon_info.promote_info")).toEqual({ promote_type: 4, finder: {} });
    expect(shown.coupon_info).not.toHaveProperty("valid_info");
  });

  it("has numbers where numeric strings were sent", async () => {
    const asNumbers = await addAndShow((coupon) => coupon);
    const asStrings = await addAndShow((coupon) => numbersAsStrings(coupon) as JsonObject);
    expect({ ...asStrings, out_coupon_id: asNumbers.out_coupon_id }).toEqual(asNumbers);
  });

  it("takes nothing from the client that only the server may set", async () => {
    const shown = await addAndShow((coupon) => ({
      ...withAt(coupon, "coupon_info.ext_info", { valid_time: 5, other: 1 }),
      status: 2,
      create_time: 5,
      update_time: 5,
      appid: "wx_other",
      unknown: 1,
    }));
    expect(shown).toMatchObject({ status: 1, create_time: OPENED_AT, update_time: OPENED_AT, appid: app.appid });
    expect(shown.coupon_info).not.toHaveProperty("ext_info");
    expect(shown).not.toHaveProperty("unknown");
  });

  it("may bring an ext_info of any shape, since it is not read", async () => {
    for (const ext_info of [1, "x", [], { valid_time: "soon" }, { valid_time: -1 }])
      expect((await addAndShow(at("coupon_info.ext_info", ext_info))).coupon_info).not.toHaveProperty("ext_info");
  });

  it("is the same when only what is not read, or the order of members, differs", async () => {
    const coupon = withAt(sampleCoupon("same"), "coupon_info.note", { a: 1, b: [1, 2] });
    await app.must("add", { coupon });
    const again = { ...withAt(coupon, "coupon_info.note", { b: [1, 2], a: 1 }), status: 3, create_time: 1 };
    for (const equal of [again, withAt(coupon, "coupon_info.ext_info", {}), knownNumbersAsStrings(coupon)])
      expect(await app.call("add", { coupon: equal as JsonObject })).toEqual({ errcode: 0 });
    for (const [path, value] of [
      ["coupon_info.note", { a: 1, b: [2, 1] }],
      ["coupon_info.name", "示例优惠券 "],
      ["coupon_info.extra", 0],
      ["promote_type", 5],
    ] as const)
      expect(await app.call("add", { coupon: withAt(coupon, path, value) })).toMatchObject({ errcode: 1090033 });
  });
});

/** Numeric strings are read as numbers in known fields only, so an unknown one keeps its number here. */
function knownNumbersAsStrings(coupon: JsonObject): JsonObject {
  const strings = numbersAsStrings(coupon) as JsonObject;
  return withAt(strings, "coupon_info.note", valueAt(coupon, "coupon_info.note"));
}
