import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sum } from "../../../src/domain/pricing/cart.ts";
import { quote } from "../../../src/domain/pricing/quote.ts";
import { type ReturnedItems, refund } from "../../../src/domain/pricing/refund.ts";
import { cart, dearCart, policy, wallet } from "./arbitraries.ts";
import { NOW } from "./owned.ts";

describe("refunds", () => {
  it("and what is kept are what was paid, whatever comes back in whatever steps", () =>
    fc.assert(
      fc.property(
        fc.oneof(cart, dearCart),
        wallet(5),
        policy,
        fc.infiniteStream(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.boolean())),
        (lines, coupons, stacking, picks) => {
          const order = quote(lines, coupons, stacking, NOW);
          const paid = order.lines.map(({ price, quantity, discount }) => price * quantity - discount);
          const kept = [...paid];
          const left = lines.map(({ quantity }) => quantity);
          let returned: readonly number[] = lines.map(() => 0);
          let refunded = 0;
          while (sum(left) > 0) {
            const items: ReturnedItems[] = [];
            for (let more = true; sum(left) > 0 && more; ) {
              const [at, most, last] = picks.next().value as [number, number, boolean];
              const line = at % lines.length;
              const quantity = Math.min(most, left[line] as number);
              if (quantity > 0) items.push({ line, quantity });
              left[line] = (left[line] as number) - quantity;
              more = !last;
            }
            const done = refund(order.lines, returned, items);
            if ("refused" in done) throw new Error(done.refused);
            returned = done.returned;
            refunded += done.amount;
            expect(done.amount).toBe(sum(done.lines.map(({ amount }) => amount)));
            for (const { line, amount } of done.lines) {
              expect(amount).toBeGreaterThanOrEqual(0);
              kept[line] = (kept[line] as number) - amount;
            }
            // What stays with the shop is at least the share of what stays with the person, and less than a fen more.
            for (const [line, rest] of kept.entries()) {
              const share = BigInt(paid[line] as number) * BigInt(left[line] as number);
              const quantity = BigInt(lines[line]?.quantity as number);
              const over = BigInt(rest) * quantity - share;
              expect(over >= 0n && over < quantity).toBe(true);
            }
            expect(refunded + sum(kept)).toBe(order.payable);
          }
          expect(refunded).toBe(order.payable);
        },
      ),
      { numRuns: 1000 },
    ));

  const order = [
    { outProductId: "tea", price: 1000, quantity: 3, discount: 500 },
    { outProductId: "cup", price: 300, quantity: 1, discount: 0 },
  ];
  const twice = { line: 0, quantity: 1 };

  it("of one call add up line by line", () =>
    expect(refund(order, [0, 0], [twice, { line: 1, quantity: 1 }, twice])).toEqual({
      amount: 1966,
      lines: [
        { line: 0, quantity: 1, amount: 833 },
        { line: 1, quantity: 1, amount: 300 },
        { line: 0, quantity: 1, amount: 833 },
      ],
      returned: [2, 1],
    }));

  for (const [what, returned, items, facts] of [
    ["more than were bought", [0, 0], [{ line: 0, quantity: 4 }], { line: 0, left: 3 }],
    ["more than are left", [2, 0], [{ line: 0, quantity: 2 }], { line: 0, left: 1 }],
    [
      "more than are left after those before them in the same call",
      [1, 0],
      [twice, twice, twice],
      { line: 0, left: 0 },
    ],
    ["a line there is not", [0, 0], [{ line: 2, quantity: 1 }], { line: 2, left: 0 }],
  ] as const)
    it(`are refused for ${what}`, () =>
      expect(refund(order, returned, items)).toEqual({ refused: "more_than_left", facts }));
});
