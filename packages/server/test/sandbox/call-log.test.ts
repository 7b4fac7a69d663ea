import { callPath } from "@quanku/protocol/calls";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { refusals } from "../../src/domain/outcome.ts";
import { CallLog } from "../../src/service/call-log.ts";
import type { Store } from "../../src/store/store.ts";
import { rulesOf } from "../../src/wire/call-checks.ts";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { aCall } from "../../testing/records.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore, type TestStore } from "../../testing/stores.ts";
import { startMerchantsShop } from "../callback/shop.ts";
import { callNames, goodBodies } from "../wire/support/shop.ts";

const APPID = "wx_sandbox";
const claim = (openid: string, request_id: string) => ({ openid, out_coupon_id: "tea", request_id });

describe.each(adapters)("the log of a sandbox app's calls on %s", (adapter) => {
  let kept: TestStore;
  let server: TestServer;
  let app: TestApp;
  beforeEach(async () => {
    kept = await openTestStore(adapter);
    server = await startTestServer({ store: kept.store });
    app = await server.createApp(APPID, undefined, { sandbox: true });
    await addActive(app, coupon("tea", { total_num: 1 }));
  });
  afterEach(async () => {
    await server.close();
    await kept.discard();
  });

  const list = async (given: object = {}) => {
    await server.callLog.written();
    return operated(server, "listCalls", { appid: APPID, ...given });
  };
  const ridOf = ({ errmsg }: { errmsg?: unknown }) => /rid: (\S+)$/.exec(String(errmsg))?.[1] as string;

  it("says what was checked, which rule spoke with its facts, and what changed", async () => {
    await app.must("claim", claim("o1", "r1"));
    const rid = ridOf(await app.call("claim", claim("o2", "r2")));
    const [soldOut, granted] = (await list({ call: "claim" })).entries;
    expect(granted).toMatchObject({ errcode: 0, errmsg: null, openid: "o1", out_coupon_id: "tea", request_id: "r1" });
    expect(granted?.checks.map(({ check, result }) => `${check} ${result}`)).toEqual([
      ...["route passed", "method passed", "token passed", "callback skipped", "room passed"],
      ...["body passed", "json passed", "fields passed", "rules passed"],
    ]);
    expect(granted?.checks[2]?.en).toMatch(/\(regular\) is good for 7200 s more$/);
    expect(soldOut).toMatchObject({ rid, errcode: 1090029, ended: "rules", refused: "sold_out" });
    const last = soldOut?.checks.at(-1);
    expect(last).toMatchObject({ check: "rules", result: "failed", code: "sold_out" });
    expect(last?.en).toContain("no_longer_claimable.");
    expect(last?.en).not.toContain("person_limit");
    expect(last?.zh).toContain("该券已无剩余库存");

    const shown = await operated(server, "showCall", { appid: APPID, rid: granted?.rid });
    expect(shown.changed).toMatchObject([{ command: "claimCoupon", by: `call ${granted?.rid}` }]);
    expect(shown.changed[0]?.steps.map(({ record }) => record)).toContain("userCoupon");
    expect((await operated(server, "showCall", { appid: APPID, rid })).changed).toEqual([]);
    expect(await operate(server, "showCall", { appid: APPID, rid: "none" })).toMatchObject({ problem: "unknown_call" });
  });

  it("tells where a call ended that came to no rule, also one that nobody knew whose it was", async () => {
    await server.callLog.written();
    const token = app.accessToken;
    const path = callPath("get");
    const post = (to: string, body: string) => server.fetch(to, { method: "POST", body });
    await post(`/shop/coupon/got?access_token=${token}`, "{}");
    await server.fetch(`${path}?access_token=${token}`);
    await post(path, JSON.stringify({ access_token: token }));
    await post(`${path}?access_token=${token}x`, "{}");
    await post(`${path}?access_token=${token}`, "");
    await post(`${path}?access_token=${token}`, "{");
    await post(`${path}?access_token=${token}`, "{}");
    await post(`${path}?access_token=${token}`, JSON.stringify({ out_coupon_id: "none" }));
    await server.fetch(`/cgi-bin/token?grant_type=client&appid=${APPID}&secret=${app.secret}`);
    await server.fetch(`/cgi-bin/token?grant_type=client_credential&appid=${APPID}&secret=wrong`);
    server.clock.now += 7200;
    await post(`${path}?access_token=${token}`, "{}");
    const entries = (await list({ limit: 10 })).entries.toReversed();
    expect(entries.map(({ call, errcode, ended }) => `${call} ${errcode} ${ended}`)).toEqual([
      ...["unknown 40066 route", "get 43002 method", "get 40001 token", "get 44002 body", "get 47001 json"],
      ...["get 990007 fields", "get 1090057 rules", "token 40002 grant", "token 40125 secret", "get 42001 token"],
    ]);
    for (const { checks } of entries)
      expect(checks.map(({ result }) => result).lastIndexOf("failed")).toBe(checks.length - 1);
  });

  it("is found by what calls were and named, page by page", async () => {
    for (const openid of ["o1", "o2", "o3"]) await app.call("claim", claim(openid, openid));
    const found = async (filter: object) => (await list(filter)).entries.map(({ openid }) => openid);
    expect(await found({ call: "claim" })).toEqual(["o3", "o2", "o1"]);
    expect(await found({ call: "claim", errcode: 0 })).toEqual(["o1"]);
    expect(await found({ openid: "o2", out_coupon_id: "tea" })).toEqual(["o2"]);
    const first = await list({ call: "claim", limit: 2 });
    const rest = await list({ call: "claim", limit: 2, cursor: first.next });
    expect([first.entries.length, rest.entries.map(({ openid }) => openid), rest.next]).toEqual([2, ["o1"], null]);
    expect(await operate(server, "listCalls", { appid: APPID, cursor: first.next })).toMatchObject({ status: 400 });
  });

  it("is another process's within a moment, in a stream beside what changed", async () => {
    await server.callLog.written();
    const other = await startTestServer({ store: kept.store, limits: { following: { pollMs: 5 } } });
    const follower = await other.admin.following.follow(APPID, undefined);
    await app.must("claim", claim("o1", "r1"));
    const events: string[] = [];
    for (let times = 0; times < 100 && events.length < 2; times++) {
      const told = await follower?.next(1000);
      if (told && "happened" in told) events.push(...told.happened.map(({ event }) => event));
    }
    expect(events.toSorted()).toEqual(["call", "journal"]);
    follower?.close();
    await other.close();
  });

  it("is none of a production app, whose replies have no header of ours", async () => {
    const shop = await server.createApp("wx_shop");
    await addActive(shop, coupon("tea", { total_num: 100 }));
    for (const call of callNames)
      for (const [body, method] of [
        [JSON.stringify(goodBodies[call]), "POST"],
        ["{", "POST"],
        [undefined, "GET"],
      ] as const) {
        const sent = { method, ...(body && { body }) };
        const to = (of: TestApp) => server.fetch(`${callPath(call)}?access_token=${of.accessToken}`, sent);
        const [{ headers }, reply] = [await to(shop), await to(app)];
        expect(
          [...headers.keys()].filter((name) => name.startsWith("quanku")),
          call,
        ).toEqual([]);
        const { errcode } = (await reply.json()) as { errcode: number };
        const explained = errcode === 0 ? null : `http://quanku.test/docs/codes/${errcode}`;
        expect(reply.headers.get("quanku-explain"), call).toBe(explained);
        expect(reply.headers.get("quanku-rid"), call).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
      }
    await server.callLog.written();
    expect(await server.store.listCalls("wx_shop", {}, null, 9)).toEqual([]);
    expect(await operate(server, "listCalls", { appid: "wx_shop" })).toMatchObject({
      status: 409,
      problem: "not_sandbox",
      detail: expect.stringContaining("is no sandbox"),
    });
    expect(await server.store.listCalls(APPID, {}, null, 1)).toHaveLength(1);
  });
});

