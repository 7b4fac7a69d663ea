import { afterEach, beforeEach, expect, it } from "vitest";
import type { App } from "../../src/domain/records.ts";
import { expireDue } from "../../src/service/expiry.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";

const OPENED_AT = 1_700_000_000;
const DAY = 86_400;

let server: TestServer;
let app: TestApp;
const run = () => expireDue({ ...server, clock: () => server.clock.now });

beforeEach(async () => {
  server = await startTestServer({ now: OPENED_AT });
  app = await server.createApp("wx_expiry");
});
afterEach(() => server.close());

/** Adds and activates a coupon with a validity. */
const activeCoupon = (id: string, valid_info: object) =>
  addActive(app, coupon(id, { total_num: 1000 }, { valid_info }));

async function claim(coupon: string, openid: string): Promise<void> {
  const reply = await app.call("claim", { openid, out_coupon_id: coupon, request_id: `${coupon}-${openid}` });
  expect(reply.errcode).toBe(0);
}

async function statusesOf(openid: string): Promise<Record<string, number>> {
  const { result_list } = await app.call("get_usercoupon_list", { openid, page_size: 200 });
  const held = result_list as { out_coupon_id: string; status: number }[];
  return Object.fromEntries(held.map(({ out_coupon_id, status }) => [out_coupon_id, status]));
}

const couponStatus = async (id: string) =>
  ((await app.call("get", { out_coupon_id: id })).result as { coupon: { status: number } }).coupon.status;

it("turns what is past its end to 101, and coupons whose fixed validity is over to 3, and nothing else", async () => {
  const end = OPENED_AT + DAY;
  await activeCoupon("fixed", { valid_type: 1, start_time: OPENED_AT, end_time: end });
  await activeCoupon("days", { valid_type: 2, valid_day_num: 1 });
  await activeCoupon("endless", { valid_type: 2, valid_day_num: 20_000 });
  for (const coupon of ["fixed", "days", "endless"]) await claim(coupon, "p");
  await claim("days", "q");
  const [used] = (await app.call("get_usercoupon_list", { openid: "q", page_size: 1 })).result_list as object[];
  expect(await app.call("update_usercoupon_status", { ...(used as object), openid: "q", status: 102 })).toEqual({
    errcode: 0,
  });

  server.clock.now = end;
  await app.renewToken();
  expect(await run()).toBe(0);
  expect(await statusesOf("p")).toEqual({ fixed: 100, days: 100, endless: 100 });
  server.clock.now = end + 1;
  expect(await run()).toBe(3);
  expect(await statusesOf("p")).toEqual({ fixed: 101, days: 101, endless: 100 });
  expect(await statusesOf("q")).toEqual({ days: 102 });
  expect([await couponStatus("fixed"), await couponStatus("days")]).toEqual([3, 2]);
  expect(await run()).toBe(0);

  const journal = (await server.store.readJournal(app.appid, 0, 1000)).filter(({ command }) =>
    command.startsWith("expire"),
  );
  expect(journal.map(({ command, at }) => [command, at])).toEqual([
    ["expireUserCoupon", end + 1],
    ["expireUserCoupon", end + 1],
    ["expireCoupon", end + 1],
  ]);
});

it("leaves an app alone that does not want it", async () => {
  await activeCoupon("days", { valid_type: 3, valid_second: 5 });
  await claim("days", "p");
  await server.apps.configure(app.appid, { autoExpire: false }, "command_line");
  server.clock.now += 10;
  expect(await run()).toBe(0);
  expect(await statusesOf("p")).toEqual({ days: 100 });
  await server.apps.configure(app.appid, { autoExpire: true }, "command_line");
  expect(await run()).toBe(1);
});

it("expires any number, while claims go on beside it", async () => {
  await activeCoupon("brief", { valid_type: 3, valid_second: 5 });
  await Promise.all(Array.from({ length: 450 }, (_, i) => claim("brief", `p${i}`)));
  server.clock.now += 10;
  const [expired] = await Promise.all([run(), ...Array.from({ length: 50 }, (_, i) => claim("brief", `late${i}`))]);
  expect(expired).toBe(450);
  for (const person of ["p0", "p449"]) expect(await statusesOf(person)).toEqual({ brief: 101 });
  expect(await statusesOf("late49")).toEqual({ brief: 100 });
});

it("expires an app's where another's cannot be, and tells of it after", async () => {
  const other = await server.createApp("wx_aside");
  await activeCoupon("brief", { valid_type: 3, valid_second: 5 });
  await claim("brief", "p");
  server.clock.now += 10;
  const list = async () => [await server.apps.find(other.appid), await server.apps.find(app.appid)] as App[];
  const store: Store = {
    ...server.store,
    listUserCouponsOver: async (appid, second, limit) => {
      if (appid === other.appid) throw new StoreBusyError("locked");
      return server.store.listUserCouponsOver(appid, second, limit);
    },
  };
  const apps = Object.assign(Object.create(server.apps), { list });
  await expect(expireDue({ ...server, store, apps, clock: () => server.clock.now })).rejects.toThrow(StoreBusyError);
  expect(await statusesOf("p")).toEqual({ brief: 101 });
});

it("is not what a claim relies on: a coupon that is over is refused before the job has run", async () => {
  await activeCoupon("fixed", { valid_type: 1, start_time: OPENED_AT, end_time: OPENED_AT + 5 });
  server.clock.now += 6;
  const reply = await app.call("claim", { openid: "p", out_coupon_id: "fixed", request_id: "r" });
  expect(reply.errcode).toBe(1090058);
});
