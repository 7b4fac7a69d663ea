import { stackingPolicies } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import type { WorkedCoupon } from "../../../../protocol/reference/examples/example.ts";
import { notUsed } from "../../../../protocol/reference/examples/not-used.ts";
import { oneCoupon } from "../../../../protocol/reference/examples/one-coupon.ts";
import { refunds } from "../../../../protocol/reference/examples/refunds.ts";
import { severalCoupons } from "../../../../protocol/reference/examples/several-coupons.ts";
import { quote } from "../../../src/domain/pricing/quote.ts";
import { refund } from "../../../src/domain/pricing/refund.ts";
import { cartOf, showQuote } from "../../../src/wire/order.ts";
import { discountFrom, NOW, owned, until } from "./owned.ts";

const DAY = 86_400;

/** A coupon of an example as a person has it; its number is its out_user_coupon_id. */
const holding = ({ type, discount_info, daysLeft }: WorkedCoupon, at: number) =>
  owned(String(at + 1), discountFrom(type, discount_info), {
    userCoupon: until(daysLeft === undefined ? undefined : NOW + daysLeft * DAY),
  });

describe("the worked examples", () => {
  for (const { title, lines, coupons, policy, basis, results, pays } of [...oneCoupon, ...severalCoupons, ...notUsed])
    for (const under of policy ? [policy] : stackingPolicies)
      it(`${title}, ${under}`, () => {
        const quoted = showQuote(quote(cartOf(lines), coupons.map(holding), under, NOW, basis));
        expect(quoted.payable).toBe(pays);
        expect(quoted.user_coupons).toMatchObject(
          results.map((result) =>
            Array.isArray(result) ? { used: true, parts: result } : { used: false, reason: result },
          ),
        );
        const off = lines.map((_, place) =>
          results.reduce((sum, result) => sum + (Array.isArray(result) ? (result[place] as number) : 0), 0),
        );
        expect(quoted.lines.map(({ discount }) => discount)).toEqual(off);
      });

  for (const { line, returned, refunds: amounts } of refunds)
    it(`${line.quantity} ${line.out_product_id} less ${line.discount}, returned ${returned}`, () => {
      const order = [{ ...line, outProductId: line.out_product_id }];
      let before: readonly number[] = [0];
      const paidBack = returned.map((quantity) => {
        const done = refund(order, before, [{ line: 0, quantity }]);
        if ("refused" in done) throw new Error(done.refused);
        before = done.returned;
        return done.amount;
      });
      expect(paidBack).toEqual(amounts);
    });
});
