import { describe, expect, it } from "vitest";
import { HOLD_SECONDS } from "../../src/domain/claims/hold.ts";
import type { Command } from "../../src/domain/decide.ts";
import type { CouponStatus, Terms } from "../../src/domain/records.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { aContent } from "../../testing/records.ts";

/** What happens: a request is held, granted a user coupon, released; or the merchant records one unasked. */
type Step =
  | { hold: string; by: string }
  | { grant: string; by: string; id: string; because?: "recorded" }
  | { release: string; by: string; because: "declined" | "silent" | "over" }
  | { add: string; by: string }
  | { claim: string; by: string }
  | { set: CouponStatus }
  | { pause: boolean }
  | { stock: [remaining: number, claimed: number] };
/** When (seconds), what, what it comes to, and then `remaining/claimed/promised`. */
type Row = [at: number, step: Step, expected: string, stock: string];

const coupon = { appid: "a", outCouponId: "c" };

function commandOf(step: Step): Command {
  if ("hold" in step) return { do: "holdCoupon", ...coupon, requestId: step.hold, openid: step.by };
  if ("grant" in step)
    return {
      do: "grantClaim",
      ...coupon,
      requestId: step.grant,
      openid: step.by,
      outUserCouponId: step.id,
      because: step.because ?? "said",
    };
  if ("release" in step)
    return { do: "releaseHold", ...coupon, requestId: step.release, openid: step.by, because: step.because };
  if ("add" in step)
    return {
      do: "recordUserCoupon",
      ...coupon,
      openid: step.by,
      outUserCouponId: step.add,
      status: "effective",
      receivedAt: undefined,
    };
  if ("claim" in step)
    return {
      do: "claimCoupon",
      ...coupon,
      requestId: step.claim,
      openid: step.by,
      outUserCouponId: `of-${step.claim}`,
    };
  if ("pause" in step) return { do: step.pause ? "pauseCoupon" : "resumeCoupon", ...coupon };
  if ("set" in step) return { do: "changeCouponStatus", ...coupon, to: step.set };
  return { do: "restock", ...coupon, remaining: step.stock[0], claimed: step.stock[1] };
}

async function walk(terms: Partial<Terms>, rows: Row[]): Promise<void> {
  const store = openMemoryStore();
  let now = 0;
  const ledger = new Ledger({ store, clock: () => now });
  await ledger.submit({ do: "addCoupon", content: aContent(terms) }, "app");
  await ledger.submit({ do: "changeCouponStatus", ...coupon, to: "active" }, "app");
  for (const [index, [at, step, expected, numbers]] of rows.entries()) {
    now = at;
    const answer = await ledger.submit(commandOf(step), "app");
    const { stock } = (await store.listCoupons("a", 0, 1)).entries[0] ?? {};
    const told =
      "refused" in answer
        ? [answer.refused, ...Object.values(answer.facts)].join(" ")
        : answer.result && typeof answer.result === "object" && "outUserCouponId" in answer.result
          ? answer.result.outUserCouponId
          : (answer.result ?? "done");
    expect(
      [told, `${stock?.remaining}/${stock?.claimed}/${stock?.promised}`],
      `row ${index}: ${JSON.stringify(step)} at ${at}`,
    ).toEqual([expected, numbers]);
  }
}

