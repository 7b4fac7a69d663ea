import fc from "fast-check";
import type { Amount } from "../../../src/domain/pricing/condition.ts";
import { takenOff } from "../../../src/domain/pricing/discount.ts";
import type { Item } from "../../../src/domain/pricing/search/item.ts";
import type { Reduction } from "../../../src/domain/records.ts";

type Shop = { benefit: Reduction; cost: bigint; spare?: Amount };
export type Problem = { total: number; products: Item[]; shops: Shop[] };

/** One product, or some. */
const takes = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((at) => 2n ** BigInt(at)),
  fc.bigInt(1n, 1023n),
);

/** Up to nine product coupons on ten products and up to three shop coupons, ranked at random. */
export const problem: fc.Arbitrary<Problem> = fc
  .record({
    spare: fc.integer({ min: 0, max: 20 }),
    products: fc.array(fc.record({ alone: fc.integer({ min: 1, max: 9 }), takes }), {
      maxLength: 9,
    }),
    benefits: fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 9999 }).map((rate) => ({ kind: "rate", rate }) as const),
        fc.integer({ min: 1, max: 40 }).map((amountOff) => ({ kind: "amountOff", amountOff }) as const),
      ),
      { maxLength: 3 },
    ),
    order: fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }),
  })
  .map(({ spare, products, benefits, order }) => {
    const cost = (at: number) => 2n ** 12n - 2n ** BigInt(order[at] as number);
    return {
      total: spare + products.reduce((total, { alone }) => total + alone, 0),
      products: products.map((item, at) => ({ ...item, cost: cost(at) })),
      shops: benefits.map((benefit, at) => ({ benefit, cost: cost(at + 9) })),
    };
  });

/** The same where product coupons may use up what shop coupons need. */
export const touchyProblem: fc.Arbitrary<Problem> = fc
  .tuple(problem, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }), fc.boolean())
  .map(([{ total, products, shops: beside }, numbers, isOff]) => ({
    total,
    products: products.map((item, at) => ({
      ...item,
      uses: { items: 0, spend: isOff ? item.alone : (numbers[at] as number) },
    })),
    shops: beside.map((shop, at) => ({
      ...shop,
      spare: { items: Number.POSITIVE_INFINITY, spend: 2 * (numbers[at + 9] as number) },
    })),
  }));

/** Every choice there is, and the best of them. */
export function tryAll({ total, products, shops: beside }: Problem): { pay: number; cost: bigint } {
  let best = { pay: Number.POSITIVE_INFINITY, cost: 0n };
  for (let set = 0; set < 2 ** products.length; set++) {
    const chosen = products.filter((_, at) => (set >> at) & 1);
    if (!chosen.every((a) => chosen.every((b) => a === b || (a.takes & b.takes) === 0n))) continue;
    const amount = total - chosen.reduce((off, { alone }) => off + alone, 0);
    const spent = chosen.reduce((all, { cost, kept = 0n }) => all + cost + kept, 0n);
    const results = [{ pay: amount, cost: spent }];
    const used = chosen.reduce((all, { uses }) => all + (uses?.spend ?? 0), 0);
    for (const { benefit, cost } of beside.filter(({ spare }) => !spare || used <= spare.spend))
      results.push({ pay: amount - takenOff(benefit, amount), cost: spent + cost });
    for (const result of results)
      if (result.pay < best.pay || (result.pay === best.pay && result.cost < best.cost)) best = result;
  }
  return best;
}
