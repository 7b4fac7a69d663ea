import { afterEach, beforeEach, expect, it } from "vitest";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { StoreBusyError } from "../../src/store/store.ts";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";

/** 2023-11-14T22:13:20Z. */
const NOW = 1_700_000_000;
const DAY = 86_400;
const ann = { actor: "operator ann", operator: "ann", role: "manager", apps: ["wx_sandbox", "wx_shop"] } as const;

let server: TestServer;
let app: TestApp;
/** How many transactions the store has time for. */
let hasTimeFor: number;
beforeEach(async () => {
  const store = openMemoryStore();
  const transact: typeof store.transact = async (keys, work) => {
    if (hasTimeFor === 0) throw new StoreBusyError("the database is locked");
    hasTimeFor--;
    return store.transact(keys, work);
  };
  hasTimeFor = Number.POSITIVE_INFINITY;
  server = await startTestServer({ now: NOW, store: { ...store, transact } });
  app = await server.createApp("wx_sandbox", undefined, { sandbox: true });
});
afterEach(() => server.close());

type ClockCall = "showClock" | "advanceClock" | "setClock" | "freezeClock" | "resumeClock";
const call = (name: ClockCall, given: object = {}) =>
  operate(server, name, { appid: app.appid, ...given }, { who: ann });
const clock = (now: number, real = NOW, frozen = false) => ({ now, real, ahead: now - real, frozen });
const passed = { user_coupons: 0, coupons: 0, holds: 0 };

it("operators see the clock, advance and set it, and let it stand and go on", async () => {
  expect(await call("showClock")).toEqual({ clock: clock(NOW) });
  let now = NOW;
  for (const [by, seconds] of [
    ["7d", 7 * DAY],
    ["90m", 5400],
    ["2w3d", 17 * DAY],
    ["1h30m5s", 5405],
    ["60", 60],
    [60, 60],
  ] as const) {
    now += seconds;
    expect(await call("advanceClock", { by }), String(by)).toEqual({ clock: clock(now), passed });
  }
  const noon = Date.parse("2023-12-24T04:00Z") / 1000;
  for (const [to, at] of [
    ["2023-12-24T12:00", noon],
    ["2023-12-24T04:00:30Z", noon + 30],
    ["2023-12-24T13:01:00+09:00", noon + 60],
    [noon + 90, noon + 90],
    ["2023-12-25", noon + DAY / 2],
  ] as const)
    expect(await call("setClock", { to }), String(to)).toEqual({ clock: clock(at), passed });
  now = noon + DAY / 2;
  expect(await call("freezeClock")).toEqual({ clock: clock(now, NOW, true) });
  server.clock.now += 100;
  expect(await call("showClock")).toEqual({ clock: clock(now, NOW + 100, true) });
  expect(await call("freezeClock")).toEqual({ clock: clock(now, NOW + 100, true) });
  expect(await call("advanceClock", { by: "1m" })).toMatchObject({ clock: clock(now + 60, NOW + 100, true) });
  expect(await call("resumeClock")).toEqual({ clock: clock(now + 60, NOW + 100) });
  const { seq } = await server.store.journalEnd(app.appid);
  server.clock.now += 5;
  expect(await call("resumeClock")).toEqual({ clock: clock(now + 65, NOW + 105) });
  expect((await server.store.listJournal(app.appid, null, 1))[0]).toMatchObject({ seq, by: "operator ann" });
});

