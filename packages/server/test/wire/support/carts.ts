import { stackingPolicies } from "@quanku/protocol/calls";
import fc from "fast-check";

/** Carts, and wallets of coupons of all ten types, as the wire has them; their thresholds are met often, not always. */

export type Line = { out_product_id: string; price: number; quantity: number };
/** What a coupon of a wallet gives, and for how many seconds; undefined: for ever. */
export type Offer = { type: number; discount_info: object; valid_second: number | undefined };

const names = ["tea", "cup", "pot", "jug"];
const product = fc.constantFrom(...names);

export const carts: fc.Arbitrary<Line[]> = fc.array(
  fc.record({
    out_product_id: product,
    price: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(333, 1000)),
    quantity: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const out_product_ids = fc.subarray(names, { minLength: 1 });
const product_cnt = fc.integer({ min: 1, max: 5 });
const product_price = fc.constantFrom(1, 10, 40, 1000, 2000);
const rate = { discount_num: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(5000, 9999)) };
const fee = { discount_fee: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(500, 3000)) };
const under = (condition: Record<string, fc.Arbitrary<unknown>>, requiredKeys = Object.keys(condition)) => ({
  discount_condition: fc.record(condition, { requiredKeys }),
});
const tradein_info = fc.record({ out_product_id: product, price: fc.integer({ min: 0, max: 400 }) });
const buyget_info = fc.record({
  buy_out_product_id: product,
  buy_product_cnt: fc.integer({ min: 1, max: 3 }),
  get_out_product_id: product,
  get_product_cnt: fc.integer({ min: 1, max: 3 }),
});

const discounts: Record<number, Record<string, fc.Arbitrary<unknown>>> = {
  1: { ...under({ product_cnt, out_product_ids }), ...rate },
  2: { ...under({ product_price, out_product_ids }), ...fee },
  3: { ...under({ out_product_ids }), ...rate },
  4: { ...under({ out_product_ids }), ...fee },
  5: under({ tradein_info, product_cnt, product_price, out_product_ids }, ["tradein_info"]),
  6: under({ buyget_info }),
  101: { ...under({ product_cnt }), ...rate },
  102: { ...under({ product_price }), ...fee },
  103: rate,
  104: fee,
};

export const wallets: fc.Arbitrary<Offer[]> = fc.array(
  fc.oneof(
    ...Object.entries(discounts).map(([type, discount]) =>
      fc.record({
        type: fc.constant(Number(type)),
        discount_info: fc.record(discount),
        valid_second: fc.constantFrom(undefined, 100, 100, 200, 900),
      }),
    ),
  ),
  { maxLength: 6 },
);

export const policies = fc.constantFrom(...stackingPolicies);