describe("a claim that the merchant decides", () => {
  it("is held, and then granted: the stock moves once", () =>
    walk({}, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { grant: "r", by: "p", id: "u" }, "u", "1/1/0"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "1/1/0"],
      [3, { grant: "r", by: "p", id: "other" }, "u", "1/1/0"],
      [4, { hold: "r", by: "p" }, "u", "1/1/0"],
      [4, { hold: "r", by: "q" }, "request_exists r", "1/1/0"],
      [5, { claim: "r", by: "p" }, "u", "1/1/0"],
    ]));

  it("goes on when claims are paused after it was promised; what comes then is refused, unless the merchant records it", () =>
    walk({ total: 3 }, [
      [1, { hold: "r", by: "p" }, "done", "3/0/1"],
      [2, { pause: true }, "done", "3/0/1"],
      [3, { hold: "s", by: "q" }, "paused c", "3/0/1"],
      [3, { claim: "s", by: "q" }, "paused c", "3/0/1"],
      [3, { hold: "r", by: "p" }, "done", "3/0/1"],
      [4, { add: "x", by: "q" }, "done", "2/1/1"],
      [5, { grant: "r", by: "p", id: "u" }, "u", "1/2/0"],
      [6, { hold: "r", by: "p" }, "u", "1/2/0"],
      [7, { pause: false }, "done", "1/2/0"],
      [8, { hold: "t", by: "q" }, "done", "1/2/1"],
      [9, { pause: true }, "done", "1/2/1"],
      [10, { claim: "t", by: "q" }, "of-t", "0/3/0"],
    ]));

  it("is held, and given back when the merchant declines", () =>
    walk({}, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { release: "r", by: "p", because: "declined" }, "done", "2/0/0"],
      [2, { release: "r", by: "p", because: "declined" }, "done", "2/0/0"],
      [3, { hold: "r", by: "p" }, "done", "2/0/1"],
      [3, { hold: "r", by: "p" }, "done", "2/0/1"],
      [3, { hold: "r", by: "q" }, "request_exists r", "2/0/1"],
      [4, { grant: "r", by: "q", id: "u" }, "request_exists r", "2/0/1"],
      [4, { release: "r", by: "q", because: "declined" }, "done", "2/0/1"],
    ]));

  it("stays held while the merchant is silent, until its time is over", () =>
    walk({ total: 1 }, [
      [10, { hold: "r", by: "p" }, "done", "1/0/1"],
      [18, { release: "r", by: "p", because: "silent" }, "done", "1/0/1"],
      [18, { hold: "s", by: "q" }, "sold_out c", "1/0/1"],
      [18, { claim: "s", by: "q" }, "sold_out c", "1/0/1"],
      [18, { add: "x", by: "q" }, "sold_out c", "1/0/1"],
      [10 + HOLD_SECONDS, { release: "r", by: "p", because: "over" }, "done", "1/0/1"],
      [11 + HOLD_SECONDS, { release: "r", by: "p", because: "over" }, "done", "1/0/0"],
      [12 + HOLD_SECONDS, { hold: "s", by: "q" }, "done", "1/0/1"],
    ]));

  it("that is repeated while it is held, is held for as long again", () =>
    walk({}, [
      [10, { hold: "r", by: "p" }, "done", "2/0/1"],
      [20, { hold: "r", by: "p" }, "done", "2/0/1"],
      [11 + HOLD_SECONDS, { release: "r", by: "p", because: "over" }, "done", "2/0/1"],
      [21 + HOLD_SECONDS, { release: "r", by: "p", because: "over" }, "done", "2/0/0"],
    ]));

  it("counts towards the person's limit while it is held", () =>
    walk({ limitPerPerson: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [1, { hold: "s", by: "p" }, "person_limit 1 1", "2/0/1"],
      [2, { release: "r", by: "p", because: "declined" }, "done", "2/0/0"],
      [2, { hold: "s", by: "p" }, "done", "2/0/1"],
      [3, { grant: "s", by: "p", id: "u" }, "u", "1/1/0"],
      [4, { hold: "t", by: "p" }, "person_limit 1", "1/1/0"],
    ]));

  it("is granted what was promised, though the coupon was withdrawn or restocked to nothing meanwhile", async () => {
    await walk({}, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { set: "void" }, "done", "2/0/1"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "1/1/0"],
      [4, { hold: "s", by: "p" }, "not_active void", "1/1/0"],
    ]);
    await walk({}, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { stock: [0, 7] }, "done", "0/7/1"],
      [2, { hold: "s", by: "q" }, "sold_out c", "0/7/1"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "0/8/0"],
    ]);
  });

  it("that is granted when its hold is long over, is decided by what is left", () =>
    walk({ total: 1, limitPerPerson: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "1/0/1"],
      [99, { release: "r", by: "p", because: "over" }, "done", "1/0/0"],
      [99, { grant: "r", by: "p", id: "u" }, "u", "0/1/0"],
      [99, { grant: "s", by: "p", id: "v" }, "sold_out c", "0/1/0"],
      [99, { set: "expired" }, "done", "0/1/0"],
      [99, { grant: "s", by: "p", id: "v" }, "not_active expired", "0/1/0"],
    ]));

  it("that is granted when its hold is long over, leaves the person's other claims what is promised to them", () =>
    walk({ total: 2 }, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [99, { release: "r", by: "p", because: "over" }, "done", "2/0/0"],
      [99, { hold: "s", by: "p" }, "done", "2/0/1"],
      [99, { grant: "r", by: "p", id: "u" }, "u", "1/1/1"],
      [99, { release: "s", by: "p", because: "silent" }, "done", "1/1/1"],
      [99, { grant: "s", by: "p", id: "v" }, "v", "0/2/0"],
    ]));
});

describe("a claim that we decide, after the merchant was to decide claims", () => {
  const limits: Partial<Terms> = { total: 2, limitPerPerson: 2, claimWindow: { start: 0, end: 50 } };

  it("leaves alone what is promised to another request of the same person", () =>
    walk({ total: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "1/0/1"],
      [2, { claim: "s", by: "p" }, "sold_out c", "1/0/1"],
      [2, { stock: [2, 0] }, "done", "2/0/1"],
      [2, { claim: "s", by: "p" }, "of-s", "1/1/1"],
      [3, { release: "r", by: "p", because: "silent" }, "done", "1/1/1"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "0/2/0"],
    ]));

  it("takes what was promised to its own request, whatever became of the coupon, and ends the hold", async () => {
    await walk(limits, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { claim: "r", by: "q" }, "request_exists r", "2/0/1"],
      [2, { set: "void" }, "done", "2/0/1"],
      [60, { claim: "r", by: "p" }, "of-r", "1/1/0"],
      [60, { grant: "r", by: "p", id: "u" }, "of-r", "1/1/0"],
      [99, { release: "r", by: "p", because: "over" }, "done", "1/1/0"],
    ]);
  });

  it("is decided by what is left if the merchant recorded one on its hold, and ends the hold", () =>
    walk(limits, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { add: "u", by: "p" }, "done", "1/1/0"],
      [60, { claim: "r", by: "p" }, "no_longer_claimable 50", "1/1/0"],
      [40, { claim: "r", by: "p" }, "of-r", "0/2/0"],
      [99, { release: "r", by: "p", because: "over" }, "done", "0/2/0"],
    ]));
});

