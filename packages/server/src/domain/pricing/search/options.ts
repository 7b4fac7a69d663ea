import { type Cart, countOf, everything, sum } from "../cart.ts";
import { type Amount, isMore, spareOf } from "../condition.ts";
import { giftsOf } from "../discount.ts";
import { type Effect, effectOf, givenOf, mostGiven, usedUp } from "../effect.ts";
import type { ThresholdBasis } from "../policies.ts";
import type { Candidate, Use } from "../stacking.ts";
import { worthOn } from "../worth.ts";
import { keepApart } from "./apart.ts";
import type { Item } from "./item.ts";
import type { ShopItem } from "./shops.ts";
import { Splits } from "./splits.ts";

/** A product coupon as it is used in one way. */
export type Option = Item & Use;
export type ShopOption = ShopItem & { candidate: Candidate };

/** The ways to use coupons that a search chooses from; not `whole` where there are more than can be looked at. */
export type Options = {
  items: Option[];
  /** Of each coupon that can be used on different products, how it is used on what is left beside what is taken. */
  onRest: ((taken: bigint) => Option[])[];
  shops: ShopOption[];
  whole: boolean;
  /** By so many bits each cost is shifted, for what decides where costs are equal. */
  shift: bigint;
};

/** How many ways are looked at to use a coupon, and all of them; and how many shop coupons. */
const MOST_WAYS = 32;
const MOST_WAYS_OF_ALL = 4000;
const MOST_SHOPS = 32;
/** So many bits hold the place of one of a coupon's ways. */
const BITS_OF_WAY = 6n;

/**
 * The ways in which coupons can be used together. A product is taken by one coupon: of products that several may take, each
 * of them may leave some to the others, and each set of those that it takes is a way of its own (`splits.ts`). What one
 * gives away counts for no other (ADR 10): where that could undo a condition, one that gives items away may give fewer, and
 * each number of them is a way. All ways of a coupon are in each other's way; so are ways of which one undoes the other's
 * condition (`apart.ts`). What several undo together, and what they do to shop coupons, is left to the search. Only where
 * the coupons are chosen and it `isSharing` that is left, the ways of a coupon differ in what they are worth when all else
 * is equal.
 */
export function optionsOf(
  products: readonly Candidate[],
  shops: readonly Candidate[],
  cart: Cart,
  basis: ThresholdBasis,
  isSharing: boolean,
): Options {
  const uses = fewAlike(products).map((candidate) => ({
    candidate,
    taken: candidate.takes,
    gifts: giftsOf(candidate.discount, cart),
  }));
  const effects = uses.map((use) => effectOf(use, cart, use.candidate.alone));
  const most = mostGiven(effects.map(({ gift }) => gift));
  const off = Math.min(cart.total, sum(effects.map((effect) => effect.off)));
  const mostUsed = usedUp({ off, gift: { product: 0n, ...givenOf(everything, most) } }, basis);
  const beside = shops.flatMap((candidate) => shopItem(candidate, spareBeside(candidate, cart, mostUsed), basis));
  const touchy = unlike(
    beside.filter(({ spare }) => spare),
    ({ candidate }) => candidate.discount,
  );
  const isEntangled = touchy.length > 0 || effects.some(({ limit }) => isMore(givenOf(limit.counts, most), limit));
  const isStrict = basis === "after_product_coupons" && shops.some(({ discount }) => discount.threshold.spend > 0);
  const { items, onRest, whole, shift } = itemsOf(
    effects,
    { isEntangled, isStrict, isSharing, judged: touchy.length > 0 ? basis : undefined },
    cart,
  );
  const shopsOf = [...beside.filter(({ spare }) => !spare), ...touchy.slice(0, MOST_SHOPS)];
  return {
    items,
    onRest,
    shops: shopsOf.map((shop) => ({ ...shop, cost: shop.cost << shift })),
    whole: whole && touchy.length <= MOST_SHOPS,
    shift,
  };
}

/** Whether coupons undo conditions of each other; whether what one leaves another must take; what undoes shop coupons. */
type Entangled = { isEntangled: boolean; isStrict: boolean; isSharing: boolean; judged: ThresholdBasis | undefined };

