import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { HeldCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { StackingPolicy } from "../../../src/domain/pricing/stacking.ts";
import type { Discount } from "../../../src/domain/records.ts";

/** One item of a cart. */
type Piece = { line: number; product: string; price: number };

const piecesOf = (cart: readonly CartLine[]): Piece[] =>
  cart.flatMap(({ outProductId: product, price, quantity }, line) =>
    Array.from({ length: quantity }, () => ({ line, product, price })),
  );

const totalOf = (pieces: readonly Piece[]) => pieces.reduce((total, { price }) => total + price, 0);

/** What a rate or an amount leaves to pay: in fractions, not as the engine reckons. */
function reduced(benefit: Discount["benefit"], amount: number): number {
  if (benefit.kind === "amountOff") return amount > benefit.amountOff ? amount - benefit.amountOff : 0;
  if (benefit.kind !== "rate") throw new Error("no ratio");
  const paid = BigInt(amount) * BigInt(benefit.rate);
  const whole = paid / 10_000n;
  return Number(paid % 10_000n >= 5_000n ? whole + 1n : whole);
}

/** What a product coupon takes off a cart, item by item; undefined: its threshold is not met. */
function offOf(discount: Discount, cart: readonly CartLine[]): number | undefined {
  const pieces = piecesOf(cart);
  const { benefit, products, threshold } = discount;
  const counted = pieces.filter(
    ({ product }) =>
      (!products || products.includes(product)) && !(benefit.kind === "tradeIn" && benefit.outProductId === product),
  );
  if (counted.length < threshold.items || totalOf(counted) < threshold.spend) return undefined;
  if (benefit.kind === "rate" || benefit.kind === "amountOff")
    return totalOf(counted) - reduced(benefit, totalOf(counted));
  const prices = pieces.flatMap(({ product, price }) => (product === benefit.outProductId ? [price] : []));
  prices.sort((a, b) => a - b);
  if (benefit.kind === "tradeIn") {
    const had = prices.find((price) => price > benefit.price);
    return had === undefined ? 0 : had - benefit.price;
  }
  const same = products?.includes(benefit.outProductId);
  let bought = counted.length;
  let free = 0;
  while (bought >= threshold.items && free < prices.length) {
    bought -= threshold.items;
    for (let gift = 0; gift < benefit.items && free < prices.length; gift++) {
      if (same && bought === 0) break;
      if (same) bought -= 1;
      free += 1;
    }
  }
  return prices.slice(0, free).reduce((a, b) => a + b, 0);
}

const reduces = ({ benefit, products, scope }: Discount, product: string): boolean =>
  scope === "shop" || ("outProductId" in benefit ? benefit.outProductId === product : !!products?.includes(product));

/** A set of coupons by their places in the wallet, and what is paid with them. */
type Tried = { places: number[]; pays: number };

/** Tries every set of coupons that a policy allows and answers the best: ADR 10, word by word. */
export function bruteForce(cart: readonly CartLine[], wallet: readonly HeldCoupon[], policy: StackingPolicy): Tried {
  const total = totalOf(piecesOf(cart));
  const coupons = wallet.map(({ coupon }) => coupon.terms.discount as Discount);
  const offs = coupons.map((discount) => offOf(discount, cart));
  const usable = coupons.flatMap((_, place) => ((offs[place] ?? 0) > 0 ? [place] : []));
  const sets = Array.from({ length: 2 ** usable.length }, (_, set) => usable.filter((_, bit) => (set >> bit) & 1));
  const tried = sets.filter(isAllowed).map((places) => ({ places, pays: paidWith(places) }));
  return tried.reduce((a, b) => (isBetter(b, a) ? b : a));

  function isAllowed(places: number[]): boolean {
    if (policy === "one_per_order") return places.length <= 1;
    const of = (scope: string) => places.filter((place) => coupons[place]?.scope === scope);
    const onLine = (set: number[], product: string) =>
      set.filter((place) => reduces(coupons[place] as Discount, product));
    return policy === "exclusive"
      ? cart.every(({ outProductId }) => onLine(places, outProductId).length <= 1)
      : of("shop").length <= 1 && cart.every(({ outProductId }) => onLine(of("product"), outProductId).length <= 1);
  }

  function paidWith(places: number[]): number {
    let left = total;
    for (const place of places) if (coupons[place]?.scope === "product") left -= offs[place] as number;
    for (const place of places)
      if (coupons[place]?.scope === "shop") left = reduced((coupons[place] as Discount).benefit, left);
    return left;
  }

  function isBetter(a: Tried, b: Tried): boolean {
    if (a.pays !== b.pays) return a.pays < b.pays;
    if (a.places.length !== b.places.length) return a.places.length < b.places.length;
    const first = (one: Tried, other: Tried) => ranks(one.places.filter((place) => !other.places.includes(place)))[0];
    return (first(a, b) ?? 0) < (first(b, a) ?? 0);
  }

  function ranks(places: number[]): number[] {
    const end = (place: number) => (wallet[place] as HeldCoupon).userCoupon.validity.end || Number.MAX_SAFE_INTEGER;
    const order = wallet.map((_, place) => place).sort((a, b) => end(a) - end(b) || a - b);
    return places.map((place) => order.indexOf(place)).sort((a, b) => a - b);
  }
}
