import { expect, it } from "vitest";
import { CALLS_KEPT, type CallFilter } from "../../src/domain/sandbox/call-log.ts";
import type { Store } from "../../src/store/store.ts";
import { aCall, awkward } from "../../testing/records.ts";

/** What the port promises of the log of calls, asked of the store that a test is given. */
export function calls(store: () => Store): void {
  const nths = async (appid: string, filter: CallFilter = {}, before: number | null = null, limit = 9) =>
    (await store().listCalls(appid, filter, before, limit)).map(({ nth }) => nth);

  it("keeps calls as they were, newest first, and finds them by what they say", async () => {
    const kept = [
      aCall("a", { rid: "r1", call: "claim", code: 1090029, openid: "o", outCouponId: "c" }),
      aCall("a", { rid: "r2", call: "claim", code: 0, openid: awkward, outCouponId: "c", said: awkward }),
      aCall("a", { rid: "r3", call: "get_list", code: 0, openid: "", outCouponId: "" }),
      aCall("a", { rid: "r4", call: "claim", code: 0, openid: "o", outCouponId: awkward }),
    ];
    await store().keepCalls([aCall("b"), ...kept.slice(0, 3), aCall("nobody")]);
    await store().keepCalls(kept.slice(3));
    expect(await store().listCalls("a", {}, null, 9)).toEqual(
      kept.map((call, i) => ({ ...call, nth: i + 1 })).toReversed(),
    );
    expect([await nths("a", {}, 3), await nths("a", {}, 99, 1)]).toEqual([[2, 1], [4]]);
    expect(await nths("a", { call: "claim" })).toEqual([4, 2, 1]);
    expect(await nths("a", { call: "claim" }, 4, 1)).toEqual([2]);
    expect(await nths("a", { code: 1090029 })).toEqual([1]);
    expect(await nths("a", { code: 0, outCouponId: "c" })).toEqual([2]);
    expect(await nths("a", { openid: "o" })).toEqual([4, 1]);
    expect(await nths("a", { openid: awkward, outCouponId: awkward })).toEqual([]);
    expect(await nths("a", { rid: "r3" })).toEqual([3]);
    const after = async (nth: number, limit = 9) =>
      (await store().listCallsAfter("a", nth, limit)).map((call) => call.nth);
    expect([await after(0), await after(2, 1), await after(4)]).toEqual([[1, 2, 3, 4], [3], []]);
    expect([await nths("b"), await nths("nobody")]).toEqual([[1], []]);
  });

  it("keeps no more and no older calls than it says", async () => {
    const now = 1_000_000_000_000;
    const { count, milliseconds } = CALLS_KEPT;
    await store().keepCalls([aCall("a", { at: now - milliseconds }), aCall("a", { at: now - milliseconds + 1 })]);
    await store().keepCalls([aCall("a", { at: now }), aCall("b", { at: 1 })]);
    expect(await nths("a")).toEqual([3, 2, 1]);
    await store().keepCalls([aCall("a", { at: now + 1 })]);
    expect([await nths("a"), await nths("b")]).toEqual([[4, 3, 2], [1]]);
    await store().keepCalls(Array.from({ length: count - 1 }, () => aCall("a", { at: now + 1 })));
    const all = await nths("a", {}, null, 2 * count);
    expect([all.length, all[0], all.at(-1)]).toEqual([count, count + 3, 4]);
  });
}
