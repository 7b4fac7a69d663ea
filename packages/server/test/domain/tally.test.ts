import { describe, expect, it } from "vitest";
import type { UserCouponStatus } from "../../src/domain/records.ts";
import { type Counts, countNames, Tallies, WHOLE_SHOP } from "../../src/domain/reports/tally.ts";
import type { Step } from "../../src/domain/working-copy.ts";
import { aCoupon, anOrder, aStock, aUserCoupon } from "../../testing/records.ts";

const coupon = aCoupon("a", "c", 0);
const stock = aStock(coupon, { remaining: 9, claimed: 1 });
const moved = step("stock", stock, { ...stock, remaining: 8, claimed: 2 });

function step(record: Step["record"], before: object | null, after: object): Step {
  return { record, before, after };
}
const is = (status: UserCouponStatus) => aUserCoupon(coupon, "o", "u", 0, { status });
const from = (before: UserCouponStatus, after: UserCouponStatus) => [step("userCoupon", is(before), is(after))];
const given = (status: UserCouponStatus) => [step("userCoupon", null, is(status)), moved];

/** Two coupons took 300 fen off 2 000, one of them with two user coupons. */
const order = anOrder("a", "x", {
  lines: [
    { outProductId: "p", price: 500, quantity: 2, discount: 250 },
    { outProductId: "q", price: 1000, quantity: 1, discount: 50 },
  ],
  coupons: [
    { outCouponId: "c", outUserCouponId: "1", parts: [100, 0] },
    { outCouponId: "c", outUserCouponId: "2", parts: [50, 50] },
    { outCouponId: "d", outUserCouponId: "1", parts: [100, 0] },
  ],
  returns: [],
});
const locked = { ...order, status: "locked" as const, redeemedAt: null };
const back = (amount: number) => ({ outReturnId: `${amount}`, lines: [{ line: 0, quantity: 1, amount }] });
const once = { ...order, returns: [back(7)] };

type Counted = Partial<Counts>;
const redeemed = (discount: number) => ({ orders: 1, discount, turnover: 1700 });

/** What an entry counts: of the coupon `c`, of `d`, and of the whole shop, which is as of `c` unless it is told. */
const cases: [what: string, command: string, steps: Step[], c: Counted, d?: Counted, shop?: Counted][] = [
  ["a claim", "claimCoupon", given("effective"), { claimed: 1 }],
  ["one recorded as used", "recordUserCoupon", given("used"), { claimed: 1, redeemed: 1 }],
  ["one recorded as expired", "recordUserCoupon", given("expired"), { claimed: 1, expired: 1 }],
  ["one recorded as given up", "recordUserCoupon", given("given_up"), { claimed: 1, givenUp: 1 }],
  ["a claim of what was recorded before", "grantClaim", [moved], {}],
  ["an imported one", "importUserCoupon", [step("userCoupon", null, is("used"))], {}],
  ["one that was used elsewhere since it was imported", "importUserCoupon", from("effective", "used"), {}],
  ["an imported stock", "importCoupon", [moved], {}],
  ["a use", "changeUserCouponStatus", from("effective", "used"), { redeemed: 1 }],
  ["a return", "changeUserCouponStatus", from("used", "effective"), { returned: 1 }],
  ["a return past its end", "returnOrder", from("used", "expired"), { returned: 1, expired: 1 }],
  ["an end", "expireUserCoupon", from("effective", "expired"), { expired: 1 }],
  ["one taken back", "changeUserCouponStatus", from("effective", "given_up"), { givenUp: 1 }],
  ["an amendment", "amendUserCoupon", from("used", "used"), {}],
  ["a restock", "restock", [moved], {}],
  ["an activation", "changeCouponStatus", [step("coupon", coupon, coupon), step("stock", null, stock)], {}],
  ["a lock", "lockOrder", [step("order", null, locked)], {}],
  ["a lock given up", "returnOrder", [step("order", locked, { ...locked, status: "returned" })], {}],
  ["an order", "redeemOrder", [step("order", locked, order)], redeemed(200), redeemed(100), redeemed(300)],
  ["an order without a lock", "redeemOrder", [step("order", null, order)], redeemed(200), redeemed(100), redeemed(300)],
  [
    "an order without coupons",
    "redeemOrder",
    [
      step("order", null, {
        ...order,
        lines: [{ outProductId: "p", price: 3, quantity: 2, discount: 0 }],
        coupons: [],
      }),
    ],
    {},
    {},
    { orders: 1, turnover: 6 },
  ],
  ["a part that comes back", "returnOrder", [step("order", order, once)], { refunded: 7 }, { refunded: 7 }],
  [
    "the rest that comes back",
    "returnOrder",
    [
      step("order", once, { ...once, status: "returned", returns: [back(7), back(1693)] }),
      ...from("used", "effective"),
    ],
    { refunded: 1693, returned: 1 },
    { refunded: 1693 },
  ],
];

const nothing = Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;
const all = (counts: Counted): Counts => ({ ...nothing, ...counts });

describe("an entry counts:", () => {
  it.each(cases)("%s", (_, command, steps, c, d = {}, shop = c) => {
    const tallies = new Tallies();
    tallies.add({ appid: "a", at: 1, command, steps });
    const counted = Object.fromEntries(tallies.all.map(({ appid, day, outCouponId, ...of }) => [outCouponId, of]));
    const of = (outCouponId: string) => counted[outCouponId] ?? nothing;
    expect({ c: of("c"), d: of("d"), shop: of(WHOLE_SHOP) }).toEqual({ c: all(c), d: all(d), shop: all(shop) });
  });
});

it("days are those of UTC+8, and what is of one day and coupon adds up", () => {
  const tallies = new Tallies();
  const midnight = 1_700_000_000 - ((1_700_000_000 + 8 * 3600) % 86_400);
  for (const at of [midnight - 1, midnight, midnight + 86_399, midnight + 86_400])
    tallies.add({ appid: "a", at, command: "claimCoupon", steps: given("effective") });
  const day = (midnight + 8 * 3600) / 86_400;
  const claimed = tallies.all
    .filter(({ outCouponId }) => outCouponId === "c")
    .map(({ day, claimed }) => [day, claimed]);
  expect(claimed).toEqual([
    [day - 1, 1],
    [day, 2],
    [day + 1, 1],
  ]);
});
