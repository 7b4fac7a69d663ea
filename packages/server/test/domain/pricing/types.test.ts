import { describe, expect, it } from "vitest";
import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import { quote } from "../../../src/domain/pricing/quote.ts";
import { discountFrom, NOW, owned } from "./owned.ts";

/** A coupon of the wire, and what is paid for carts, reckoned by hand: price × items. */
type Case = [type: number, discount_info: object, pays: Record<string, number>];

/** `tea 1000×2, cup 300×1` */
const cartIn = (text: string): CartLine[] =>
  text.split(", ").map((line) => {
    const [, outProductId, price, quantity] = /^(\w+) (\d+)×(\d+)$/.exec(line) as RegExpExecArray;
    return { outProductId: outProductId as string, price: Number(price), quantity: Number(quantity) };
  });

const condition = (discount_condition: object) => ({ discount_condition });
const buyget = (buy: string, count: number, get: string, free: number) =>
  condition({
    buyget_info: {
      buy_out_product_id: buy,
      buy_product_cnt: count,
      get_out_product_id: get,
      get_product_cnt: free,
    },
  });
const cupFor = (price: number, beside: object = {}) =>
  condition({ tradein_info: { out_product_id: "cup", price }, ...beside });

const cases: Case[] = [
  [
    1,
    { ...condition({ product_cnt: 2, out_product_ids: ["tea", "pot"] }), discount_num: 5100 },
    {
      "tea 1000×1": 1000,
      "tea 1000×2": 1020,
      "tea 1000×3": 1530,
      "tea 1000×1, pot 500×1": 765,
      "tea 1000×1, cup 5×1": 1005,
      "tea 1000×1, tea 999×1": 1019, // 1019.49
      "tea 1000×1, tea 950×1": 995, // 994.50
      "cup 1000×2": 2000,
    },
  ],
  [
    2,
    { ...condition({ product_price: 2000, out_product_ids: ["tea"] }), discount_fee: 300 },
    {
      "tea 1999×1": 1999,
      "tea 2000×1": 1700,
      "tea 2001×1": 1701,
      "tea 1000×2": 1700,
      "tea 1999×1, cup 5000×1": 6999,
      "tea 2000×1, cup 5000×1": 6700,
    },
  ],
  [2, { ...condition({ product_price: 1, out_product_ids: ["tea"] }), discount_fee: 300 }, { "tea 200×1": 0 }],
  [
    3,
    { ...condition({ out_product_ids: ["tea"] }), discount_num: 3333 },
    { "tea 1×1": 0, "tea 2×1": 1, "tea 3×1": 1, "tea 4×1": 1, "tea 5×1": 2, "tea 1000×1, cup 7×1": 340 },
  ],
  [
    3,
    { ...condition({ out_product_ids: ["tea"] }), discount_num: 5000 },
    { "tea 1×1": 1, "tea 3×1": 2, "tea 101×1": 51, "tea 1×2": 1, "tea 0×3": 0 },
  ],
  [3, { ...condition({ out_product_ids: ["tea", "tea"] }), discount_num: 5000 }, { "tea 1000×1": 500 }],
  [
    4,
    { ...condition({ out_product_ids: ["tea"] }), discount_fee: 500 },
    { "tea 499×1": 0, "tea 500×1": 0, "tea 501×1": 1, "cup 1000×1, tea 499×1": 1000, "cup 1000×1": 1000 },
  ],
  [
    5,
    cupFor(100, { product_price: 5000 }),
    {
      "tea 4999×1, cup 900×1": 5899,
      "tea 5000×1, cup 900×1": 5100,
      "tea 5000×1, cup 900×2": 6000,
      "tea 5000×1": 5000,
      "cup 900×6": 5400, // itself never counts
      "tea 5000×1, cup 900×1, cup 120×1, cup 0×1": 5220,
      "tea 5000×1, cup 120×1, cup 900×2": 6120,
      "tea 5000×1, cup 100×1": 5100,
      "tea 5000×1, cup 101×1": 5100,
      "tea 5000×1, cup 99×1": 5099,
    },
  ],
  [
    5,
    cupFor(100, { product_cnt: 2, product_price: 3000, out_product_ids: ["tea"] }),
    { "tea 3000×1, cup 900×1": 3900, "tea 1499×2, cup 900×1": 3898, "tea 1500×2, cup 900×1": 3100 },
  ],
  [
    5,
    cupFor(100, { out_product_ids: ["tea"] }),
    { "cup 900×1": 900, "tea 1×1, cup 900×1": 101, "pot 9000×1, cup 900×1": 9900 },
  ],
  [5, cupFor(0, { product_cnt: 0, out_product_ids: [] }), { "cup 900×1": 0, "cup 900×2": 900 }],
  [
    6,
    buyget("tea", 3, "cup", 1),
    {
      "tea 1000×2, cup 300×1": 2300,
      "tea 1000×3, cup 300×1": 3000,
      "tea 1000×3, cup 300×2": 3300,
      "tea 1000×5, cup 300×2": 5300,
      "tea 1000×6, cup 300×2": 6000,
      "tea 1000×6": 6000,
      "tea 1000×2, tea 900×1, cup 300×1": 2900,
      "tea 1000×3, cup 300×2, cup 0×1, cup 500×1": 3600,
    },
  ],
  [6, buyget("tea", 3, "cup", 2_131_241_242), { "tea 1000×3, cup 300×50": 3000, "tea 1000×2, cup 300×1": 2300 }],
  [
    6,
    buyget("tea", 2, "tea", 1),
    { "tea 10×2": 20, "tea 10×3": 20, "tea 10×4": 30, "tea 10×5": 40, "tea 10×6": 40, "tea 10×2, tea 7×1": 20 },
  ],
  [
    6,
    buyget("tea", 2, "tea", 1),
    {
      "tea 1000×3": 2000,
      "tea 1000×3, tea 0×1": 2000,
      "tea 1000×3, tea 100×1": 2100,
      "tea 0×3, tea 1000×2": 2000,
      "tea 7×1, tea 10×4, tea 9×1": 39,
      "tea 1×1500000000, tea 0×500000000": 1_000_000_000,
    },
  ],
  [6, buyget("tea", 1, "tea", 2), { "tea 10×1": 10, "tea 10×2": 10, "tea 10×3": 10, "tea 10×4": 20, "tea 10×5": 20 }],
  [
    101,
    { ...condition({ product_cnt: 3 }), discount_num: 8000 },
    { "tea 1000×2": 2000, "tea 1000×2, cup 1×1": 1601, "tea 1000×3": 2400, "tea 1000×4": 3200 },
  ],
  [
    102,
    { ...condition({ product_price: 2000 }), discount_fee: 300 },
    { "tea 1000×1, cup 999×1": 1999, "tea 1000×1, cup 1000×1": 1700, "tea 1000×1, cup 1001×1": 1701 },
  ],
  [
    102,
    { ...condition({ product_price: 100 }), discount_fee: 300 },
    { "tea 299×1": 0, "tea 301×1": 1, "tea 99×1": 99 },
  ],
  [
    103,
    { discount_num: 9999 },
    { "tea 1×1": 1, "tea 5000×1": 5000, "tea 5001×1": 5000, "tea 2147483647×1": 2_147_268_899 },
  ],
  [104, { discount_fee: 2_147_483_647 }, { "tea 2147483647×1": 0, "tea 1×1, cup 2×1": 0 }],
];

