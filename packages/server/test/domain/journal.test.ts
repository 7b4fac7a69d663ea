import { describe, expect, it } from "vitest";
import type { Actor } from "../../src/domain/actor.ts";
import { type Subject, subjectsOf, subjectText } from "../../src/domain/journal.ts";
import type { Step } from "../../src/domain/working-copy.ts";
import { aClaim, aCoupon, aHold, anApp, anOrder, aStock, aUserCoupon } from "../../testing/records.ts";

const coupon = aCoupon("a", "c", 0);
const stock = aStock(coupon);
const held = aUserCoupon(coupon, "o", "u", 0);
const two = [
  { outCouponId: "c", outUserCouponId: "1", parts: [1] },
  { outCouponId: "d", outUserCouponId: "1", parts: [2] },
  { outCouponId: "c", outUserCouponId: "2", parts: [0] },
];
const order = anOrder("a", "x", { coupons: two, returns: [] });
const locked = { ...order, status: "locked" as const, redeemedAt: null };

const step = (record: Step["record"], before: object | null, after: object): Step => ({ record, before, after });
const taken = [step("userCoupon", null, held), step("stock", stock, { ...stock, remaining: 8, claimed: 2 })];
const ofCoupon: Subject = { of: "coupon", outCouponId: "c" };
const ofHeld: Subject = { of: "userCoupon", outCouponId: "c", outUserCouponId: "u" };
const ofOrder: Subject = { of: "order", outOrderId: "x" };

const cases: [what: string, by: Actor | null, steps: Step[], about: Subject[]][] = [
  ["a claim", "app", [...taken, step("claim", null, aClaim(held, "r"))], []],
  ["a coupon that was recorded", "app", taken, []],
  ["a claim that is held", "app", [step("hold", null, aHold(coupon, "o", "r")), step("stock", stock, stock)], []],
  ["a coupon that an operator gave", "operator li", taken, [{ of: "by", by: "operator li" }]],
  ["a job's work", "job expiry", [step("userCoupon", held, held)], [ofHeld]],
  ["an app", "token li deploy", [step("app", null, anApp("a"))], [{ of: "by", by: "token li deploy" }]],
  ["a new coupon", "command_line", [step("coupon", null, coupon)], [{ of: "by", by: "command_line" }, ofCoupon]],
  ["an activation", "app", [step("coupon", coupon, coupon), step("stock", null, stock)], [ofCoupon]],
  ["a restock", "app", [step("stock", stock, stock)], [ofCoupon]],
  ["a user coupon that changed, nobody knows by whom", null, [step("userCoupon", held, held)], [ofHeld]],
  ["an imported user coupon", "app", [step("userCoupon", null, held)], []],
  ["a lock", "app", [step("order", null, locked), step("userCoupon", held, held)], [ofOrder, ofHeld]],
  [
    "an order that is redeemed",
    "app",
    [step("order", locked, order)],
    [ofOrder, { of: "ordersOf", outCouponId: "c" }, { of: "ordersOf", outCouponId: "d" }],
  ],
  ["a return", "app", [step("order", order, { ...order, status: "returned" })], [ofOrder]],
];

describe("what an entry is kept to be about:", () => {
  it.each(cases)("%s", (_, by, steps, about) => expect(subjectsOf({ by, steps })).toEqual(about.map(subjectText)));
});

it("no two subjects have one text", () => {
  const ids = ["", "c", "c d", 'c","d', "of c"];
  const subjects = ids.flatMap((id): Subject[] => [
    { of: "coupon", outCouponId: id },
    { of: "order", outOrderId: id },
    { of: "ordersOf", outCouponId: id },
    ...ids.map((other) => ({ of: "userCoupon", outCouponId: id, outUserCouponId: other }) as const),
    { of: "by", by: id },
  ]);
  expect(new Set(subjects.map(subjectText)).size).toBe(subjects.length);
});
