import { type Cart, maskOf } from "../cart.ts";
import { type Amount, isMore, spareOf } from "../condition.ts";
import { giftsOf } from "../discount.ts";
import { type Effect, effectOf, givenOf, mostGiven, usedUp } from "../effect.ts";
import type { ThresholdBasis } from "../policies.ts";
import type { Candidate, Use } from "../stacking.ts";
import type { Item } from "./arrange.ts";
import type { ShopItem } from "./search.ts";

/** A product coupon as it is used in one way. */
export type Option = Item & Use;
export type ShopOption = ShopItem & { candidate: Candidate };

/** The ways to use coupons that a search chooses from; not `whole` where there are more than can be looked at. */
export type Options = {
  items: Option[];
  shops: ShopOption[];
  whole: boolean;
  /** By so many bits each cost is shifted, for what decides where costs are equal. */
  shift: bigint;
};

/** How many ways are looked at to use a coupon that gives items away, and of all of them; and how many shop coupons. */
const MOST_WAYS = 32;
const MOST_WAYS_OF_ALL = 1000;
const MOST_SHOPS = 32;
/** So many bits hold any amount, fen. */
const BITS_OF_FEN = 32n;

/**
 * The ways in which coupons can be used together. What one gives away counts for no other (ADR 10): where that could undo
 * a condition, one that gives items away may give fewer, and each number of them is a way of its own. Ways of which one
 * undoes the other's condition share a bit of `takes`; what several undo together, and what they do to shop coupons, is
 * left to the search.
 */
export function optionsOf(
  products: readonly Candidate[],
  shops: readonly Candidate[],
  cart: Cart,
  basis: ThresholdBasis,
): Options {
  const uses = products.map((candidate) => ({ candidate, gifts: giftsOf(candidate.discount, cart) }));
  if (basis === "list" && !uses.some(({ gifts }) => gifts > 0))
    return {
      items: uses.map(plainItem),
      shops: shops.flatMap((candidate) => shopItem(candidate)),
      whole: true,
      shift: 0n,
    };
  const effects = unlike(uses, ({ candidate }) => candidate.discount).map((use) => effectOf(use, cart));
  const most = mostGiven(effects.map(({ gift }) => gift));
  const off = Math.min(
    cart.total,
    effects.reduce((all, effect) => all + effect.off, 0),
  );
  const mostUsed = usedUp({ off, gift: { product: 0n, ...givenOf(-1n, most) } }, basis);
  const beside = shops.flatMap((candidate) => shopItem(candidate, spareBeside(candidate, cart, mostUsed), basis));
  const touchesShops = beside.some(({ spare }) => spare);
  if (!touchesShops && !effects.some(({ limit }) => isMore(givenOf(limit.counts, most), limit)))
    return { items: uses.map(plainItem), shops: beside, whole: true, shift: 0n };
  return entangled(effects, beside, cart, touchesShops ? basis : undefined);
}

function entangled(
  effects: readonly Effect[],
  beside: readonly ShopOption[],
  cart: Cart,
  basis: ThresholdBasis | undefined,
): Options {
  const { ways, shift, whole } = waysOf(effects, cart);
  const items = ways.map(({ effect, kept }) => ({
    ...plainItem(effect),
    alone: effect.off,
    cost: effect.candidate.cost << shift,
    kept,
    ...(basis && { uses: usedUp(effect, basis) }),
  }));
  keepApart(
    items,
    ways.map(({ effect }) => effect),
    cart,
  );
  const touchy = unlike(
    beside.filter(({ spare }) => spare),
    ({ candidate }) => candidate.discount,
  );
  const shops = [...beside.filter(({ spare }) => !spare), ...touchy.slice(0, MOST_SHOPS)];
  return {
    items,
    shops: shops.map((shop) => ({ ...shop, cost: shop.cost << shift })),
    whole: whole && touchy.length <= MOST_SHOPS,
    shift,
  };
}

const plainItem = ({ candidate, gifts }: Use): Option => {
  const { alone, takes, cost } = candidate;
  return { alone, takes, cost, candidate, gifts };
};

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

/** Of coupons that are alike in what they give, the one that ranks first: they never go together. */
function unlike<T>(ranked: readonly T[], of: (one: T) => object): T[] {
  const first = new Map<string, T>();
  for (const one of ranked) {
    const key = JSON.stringify(of(one));
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/** Every way to use each coupon. Of equal results, the coupon that ranks first gives away most. */
function waysOf(effects: readonly Effect[], cart: Cart) {
  const giving = effects.filter(({ gifts }) => gifts > 1);
  const each = Math.max(1, Math.min(MOST_WAYS, Math.floor(MOST_WAYS_OF_ALL / Math.max(1, giving.length))));
  const ways = effects.flatMap((effect) => {
    if (effect.gifts <= 1) return [{ effect, kept: 0n }];
    const weight = BITS_OF_FEN * BigInt(giving.length - 1 - giving.indexOf(effect));
    return some(effect.gifts, each).map((gifts) => {
      const fewer = effectOf({ candidate: effect.candidate, gifts }, cart);
      return { effect: fewer, kept: BigInt(effect.off - fewer.off) << weight };
    });
  });
  return {
    ways,
    shift: BITS_OF_FEN * BigInt(giving.length),
    whole: giving.every(({ gifts }) => gifts <= each),
  };
}

/** All numbers from 1 to a count, or so many of them at equal distances, the count itself among them. */
const some = (count: number, most: number): number[] =>
  Array.from({ length: Math.min(count, most) }, (_, at, all = Math.min(count, most)) =>
    Math.ceil((count * (at + 1)) / all),
  );

/** Marks the ways of which one undoes the other's condition by itself, and those that may do so together with others. */
function keepApart(items: Option[], effects: readonly Effect[], cart: Cart): void {
  const places = [...items.keys()];
  const effect = (at: number) => effects[at] as Effect;
  const giving = Map.groupBy(
    places.filter((at) => effect(at).gifts > 0),
    (at) => effect(at).gift.product,
  );
  // Of ways that are on the same product, and never together, those that are undone by the same are one.
  const asking = Map.groupBy(
    places.filter((at) => effect(at).limit.counts > 0n),
    (at) => `${items[at]?.takes} ${Object.values(effect(at).limit).join(" ")}`,
  );
  for (const at of places) (items[at] as Option).lines = (items[at] as Option).takes;
  let bit = maskOf(null, cart) + 1n;
  for (const group of asking.values()) {
    const { limit } = effect(group[0] as number);
    const rest: number[] = [];
    for (const [product, those] of giving) {
      if ((limit.counts & product) === 0n) continue;
      // A bit for each product, since those that give different ones may go together.
      const undoing = those.filter((at) => isMore(effect(at).gift, limit));
      for (const at of undoing.length > 0 ? [...group, ...undoing] : []) (items[at] as Option).takes |= bit;
      if (undoing.length > 0) bit <<= 1n;
      rest.push(...those.filter((at) => !isMore(effect(at).gift, limit)));
    }
    if (!isMore(givenOf(limit.counts, mostGiven(rest.map((at) => effect(at).gift))), limit)) continue;
    for (const at of group) (items[at] as Option).limit = limit;
    for (const at of rest) (items[at] as Option).gift = effect(at).gift;
  }
}