it("of a claim that the merchant decides tells how the merchant was asked", async () => {
  const shop = await startMerchantsShop();
  onTestFinished(() => shop.close());
  const { server } = shop;
  const app = await server.createApp("wx_tried", undefined, { sandbox: true });
  const { settings } = (await server.apps.find(shop.app.appid)) ?? {};
  const { callbackUrl, callbackToken, encodingAesKey } = settings ?? {};
  await server.apps.configure(
    app.appid,
    {
      callbackUrl: callbackUrl ?? null,
      callbackToken: callbackToken ?? null,
      encodingAesKey: encodingAesKey ?? null,
      claimMode: "callback",
    },
    "command_line",
  );
  await addActive(app, coupon("tea", { total_num: 100 }));
  await app.call("claim", claim("o1", "r1"));
  await Promise.all([server.callLog.written(), server.callbacks.written()]);
  const [{ rid } = { rid: "" }] = await server.store.listCalls(app.appid, { call: "claim" }, null, 1);
  const { callbacks, changed } = await operated(server, "showCall", { appid: app.appid, rid });
  expect(callbacks).toMatchObject([{ request_id: "r1", openid: "o1" }]);
  expect(changed.map(({ command }) => command)).toContain("holdCoupon");
});

it("tells refusals in the order in which rules speak", () => {
  const order = Object.keys(refusals);
  for (const [call, rules] of Object.entries(rulesOf))
    expect(
      rules.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
      call,
    ).toEqual(rules);
});

it("drops what a slow store cannot take, and says how much", async () => {
  const { promise: slow, resolve } = Promise.withResolvers<void>();
  const batches: number[] = [];
  const dropped: [number, unknown][] = [];
  let fails = false;
  const keepCalls: Store["keepCalls"] = async (calls) => {
    batches.push(calls.length);
    await slow;
    if (fails) throw new Error("away");
  };
  const log = new CallLog({ store: { keepCalls }, onDropped: (calls, error) => dropped.push([calls, error]) });
  const add = (times: number) => {
    for (let i = 0; i < times; i++) log.add({ size: 1, tell: () => aCall("a") });
  };
  add(1);
  const first = log.written();
  await Promise.resolve();
  add(5003);
  const rest = log.written();
  log.add({ size: 2 ** 24 + 1, tell: () => aCall("a") });
  expect(batches).toEqual([1]);
  resolve();
  await Promise.all([first, rest]);
  expect([batches, dropped]).toEqual([[1, 5000], [[4, undefined]]]);
  fails = true;
  add(2);
  await log.written();
  expect(dropped.at(-1)).toEqual([2, expect.objectContaining({ message: "away" })]);
});
