import type { OperatedCoupon, ReportLine } from "@quanku/sdk/admin";
import { describe, expect, it } from "vitest";
import { whyNot } from "../src/pages/coupons/possible.ts";
import { heldOf, totalsOf, usedNow } from "../src/pages/coupons/totals.ts";
import { needsOfCallback, needsOfHandOuts } from "../src/pages/overview/needs.ts";
import { endingSoon, runningOut, SOON } from "../src/pages/overview/soon.ts";
import { claimsAt, nextEnd } from "../src/parts/coupon-ends.ts";
import { daysUntil, onDays } from "../src/parts/days.ts";

const now = 1_800_000_000;
const DAY = 86_400;

type Given = Partial<Omit<OperatedCoupon, "coupon">> & {
  id?: string;
  claims?: { start_time?: number; end_time?: number };
  validity?: OperatedCoupon["coupon"]["coupon_info"]["valid_info"];
  activated?: number;
};

function coupon({
  id = "one",
  claims = {},
  validity,
  activated = now - 30 * DAY,
  ...given
}: Given = {}): OperatedCoupon {
  return {
    coupon: {
      out_coupon_id: id,
      type: 104,
      promote_type: 4,
      coupon_info: {
        name: id,
        promote_info: { promote_type: 4 },
        receive_info: { total_num: 100, ...claims },
        valid_info: validity,
        ext_info: { valid_time: activated },
      },
      status: 2,
      create_time: activated,
      update_time: activated,
      appid: "app",
    },
    status: "active",
    name: id,
    words: { zh: "", en: "" },
    paused: false,
    stock: { remaining: 100, claimed: 0, promised: 0 },
    ...given,
  };
}

const line = (day: string, given: Partial<ReportLine> = {}): ReportLine => ({
  day,
  out_coupon_id: "one",
  claimed: 0,
  redeemed: 0,
  returned: 0,
  expired: 0,
  given_up: 0,
  orders: 0,
  discount: 0,
  turnover: 0,
  refunded: 0,
  ...given,
});

describe("what runs out soon", () => {
  const from = now - 7 * DAY;
  const out = (given: Given, claimed: number) =>
    runningOut([coupon(given)], [line("2027-01-10", { claimed: claimed - 1 }), line("2027-01-11", { claimed: 1 })], {
      from,
      now,
    });

  it("is told by the pace of the last days", () => {
    expect(out({}, 140)).toEqual([{ coupon: coupon(), left: 100, perDay: 20, seconds: 5 * DAY }]);
    expect(out({}, 98)).toEqual([]);
  });

  it("counts from the activation, but an hour at least", () => {
    expect(out({ activated: now - DAY }, 20)[0]).toMatchObject({ perDay: 20, seconds: 5 * DAY });
    expect(out({ activated: now - 60 }, 10)[0]).toMatchObject({ seconds: 36_000 });
  });

  it("leaves out what nobody can claim, and takes off what is promised", () => {
    expect(out({ paused: true }, 140)).toEqual([]);
    expect(out({ claims: { end_time: now - 1 } }, 140)).toEqual([]);
    expect(out({ stock: { remaining: 100, claimed: 0, promised: 100 } }, 140)[0]).toMatchObject({
      left: 0,
      seconds: 0,
    });
  });
});

describe("what ends soon", () => {
  const fixed = (end_time: number) => ({ valid_type: 1 as const, start_time: now - DAY, end_time });

  it.each([
    ["the claim window, within a week", { claims: { end_time: now + SOON } }, { of: "claims", at: now + SOON }],
    [
      "the validity, where that ends first",
      { claims: { end_time: now + 20 }, validity: fixed(now + 10) },
      { of: "validity", at: now + 10 },
    ],
    [
      "the validity, where claims are over",
      { claims: { end_time: now - 1 }, validity: fixed(now + 10) },
      { of: "validity", at: now + 10 },
    ],
  ])("is %s", (_, given, end) => {
    expect(endingSoon([coupon(given)], now)).toEqual([{ coupon: coupon(given), end }]);
  });

  it.each<[string, Given]>([
    ["ends later", { claims: { end_time: now + SOON + 1 } }],
    ["is over", { claims: { end_time: now - 1 } }],
    ["has no set end", { validity: { valid_type: 2, valid_day_num: 3 } }],
    ["is a draft", { status: "draft", claims: { end_time: now + 1 } }],
  ])("is not what %s", (_, given) => {
    expect(endingSoon([coupon(given)], now)).toEqual([]);
  });

  it("includes its last second, as claims do", () => {
    const ending = coupon({ claims: { start_time: now - 5, end_time: now } });
    expect(nextEnd(ending, now)).toEqual({ of: "claims", at: now });
    expect([now - 6, now - 5, now, now + 1].map((at) => claimsAt(ending, at))).toEqual([
      "notYet",
      "open",
      "open",
      "over",
    ]);
  });
});

