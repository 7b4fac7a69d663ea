import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import type { Terms } from "../../src/domain/records.ts";
import { COUNT_MAX } from "../../src/domain/rule.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { aContent } from "../../testing/records.ts";

/** What a step of a case does, and what comes of it. */
type Row = [now: number, step: Step, outcome: string];
type Step =
  | { claim: string; by: string; as?: string; of?: string }
  | { set: "active" | "expired" | "void" }
  | { pause: boolean }
  | { stock: [remaining: number, claimed: number] };

/** Runs the rows of a case, one after another, on one coupon `c` of an app. */
async function walk(terms: Partial<Terms>, rows: Row[]): Promise<void> {
  const store = openMemoryStore();
  let now = 0;
  const ledger = new Ledger({ store, clock: () => now });
  await ledger.submit({ do: "addCoupon", content: aContent({ total: 10, ...terms }) }, "app");
  for (const [index, [at, step, expected]] of rows.entries()) {
    now = at;
    const answer = await ledger.submit(commandOf(step, `id-${index}`), "app");
    const told =
      "refused" in answer
        ? [answer.refused, ...Object.values(answer.facts)].join(" ")
        : answer.result && typeof answer.result === "object" && "claimedAt" in answer.result
          ? `${answer.result.outUserCouponId} ${answer.result.validity.start}-${answer.result.validity.end}`
          : "done";
    expect(told, `row ${index}: ${JSON.stringify(step)} at ${at}`).toBe(expected);
  }
}

function commandOf(step: Step, outUserCouponId: string): Command {
  const coupon = { appid: "a", outCouponId: "c" };
  if ("set" in step) return { do: "changeCouponStatus", ...coupon, to: step.set };
  if ("pause" in step) return { do: step.pause ? "pauseCoupon" : "resumeCoupon", ...coupon };
  if ("stock" in step) return { do: "restock", ...coupon, remaining: step.stock[0], claimed: step.stock[1] };
  const requestId = step.as ?? `request-${outUserCouponId}`;
  return { do: "claimCoupon", ...coupon, outCouponId: step.of ?? "c", openid: step.by, requestId, outUserCouponId };
}

describe("a claim", () => {
  it("is refused while the coupon is not active", () =>
    walk({}, [
      [1, { claim: "c", by: "p" }, "not_active draft"],
      [1, { claim: "c", by: "p", of: "nothing" }, "unknown_coupon nothing"],
      [2, { set: "active" }, "done"],
      [3, { claim: "c", by: "p" }, "id-3 0-0"],
      [4, { set: "void" }, "done"],
      [5, { claim: "c", by: "p" }, "not_active void"],
    ]));

  it("is refused while claims are paused, before all that time and stock say, and repeats its answer all the same", () =>
    walk({ total: 1, claimWindow: { start: 100, end: 200 } }, [
      [1, { set: "active" }, "done"],
      [100, { claim: "c", by: "p", as: "before" }, "id-1 0-0"],
      [101, { pause: true }, "done"],
      [101, { pause: true }, "done"],
      [102, { claim: "c", by: "q" }, "paused c"],
      [102, { claim: "c", by: "p", as: "before" }, "id-1 0-0"],
      [102, { claim: "c", by: "q", as: "before" }, "request_exists before"],
      [201, { claim: "c", by: "q" }, "paused c"],
      [201, { pause: false }, "done"],
      [201, { pause: false }, "done"],
      [201, { claim: "c", by: "q" }, "no_longer_claimable 200"],
      [202, { pause: true }, "done"],
      [203, { set: "void" }, "done"],
      [204, { claim: "c", by: "q" }, "not_active void"],
      [204, { pause: false }, "not_active void resumed"],
    ]));

  it("can be paused of an active coupon only", () =>
    walk({}, [
      [1, { pause: true }, "not_active draft paused"],
      [1, { pause: false }, "not_active draft resumed"],
    ]));

  it("is granted within the claim window, its ends included", () =>
    walk({ claimWindow: { start: 100, end: 200 } }, [
      [1, { set: "active" }, "done"],
      [99, { claim: "c", by: "p" }, "not_claimable_yet 100"],
      [100, { claim: "c", by: "p" }, "id-2 0-0"],
      [200, { claim: "c", by: "p" }, "id-3 0-0"],
      [201, { claim: "c", by: "p" }, "no_longer_claimable 200"],
    ]));

  it("is refused once a fixed validity is over, whatever the status still says", () =>
    walk({ validity: { kind: "fixed", interval: { start: 50, end: 60 } } }, [
      [1, { set: "active" }, "done"],
      [2, { claim: "c", by: "p" }, "id-1 50-60"],
      [60, { claim: "c", by: "p" }, "id-2 50-60"],
      [61, { claim: "c", by: "p" }, "no_longer_claimable 60"],
    ]));

  it("counts validity from the moment it is granted", async () => {
    await walk({ validity: { kind: "days", days: 2 } }, [
      [1, { set: "active" }, "done"],
      [1000, { claim: "c", by: "p" }, `id-1 1000-${1000 + 2 * 86_400}`],
      [COUNT_MAX, { claim: "c", by: "p" }, `id-2 ${COUNT_MAX}-${COUNT_MAX}`],
    ]);
    await walk({ validity: { kind: "seconds", seconds: 5 } }, [
      [1, { set: "active" }, "done"],
      [7, { claim: "c", by: "p" }, "id-1 7-12"],
    ]);
  });

  it("takes from the stock until nothing is left, and tells that before the limit", () =>
    walk({ total: 2, limitPerPerson: 1 }, [
      [1, { set: "active" }, "done"],
      [2, { claim: "c", by: "p" }, "id-1 0-0"],
      [2, { claim: "c", by: "p" }, "person_limit 1"],
      [2, { claim: "c", by: "q" }, "id-3 0-0"],
      [2, { claim: "c", by: "p" }, "sold_out c"],
      [2, { claim: "c", by: "r" }, "sold_out c"],
      [3, { stock: [1, COUNT_MAX] }, "done"],
      [4, { claim: "c", by: "r" }, `counter_full ${COUNT_MAX}`],
      [5, { stock: [1, 0] }, "done"],
      [6, { claim: "c", by: "r" }, "id-9 0-0"],
    ]));

  it("answers the same request the same, whatever became of the coupon", () =>
    walk({ total: 1, limitPerPerson: 1, validity: { kind: "seconds", seconds: 9 } }, [
      [1, { set: "active" }, "done"],
      [2, { claim: "c", by: "p", as: "once" }, "id-1 2-11"],
      [3, { claim: "c", by: "p", as: "once" }, "id-1 2-11"],
      [3, { claim: "c", by: "q", as: "once" }, "request_exists once"],
      [3, { claim: "c", by: "p", as: "once", of: "nothing" }, "request_exists once"],
      [4, { set: "void" }, "done"],
      [5, { claim: "c", by: "p", as: "once" }, "id-1 2-11"],
      [6, { claim: "c", by: "p", as: "again" }, "not_active void"],
    ]));

  it("that was refused is decided anew when it is repeated", () =>
    walk({ total: 0 }, [
      [1, { set: "active" }, "done"],
      [2, { claim: "c", by: "p", as: "once" }, "sold_out c"],
      [3, { stock: [1, 0] }, "done"],
      [4, { claim: "c", by: "p", as: "once" }, "id-3 0-0"],
    ]));
});
