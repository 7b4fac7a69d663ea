import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../src/domain/actor.ts";
import { expireDue } from "../../src/service/expiry.ts";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon, give as record } from "../../testing/coupons.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const OPENED_AT = 1_700_000_000;
const DAY = 86_400;
/** Ids that paths and statements like to spoil. */
const AWKWARD = ["/", "a/b", "%", "%2F", "..", ".", "a?b#c", "'; --", "券🎟️", " ", "券".repeat(128)];

describe.each(adapters)("people, on %s", (adapter) => {
  let server: TestServer;
  let app: TestApp;
  const merchant = new ScriptedMerchant();
  let appid: string;
  let apps = 0;
  const ann = { actor: "operator ann", operator: "ann", role: "owner", apps: [] } as const;

  beforeAll(async () => {
    server = await startTestServer({ adapter, ask: merchant.ask });
  });
  beforeEach(async () => {
    server.clock.now = OPENED_AT;
    appid = `wx_${apps++}`;
    app = await server.createApp(appid);
    await addActive(app, coupon("a", { total_num: 100 }));
  });
  afterAll(() => server.close());

  const gift = (changes: object = {}) => ({ appid, openid: "p", out_coupon_id: "a", request_id: "r", ...changes });
  const giveOne = async (changes: object = {}) => (await operated(server, "give", gift(changes))).user_coupon;
  const setStatus = (out_user_coupon_id: string, status: number, out_coupon_id = "a", openid = "p") =>
    app.must("update_usercoupon_status", { openid, out_coupon_id, out_user_coupon_id, status });
  const journal = () => server.store.readJournal(appid, 0, 1_000_000);
  const stockOf = async (id: string) =>
    (await server.store.listCoupons(appid, 0, 99)).entries.find((one) => one.coupon.outCouponId === id)?.stock;

  /** What is asked is refused with a problem of this kind, in words that hold these, and nothing is written down. */
  async function refuses(asked: Promise<object>, status: number, code: string, words: string) {
    const before = (await journal()).length;
    expect(await asked).toMatchObject({ status, problem: code, detail: expect.stringContaining(words) });
    expect(await journal()).toHaveLength(before);
  }

  describe("a gift", () => {
    it("is one of the stock, shown as it is and written down with who gave it", async () => {
      const reply = await operated(server, "give", gift(), { who: ann });
      expect(reply.user_coupon).toEqual({
        out_coupon_id: "a",
        out_user_coupon_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        openid: "p",
        status: "effective",
        create_time: OPENED_AT,
        update_time: OPENED_AT,
        receive_time: OPENED_AT,
        start_time: OPENED_AT,
        end_time: OPENED_AT + 30 * DAY,
        use_time: null,
        out_order_id: null,
        lock_end_time: null,
      });
      expect(await stockOf("a")).toMatchObject({ remaining: 99, claimed: 1 });
      expect((await journal()).at(-1)).toMatchObject({ command: "claimCoupon", by: "operator ann" });
      const { result_list } = await app.must("get_usercoupon_list", { openid: "p", page_size: 9 });
      expect(result_list).toMatchObject([{ out_user_coupon_id: reply.user_coupon.out_user_coupon_id, status: 100 }]);
    });

    it("names who gave it: an operator's token, or the command line", async () => {
      const actors: Actor[] = ["token ann nightly", "command_line"];
      for (const actor of actors)
        await operated(server, "give", gift({ request_id: actor }), { who: { ...ann, actor } });
      expect((await journal()).slice(-2).map(({ by }) => by)).toEqual(actors);
    });

    it("is given once for a request id, which stands for one person and one coupon", async () => {
      await addActive(app, coupon("b", { total_num: 100 }));
      const first = await giveOne();
      const written = (await journal()).length;
      expect(await giveOne()).toEqual(first);
      expect(await journal()).toHaveLength(written);
      await refuses(operate(server, "give", gift({ openid: "q" })), 409, "request_exists", "another openid");
      await refuses(operate(server, "give", gift({ out_coupon_id: "b" })), 409, "request_exists", "out_coupon_id");
      await setStatus(first.out_user_coupon_id, 102);
      expect(await giveOne()).toEqual({ ...first, status: "used", use_time: OPENED_AT });
      await app.must("update_status", { out_coupon_id: "a", status: 4 });
      expect(await giveOne()).toMatchObject({ out_user_coupon_id: first.out_user_coupon_id });
    });

    it("is one where the same is asked many times at once", async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => giveOne()));
      expect(new Set(all.map(({ out_user_coupon_id }) => out_user_coupon_id)).size).toBe(1);
      expect(await stockOf("a")).toMatchObject({ claimed: 1 });
    });

    it.each(["r", "give:r", `${"give:".padEnd(127)}r`])(
      "meets no claim that the app makes with the request id %j",
      async (request_id) => {
        await addActive(app, coupon("b", { total_num: 100 }));
        const claim = { openid: "p", out_coupon_id: "a", request_id };
        const { user_coupon } = await app.must("claim", claim);
        const given = await giveOne({ openid: "q", out_coupon_id: "b" });
        expect(given).toMatchObject({ openid: "q", out_coupon_id: "b" });
        expect((await app.must("claim", claim)).user_coupon).toEqual(user_coupon);
        // A claim over the wire cannot have a longer one.
        const written = JSON.stringify((await journal()).at(-1)?.steps).match(/"requestId":"(.*?)"/)?.[1];
        expect(written).toHaveLength(129);
        expect(await app.call("claim", { ...claim, request_id: written })).toMatchObject({ errcode: 990008 });
      },
    );

    it("is refused as a claim is", async () => {
      const soon = { start_time: OPENED_AT + 10, end_time: OPENED_AT + 20 };
      const over = { start_time: OPENED_AT - 20, end_time: OPENED_AT - 10 };
      await app.must("add", { coupon: coupon("draft", { total_num: 1 }) });
      for (const [id, received] of Object.entries({
        soon: { total_num: 1, ...soon },
        over: { total_num: 1, ...over },
        none: { total_num: 0 },
        once: { total_num: 9, limit_num_one_person: 1 },
        void: { total_num: 9 },
      }))
        await addActive(app, coupon(id, received));
      await app.must("update_status", { out_coupon_id: "void", status: 4 });
      await giveOne({ out_coupon_id: "once", request_id: "first" });
      const refusals = [
        ["unheard", 404, "unknown_coupon", "out_coupon_id unheard"],
        ["draft", 409, "not_active", "status is 1"],
        ["void", 409, "not_active", "status is 4"],
        ["soon", 409, "not_claimable_yet", `from ${OPENED_AT + 10}`],
        ["over", 409, "no_longer_claimable", `until ${OPENED_AT - 10}`],
        ["none", 409, "sold_out", ""],
        ["once", 409, "person_limit", "limit_num_one_person is 1"],
      ] as const;
      for (const [out_coupon_id, status, code, words] of refusals)
        await refuses(operate(server, "give", gift({ out_coupon_id })), status, code, words);
    });

    it("is refused whole where a field is wrong", async () => {
      const asked = operate(server, "give", { appid, openid: "p", out_coupon_id: "", colour: 1 });
      await refuses(asked, 400, "invalid_field", "");
      expect(
        ((await asked) as unknown as { errors: { field: string }[] }).errors.map(({ field }) => field).sort(),
      ).toEqual(["colour", "out_coupon_id", "request_id"]);
    });

    it("asks no merchant who decides claims, and counts against no limit of a minute", async () => {
      const url = { callbackUrl: "http://merchant.test/", callbackToken: "token" };
      await server.apps.configure(appid, { ...url, claimMode: "callback", claimsPerMinute: 1 }, "command_line");
      for (const request_id of ["1", "2", "3"]) await giveOne({ request_id });
      expect(merchant.questions).toEqual([]);
      expect(await stockOf("a")).toMatchObject({ claimed: 3, promised: 0 });
    });
  });

  describe("taking back", () => {
    const back = (out_user_coupon_id: string, out_coupon_id = "a") =>
      operate(server, "takeBack", { appid, out_coupon_id, out_user_coupon_id }, { who: ann });

    it("gives an effective one up and leaves the stock; again it changes nothing", async () => {
      await record(app, "p", "a", "u");
      const stock = await stockOf("a");
      server.clock.now += 60;
      const taken = await back("u");
      expect(taken).toMatchObject({ user_coupon: { status: "given_up", update_time: OPENED_AT + 60, use_time: null } });
      expect((await journal()).at(-1)).toMatchObject({ command: "changeUserCouponStatus", by: "operator ann" });
      const written = (await journal()).length;
      server.clock.now += 60;
      expect(await back("u")).toEqual(taken);
      expect(await journal()).toHaveLength(written);
      expect(await stockOf("a")).toEqual(stock);
      const { result_list } = await app.must("get_usercoupon_list", { openid: "p", page_size: 9 });
      expect(result_list).toMatchObject([{ out_user_coupon_id: "u", status: 103 }]);
    });

    it("is refused where it is used, expired or locked for an order", async () => {
      for (const id of ["used", "expired", "locked"]) await record(app, "p", "a", id);
      await setStatus("used", 102);
      const lines = [{ out_product_id: "x", price: 1000, quantity: 1 }];
      const user_coupons = [{ out_coupon_id: "a", out_user_coupon_id: "locked" }];
      const lock = { openid: "p", out_order_id: "order/1", lines, user_coupons, ttl_seconds: 60 };
      await app.must("lock", lock);
      await setStatus("expired", 101);
      await refuses(back("used"), 409, "forbidden_user_coupon_transition", "status is 102");
      await refuses(back("expired"), 409, "forbidden_user_coupon_transition", "status is 101");
      await refuses(back("locked"), 409, "locked", "out_order_id order/1");
      expect(await operate(server, "showUserCoupon", { appid, ...user_coupons[0] })).toMatchObject({
        user_coupon: { out_order_id: "order/1", lock_end_time: OPENED_AT + 60 },
      });
      server.clock.now += 61;
      expect(await back("locked")).toMatchObject({
        user_coupon: { status: "given_up", out_order_id: null, lock_end_time: null },
      });
    });

    it("is refused where the job found it over", async () => {
      await record(app, "p", "a", "u");
      server.clock.now += 31 * DAY;
      await expireDue({ ...server, clock: () => server.clock.now });
      await refuses(back("u"), 409, "forbidden_user_coupon_transition", "status is 101");
    });

    it("is refused where there is no such user coupon", async () => {
      await record(app, "p", "a", "u");
      await refuses(back("v"), 404, "unknown_user_coupon", '"v" of coupon "a"');
      await refuses(back("u", "b"), 404, "unknown_user_coupon", '"u" of coupon "b"');
      await refuses(back("u", "none"), 404, "unknown_user_coupon", '"u" of coupon "none"');
    });
  });

  it("a user coupon is found by its id, of whatever coupon, and shown by both its ids, in its own app alone", async () => {
    await addActive(app, coupon("b", { total_num: 100 }));
    const other = await server.createApp(`${appid}_other`);
    await addActive(other, coupon("a", { total_num: 9 }));
    await record(app, "p", "b", "u");
    await record(app, "q", "a", "u");
    await record(app, "p", "a", "u2");
    await record(other, "p", "a", "elsewhere");
    const found = await operated(server, "findUserCoupons", { appid, out_user_coupon_id: "u" });
    expect(found.entries.map((one) => [one.out_coupon_id, one.openid])).toEqual([
      ["a", "q"],
      ["b", "p"],
    ]);
    for (const entry of found.entries) {
      const { out_coupon_id, out_user_coupon_id } = entry;
      const shown = await operated(server, "showUserCoupon", { appid, out_coupon_id, out_user_coupon_id });
      expect(shown.user_coupon).toEqual(entry);
    }
    const elsewhere = { out_coupon_id: "a", out_user_coupon_id: "elsewhere" };
    expect(await operated(server, "findUserCoupons", { appid, out_user_coupon_id: "elsewhere" })).toEqual({
      entries: [],
    });
    for (const name of ["showUserCoupon", "takeBack"] as const) {
      expect(await operate(server, name, { appid, ...elsewhere })).toMatchObject({ problem: "unknown_user_coupon" });
      expect(await operate(server, name, { appid: other.appid, ...elsewhere })).toHaveProperty("user_coupon");
    }
  });

  it("ids of any characters are given, found, shown and taken back", async () => {
    for (const id of AWKWARD) {
      await addActive(app, coupon(id, { total_num: 9 }));
      await record(app, "p", id, id);
      const given = await giveOne({ out_coupon_id: id, request_id: id });
      expect(given.out_coupon_id).toBe(id);
      const ids = { appid, out_coupon_id: id, out_user_coupon_id: id };
      const shown = await operated(server, "showUserCoupon", ids);
      const found = await operated(server, "findUserCoupons", { appid, out_user_coupon_id: id });
      expect(found.entries).toEqual([shown.user_coupon]);
      const listed = await operated(server, "listWallet", { appid, openid: "p", out_coupon_id: id });
      expect(listed.entries).toEqual([given, shown.user_coupon]);
      const taken = await operated(server, "takeBack", ids);
      expect(taken.user_coupon).toEqual({ ...shown.user_coupon, status: "given_up" });
    }
  });
});