it("what is no time or length is told by field with examples; what leads back, too far or to no sandbox is refused", async () => {
  const length = { status: 400, errors: [{ field: "by", detail: expect.stringContaining("such as 7d, 90m or 2w3d") }] };
  for (const by of ["", "7x", "d", "-1d", "1d2w", "0", 0, -5, 1.5, "99999d"])
    expect(await call("advanceClock", { by }), String(by)).toMatchObject(length);
  const time = { status: 400, errors: [{ field: "to", detail: expect.stringContaining("such as 2026-12-01T09:00") }] };
  for (const to of ["", "tomorrow", "2026-02-30T09:00", "2026-12-01T25:00", "09:00", "2039-01-01", 12])
    expect(await call("setClock", { to }), String(to)).toMatchObject(time);
  expect(await call("advanceClock")).toMatchObject({ status: 400, errors: [{ field: "by" }] });
  expect(await call("setClock", { to: NOW - 1 })).toMatchObject({ status: 409, problem: "clock_backwards" });
  expect(await call("advanceClock", { by: "20000d" })).toMatchObject({ status: 409, problem: "clock_too_far" });
  expect(await call("showClock")).toEqual({ clock: clock(NOW) });
  await server.createApp("wx_shop");
  const asked: [ClockCall, object?][] = [
    ["showClock"],
    ["advanceClock", { by: "1d" }],
    ["setClock", { to: "2030-01-01" }],
    ["freezeClock"],
    ["resumeClock"],
  ];
  for (const [name, given] of asked)
    expect(await call(name, { ...given, appid: "wx_shop" })).toMatchObject({ status: 409, problem: "not_sandbox" });
});

it("an advance that the store has no time for stays where it came to, tells that, and goes on when asked again", async () => {
  for (const days of [1, 2, 3]) {
    const valid = { valid_info: { valid_type: 2, valid_day_num: days } };
    await addActive(app, coupon(`c${days}`, { total_num: 9 }, valid));
    await app.must("claim", { openid: "p", out_coupon_id: `c${days}`, request_id: `r${days}` });
  }
  // To the first end, what is over there, to the second end, and no further.
  hasTimeFor = 3;
  expect(await call("advanceClock", { by: "7d" })).toMatchObject({
    status: 503,
    problem: "busy",
    retryAfter: 1,
    detail: `the clock came to ${NOW + 2 * DAY + 1} (2023-11-16T22:13:21.000Z), 1 user coupons and 0 coupons expired, 0 holds were given back; then the database is locked: set it forward again to go on`,
  });
  hasTimeFor = Number.POSITIVE_INFINITY;
  expect(await call("showClock")).toEqual({ clock: clock(NOW + 2 * DAY + 1) });
  expect(await call("advanceClock", { by: "5d" })).toMatchObject({ passed: { user_coupons: 2 } });
});

it("two that advance one clock at once both succeed, and it is at the later of both", async () => {
  await addActive(app, coupon("c", { total_num: 9 }, { valid_info: { valid_type: 2, valid_day_num: 1 } }));
  await app.must("claim", { openid: "p", out_coupon_id: "c", request_id: "r" });
  const advance = async (by: string) => (await operated(server, "advanceClock", { appid: app.appid, by })).passed;
  const both = await Promise.all([advance("7d"), advance("3d")]);
  expect(both.map((passed) => passed.user_coupons).toSorted()).toEqual([0, 1]);
  expect(await call("showClock")).toEqual({ clock: clock(NOW + 7 * DAY) });
});

it("a merchant is told the app's time, in a message that is signed at the real one, and signs its own so", async () => {
  const merchant = await FakeMerchant.start({ ...shared, appid: app.appid });
  merchant.clock = () => NOW;
  try {
    const { token, encodingAesKey } = shared;
    const callback = { callbackUrl: merchant.url, callbackToken: token, encodingAesKey } as const;
    await server.apps.configure(app.appid, callback, "command_line");
    await operated(server, "advanceClock", { appid: app.appid, by: "1d" });
    await operated(server, "confirmCallback", { appid: app.appid });
    const [asked] = merchant.asked;
    expect(merchant.faults).toEqual([]);
    expect([asked?.event.CreateTime, asked?.url.searchParams.get("timestamp")]).toEqual([`${NOW + DAY}`, `${NOW}`]);
  } finally {
    await merchant.close();
  }
});
