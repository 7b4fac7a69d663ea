import { expect, it, onTestFinished } from "vitest";
import { assemble } from "../../src/assemble.ts";
import { makeCall } from "../../src/http/admin/call.ts";
import { type Given, placed } from "../../src/http/admin/input.ts";
import { commandLine } from "../../src/http/admin/who.ts";
import { operate, operated } from "../../testing/admin.ts";
import { startTestServer } from "../../testing/server.ts";

async function start() {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  await server.createApp("wx_a");
  await server.createApp("wx_b");
  return server;
}

it("a body cannot name another app than the path does", async () => {
  const { admin, apps } = await start();
  const given: Given = { path: { appid: "wx_a" }, query: {}, body: { appid: "wx_b", auto_expire: false } };
  expect(await makeCall(admin, commandLine, "setApp", given)).toMatchObject({
    status: 400,
    errors: [{ field: "appid", detail: "stands in the path" }],
  });
  for (const appid of ["wx_a", "wx_b"]) expect((await apps.find(appid))?.settings.autoExpire).toBe(true);
});

it("what a body with any members is given in one object goes into the body", () => {
  const given = placed("setApp", { appid: "wx_a", claim_mode: "direct", nonsense: 1 });
  expect(given).toEqual({ path: { appid: "wx_a" }, query: {}, body: { claim_mode: "direct", nonsense: 1 } });
});

it.each<[body: unknown, field: string, detail: string]>([
  [[], "body", "must be an object"],
  ["{}", "body", "must be an object"],
  [{}, "remaining", "is required"],
  [{ remaining: -1 }, "remaining", "must be a whole number from 0 to 2147483647"],
  [{ remaining: 1, claimed: 1 }, "claimed", "is no parameter of this call"],
])("of the body %o of restockCoupon it is told that %s %s", async (body, field, detail) => {
  const { admin } = await start();
  const given: Given = { path: { appid: "wx_a", out_coupon_id: "c" }, query: {}, body };
  const answer = await makeCall(admin, commandLine, "restockCoupon", given);
  expect(answer).toMatchObject({ status: 400, errors: [{ field, detail }] });
});

it("an app that is withheld is not there", async () => {
  const server = await start();
  const { store, log, clock } = server.admin;
  const nobody = () => Promise.reject(new Error("nobody is asked"));
  const merchants = { ask: nobody, verifyUrl: nobody, close: async () => {} };
  const withheld = assemble({ store, log, clock, merchants, withholds: ({ appid }) => appid === "wx_a" });
  expect((await operated(withheld, "listApps")).entries.map(({ appid }) => appid)).toEqual(["wx_b"]);
  for (const call of ["showApp", "listCoupons", "rotateSecret"] as const)
    expect(await operate(withheld, call, { appid: "wx_a" })).toMatchObject({ status: 404, problem: "unknown_app" });
  expect(await operate(withheld, "createApp", { appid: "wx_a" })).toMatchObject({ status: 409 });
});
