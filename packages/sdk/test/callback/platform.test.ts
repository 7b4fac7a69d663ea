import { testClaim as documentedTest } from "@quanku/protocol/callback";
import { codes } from "@quanku/protocol/codes";
import { type Claim, type DeclineReason, declineCodes, testClaim } from "@quanku/sdk/callback";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MerchantCallbacks } from "../../../server/src/outbound/merchant-callbacks.ts";
import { claimOf, merchantsApp } from "../../../server/test/callback/asking.ts";
import { shared } from "../../../server/testing/fake-merchant.ts";
import { UNHURRIED } from "../../../server/testing/server.ts";
import { startMerchant } from "./merchant.ts";
import { nowInSeconds } from "./pushes.ts";

const onClaim = vi.fn();
const onVerify = vi.fn();
const onProblem = vi.fn();
const callbacks = new MerchantCallbacks({ clock: nowInSeconds, allowPrivate: true, timeLimit: UNHURRIED });
const merchants: Awaited<ReturnType<typeof startMerchant>>[] = [];
let requests = 0;
let requestId = "";

beforeAll(async () => {
  for (const encodingAesKey of [undefined, shared.encodingAesKey])
    merchants.push(await startMerchant({ encodingAesKey, onClaim, onVerify, onProblem }));
});
afterAll(async () => {
  await callbacks.close();
  await Promise.all(merchants.map((merchant) => merchant.close()));
});
beforeEach(() => {
  vi.resetAllMocks();
  requestId = `request-${++requests}`;
});

type Way = { messageMode: "plain" | "compatible" | "secure"; messageFormat: "json" | "xml"; key: boolean };
const ways = (
  [
    ["plain", false],
    ["compatible", false],
    ["compatible", true],
    ["secure", true],
  ] as const
).flatMap(([messageMode, key]) =>
  (["json", "xml"] as const).map((messageFormat) => ({ messageMode, messageFormat, key })),
);
const urlOf = ({ key }: { key: boolean }) => merchants[Number(key)]?.url as string;

/** Asks as our server does. */
const ask = ({ key, ...settings }: Way) =>
  callbacks.ask(merchantsApp(settings), urlOf({ key }), "claim", claimOf(requestId));

describe.each(ways)("our server in $messageMode $messageFormat, the handler with a key: $key", (way) => {
  it("has its confirm answered by the handler itself, which says so", async () => {
    const { key, ...settings } = way;
    const test = { ...claimOf(testClaim.request_id), outCouponId: testClaim.out_coupon_id };
    const { answer, attempt } = await callbacks.ask(merchantsApp(settings), urlOf(way), "confirm", test);
    expect(answer).toEqual({ answer: "granted", outUserCouponId: documentedTest.out_user_coupon_id });
    expect(attempt).toMatchObject({ status: 200, verdict: "proved" });
    expect([onVerify.mock.calls, onClaim.mock.calls, onProblem.mock.calls]).toEqual([[["confirm"]], [], []]);
  });

  it("is given what onClaim grants", async () => {
    onClaim.mockResolvedValue({ granted: `优惠券 ]]>&<${requestId}` });
    const { answer, attempt } = await ask(way);
    expect(answer).toEqual({ answer: "granted", outUserCouponId: `优惠券 ]]>&<${requestId}` });
    expect(attempt.reply?.includes(requestId), "in the clear").toBe(!way.key);
    const asked: Claim = onClaim.mock.calls[0]?.[0];
    expect(asked).toEqual({
      openid: "o-person_1",
      out_coupon_id: "coupon-1",
      request_id: requestId,
      create_time: expect.any(Number),
    });
    expect(Math.abs(asked.create_time - nowInSeconds())).toBeLessThan(300);
  });

  it.each(Object.keys(declineCodes) as DeclineReason[])("is told why it declines: %s", async (declined) => {
    onClaim.mockReturnValue({ declined, message: "今日已领完\u0007" });
    const message = `ret_code ${declineCodes[declined]}: "今日已领完 "`;
    expect((await ask(way)).answer).toEqual({ answer: "declined", because: declined, message });
    onClaim.mockReturnValue({ declined });
    expect((await ask(way)).answer).toMatchObject({ because: declined, message: expect.stringContaining(declined) });
  });

  it("is told that the system failed where onClaim throws, and not what", async () => {
    const error = new Error("password of the database");
    onClaim.mockRejectedValue(error);
    const { answer, attempt } = await ask(way);
    expect(answer).toEqual({ answer: "declined", because: "system", message: 'ret_code 1090032: "system error"' });
    expect(JSON.stringify(attempt)).not.toContain("password");
    expect(onProblem).toHaveBeenCalledWith({ problem: expect.stringContaining("onClaim failed"), error });
  });

  it("has its URL check answered by the handler itself, which says so", async () => {
    const attempt = await callbacks.verifyUrl(merchantsApp(), urlOf(way));
    expect(attempt).toMatchObject({ verdict: "proved", status: 200 });
    expect(onVerify.mock.calls).toEqual([["url"]]);
  });
});

describe("what onClaim answers that is no decision", () => {
  it.each([
    undefined,
    null,
    true,
    "uc-1",
    {},
    { granted: "" },
    { granted: 1 },
    { granted: "x".repeat(129) },
    { granted: "\0" },
    { granted: "\ud800" },
    { declined: "no such reason" },
    { declined: "constructor" },
    { declined: 1090029 },
    { granted: "uc", declined: "sold_out" },
  ])("declines as system and is told: %j", async (answer) => {
    onClaim.mockReturnValue(answer);
    const told = await ask({ messageMode: "plain", messageFormat: "json", key: false });
    expect(told.answer).toMatchObject({ answer: "declined", because: "system" });
    expect(onProblem.mock.calls[0]?.[0].error.message).toMatch(/^(granted must|onClaim must answer \{ granted)/);
  });

  it("declines as system where XML cannot carry it", async () => {
    onClaim.mockReturnValue({ granted: "bell\u0007" });
    const way = { messageMode: "secure", messageFormat: "xml", key: true } as const;
    expect((await ask(way)).answer).toMatchObject({ answer: "declined", because: "system" });
    expect(onProblem.mock.calls[0]?.[0].problem).toContain("cannot be written");
  });
});

describe("onVerify that fails", () => {
  it("is told, and what it was called for is answered", async () => {
    onVerify.mockRejectedValue(new Error("out of order"));
    expect(await callbacks.verifyUrl(merchantsApp(), urlOf({ key: true }))).toMatchObject({ verdict: "proved" });
    expect(onProblem.mock.calls[0]?.[0].problem).toContain("onVerify failed after the url check");
  });
});

it("the codes and the test claim are those of the protocol", () => {
  expect(testClaim).toEqual(documentedTest);
  for (const code of Object.values(declineCodes)) expect(codes).toHaveProperty(String(code));
});