describe("what is paid with one coupon", () => {
  for (const [type, discount_info, pays] of cases)
    describe(`of type ${type}, ${JSON.stringify(discount_info).replaceAll('"', "")}`, () => {
      for (const [cart, expected] of Object.entries(pays))
        it(`${cart}: ${expected}`, () => {
          const discount = discountFrom(type, discount_info);
          expect(quote(cartIn(cart), [owned("1", discount)], "product_then_shop", NOW).payable).toBe(expected);
        });
    });

  for (const [lines, message] of [
    ["tea 2147483648×1", "lines[0].price must be a whole number from 0 to 2147483647"],
    ["cup 1×1, tea 1×0", "lines[1].quantity must be a whole number from 1 to 2147483647"],
    ["cup 1×1, tea 2147483647×1", "lines must come to at most 2147483647 fen together"],
    ["tea 2147483647×2147483647", "lines must come to at most 2147483647 fen together"],
  ] as const)
    it(`is not reckoned for ${lines}`, () => {
      expect(() => quote(cartIn(lines), [], "product_then_shop", NOW)).toThrow(new RangeError(message));
    });

  it("is not reckoned in parts of a fen", () => {
    const line = { outProductId: "tea", price: 0.5, quantity: 1 };
    expect(() => quote([line], [], "product_then_shop", NOW)).toThrow("lines[0].price must be a whole number");
  });

  it("is reckoned with lines at 0 as if they were not there: they bring no coupons in each other's way", () => {
    const wallet = ["tea", "cup"].map((one) =>
      owned(one, discountFrom(4, { discount_condition: { out_product_ids: [one, "pot"] }, discount_fee: 500 })),
    );
    for (const policy of ["product_then_shop", "exclusive"] as const)
      for (const [text, pays] of [
        ["tea 1000×1, cup 1000×1", 1000],
        ["tea 1000×1, cup 1000×1, pot 0×2", 1000],
        ["tea 1000×1, cup 1000×1, pot 0×2, pot 1×1", 1001],
      ] as const)
        expect(quote(cartIn(text), wallet, policy, NOW).payable).toBe(pays);
  });

  it("is nothing for an empty cart", () => {
    const shop = owned("1", discountFrom(104, { discount_fee: 1 }));
    const empty = quote([], [shop], "exclusive", NOW);
    expect(empty).toMatchObject({
      payable: 0,
      lines: [],
      coupons: [{ used: false, reason: { code: "gives_nothing" } }],
    });
  });
});