describe("a merchant who also records the user coupon", () => {
  it("before the question: the claim takes nothing more", () =>
    walk({}, [
      [1, { add: "u", by: "p" }, "done", "1/1/0"],
      [2, { hold: "r", by: "p" }, "done", "1/1/1"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "1/1/0"],
    ]));

  it("during the question: the one promised is the one recorded, though nothing else is left", () =>
    walk({ total: 1, limitPerPerson: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "1/0/1"],
      [2, { add: "u", by: "p" }, "done", "0/1/0"],
      [2, { add: "u", by: "p" }, "done", "0/1/0"],
      [2, { add: "v", by: "p" }, "sold_out c", "0/1/0"],
      [3, { grant: "r", by: "p", id: "u" }, "u", "0/1/0"],
    ]));

  it("after the answer: nothing changes", () =>
    walk({}, [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { grant: "r", by: "p", id: "u" }, "u", "1/1/0"],
      [3, { add: "u", by: "p" }, "done", "1/1/0"],
      [3, { add: "u", by: "q" }, "user_coupon_exists u", "1/1/0"],
    ]));

  it("and is silent then: what was recorded is the answer", () =>
    walk({ total: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "1/0/1"],
      [2, { add: "u", by: "p" }, "done", "0/1/0"],
      [3, { release: "r", by: "p", because: "silent" }, "u", "0/1/0"],
      [99, { release: "r", by: "p", because: "over" }, "u", "0/1/0"],
      [99, { grant: "r", by: "p", id: "u", because: "recorded" }, "u", "0/1/0"],
      [99, { release: "r", by: "p", because: "over" }, "done", "0/1/0"],
    ]));

  it("and declines then: what was recorded stays, and nothing is given back", () =>
    walk({ total: 1 }, [
      [1, { hold: "r", by: "p" }, "done", "1/0/1"],
      [2, { add: "u", by: "p" }, "done", "0/1/0"],
      [3, { release: "r", by: "p", because: "declined" }, "done", "0/1/0"],
    ]));

  it("and names one that another person holds: it is refused, and the hold stays to be given back", () =>
    walk({}, [
      [1, { add: "u", by: "q" }, "done", "1/1/0"],
      [2, { hold: "r", by: "p" }, "done", "1/1/1"],
      [3, { grant: "r", by: "p", id: "u" }, "user_coupon_exists u", "1/1/1"],
      [4, { release: "r", by: "p", because: "declined" }, "done", "1/1/0"],
    ]));

  it("for two claims of one person, in whatever order: each takes one", async () => {
    const begin: Row[] = [
      [1, { hold: "r", by: "p" }, "done", "2/0/1"],
      [2, { hold: "s", by: "p" }, "done", "2/0/2"],
    ];
    // The one recorded for the second claim takes the first one's promise.
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [4, { grant: "r", by: "p", id: "ur" }, "ur", "0/2/0"],
      [5, { grant: "s", by: "p", id: "us" }, "us", "0/2/0"],
    ]);
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [4, { grant: "s", by: "p", id: "us" }, "us", "1/1/1"],
      [5, { grant: "r", by: "p", id: "ur" }, "ur", "0/2/0"],
    ]);
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [4, { grant: "s", by: "p", id: "us" }, "us", "1/1/1"],
      [5, { release: "r", by: "p", because: "silent" }, "done", "1/1/1"],
      [6, { release: "r", by: "p", because: "declined" }, "done", "1/1/0"],
    ]);
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [3, { add: "ur", by: "p" }, "done", "0/2/0"],
      [4, { grant: "s", by: "p", id: "us" }, "us", "0/2/0"],
      [5, { release: "r", by: "p", because: "silent" }, "ur", "0/2/0"],
    ]);
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [4, { grant: "r", by: "p", id: "ur" }, "ur", "0/2/0"],
      [5, { release: "s", by: "p", because: "silent" }, "us", "0/2/0"],
    ]);
    // What was recorded is not the answer any more once it was named for the other.
    await walk({}, [
      ...begin,
      [3, { add: "us", by: "p" }, "done", "1/1/1"],
      [4, { release: "r", by: "p", because: "silent" }, "us", "1/1/1"],
      [4, { grant: "s", by: "p", id: "us" }, "us", "1/1/1"],
      [4, { grant: "r", by: "p", id: "us", because: "recorded" }, "user_coupon_exists us", "1/1/1"],
      [99, { release: "r", by: "p", because: "over" }, "done", "1/1/0"],
    ]);
  });
});
