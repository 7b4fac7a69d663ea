import { describe, expect, it } from "vitest";
import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { StackingPolicy } from "../../../src/domain/pricing/policies.ts";
import { quote } from "../../../src/domain/pricing/quote.ts";
import { type Reason, reasons } from "../../../src/domain/pricing/reasons.ts";
import type { Coupon, Discount, UserCoupon } from "../../../src/domain/records.ts";
import { owned } from "./owned.ts";

const cart: CartLine[] = [
  { outProductId: "tea", price: 1000, quantity: 1 },
  { outProductId: "cup", price: 300, quantity: 1 },
];
const tenOff: Discount = {
  scope: "product",
  products: ["tea"],
  threshold: { items: 0, spend: 0 },
  benefit: { kind: "amountOff", amountOff: 10 },
};
const elsewhere: Discount = { ...tenOff, products: ["pot"], threshold: { items: 5, spend: 0 } };
const tooMuch: Discount = { ...tenOff, threshold: { items: 2, spend: 5000 } };
const nothingOff: Discount = { ...tenOff, benefit: { kind: "tradeIn", outProductId: "cup", price: 300 } };

type Row = [now: number, why: string, discount: Discount | null, coupon: Partial<Coupon>, mine: Partial<UserCoupon>];

/** A validity from 100 to 200, its ends included. */
const mine = { validity: { start: 100, end: 200 } };
const used = { ...mine, status: "used", usedAt: 150 } as const;
const givenUp = { ...mine, status: "given_up" } as const;
const expired = { ...mine, status: "expired" } as const;

/** In the order of precedence: each row but those that are used is told for what the rows below it have wrong as well. */
const rows: Row[] = [
  [150, "used", tenOff, {}, mine],
  [150, "used", tenOff, { status: "expired" }, mine],
  [9_999, "used", tenOff, {}, { validity: { start: 0, end: 0 } }],
  [250, "not_in_force void", null, { status: "void" }, givenUp],
  [250, "not_in_force withdrawn", null, { status: "withdrawn" }, givenUp],
  [250, "not_in_force draft", null, { status: "draft" }, used],
  [250, "given_up", null, {}, givenUp],
  [250, "already_used 150", null, {}, used],
  [250, "locked 250", null, {}, { ...mine, order: { outOrderId: "another", until: 250 } }],
  [150, "no_longer_valid 200", null, {}, expired],
  [201, "no_longer_valid 200", null, {}, mine],
  [200, "used", tenOff, {}, mine],
  [100, "used", tenOff, {}, mine],
  [99, "not_valid_yet 100", null, {}, mine],
  [150, "states_no_discount", null, {}, mine],
  [150, "no_matching_product pot", elsewhere, {}, mine],
  [150, "below_threshold 1 4000 tea", tooMuch, {}, mine],
  [150, "gives_nothing", nothingOff, {}, mine],
];

const tell = ({ code, facts }: Reason) => [code, ...Object.values(facts)].join(" ");

describe("why a coupon is not used", () => {
  for (const [now, why, discount, coupon, userCoupon] of rows)
    it(`${why} at ${now}, coupon ${coupon.status ?? "active"}, user coupon ${userCoupon.status ?? "effective"}`, () => {
      const { coupons } = quote(cart, [owned("1", discount, { coupon, userCoupon })], "product_then_shop", now);
      expect(coupons.map((told) => (told.used ? "used" : tell(told.reason)))).toEqual([why]);
      expect(coupons[0]).toMatchObject({ outCouponId: "coupon-1", outUserCouponId: "1" });
    });

  it("is told in the order of the list", () => {
    const codes = rows.flatMap(([, why]) => (why === "used" ? [] : [why.split(" ")[0] as string]));
    expect([...new Set(codes), "not_combinable", "condition_undone", "adds_nothing"]).toEqual(Object.keys(reasons));
  });

  it("is that the coupon was stored before coupons told their discounts", () => {
    const old = owned("1", null);
    Object.assign(old.coupon.terms, { discount: undefined });
    expect(quote(cart, [old], "exclusive", 1).coupons).toMatchObject([{ reason: { code: "states_no_discount" } }]);
  });

  const shop = (amountOff: number): Discount => ({
    ...tenOff,
    scope: "shop",
    products: null,
    benefit: { kind: "amountOff", amountOff },
  });
  const onCup: Discount = { ...tenOff, products: ["cup"] };
  const both: Discount = { ...tenOff, products: ["tea", "cup"], benefit: { kind: "amountOff", amountOff: 15 } };
  const nineOff: Discount = { ...tenOff, benefit: { kind: "amountOff", amountOff: 9 } };
  const needsBoth: Discount = { ...both, threshold: { items: 2, spend: 0 } };
  const buyAndGet = (bought: string, got: string): Discount => ({
    ...tenOff,
    products: [bought],
    threshold: { items: 1, spend: 0 },
    benefit: { kind: "buyAndGet", outProductId: got, items: 1 },
  });
  const [cupWithTea, teaWithCup] = [buyAndGet("tea", "cup"), buyAndGet("cup", "tea")];
  const from1300: Discount = { ...shop(500), threshold: { items: 0, spend: 1300 } };
  const combinations: [string, StackingPolicy, Discount[], string[]][] = [
    ["nothing left for it", "product_then_shop", [tenOff, nineOff], ["used", "1"]],
    ["nothing left by several", "product_then_shop", [both, tenOff, onCup], ["used", "used", "1"]],
    ["too little left for it", "product_then_shop", [needsBoth, tenOff, onCup], ["2,3", "used", "used"]],
    ["two shop coupons", "product_then_shop", [shop(1), shop(2), tenOff], ["2", "used", "used"]],
    ["a shop coupon and a product coupon", "exclusive", [shop(50), tenOff], ["used", "1"]],
    ["any two", "one_per_order", [tenOff, onCup, shop(50)], ["3", "3", "used"]],
    ["one free, the other asks for it", "product_then_shop", [cupWithTea, teaWithCup], ["undone 2 1 0", "used"]],
    ["one free, nothing left for the other", "product_then_shop", [teaWithCup, cupWithTea], ["used", "undone 1 1 0"]],
    ["spent on what is free", "product_then_shop", [teaWithCup, from1300], ["used", "undone 1 0 1000"]],
    ["free, a threshold would be lost", "product_then_shop", [cupWithTea, from1300], ["undone 2 0 0", "used"]],
    ["nothing to pay any more", "product_then_shop", [shop(1300), tenOff], ["used", "adds_nothing"]],
  ];
  for (const [what, policy, discounts, expected] of combinations)
    it(`${policy}: ${what}`, () => {
      const wallet = discounts.map((discount, at) => owned(String(at + 1), discount));
      const told = quote(cart, wallet, policy, 1).coupons.map((coupon) => {
        if (coupon.used) return "used";
        const { code, facts } = coupon.reason;
        if (code === "condition_undone")
          return `undone ${facts.with.map(({ outUserCouponId }) => outUserCouponId)} ${facts.itemsMore} ${facts.spendMore}`;
        return code === "not_combinable" ? facts.with.map(({ outUserCouponId }) => outUserCouponId).join(",") : code;
      });
      expect(told).toEqual(expected);
    });
});
