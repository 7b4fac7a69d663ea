import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { WalletCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { Discount } from "../../../src/domain/records.ts";
import { owned } from "./owned.ts";

/** Which of 100 products each of many product coupons names: shapes that are hard to choose from in different ways. */
export const shapes: Record<string, (at: number, random: () => number) => number[]> = {
  "each its own": (at) => [at],
  "all in a chain": (at) => [at, at + 1],
  "rings of five": (at) => [at, 5 * Math.floor(at / 5) + ((at + 1) % 5)].map((product) => product + 1000),
  "a grid": (at) => [at, at + 1, at + 1000, at + 1007],
  "two of thirty": (_, random) => some(2, 30, random),
  "one to three": (_, random) => some(1 + Math.floor(random() * 3), 100, random),
  "two to six": (_, random) => some(2 + Math.floor(random() * 5), 100, random),
  "five of a hundred": (_, random) => some(5, 100, random),
  "ten to sixty": (_, random) => some(10 + Math.floor(random() * 50), 100, random),
};

/** How much each takes off, fen: all the same, much the same, anything. */
export const amounts: Record<string, (random: () => number) => number> = {
  "500 each": () => 500,
  "900 to 1100": (random) => 900 + Math.floor(random() * 201),
  "1 to 10000": (random) => 1 + Math.floor(random() * 10_000),
};

/** A shop coupon beside them, or none; what is to be paid in the end makes a difference to which choices are equal. */
export const shops: Record<string, (total: number) => WalletCoupon[]> = {
  "no shop coupon": () => [],
  "half price": () => [
    owned("shop", { scope: "shop", products: null, threshold: nothing, benefit: { kind: "rate", rate: 5000 } }),
  ],
  "nothing to pay": (total) => [
    owned("shop", {
      scope: "shop",
      products: null,
      threshold: nothing,
      benefit: { kind: "amountOff", amountOff: total - Math.floor(total / 200) },
    }),
  ],
};

const nothing = { items: 0, spend: 0 };
const name = (product: number) => `p${product % 100}`;

/** A hundred lines at prices that no coupon here comes near to. */
export const hundredLines: CartLine[] = Array.from({ length: 100 }, (_, at) => ({
  outProductId: name(at),
  price: 20_000 + 7 * at,
  quantity: 1 + (at % 3),
}));

/** As many product coupons as asked for, each of which could be used on any of its products. */
export function hardWallet(count: number, shape: string, amount: string, random: () => number): WalletCoupon[] {
  return Array.from({ length: count }, (_, at) =>
    owned(String(at), {
      scope: "product",
      products: (shapes[shape] as (typeof shapes)[string])(at, random).map(name),
      threshold: nothing,
      benefit: { kind: "amountOff", amountOff: (amounts[amount] as (typeof amounts)[string])(random) },
    }),
  );
}

/** The same, but each needs all of its products: what it leaves to another one it cannot do without. */
export function hardBundles(count: number, shape: string, amount: string, random: () => number): WalletCoupon[] {
  return hardWallet(count, shape, amount, random).map(({ coupon, userCoupon }) => {
    const terms = coupon.terms.discount as Discount;
    const spend = hundredLines.reduce(
      (all, { outProductId, price, quantity }) =>
        terms.products?.includes(outProductId) ? all + price * quantity : all,
      0,
    );
    return owned(userCoupon.outUserCouponId, { ...terms, threshold: { items: 0, spend } });
  });
}

/** A cart of ten lines and product coupons of types 1 to 4 for one to three of its products each. */
export function usualWallet(count: number, random: () => number): { lines: CartLine[]; wallet: WalletCoupon[] } {
  const upTo = (most: number) => Math.floor(random() * most);
  const lines = Array.from({ length: 10 }, (_, at) => ({
    outProductId: name(at),
    price: 500 + upTo(20_000),
    quantity: 1 + upTo(3),
  }));
  const wallet = Array.from({ length: count }, (_, at) => {
    const threshold = [nothing, { items: 1 + upTo(4), spend: 0 }, { items: 0, spend: 1000 + upTo(20_000) }][at % 3];
    const byRate = { kind: "rate", rate: 5000 + upTo(4900) } as const;
    const byAmount = { kind: "amountOff", amountOff: 100 + upTo(3000) } as const;
    const benefit = at % 3 === 1 || at % 2 === 0 ? byRate : byAmount;
    const products = some(1 + upTo(3), 10, random).map(name);
    return owned(String(at), { scope: "product", products, threshold: threshold ?? nothing, benefit });
  });
  return { lines, wallet };
}

function some(count: number, of: number, random: () => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * of));
  return [...chosen];
}
