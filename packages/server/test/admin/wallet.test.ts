import type { RouteReply } from "@quanku/protocol/admin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WALLET_SLICE } from "../../src/store/store.ts";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon, give as record } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

type Page = RouteReply<"listWallet">;

describe.each(adapters)("a wallet, on %s", (adapter) => {
  let server: TestServer;
  let app: TestApp;
  const appid = "wx_wallet";
  const setStatus = (out_user_coupon_id: string, status: number, out_coupon_id = "a") =>
    app.must("update_usercoupon_status", { openid: "p", out_coupon_id, out_user_coupon_id, status });
  const wallet = (query: object = {}) => operate(server, "listWallet", { appid, openid: "p", ...query });

  const ids = (reply: object) => (reply as Page).entries.map(({ out_user_coupon_id }) => out_user_coupon_id);

  /** Seven of p's, of two coupons in turn; 0 and 5 used, 1 expired, 2 given up. One of another person. */
  beforeAll(async () => {
    server = await startTestServer({ adapter });
    app = await server.createApp(appid);
    for (const id of ["a", "b"]) await addActive(app, coupon(id, { total_num: 100 }));
    for (let n = 0; n < 7; n++) await record(app, "p", n % 2 === 0 ? "a" : "b", `u${n}`);
    await record(app, "q", "a", "of q");
    await setStatus("u0", 102);
    await setStatus("u1", 101, "b");
    await setStatus("u2", 103);
    await setStatus("u5", 102, "b");
  });
  afterAll(() => server.close());

  it("stands in the lists of those who have its coupons, by their ids", async () => {
    const holders = async (given: object, out_coupon_id = "a") => {
      const reply = await operated(server, "listHolders", { appid, out_coupon_id, ...given });
      return { ids: ids(reply), next: reply.next };
    };
    expect(await holders({})).toEqual({ ids: ["u6", "u4", "u2", "u0", "of q"], next: null });
    expect((await holders({}, "b")).ids).toEqual(["u5", "u3", "u1"]);
    expect((await holders({ status: "effective" })).ids).toEqual(["u6", "u4", "of q"]);
    const first = await holders({ limit: 3 });
    expect(first.ids).toEqual(["u6", "u4", "u2"]);
    expect((await holders({ limit: 3, cursor: first.next })).ids).toEqual(["u0", "of q"]);
    const other = { appid, out_coupon_id: "b", cursor: first.next };
    expect(await operate(server, "listHolders", other)).toMatchObject({ errors: [{ field: "cursor" }] });
    expect(await operate(server, "listHolders", { appid, out_coupon_id: "none" })).toMatchObject({
      status: 404,
      problem: "unknown_coupon",
    });
  });

  it.each([
    [{}, ["u6", "u5", "u4", "u3", "u2", "u1", "u0"]],
    [{ status: "effective" }, ["u6", "u4", "u3"]],
    [{ status: "expired" }, ["u1"]],
    [{ status: "used" }, ["u5", "u0"]],
    [{ status: "given_up" }, ["u2"]],
    [{ out_coupon_id: "b" }, ["u5", "u3", "u1"]],
    [{ out_coupon_id: "a", status: "effective" }, ["u6", "u4"]],
    [{ out_coupon_id: "none" }, []],
    [{ openid: "q" }, ["of q"]],
    [{ openid: "nobody" }, []],
  ])("filtered by %j has what it should, newest first, in pages of any length", async (filter, expected) => {
    for (const limit of [undefined, 1, 2, "3"]) {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = (await wallet({ ...filter, limit, cursor })) as Page;
        expect(page.entries.length).toBeLessThanOrEqual(Number(limit ?? 50));
        found.push(...ids(page));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(found).toEqual(expected);
    }
  });

  it("goes on where its page ended, whatever was given meanwhile", async () => {
    for (const id of ["v0", "v1", "v2"]) await record(app, "r", "a", id);
    const first = (await wallet({ openid: "r", limit: 2 })) as Page;
    await record(app, "r", "a", "v3");
    expect(ids(await wallet({ openid: "r", limit: 2, cursor: first.next }))).toEqual(["v0"]);
  });

  it("takes no cursor of another list, person, filter or app, and no text that is none", async () => {
    const { next } = (await wallet({ limit: 1, status: "effective" })) as Page;
    const other = await server.createApp("wx_other");
    const faults = [
      { cursor: next },
      { cursor: next, status: "used" },
      { cursor: next, status: "effective", out_coupon_id: "a" },
      { cursor: next, status: "effective", openid: "q" },
      { cursor: next, status: "effective", appid: other.appid },
      ...["", "x", "5", `${next}`.slice(1), Buffer.from("[]").toString("base64url")].map((cursor) => ({ cursor })),
    ];
    const forge = (place: unknown) =>
      Buffer.from(JSON.stringify([["wallet", appid, "p", null, null], place])).toString("base64url");
    for (const place of ["1", 1.5, null, [1], 2 ** 60]) faults.push({ cursor: forge(place) });
    for (const fault of faults)
      expect(await wallet(fault), JSON.stringify(fault)).toMatchObject({
        status: 400,
        problem: "invalid_field",
        errors: [{ field: "cursor" }],
      });
    for (const place of [-1, 0, -(2 ** 52)])
      expect(await wallet({ cursor: forge(place) })).toEqual({ entries: [], next: null });
    expect(ids(await wallet({ cursor: forge(2 ** 52), limit: 1 }))).toEqual(["u6"]);
  });

  it.each([
    ["status", { status: "eaten" }],
    ["limit", { limit: 0 }],
    ["limit", { limit: "501" }],
    ["limit", { limit: "1e2" }],
    ["out_coupon_id", { out_coupon_id: "" }],
    ["out_coupon_id", { out_coupon_id: "x".repeat(129) }],
    ["openid", { openid: "a b" }],
    ["colour", { colour: "red" }],
  ])("refuses %s where it is %j", async (field, query) => {
    expect(await wallet(query)).toMatchObject({ status: 400, errors: [{ field }] });
  });

  it("is looked through a slice at a time: a page without an entry has a next", async () => {
    const given = Array.from({ length: WALLET_SLICE }, (_, n) => ({ outCouponId: "b", outUserCouponId: `more${n}` }));
    const restocked = { do: "restock", appid, outCouponId: "b", remaining: WALLET_SLICE, claimed: 0 } as const;
    await server.ledger.submit(restocked, "command_line");
    await record(app, "s", "a", "old");
    await app.must("update_usercoupon_status", {
      openid: "s",
      out_coupon_id: "a",
      out_user_coupon_id: "old",
      status: 103,
    });
    const recording = { do: "recordUserCoupon", appid, openid: "s", status: "effective", receivedAt: 1 } as const;
    await Promise.all(given.map((one) => server.ledger.submit({ ...recording, ...one }, "app")));
    const first = (await wallet({ openid: "s", status: "given_up" })) as Page;
    expect(first).toEqual({ entries: [], next: expect.any(String) });
    const second = await wallet({ openid: "s", status: "given_up", cursor: first.next });
    expect(second).toMatchObject({ entries: [{ out_user_coupon_id: "old" }], next: null });
  });
});
