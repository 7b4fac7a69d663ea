import { type CallbackMemory, type CallbackOptions, createCallbackHandler } from "@quanku/sdk/callback";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type MerchantsShop, startMerchantsShop } from "../../../server/test/callback/shop.ts";
import type { Answer } from "../../../server/testing/fake-merchant.ts";
import { LocalMemory } from "../../src/callback/memory.ts";
import { options } from "./merchant.ts";
import { nowInSeconds, push } from "./pushes.ts";

const about = (request_id: string, event: object = {}) => push({ event: { request_id, ...event } });
const plain = (changed: Parameters<typeof options>[0]) =>
  createCallbackHandler(options({ encodingAesKey: undefined, onProblem: () => {}, ...changed }));
const answerOf = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>;

describe("a claim that is asked about again", () => {
  let granted = 0;
  const onClaim = vi.fn(() => ({ granted: `uc-${++granted}` }));
  beforeEach(() => {
    granted = 0;
    onClaim.mockClear();
  });

  it("is answered the same, and onClaim is asked once", async () => {
    const handler = plain({ onClaim });
    const first = await answerOf(handler(about("r")));
    expect(first).toMatchObject({ ret_code: 0, out_user_coupon_id: "uc-1" });
    expect(await answerOf(handler(about("r")))).toEqual(first);
    expect(onClaim).toHaveBeenCalledTimes(1);
  });

  it("shares the decision that is under way", async () => {
    const decided = Promise.withResolvers<{ granted: string }>();
    const slow = vi.fn(() => decided.promise);
    const handler = plain({ onClaim: slow });
    const answers = [1, 2, 3].map(() => answerOf(handler(about("r"))));
    await vi.waitFor(() => expect(slow).toHaveBeenCalled());
    decided.resolve({ granted: "uc" });
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ out_user_coupon_id: "uc" });
    expect(slow).toHaveBeenCalledTimes(1);
  });

  it("is decided anew where it was declined or failed", async () => {
    const onClaim = vi
      .fn<CallbackOptions["onClaim"]>()
      .mockReturnValueOnce({ declined: "sold_out" })
      .mockRejectedValueOnce(new Error("database away"))
      .mockReturnValue({ granted: "uc" });
    const handler = plain({ onClaim });
    const codes = [];
    for (let nth = 0; nth < 3; nth++) codes.push((await answerOf(handler(about("r")))).ret_code);
    expect(codes).toEqual([1090029, 1090032, 0]);
  });

  it("is another claim where person or coupon are others", async () => {
    const handler = plain({ onClaim });
    await handler(about("r"));
    await handler(about("r", { FromUserName: "o-person_2" }));
    await handler(about("r", { out_coupon_id: "coupon-2" }));
    expect(onClaim).toHaveBeenCalledTimes(3);
  });

  it("is no test of confirm's with one of its two ids alone", async () => {
    const handler = plain({ onClaim });
    await handler(about("test_coupon_request_id"));
    await handler(about("r", { out_coupon_id: "test_coupon" }));
    expect(onClaim).toHaveBeenCalledTimes(2);
  });

  it("is answered the same by processes that share a memory, also where both decide at once", async () => {
    const kept = new Map<string, string>();
    const bothLooked = Promise.withResolvers<void>();
    let looks = 0;
    const memory: CallbackMemory = {
      add: async (key, value, seconds) => seconds >= 1 && !kept.has(key) && kept.set(key, value).has(key),
      get: async (key) => {
        const found = kept.get(key) ?? null;
        if (++looks === 2) bothLooked.resolve();
        await bothLooked.promise;
        return found;
      },
    };
    const [one, other] = [plain({ onClaim, memory }), plain({ onClaim, memory })];
    const both = await Promise.all([answerOf(one(about("r"))), answerOf(other(about("r")))]);
    expect(onClaim).toHaveBeenCalledTimes(2);
    expect(both[0]).toEqual(both[1]);
    const request = about("s");
    expect((await one(request.clone())).status).toBe(200);
    expect((await other(request)).status, "replayed to another process").toBe(403);
  });
});

describe("our server, which asks again with a new nonce", () => {
  let shop: MerchantsShop;
  beforeEach(async () => {
    shop = await startMerchantsShop();
  });
  afterEach(() => shop.close());

  it("is given the coupon whose answer was lost, once", async () => {
    const onClaim = vi.fn(() => ({ granted: `uc-${Math.random()}` }));
    const handler = createCallbackHandler(options({ encodingAesKey: undefined, onClaim }));
    const given: string[] = [];
    const handle: Answer = async ({ url, body }) => {
      const reply = await (await handler(new Request(url, { method: "POST", body }))).text();
      given.push(JSON.parse(reply).out_user_coupon_id);
      return reply;
    };
    const lost: Answer = async (asked, response) => {
      await handle(asked, response);
      response.destroy();
      return undefined;
    };
    shop.merchant.script("r", lost, lost, handle);
    expect(await shop.claim("r")).toMatchObject({ errcode: 0, user_coupon: { out_user_coupon_id: given[0] } });
    expect([given.length, new Set(given).size, onClaim.mock.calls.length]).toEqual([3, 1, 1]);
    expect(new Set(shop.merchant.asked.map(({ url }) => url.searchParams.get("nonce"))).size).toBe(3);
    expect(await shop.wallet()).toEqual([given[0]]);
  });
});

describe("the memory of one process", () => {
  it("keeps a value for its time", () => {
    let now = 1000;
    const memory = new LocalMemory(() => now);
    expect([memory.add("a", "1", 10), memory.add("a", "2", 10), memory.get("a")]).toEqual([true, false, "1"]);
    now += 10;
    expect([memory.get("a"), memory.add("a", "2", 10), memory.get("a")]).toEqual([undefined, true, "2"]);
  });

  it("has a bound, and takes for known what it would have forgotten", () => {
    let now = 1000;
    const memory = new LocalMemory(() => now, 3);
    for (const key of ["a", "b", "c"]) expect(memory.add(key, "", 10)).toBe(true);
    now += 1;
    expect(memory.add("d", "", 10)).toBe(true);
    expect(memory.get("a")).toBeUndefined();
    expect(memory.add("a", "", 9), "forgotten, and not let in again").toBe(false);
    expect(memory.add("x", "", 8)).toBe(false);
    expect(memory.add("e", "", 11)).toBe(true);
    now += 20;
    expect(memory.add("a", "", 10)).toBe(true);
  });

  it("lets no request be replayed by a crowd of others", async () => {
    const [seen, granted] = [new LocalMemory(nowInSeconds, 5), new LocalMemory(nowInSeconds)];
    const of = (key: string) => (key.startsWith("push:") ? seen : granted);
    const memory: CallbackMemory = { add: (key, ...rest) => of(key).add(key, ...rest), get: (key) => of(key).get(key) };
    const handler = plain({ memory });
    const [early, timestamp] = [nowInSeconds() - 100, nowInSeconds()];
    const first = push({ timestamp: early });
    expect((await handler(first.clone())).status).toBe(200);
    for (let nth = 0; nth < 20; nth++) expect((await handler(push({ timestamp: timestamp + nth }))).status).toBe(200);
    expect((await handler(first)).status).toBe(403);
  });
});