describe("how many people hold", () => {
  const totals = totalsOf([
    line("2027-01-10", { claimed: 10, redeemed: 4 }),
    line("2027-01-11", { returned: 1, expired: 2, given_up: 1 }),
  ]);

  it("is what was claimed and is neither used, expired nor given up", () => {
    expect(usedNow(totals)).toBe(3);
    expect(heldOf({ remaining: 5, claimed: 10, promised: 0 }, totals)).toEqual({ held: 4, isExact: true });
  });

  it("is about right where others were claimed elsewhere", () => {
    expect(heldOf({ remaining: 5, claimed: 30, promised: 0 }, totals)).toEqual({ held: 24, isExact: false });
  });
});

describe("what can be done with a coupon", () => {
  it.each([
    ["draft", false, ["activate", "edit", "copy"]],
    ["active", false, ["pause", "restock", "handOut", "expire", "void", "copy"]],
    ["active", true, ["resume", "restock", "expire", "void", "copy"]],
    ["expired", false, ["copy"]],
    ["void", false, ["copy"]],
  ] as const)("of one that is %s, paused: %s, is %s", (status, paused, can) => {
    const all = [
      "activate",
      "edit",
      "pause",
      "resume",
      "restock",
      "handOut",
      "prolong",
      "expire",
      "void",
      "copy",
    ] as const;
    expect(all.filter((action) => whyNot(action, { status, paused }) === undefined)).toEqual(
      all.filter((action) => (can as readonly string[]).includes(action)),
    );
  });
});

describe("what needs somebody", () => {
  const app = { claim_mode: "callback", callback_confirmed: true } as never;
  const attempts = (...verdicts: string[]) =>
    verdicts.map((verdict, index) => ({ verdict, time_ms: (now - index * 60) * 1000 })) as never;

  it("is a callback that fails, since the first of its failures in a row", () => {
    expect(needsOfCallback(app, attempts("timed_out", "mismatched", "granted", "timed_out"), now)).toEqual([
      { word: "failing", tone: "bad", page: "callbacks", time: now - 60, number: 2 },
    ]);
  });

  it("is one that failed in the last day and works again; a declined claim is no failure", () => {
    expect(needsOfCallback(app, attempts("declined", "timed_out"), now)).toMatchObject([{ word: "failed", number: 1 }]);
    expect(needsOfCallback(app, attempts("declined", "timed_out"), now + DAY)).toEqual([]);
  });

  it("is a hand-out of the week that was refused in part", () => {
    const handOut = { hand_out: "list/1", dry_run: false, update_time: now, refused: { sold_out: 2, person_limit: 1 } };
    const all = [
      handOut,
      { ...handOut, dry_run: true },
      { ...handOut, update_time: now - 8 * DAY },
      { ...handOut, refused: {} },
    ];
    expect(needsOfHandOuts(all as never, now)).toEqual([
      { word: "refused", tone: "soon", page: "handOut", number: 3, name: "list/1" },
    ]);
  });
});

it("puts what happened on its days, and nothing on the others", () => {
  const days = daysUntil("2027-03-01", 3);
  expect(days).toEqual(["2027-02-27", "2027-02-28", "2027-03-01"]);
  expect(onDays(days, [line("2027-02-28", { claimed: 2 }), line("2027-01-01", { claimed: 9 })], "claimed")).toEqual([
    0, 2, 0,
  ]);
});
