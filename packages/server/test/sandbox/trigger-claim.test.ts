import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operate, operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { decision, FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";

const { appid } = shared;
let server: TestServer;
let app: TestApp;
beforeEach(async () => {
  server = await startTestServer({ now: Math.floor(Date.now() / 1000) });
  app = await server.createApp(appid, undefined, { sandbox: true });
  await addActive(app, coupon("c", { total_num: 2, limit_num_one_person: 1 }));
});
afterEach(() => server.close());

const tap = (given: object) => operated(server, "triggerClaim", { appid, out_coupon_id: "c", ...given });
const lastBy = async () => {
  const { command, by } = (await server.store.readJournal(appid, 0, 99)).at(-1) ?? {};
  return `${by} ${command}`;
};

describe("a tap that our own rules decide", () => {
  it("gives the coupon, and the same one where it is repeated by its id", async () => {
    const first = await tap({ openid: "o1" });
    expect(first).toMatchObject({
      granted: true,
      errcode: 0,
      errmsg: null,
      openid: "o1",
      request_id: expect.stringMatching(/^tap-[\w-]{36}$/),
      attempts: 0,
      user_coupon: { out_coupon_id: "c", openid: "o1", status: "effective" },
      callback: null,
    });
    expect(await lastBy()).toBe("command_line claimCoupon");
    expect(await tap({ openid: "o1", request_id: first.request_id })).toEqual(first);
    const again = { openid: "o1", out_coupon_id: "c", request_id: first.request_id };
    expect((await app.must("claim", again)).user_coupon).toMatchObject({
      out_user_coupon_id: first.user_coupon?.out_user_coupon_id,
    });
  });

  it("tells why it was refused in the wire's words", async () => {
    await tap({ openid: "o1" });
    const refused = await tap({ openid: "o1", request_id: "r2" });
    const { errcode, errmsg } = await app.call("claim", { openid: "o1", out_coupon_id: "c", request_id: "r2" });
    expect(refused).toEqual({
      granted: false,
      errcode: 1090030,
      errmsg: "个人限领超限制: limit_num_one_person is 1",
      request_id: "r2",
      openid: "o1",
      attempts: 0,
      user_coupon: null,
      callback: null,
    });
    expect([errcode, String(errmsg).replace(/ rid: .*/, "")]).toEqual([refused.errcode, refused.errmsg]);
    expect(await tap({ openid: "o2", out_coupon_id: "none" })).toMatchObject({ errcode: 1090057, granted: false });
  });

  it("is a person's whose name or openid is given, one of the two", async () => {
    await operated(server, "makePerson", { appid, person: "小明", openid: "o-ming" });
    expect(await tap({ person: "小明" })).toMatchObject({ openid: "o-ming", granted: true });
    const asked = { appid, out_coupon_id: "c" };
    expect(await operate(server, "triggerClaim", { ...asked, person: "nobody" })).toMatchObject({
      status: 404,
      problem: "unknown_person",
    });
    for (const given of [{}, { openid: "o", person: "小明" }])
      expect(await operate(server, "triggerClaim", { ...asked, ...given })).toMatchObject({
        status: 400,
        errors: [{ field: "openid" }],
      });
  });
});

describe("a tap that the merchant decides", () => {
  let merchant: FakeMerchant;
  beforeEach(async () => {
    merchant = await FakeMerchant.start();
    merchant.clock = () => server.clock.now;
    const callback = { callbackUrl: merchant.url, callbackToken: shared.token, encodingAesKey: shared.encodingAesKey };
    await server.apps.configure(appid, { ...callback, claimMode: "callback", requireConfirm: true }, "command_line");
  });
  afterEach(() => merchant.close());

  it("is pushed, and shows what was sent and answered; before confirm it is refused as the wire refuses it", async () => {
    expect(await tap({ openid: "o1" })).toMatchObject({ granted: false, errcode: 48001, attempts: 0, callback: null });
    await app.must("confirm", {});
    const granted = await tap({ openid: "o1", request_id: "r1" });
    expect(granted).toMatchObject({
      granted: true,
      attempts: 1,
      user_coupon: { openid: "o1", out_coupon_id: "c" },
      callback: { purpose: "claim", request_id: "r1", openid: "o1", verdict: "granted", status: 200 },
    });
    expect(JSON.parse(granted.callback?.message ?? "")).toMatchObject({ FromUserName: "o1", request_id: "r1" });
    expect(await lastBy()).toBe("command_line grantClaim");

    merchant.script("r2", (asked) => merchant.reply(asked, decision(asked, { ret_code: 1090029, ret_msg: "gone" })));
    expect(await tap({ openid: "o2", request_id: "r2" })).toMatchObject({
      granted: false,
      errcode: 1090029,
      attempts: 1,
      user_coupon: null,
      callback: { request_id: "r2", verdict: "declined" },
    });
    merchant.script("r3", (_, response) => void response.destroy());
    expect(await tap({ openid: "o3", request_id: "r3" })).toMatchObject({
      errcode: 1090032,
      attempts: 3,
      callback: { request_id: "r3", verdict: "unreachable" },
    });
  });
});
