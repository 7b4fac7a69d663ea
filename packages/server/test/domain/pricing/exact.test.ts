import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takenOff } from "../../../src/domain/pricing/discount.ts";
import { clustersOf } from "../../../src/domain/pricing/search/clusters.ts";
import { exactly } from "../../../src/domain/pricing/search/exact.ts";
import type { Item } from "../../../src/domain/pricing/search/item.ts";
import { type Problem, problem, touchyProblem, tryAll } from "./problems.ts";

/** The same where some coupons can be used in several ways: those that stand together have a bit and a cost in common. */
const variedProblem: fc.Arbitrary<Problem> = fc
  .tuple(problem, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }))
  .map(([asked, joined]) => {
    const products: Item[] = [];
    for (const [at, item] of asked.products.entries()) {
      const before = products.at(-1);
      const own = joined[at] && before?.own ? before.own : 2n ** BigInt(10 + at);
      const cost = joined[at] && before?.own ? before.cost : item.cost * 64n;
      products.push({ ...item, takes: item.takes | own, own, cost, kept: BigInt(at) });
    }
    const shops = asked.shops.map((shop) => ({ ...shop, cost: shop.cost * 64n }));
    return { ...asked, products, shops };
  });

const setOf = (items: readonly Item[]) => items.reduce((all, { takes }) => all | takes, 0n);

describe("the best of every choice that could be better", () => {
  it.each([
    ["coupons", problem],
    ["coupons that can be used in several ways", variedProblem],
  ])("is the best of all choices of %s, and comes to what it tells", (_, problems) =>
    fc.assert(
      fc.property(problems, (asked) => {
        const { total, products, shops } = asked;
        const found = exactly(total, products, shops);
        expect(found).toMatchObject({ ...tryAll(asked), proven: true });
        const chosen = found?.products ?? [];
        const amount = total - chosen.reduce((off, { alone }) => off + alone, 0);
        const shop = found?.shop;
        expect(found?.pay).toBe(shop ? amount - takenOff(shop.benefit, amount) : amount);
        const costs = [...chosen.map(({ cost, kept = 0n }) => cost + kept), shop?.cost ?? 0n];
        expect(found?.cost).toBe(costs.reduce((a, b) => a + b, 0n));
        expect(chosen.every((a) => chosen.every((b) => a === b || (a.takes & b.takes) === 0n))).toBe(true);
      }),
      { numRuns: 3000 },
    ),
  );

  it("is left to the search where coupons need more of each other than what they take", () => {
    const item: Item = { alone: 5, takes: 1n, cost: 1n };
    const more = [
      { gift: { product: 1n, items: 1, spend: 5 } },
      { limit: { counts: 1n, items: 1, spend: 5 } },
      { leaves: 0n, fills: 1n },
    ];
    for (const one of more) expect(exactly(10, [item, { ...item, takes: 2n, ...one }], [])).toBeUndefined();
    fc.assert(
      fc.property(touchyProblem, ({ total, products, shops }) => {
        expect(exactly(total, products, shops) === undefined).toBe(shops.length > 0);
      }),
    );
  });

  it("is left to the search where it would take long", () => {
    const random = (at: number) => 1n << BigInt((at * 7919) % 31);
    const items = Array.from({ length: 60 }, (_, at) => ({
      alone: 900 + ((at * 37) % 200),
      takes: random(at) | random(3 * at + 1) | random(5 * at + 2),
      cost: 2n ** 60n - 2n ** BigInt(59 - at),
    }));
    expect(exactly(100_000, items, [])).toBeUndefined();
    expect(exactly(100_000, items.slice(0, 10), [])).toBeDefined();
  });
});

describe("clusters", () => {
  it("have nothing in common, cannot be parted, and hold every way once", () =>
    fc.assert(
      fc.property(variedProblem, ({ products }) => {
        const clusters = clustersOf(products).map((coupons) => coupons.flat());
        expect(new Set(clusters.flat())).toEqual(new Set(products));
        expect(clusters.flat()).toHaveLength(products.length);
        for (const [at, cluster] of clusters.entries()) {
          for (const other of clusters.slice(at + 1)) expect(setOf(cluster) & setOf(other)).toBe(0n);
          let reached = cluster[0]?.takes ?? 0n;
          for (const _ of cluster) for (const { takes } of cluster) if ((takes & reached) !== 0n) reached |= takes;
          expect(reached).toBe(setOf(cluster));
        }
      }),
    ));
});
