import { COUPON_INFO_LIMIT } from "@quanku/protocol/calls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCall } from "../../src/http/admin/call.ts";
import type { Problem } from "../../src/http/admin/problem.ts";
import { commandLine, type Who } from "../../src/http/admin/who.ts";
import { operate, operated } from "../../testing/admin.ts";
import { coupon as aWireCoupon, give } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const li: Who = { actor: "operator li", operator: "li", role: "manager", apps: ["wx_a"] };

/** The fields that a problem names, each with what is wrong with it. */
const faultsOf = (answer: unknown) =>
  ((answer as Problem).errors ?? []).map(({ field, detail }) => `${field} ${detail}`);

const coupon = (id: string, name = "立减5元", changes = {}) => aWireCoupon(id, { total_num: 10 }, { name, ...changes });

describe.each(adapters)("operators' calls about coupons, on %s", (adapter) => {
  let server: TestServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startTestServer({ adapter });
    app = await server.createApp("wx_a");
  });
  afterEach(() => server.close());

  const of = (out_coupon_id: string) => ({ appid: "wx_a", out_coupon_id });
  const add = (id: string, ...more: [name?: string, changes?: object]) =>
    operated(server, "addCoupon", { appid: "wx_a", coupon: coupon(id, ...more) });
  const journal = () => server.store.readJournal("wx_a", 0, 999);
  const last = async () => (await journal()).at(-1);
  const claim = (request_id: string, out_coupon_id = "c") =>
    app.call("claim", { openid: "o", out_coupon_id, request_id });

  it("add, show and activate a coupon, and tell in the journal who did", async () => {
    const { coupon: added } = await operated(server, "addCoupon", { appid: "wx_a", coupon: coupon("c") }, { who: li });
    expect(added).toMatchObject({
      status: "draft",
      name: "立减5元",
      words: { zh: "减5元", en: "¥5 off" },
      paused: false,
      stock: null,
    });
    expect(added.coupon).toEqual(((await app.must("get", { out_coupon_id: "c" })).result as { coupon: object }).coupon);
    expect(await last()).toMatchObject({ command: "addCoupon", by: "operator li" });
    const again = await operated(server, "addCoupon", { appid: "wx_a", coupon: coupon("c") }, { who: li });
    expect(again.coupon).toEqual(added);
    const { coupon: activated } = await operated(server, "activateCoupon", of("c"), { who: li });
    expect(activated).toMatchObject({ status: "active", stock: { remaining: 10, claimed: 0, promised: 0 } });
    expect(await last()).toMatchObject({ command: "changeCouponStatus", by: "operator li" });
    expect((await operated(server, "showCoupon", of("c"))).coupon).toEqual(activated);
    const listed = (await app.must("get_list", { page_size: 9 })).result_list as object[];
    expect(listed).toEqual([expect.objectContaining({ coupon: activated.coupon })]);
  });

  it("keep a document to the digit, and answer it so", async () => {
    const exact = `${"9".repeat(30)}.10`;
    const info = JSON.stringify(coupon("c").coupon_info).replace(/}$/, `,"sku":${exact},"none":null}`);
    const rest = JSON.stringify({ ...coupon("c"), coupon_info: undefined });
    for (const name of ["addCoupon", "replaceCoupon"] as const) {
      const text = `{"coupon":${rest.slice(0, -1)},"coupon_info":${info}}}`;
      const path: Record<string, string> = name === "addCoupon" ? { appid: "wx_a" } : of("c");
      const given = { path, query: {}, body: JSON.parse(text) };
      const answer = await makeCall(server.admin, commandLine, name, given, { text });
      expect("json" in answer && answer.json).toContain(`"sku":${exact}}`);
    }
    expect((await server.store.coupon("wx_a", "c"))?.document).toBe(info.replace(',"none":null', ""));
  });

  const wrong: [coupon: object | undefined, ...faults: string[]][] = [
    [undefined, "coupon is required"],
    [{ ...coupon("c"), out_coupon_id: "" }, "coupon.out_coupon_id must not be empty"],
    [{ ...coupon("c"), out_coupon_id: "x".repeat(129) }, "coupon.out_coupon_id must have at most 128 characters"],
    [
      { ...coupon("c"), type: 7, promote_type: undefined },
      "coupon.type must be one of 1, 2, 3, 4, 5, 6, 101, 102, 103, 104",
      "coupon.promote_type is required",
    ],
    [
      { ...coupon("c"), coupon_info: [] },
      "coupon.coupon_info.name is required",
      "coupon.coupon_info.promote_info is required",
      "coupon.coupon_info.receive_info is required",
      "coupon.coupon_info.discount_info is required",
    ],
    [coupon("c", "x".repeat(121)), "coupon.coupon_info.name must have at most 120 characters"],
    [coupon("c", "x", { name: null }), "coupon.coupon_info.name must be a string"],
    [coupon("c", "x", { discount_info: undefined }), "coupon.coupon_info.discount_info is required"],
    [coupon("c", "x", { discount_info: {} }), "coupon.coupon_info.discount_info.discount_fee is required for type 104"],
    [
      coupon("c", "x", { type: 103, discount_info: { discount_num: 10_000 } }),
      "coupon.coupon_info.discount_info.discount_num must be from 1 to 9999 for type 103",
    ],
    [
      coupon("c", "x", { type: 3, discount_info: { discount_num: 1 } }),
      "coupon.coupon_info.discount_info.discount_condition.out_product_ids is required for type 3",
    ],
    [
      coupon("c", "x", { receive_info: { total_num: 1, start_time: 2, end_time: 1 } }),
      "coupon.coupon_info.receive_info.start_time must not be later than receive_info.end_time",
    ],
    [
      coupon("c", "x", { receive_info: { total_num: -1 } }),
      "coupon.coupon_info.receive_info.total_num must be an integer from 0 to 2147483647",
    ],
    [
      coupon("c", "x", { valid_info: { valid_type: 4 } }),
      "coupon.coupon_info.valid_info.valid_type must be one of 1, 2, 3",
    ],
    [
      coupon("c", "x", { note: "x".repeat(COUPON_INFO_LIMIT) }),
      "coupon.coupon_info must take at most 65536 characters as JSON",
    ],
    [
      coupon("c", "x", { note: JSON.parse(`${"[".repeat(70)}${"]".repeat(70)}`) }),
      "body must not nest deeper than 64 levels",
    ],
  ];
  it("tell what of a coupon is wrong by the name of the field, and keep none", async () => {
    for (const [sent, ...faults] of wrong)
      for (const name of ["addCoupon", "replaceCoupon"] as const) {
        const answer = await operate(server, name, {
          appid: "wx_a",
          ...(name === "replaceCoupon" && of("c")),
          coupon: sent,
        });
        expect(answer).toMatchObject({ status: 400, problem: "invalid_field" });
        expect(faultsOf(answer)).toEqual(faults);
      }
    expect((await server.store.listCoupons("wx_a", 0, 9)).total).toBe(0);
  });

  it("replace a draft under the id that the path names", async () => {
    await add("c");
    const replaced = await operated(
      server,
      "replaceCoupon",
      { ...of("c"), coupon: coupon("c", "新名字") },
      { who: li },
    );
    expect(replaced.coupon).toMatchObject({ name: "新名字", status: "draft" });
    expect(await last()).toMatchObject({ command: "replaceCoupon", by: "operator li" });
    const other = await operate(server, "replaceCoupon", { ...of("c"), coupon: coupon("d") });
    expect(faultsOf(other)).toEqual(["coupon.out_coupon_id must be the one that the path names"]);
  });

  it("pause and resume claims, which neither update_time nor anything else of the wire shows", async () => {
    await add("c");
    await operated(server, "activateCoupon", of("c"));
    expect(await claim("before")).toMatchObject({ errcode: 0 });
    const shown = await app.must("get", { out_coupon_id: "c" });
    const list = await app.must("get_list", { page_size: 9 });
    server.clock.now += 60;
    const { coupon: paused } = await operated(server, "pauseCoupon", of("c"), { who: li });
    expect(paused).toMatchObject({ paused: true, status: "active" });
    expect(await last()).toMatchObject({ command: "pauseCoupon", by: "operator li", at: server.clock.now });
    const entries = (await journal()).length;
    expect((await operated(server, "pauseCoupon", of("c"))).coupon).toEqual(paused);
    expect(await journal()).toHaveLength(entries);
    const refused = await claim("while");
    expect(refused).toMatchObject({ errcode: 1090058 });
    expect(refused.errmsg).toContain("claims of this coupon are paused until the shop resumes them");
    expect(await claim("before")).toMatchObject({ errcode: 0 });
    expect(await app.must("get", { out_coupon_id: "c" })).toEqual(shown);
    expect(await app.must("get_list", { page_size: 9 })).toEqual(list);
    await give(app, "p", "c", "by hand");
    const { coupon: resumed } = await operated(server, "resumeCoupon", of("c"), { who: li });
    expect(resumed).toMatchObject({ paused: false, stock: { remaining: 8, claimed: 2 } });
    expect(await claim("while")).toMatchObject({ errcode: 0 });
    expect(await last()).toMatchObject({ command: "claimCoupon", by: "app" });
  });

  it("set what is left, and leave what was handed out", async () => {
    await add("c");
    await operated(server, "activateCoupon", of("c"));
    await claim("one");
    const { coupon: restocked } = await operated(server, "restockCoupon", { ...of("c"), remaining: 100 }, { who: li });
    expect(restocked.stock).toEqual({ remaining: 100, claimed: 1, promised: 0 });
    expect(await last()).toMatchObject({ command: "restock", by: "operator li" });
    const together = await Promise.all([
      operated(server, "restockCoupon", { ...of("c"), remaining: 5 }),
      ...["two", "three"].map((id) => claim(id)),
    ]);
    expect(together[0].coupon.stock?.claimed).toBeGreaterThanOrEqual(1);
    expect((await operated(server, "showCoupon", of("c"))).coupon.stock?.claimed).toBe(3);
  });

  it("refuse what the status does not allow, and what is not there, and change nothing", async () => {
    await add("draft");
    await add("over");
    await operated(server, "activateCoupon", of("over"));
    await operated(server, "expireCoupon", of("over"));
    await add("void");
    await operated(server, "activateCoupon", of("void"));
    expect((await operated(server, "voidCoupon", of("void"))).coupon.status).toBe("void");
    const before = await journal();
    const refusals: [
      call:
        | "activateCoupon"
        | "expireCoupon"
        | "voidCoupon"
        | "pauseCoupon"
        | "resumeCoupon"
        | "restockCoupon"
        | "addCoupon"
        | "replaceCoupon",
      given: object,
      status: number,
      problem: string,
    ][] = [
      ["activateCoupon", of("over"), 409, "forbidden_coupon_transition"],
      ["expireCoupon", of("draft"), 409, "forbidden_coupon_transition"],
      ["voidCoupon", of("over"), 409, "forbidden_coupon_transition"],
      ["pauseCoupon", of("draft"), 409, "not_active"],
      ["resumeCoupon", of("void"), 409, "not_active"],
      ["restockCoupon", { ...of("draft"), remaining: 1 }, 409, "never_activated"],
      ["addCoupon", { appid: "wx_a", coupon: coupon("over", "another") }, 409, "coupon_exists"],
      ["replaceCoupon", { ...of("void"), coupon: coupon("void") }, 409, "not_editable"],
      ["replaceCoupon", { ...of("none"), coupon: coupon("none") }, 404, "unknown_coupon"],
      ...(["activateCoupon", "expireCoupon", "voidCoupon", "pauseCoupon", "resumeCoupon"] as const).map(
        (call) => [call, of("none"), 404, "unknown_coupon"] as [typeof call, object, number, string],
      ),
      ["restockCoupon", { ...of("none"), remaining: 1 }, 404, "unknown_coupon"],
    ];
    for (const [call, given, status, problem] of refusals)
      expect(
        await operate(server, call, given as Record<string, unknown>),
        `${call} ${JSON.stringify(given)}`,
      ).toMatchObject({ status, problem });
    expect(await operate(server, "showCoupon", of("none"))).toMatchObject({ status: 404, problem: "unknown_coupon" });
    expect(await operate(server, "pauseCoupon", of("over"), { who: { ...li, role: "viewer" } })).toMatchObject({
      status: 403,
    });
    expect(await journal()).toEqual(before);
  });
});

