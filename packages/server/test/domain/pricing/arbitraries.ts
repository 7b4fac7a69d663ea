import fc from "fast-check";
import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { WalletCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { StackingPolicy, ThresholdBasis } from "../../../src/domain/pricing/policies.ts";
import type { Discount, Reduction } from "../../../src/domain/records.ts";
import { owned, until } from "./owned.ts";

const product = fc.constantFrom("a", "b", "c", "d");
const products = fc.subarray(["a", "b", "c", "d"], { minLength: 1 });

/** Small numbers, so that thresholds, roundings and equal results are met often. */
export const line: fc.Arbitrary<CartLine> = fc.record({
  outProductId: product,
  price: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, 333, 1000)),
  quantity: fc.integer({ min: 1, max: 4 }),
});
export const cart = fc.array(line, { minLength: 1, maxLength: 6 });

/** Lines whose amounts come to anything up to what the wire can carry. */
export const dearCart: fc.Arbitrary<CartLine[]> = fc.array(
  fc.record({
    outProductId: product,
    price: fc.integer({ min: 0, max: 21_474_836 }),
    quantity: fc.integer({ min: 1, max: 10 }),
  }),
  { minLength: 1, maxLength: 10 },
);

const items = fc.integer({ min: 1, max: 5 });
const spend = fc.integer({ min: 1, max: 40 });
const rate = fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(1, 5000, 9999));
const byRate = rate.map((ratio) => ({ kind: "rate", rate: ratio }) as const);
const byAmount = fc
  .oneof(fc.integer({ min: 1, max: 30 }), fc.constant(3000))
  .map((amountOff) => ({ kind: "amountOff", amountOff }) as const);
const none = fc.constant({ items: 0, spend: 0 });
const byItems = items.map((count) => ({ items: count, spend: 0 }));
const bySpend = spend.map((amount) => ({ items: 0, spend: amount }));

/** Types 1 to 4 and 101 to 104. */
const reduction: fc.Arbitrary<Pick<Discount, "threshold"> & { benefit: Reduction }> = fc.oneof(
  fc.record({ threshold: byItems, benefit: byRate }),
  fc.record({ threshold: bySpend, benefit: byAmount }),
  fc.record({ threshold: none, benefit: byRate }),
  fc.record({ threshold: none, benefit: byAmount }),
);
const shop = reduction.map((parts) => ({ scope: "shop", products: null, ...parts }) as const);
/** Types 1 to 4. */
export const onProducts = fc
  .tuple(reduction, products)
  .map(([parts, named]) => ({ scope: "product", products: named, ...parts }) as const);
const tradeIn = fc.record({
  scope: fc.constant("product" as const),
  products: fc.option(products),
  threshold: fc.record({ items: fc.integer({ min: 0, max: 3 }), spend: fc.integer({ min: 0, max: 20 }) }),
  benefit: fc.record({
    kind: fc.constant("tradeIn" as const),
    outProductId: product,
    price: fc.integer({ min: 0, max: 12 }),
  }),
});
const buyAndGet = fc.record({
  scope: fc.constant("product" as const),
  products: product.map((one) => [one]),
  threshold: fc.integer({ min: 1, max: 3 }).map((count) => ({ items: count, spend: 0 })),
  benefit: fc.record({
    kind: fc.constant("buyAndGet" as const),
    outProductId: product,
    items: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2_131_241_242)),
  }),
});

/** A discount of any type. */
export const discount: fc.Arbitrary<Discount> = fc.oneof(
  { weight: 2, arbitrary: shop },
  { weight: 3, arbitrary: onProducts },
  tradeIn,
  buyAndGet,
);

const limited = shop.filter(({ threshold }) => threshold.items + threshold.spend > 0);

/** Discounts that give items away, and those whose conditions that may undo. */
export const entangling: fc.Arbitrary<Discount> = fc.oneof(
  { weight: 3, arbitrary: buyAndGet },
  tradeIn.map((terms) => ({ ...terms, benefit: { ...terms.benefit, price: 0 } })),
  tradeIn,
  limited,
  onProducts,
);

const expiry = fc.constantFrom(undefined, 600, 600, 700, 800);

export const wallet = (maxLength: number, of: fc.Arbitrary<Discount> = discount): fc.Arbitrary<WalletCoupon[]> =>
  fc
    .array(fc.record({ discount: of, expiry }), { maxLength })
    .map((coupons) =>
      coupons.map((coupon, at) => owned(String(at), coupon.discount, { userCoupon: until(coupon.expiry) })),
    );

export const policy = fc.constantFrom<StackingPolicy>("product_then_shop", "exclusive", "one_per_order");
export const basis = fc.constantFrom<ThresholdBasis>("list", "after_product_coupons");

/** A shop coupon beside others, at times. */
export const shopOrNone = wallet(1, limited).map((owned) =>
  owned.map((one) => ({ ...one, userCoupon: { ...one.userCoupon, outUserCouponId: "shop" } })),
);
