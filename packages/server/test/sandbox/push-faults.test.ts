import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallbackHandler } from "@quanku/sdk/callback";
import { toNodeListener } from "@quanku/sdk/node";
import { describe, expect, it, onTestFinished } from "vitest";
import type { App } from "../../src/domain/records.ts";
import { showCallback } from "../../src/http/admin/callbacks.ts";
import { shared } from "../../testing/fake-merchant.ts";
import type { TestApp } from "../../testing/server.ts";
import { type FaultyShop, type Seen, startFaultyShop } from "./faults-shop.ts";

/** The merchant of every app, on the SDK's handler: whom it was asked about, and what it gave by which request. */
async function startMerchant(clock: () => number, appid: string) {
  const asked: { request: string; at: number }[] = [];
  const given: Record<string, number> = {};
  const handler = createCallbackHandler({
    appid,
    token: shared.token,
    clock,
    onClaim({ request_id }) {
      given[request_id] = (given[request_id] ?? 0) + 1;
      return { granted: `uc-${request_id}` };
    },
  });
  const listener = toNodeListener(async (request) => {
    const at = performance.now();
    asked.push({ request: /"request_id":\s*"([^"]*)"/.exec(await request.clone().text())?.[1] ?? "", at });
    return handler(request);
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, given, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback` };
}

/** A shop whose claims merchants decide: of the sandbox app, and of the production app, which says it speaks plainly. */
async function startMerchantsShop() {
  const shop = await startFaultyShop();
  const merchantOf = async (app: TestApp) => {
    const merchant = await startMerchant(() => shop.server.clock.now, app.appid);
    const callback = { callbackUrl: merchant.url, callbackToken: shared.token, messageMode: "plain" } as const;
    await shop.server.apps.configure(app.appid, { ...callback, claimMode: "callback" }, "command_line");
    return merchant;
  };
  const attempts = async () => {
    await shop.server.callbacks.written();
    return (await shop.server.store.listCallbacks(shop.app.appid, {}, null, 100)).toReversed();
  };
  return { ...shop, merchant: await merchantOf(shop.app), production: await merchantOf(shop.shop), attempts };
}

const fine: Seen = { status: 200, errcode: 0 };

/** Every fault of a push that a claim meets alone: how often it is sent, and what the attempts come to. */
const kinds: [what: string, verdicts: string[]][] = [
  ["push=late:80", ["granted"]],
  ["push=twice", ["granted", "granted"]],
  ["push=lost", ["timed_out", "granted"]],
  ["push=late:40, push=lost", ["timed_out", "granted"]],
];

describe.each(["rule", "header"])("a push that meets a fault by %s", (way) => {
  it.each(kinds)("%s: the merchant gives once, and the person has one", async (what, verdicts) => {
    const shop = await startMerchantsShop();
    const { app, merchant, production } = shop;
    const header = way === "header" ? what : undefined;
    if (way === "rule") for (const one of what.split(", ")) await shop.order({ what: one, count: 1 });
    expect(await shop.claim(shop.shop, "r", header)).toEqual(fine);
    expect(production).toMatchObject({ asked: [{}], given: { r: 1 } });

    const begun = performance.now();
    expect(await shop.claim(app, "r", header)).toEqual({ ...fine, fault: what });
    if (what.includes("late:80")) expect((merchant.asked[0]?.at ?? 0) - begun).toBeGreaterThanOrEqual(79);
    expect(merchant.asked.map(({ request }) => request)).toEqual(verdicts.map(() => "r"));
    expect(merchant.given).toEqual({ r: 1 });
    expect(await shop.wallet(app, "r")).toEqual(["uc-r"]);

    const attempts = await shop.attempts();
    expect(attempts.map(({ verdict }) => verdict)).toEqual(verdicts);
    const marked = what === "push=twice" ? attempts : attempts.slice(0, 1);
    for (const { fault, reason } of marked)
      expect({ fault, reason }).toEqual({ fault: what, reason: expect.stringContaining(`${what} was ordered; `) });
    for (const one of attempts.slice(marked.length)) expect(one).not.toHaveProperty("fault");
    expect(attempts.map((one) => showCallback(one).fault)).toEqual(attempts.map((one) => one.fault ?? null));
    if (what.includes("lost"))
      expect(attempts[0]).toMatchObject({ status: 200, reply: expect.stringContaining("uc-r") });
    expect(await shop.listed(), "it ended by itself").toEqual([]);
    await shop.verified();
  });

  it("push=reordered: of two claims the later is asked first, and each is given one", async () => {
    const shop = await startMerchantsShop();
    const { app, merchant } = shop;
    if (way === "rule") await shop.order({ what: "push=reordered", count: 1 });
    const first = shop.claim(app, "first", way === "header" ? "push=reordered" : undefined);
    await untilHeld(shop, 1);
    if (way === "rule") await expect.poll(() => shop.listed()).toEqual([]);
    const second = await shop.claim(app, "second");
    expect([await first, second]).toEqual([{ ...fine, fault: "push=reordered" }, fine]);
    expect(merchant.asked.map(({ request }) => request)).toEqual(["second", "first"]);
    expect(merchant.given).toEqual({ first: 1, second: 1 });
    expect(await shop.attempts()).toMatchObject([
      { requestId: "second" },
      { requestId: "first", fault: "push=reordered" },
    ]);
    await shop.verified();
  });
});

it("where every reply is lost the claim is told so, and once they come the same request has what was given", async () => {
  const shop = await startMerchantsShop();
  await shop.order({ what: "push=lost" });
  expect(await shop.claim(shop.app, "r")).toEqual({
    status: 200,
    errcode: 1090060,
    fault: "push=lost, push=lost, push=lost",
  });
  expect(await shop.listed()).toMatchObject([{ seen: 3, hit: 3 }]);
  await shop.operate("endFaults", { appid: shop.app.appid });
  const { user_coupon } = await shop.sdk(shop.app).claim({ openid: "r", out_coupon_id: "c", request_id: "r" });
  expect(user_coupon.out_user_coupon_id).toBe("uc-r");
  expect(shop.merchant).toMatchObject({ given: { r: 1 }, asked: { length: 4 } });
  expect(await shop.wallet(shop.app, "r")).toEqual(["uc-r"]);
  await shop.verified();
});

it("a test that an operator sends meets what is ordered of claims, and a claim that is resent nothing", async () => {
  const shop = await startMerchantsShop();
  await shop.order({ what: "push=twice", calls: "claim" });
  const app = (await shop.server.apps.find(shop.app.appid)) as App;
  const claim = { openid: "o", outCouponId: "c", requestId: "r" };
  await shop.server.callbacks.askFor(app, "test", claim);
  await shop.server.callbacks.askFor(app, "resend", claim);
  const [first, second, resent, ...more] = await shop.attempts();
  expect([first, second]).toMatchObject(Array(2).fill({ purpose: "test", verdict: "granted", fault: "push=twice" }));
  expect(resent).not.toHaveProperty("fault");
  expect(more).toEqual([]);
});

it("a push meets no rule of calls, and a call none of pushes", async () => {
  const shop = await startMerchantsShop();
  await shop.order({ what: "errcode=-1", calls: "redeem" });
  await shop.order({ what: "push=lost", calls: "confirm" });
  expect(await shop.claim(shop.app, "r")).toEqual(fine);
  expect(await shop.listed()).toMatchObject([{ seen: 0 }, { seen: 0 }]);
});

/** Waits until so many claims of the sandbox app wait for the merchant. */
const untilHeld = ({ server, app }: FaultyShop, held: number) =>
  expect.poll(async () => (await server.store.listCoupons(app.appid, 0, 1)).entries[0]?.stock?.promised).toBe(held);
