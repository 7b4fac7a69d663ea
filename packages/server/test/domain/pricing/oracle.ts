import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { WalletCoupon } from "../../../src/domain/pricing/eligible.ts";
import type { StackingPolicy, ThresholdBasis } from "../../../src/domain/pricing/policies.ts";
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

/** The items that a coupon counts for its condition. */
const countedBy = ({ benefit, products }: Discount, pieces: readonly Piece[]): Piece[] =>
  pieces.filter(
    ({ product }) =>
      (!products || products.includes(product)) && !(benefit.kind === "tradeIn" && benefit.outProductId === product),
  );

/** The dearest first. */
const byPrice = (pieces: readonly Piece[], meant: string): Piece[] =>
  pieces.filter(({ product, price }) => product === meant && price > 0).sort((a, b) => b.price - a.price);

/**
 * One way to use a coupon: what it takes off, from which products, which items it gives away for nothing, what it asks for
 * and of which items.
 */
type Way = {
  place: number;
  off: number;
  takes: string[];
  gives: Piece[];
  asks: { items: number; spend: number };
  counts: Piece[];
};

/** Every way to use a product coupon on a cart by itself, item by item. */
function waysOf(discount: Discount, place: number, pieces: readonly Piece[]): Way[] {
  const { benefit, products, threshold } = discount;
  const counted = countedBy(discount, pieces);
  if (counted.length < threshold.items || totalOf(counted) < threshold.spend) return [];
  if (benefit.kind === "rate" || benefit.kind === "amountOff")
    return subsetsOf([...new Set(counted.filter(({ price }) => price > 0).map(({ product }) => product))]).flatMap(
      (takes) => {
        const counts = counted.filter(({ price, product }) => price === 0 || takes.includes(product));
        const off = totalOf(counts) - reduced(benefit, totalOf(counts));
        const isMet = counts.length >= threshold.items && totalOf(counts) >= threshold.spend;
        return isMet && off > 0 ? [{ place, off, takes, gives: [], asks: threshold, counts }] : [];
      },
    );
  const takes = [benefit.outProductId];
  const one = (off: number, gives: Piece[] = []): Way[] =>
    off > 0 ? [{ place, off, takes, gives, asks: threshold, counts: counted }] : [];
  const there = byPrice(pieces, benefit.outProductId);
  if (benefit.kind === "tradeIn") {
    const [had] = there;
    return had && had.price > benefit.price ? one(had.price - benefit.price, benefit.price === 0 ? [had] : []) : [];
  }
  const free = products?.includes(benefit.outProductId)
    ? there.filter((_, at) => at % (threshold.items + benefit.items) >= threshold.items)
    : there.slice(0, Math.floor(counted.length / threshold.items) * benefit.items);
  const isSame = products?.includes(benefit.outProductId);
  return free.map((_, last) => {
    const gives = free.slice(0, last + 1);
    const items = isSame ? 0 : Math.ceil(gives.length / benefit.items) * threshold.items;
    return { place, off: totalOf(gives), takes, gives, asks: { items, spend: 0 }, counts: counted };
  });
}

const subsetsOf = (names: string[]): string[][] =>
  names.length === 0 ? [[]] : subsetsOf(names.slice(1)).flatMap((set) => [set, [names[0] as string, ...set]]);

/** What a product coupon may reduce. */
const reduces = ({ benefit, products }: Discount, product: string): boolean =>
  "outProductId" in benefit ? benefit.outProductId === product : !!products?.includes(product);

/** A set of coupons by their places in the wallet, and what is paid with them. */
type Tried = { places: number[]; pays: number };

/** Tries every set of coupons that a policy allows, in every way, and answers the best: ADR 10, word by word. */
export function bruteForce(
  cart: readonly CartLine[],
  wallet: readonly WalletCoupon[],
  policy: StackingPolicy,
  basis: ThresholdBasis = "list",
): Tried {
  const pieces = piecesOf(cart);
  const total = totalOf(pieces);
  const coupons = wallet.map(({ coupon }) => coupon.terms.discount as Discount);
  const products = [...new Set(cart.filter(({ price }) => price > 0).map(({ outProductId }) => outProductId))];
  let best: Tried = { places: [], pays: total };
  goOn([], 0);
  return best;

  function goOn(chosen: Way[], from: number): void {
    const places = chosen.map(({ place }) => place);
    if (!isAllowed(chosen)) return;
    const pays = isShared(chosen) ? paidWith(chosen) : undefined;
    if (pays !== undefined && isBetter({ places, pays }, best)) best = { places, pays };
    for (let place = from; place < coupons.length; place++) {
      const discount = coupons[place] as Discount;
      const ways =
        discount.scope === "shop"
          ? [{ place, off: 0, takes: [], gives: [], asks: discount.threshold, counts: countedBy(discount, pieces) }]
          : waysOf(discount, place, pieces);
      for (const way of ways) goOn([...chosen, way], place + 1);
    }
  }

  function isAllowed(chosen: Way[]): boolean {
    if (policy === "one_per_order") return chosen.length <= 1;
    const shops = chosen.filter(({ place }) => coupons[place]?.scope === "shop").length;
    if (policy === "exclusive" && shops > 0) return chosen.length === 1;
    return shops <= 1 && products.every((product) => chosen.filter(({ takes }) => takes.includes(product)).length <= 1);
  }

  /** Whether coupons leave a product to each other only, and none to nobody. */
  function isShared(chosen: Way[]): boolean {
    const productCoupons = chosen.filter(({ place }) => coupons[place]?.scope === "product");
    return products.every(
      (product) =>
        !productCoupons.some(({ place }) => reduces(coupons[place] as Discount, product)) ||
        productCoupons.some(({ takes }) => takes.includes(product)),
    );
  }

  /** Undefined: with what others give away, or take off, a condition is not met. */
  function paidWith(chosen: Way[]): number | undefined {
    let left = total;
    for (const way of chosen) left -= way.off;
    for (const way of chosen) {
      const discount = coupons[way.place] as Discount;
      const given = chosen.flatMap((other) => (other === way ? [] : other.gives));
      const counts = way.counts.filter((piece) => !given.includes(piece));
      const afterAll = discount.scope === "shop" && basis === "after_product_coupons";
      if (counts.length < way.asks.items || (afterAll ? left : totalOf(counts)) < way.asks.spend) return undefined;
    }
    for (const { place } of chosen) {
      const { scope, benefit } = coupons[place] as Discount;
      if (scope === "shop") left = reduced(benefit, left);
    }
    return left;
  }

  function isBetter(a: Tried, b: Tried): boolean {
    if (a.pays !== b.pays) return a.pays < b.pays;
    if (a.places.length !== b.places.length) return a.places.length < b.places.length;
    const first = (one: Tried, other: Tried) => ranks(one.places.filter((place) => !other.places.includes(place)))[0];
    return (first(a, b) ?? 0) < (first(b, a) ?? 0);
  }

  function ranks(places: number[]): number[] {
    const end = (place: number) => (wallet[place] as WalletCoupon).userCoupon.validity.end || Number.MAX_SAFE_INTEGER;
    const order = wallet.map((_, place) => place).sort((a, b) => end(a) - end(b) || a - b);
    return places.map((place) => order.indexOf(place)).sort((a, b) => a - b);
  }
}
