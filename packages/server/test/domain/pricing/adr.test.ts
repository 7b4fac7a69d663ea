import { describe, expect, it } from "vitest";
import { type QuotedCoupon, quote } from "../../../src/domain/pricing/quote.ts";
import { refund } from "../../../src/domain/pricing/refund.ts";
import type { StackingPolicy } from "../../../src/domain/pricing/stacking.ts";
import { cartIn, numbersIn, rowsOf, walletIn } from "./adr-examples.ts";
import { NOW } from "./held.ts";

const policies: StackingPolicy[] = ["product_then_shop", "exclusive", "one_per_order"];

const shown = (coupons: QuotedCoupon[]) => coupons.flatMap(({ used }, at) => (used ? [at + 1] : []));

describe("the worked examples of ADR 10", () => {
  for (const [coupon, cart, pays, off] of rowsOf("coupon", "cart, price × items", "pays", "off each line"))
    it(`${coupon} on ${cart}`, () => {
      for (const policy of policies) {
        const priced = quote(cartIn(cart as string), walletIn(coupon as string), policy, NOW);
        expect(priced.payable).toBe(Number(pays));
        expect(priced.lines.map(({ discount }) => discount)).toEqual(numbersIn(off as string));
        expect(priced.coupons).toMatchObject([{ used: true, discount: priced.total - priced.payable }]);
      }
    });

  for (const row of rowsOf("policy", "coupons", "cart", "used", "pays", "off each line")) {
    const [policy, coupons, cart, used, pays, off] = row as [StackingPolicy, string, string, string, string, string];
    it(`${policy}: ${coupons.replaceAll("<br>", " and ")} on ${cart}`, () => {
      const priced = quote(cartIn(cart), walletIn(coupons), policy, NOW);
      expect(shown(priced.coupons)).toEqual(numbersIn(used));
      expect(priced.payable).toBe(Number(pays));
      expect(priced.lines.map(({ discount }) => discount)).toEqual(numbersIn(off));
    });
  }

  for (const row of rowsOf("coupon", "cart", "reason", "facts")) {
    const [coupon, cart, code, facts] = row as [string, string, string, string];
    it(`${coupon} on ${cart} is ${code}`, () => {
      const priced = quote(cartIn(cart), walletIn(coupon), "product_then_shop", NOW);
      expect(priced.coupons).toMatchObject([{ used: false, alone: 0, reason: { code, facts: factsIn(facts) } }]);
      expect(priced.discount).toBe(0);
    });
  }

  for (const [line, returned, refunds] of rowsOf("line, less discount", "returned", "refunds"))
    it(`${line}, returned ${returned}`, () => {
      const [cart, discount] = (line as string).split(" - ") as [string, string];
      const order = cartIn(cart).map((one) => ({ ...one, discount: Number(discount) }));
      let before: readonly number[] = [0];
      const amounts = numbersIn(returned as string).map((quantity) => {
        const done = refund(order, before, [{ line: 0, quantity }]);
        if ("refused" in done) throw new Error(done.refused);
        before = done.returned;
        return done.amount;
      });
      expect(amounts).toEqual(numbersIn(refunds as string));
    });

  it("are all there", () => {
    expect(rowsOf("coupon", "cart, price × items", "pays", "off each line").length).toBeGreaterThanOrEqual(13);
    expect(rowsOf("policy", "coupons", "cart", "used", "pays", "off each line").length).toBeGreaterThanOrEqual(10);
  });
});

const factsIn = (cell: string): object =>
  Object.fromEntries(
    cell.split(", ").flatMap((fact) => {
      const [name, value] = fact.split(" ");
      if (!name || !value) return [];
      return [[name, /^\d+$/.test(value) ? Number(value) : value.split("+")]];
    }),
  );