describe.each(adapters)("operators' list of coupons, on %s", (adapter) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer({ adapter });
    await server.createApp("wx_a");
    await server.createApp("wx_b");
    for (const [n, name] of ["夏日 1", "夏日 2", "夏", "100%", "Summer"].entries())
      await operated(server, "addCoupon", { appid: "wx_a", coupon: coupon(`c${n}`, name) });
    await operated(server, "activateCoupon", { appid: "wx_a", out_coupon_id: "c1" });
  });
  afterEach(() => server.close());

  const list = (given: object = {}) => operate(server, "listCoupons", { appid: "wx_a", ...given });
  const ids = async (given: object = {}) =>
    (await operated(server, "listCoupons", { appid: "wx_a", ...given })).entries.map(
      ({ coupon }) => coupon.out_coupon_id,
    );

  it("is newest first, filtered by status and type, and by name in the order of names", async () => {
    expect(await ids()).toEqual(["c4", "c3", "c2", "c1", "c0"]);
    expect(await ids({ status: "active" })).toEqual(["c1"]);
    expect(await ids({ type: "104", status: "draft" })).toEqual(["c4", "c3", "c2", "c0"]);
    expect(await ids({ type: 103 })).toEqual([]);
    expect(await ids({ name: "夏" })).toEqual(["c2", "c0", "c1"]);
    expect(await ids({ name: "夏", status: "draft", type: 104 })).toEqual(["c2", "c0"]);
    expect(await ids({ name: "100%" })).toEqual(["c3"]);
    expect(await ids({ name: "%" })).toEqual([]);
    expect(await ids({ name: "summer" })).toEqual([]);
  });

  it("goes on where a page ended, also after coupons were added", async () => {
    for (const given of [{}, { status: "draft" }, { name: "夏" }, { name: "夏", type: 104 }]) {
      const whole = await ids(given);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await operated(server, "listCoupons", { appid: "wx_a", ...given, limit: "1", cursor });
        seen.push(...page.entries.map(({ coupon }) => coupon.out_coupon_id));
        if (cursor === undefined) {
          const late = coupon(`late ${JSON.stringify(given)}`, "0");
          await operated(server, "addCoupon", { appid: "wx_a", coupon: late });
        }
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(whole);
    }
  });

  it("has room in a cursor for the longest names", async () => {
    const longest = "\u0001".repeat(120);
    for (const id of ["long 1", "long 2"])
      await operated(server, "addCoupon", { appid: "wx_a", coupon: coupon(id, longest) });
    const { next } = await operated(server, "listCoupons", { appid: "wx_a", name: longest, limit: 1 });
    expect(await ids({ name: longest, limit: 1, cursor: next })).toEqual(["long 2"]);
  });

  it("takes no cursor of another list, another filter, another app or nobody's, and no filter that it does not have", async () => {
    const { next } = await operated(server, "listCoupons", { appid: "wx_a", limit: 1 });
    const strange = Buffer.from(JSON.stringify([["coupons", "wx_a", null, null, null], "here"])).toString("base64url");
    const elsewhere = "cursor is of another list or another filter: leave it out to begin this one";
    const nobodys = "cursor is none that was told: leave it out to begin";
    const bad: [given: object, fault: string][] = [
      [{ cursor: next, status: "draft" }, elsewhere],
      [{ cursor: next, appid: "wx_b" }, elsewhere],
      [{ cursor: Buffer.from('[["journal","wx_a"],1]').toString("base64url") }, elsewhere],
      [{ cursor: "garbage" }, nobodys],
      [{ cursor: "" }, nobodys],
      [{ cursor: strange }, nobodys],
      [{ cursor: "x".repeat(3001) }, "cursor must have at most 3000 characters"],
      [{ colour: "red" }, "colour is no parameter of this call"],
      [{ status: "2" }, "status must be one of withdrawn, draft, active, expired, void"],
      [{ type: 7 }, "type must be one of 1, 2, 3, 4, 5, 6, 101, 102, 103, 104"],
      [{ name: "" }, "name must not be empty"],
      [{ name: "\0" }, "name must be well-formed Unicode without U+0000"],
      [{ limit: 501 }, "limit must be a whole number from 1 to 500"],
      [{ limit: "many" }, "limit must be a whole number from 1 to 500"],
    ];
    for (const [given, fault] of bad) {
      const answer = await list(given);
      expect(answer, JSON.stringify(given)).toMatchObject({ status: 400, problem: "invalid_field" });
      expect(faultsOf(answer)).toEqual([fault]);
    }
  });
});