/** The ways to use each coupon as the search sees them. Of equal results, the first way of the coupon that ranks first. */
function itemsOf(effects: readonly Effect[], entangled: Entangled, cart: Cart) {
  const { isEntangled, isStrict, isSharing, judged } = entangled;
  const { ways, whole } = waysOf(effects, entangled, cart);
  const varied = ways.filter((those) => those.length > 1);
  const shift = isSharing ? BITS_OF_WAY * BigInt(varied.length) : 0n;
  const onRest: Options["onRest"] = [];
  let bit = 1n << BigInt(cart.products.size);
  const items = ways.flatMap((those) => {
    const isKept = isSharing && those.length > 1;
    const weight = isKept ? BITS_OF_WAY * BigInt(varied.length - 1 - varied.indexOf(those)) : 0n;
    const isSplit = those.length > 1 && those.some(({ taken }) => taken !== those[0]?.taken);
    const own = isSplit ? bit : 0n;
    if (isSplit) bit <<= 1n;
    const common = those.reduce((all, { taken }) => all & taken, everything);
    const lines = isSplit ? common | own : common;
    const itemOf = (effect: Effect, at: number): Option => {
      const { candidate, taken, gifts, off } = effect;
      return {
        candidate,
        taken,
        gifts,
        alone: off,
        takes: isSplit ? taken | own : taken,
        cost: candidate.cost << shift,
        lines,
        // All of one shape, whatever is absent: the search reads them in its innermost loops.
        kept: isKept ? BigInt(at) << weight : undefined,
        own: isSplit ? own : undefined,
        lists: isSplit ? candidate.takes : undefined,
        uses: judged && usedUp(effect, judged),
        leaves: isStrict ? candidate.takes & ~taken : undefined,
        fills: isStrict ? taken : undefined,
        gift: undefined,
        limit: undefined,
      };
    };
    if (isSplit) onRest.push((used) => onRestOf(those[0] as Effect, own, used, cart).map(itemOf));
    return those.map(itemOf);
  });
  if (isEntangled) keepApart(items, ways.flat(), bit);
  return { items, onRest, whole, shift };
}

/** The way to use a coupon that is not used yet on all that is left of what it may take. */
function onRestOf(effect: Effect, own: bigint, used: bigint, cart: Cart): Effect[] {
  const { takes, discount } = effect.candidate;
  const taken = takes & ~used;
  const off = (own & used) === 0n ? worthOn(discount, cart, taken) : 0;
  return off > 0 ? [{ ...effect, taken, off }] : [];
}

/** Every way to use each coupon: the one that gives most away first, the one on what stands first in the cart first. */
function waysOf(effects: readonly Effect[], { isEntangled, isStrict }: Entangled, cart: Cart) {
  const splits = new Splits(
    effects.map(({ candidate }) => candidate),
    cart,
  );
  const each = Math.max(1, Math.min(MOST_WAYS, Math.floor(MOST_WAYS_OF_ALL / Math.max(1, effects.length))));
  let whole = true;
  const ways = effects.map((effect): Effect[] => {
    const { candidate, gifts } = effect;
    if (gifts > 1) {
      if (!isEntangled) return [effect];
      whole &&= gifts <= each;
      return some(gifts, each)
        .map((fewer) => effectOf({ ...effect, gifts: fewer }, cart))
        .reverse();
    }
    const found = splits.of(candidate, each, isStrict);
    whole &&= found.whole;
    return found.splits.map(({ taken, off }) => ({ ...effect, taken, off }));
  });
  return { ways, whole };
}

function shopItem(candidate: Candidate, spare?: Amount, basis?: ThresholdBasis): ShopOption[] {
  const { discount, cost } = candidate;
  if (discount.scope !== "shop") return [];
  const { benefit, threshold } = discount;
  const least = basis === "after_product_coupons" ? threshold.spend : 0;
  return [{ candidate, benefit, cost, ...(spare && { spare, least }) }];
}

/** What product coupons may use up and a shop coupon's condition is still met; undefined where they cannot use more. */
function spareBeside({ discount }: Candidate, cart: Cart, mostUsed: Amount): Amount | undefined {
  const spare = spareOf(discount, cart, 0);
  return isMore(mostUsed, spare) ? spare : undefined;
}

/** Of coupons that are alike in what they give, as many as can go together: each takes a product. The first of them. */
const fewAlike = (ranked: readonly Candidate[]): Candidate[] =>
  ranked.filter((candidate, rank) => {
    let alike = 0;
    for (let before = 0; before < rank; before++)
      if (isAlike(ranked[before] as Candidate, candidate) && ++alike === countOf(candidate.takes)) return false;
    return candidate.takes > 0n;
  });

/** Whether two coupons are alike in what they give; what they take off is compared first, since it mostly differs. */
function isAlike(one: Candidate, other: Candidate): boolean {
  if (one.alone !== other.alone || one.takes !== other.takes) return false;
  const [a, b] = [one.discount, other.discount];
  if (a.threshold.items !== b.threshold.items || a.threshold.spend !== b.threshold.spend) return false;
  if (a.products?.length !== b.products?.length || !isSame(a.benefit, b.benefit)) return false;
  return a.products?.every((product, at) => product === b.products?.[at]) ?? true;
}

function isSame<T extends object>(a: T, b: T): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  return true;
}

/** Of coupons that are alike in what they give, the one that ranks first: they never go together. */
function unlike<T>(ranked: readonly T[], of: (one: T) => object): T[] {
  return [...Map.groupBy(ranked, (one) => JSON.stringify(of(one))).values()].map(([first]) => first as T);
}

/** All numbers from 1 to a count, or so many of them at equal distances, the count itself among them. */
const some = (count: number, most: number): number[] =>
  Array.from({ length: Math.min(count, most) }, (_, at, all = Math.min(count, most)) =>
    Math.ceil((count * (at + 1)) / all),
  );
