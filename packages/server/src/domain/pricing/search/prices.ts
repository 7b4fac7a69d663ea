import { placesIn } from "../cart.ts";
import type { Item } from "./item.ts";

/** How often prices are made better; after so many times in vain by smaller steps. */
const ROUNDS = 100;
const IN_VAIN = 5;

/**
 * Prices of products by which no choice of coupons takes off more than all products come to, and of each coupon what its
 * best way takes off beyond the prices of what it takes: a choice has at most one way of a coupon, and each product once. So
 * it is for all prices; these are such that it is not much more than can be had (those of the linear program, nearly).
 */
export class Prices {
  readonly #items: readonly Item[];
  /** The products of each item, and the coupon that it is a way of, both by numbers. */
  readonly #products: readonly (readonly number[])[];
  readonly #couponOf: readonly number[];
  #prices: Float64Array;
  /** What each item takes off beyond the prices of what it takes. */
  readonly #beyond: Float64Array;
  /** While reckoning: which products are open, and the best open way of each coupon; -1: none. */
  readonly #isOpen: Uint8Array;
  readonly #wayOf: Int32Array;

  /** `byOff`: the places of the items, by what they take off, most first. */
  constructor(items: readonly Item[], byOff: readonly number[]) {
    const coupons = new Map<bigint | number, number>();
    this.#items = items;
    this.#products = items.map(({ takes, own }) => placesIn(own === undefined ? takes : takes & ~own));
    this.#couponOf = items.map(({ own }, at) => {
      const nth = coupons.get(own ?? at) ?? coupons.size;
      coupons.set(own ?? at, nth);
      return nth;
    });
    const count = this.#products.reduce((most, products) => Math.max(most, (products.at(-1) ?? -1) + 1), 0);
    this.#prices = new Float64Array(count);
    this.#beyond = new Float64Array(items.map(({ alone }) => alone));
    this.#isOpen = new Uint8Array(count);
    this.#wayOf = new Int32Array(coupons.size);
    this.#improve(byOff);
  }

  /** The most that any choice from some items takes off. */
  mostOf(open: readonly number[]): number {
    this.#isOpen.fill(0);
    this.#wayOf.fill(-1);
    let most = 0;
    for (const at of open) {
      const coupon = this.#couponOf[at] as number;
      const way = this.#wayOf[coupon] as number;
      const more = (this.#beyond[at] as number) - (way < 0 ? 0 : (this.#beyond[way] as number));
      if (more > 0) {
        this.#wayOf[coupon] = at;
        most += more;
      }
      for (const product of this.#products[at] as readonly number[]) {
        if (this.#isOpen[product]) continue;
        this.#isOpen[product] = 1;
        most += this.#prices[product] as number;
      }
    }
    // A little more than a fen's part that reckoning in floats may have lost.
    return Math.floor(most + 0.001);
  }

  /** Raises the price of what is wanted more than once, and lowers that of what is not wanted, as far as that helps. */
  #improve(byOff: readonly number[]): void {
    const all = [...this.#items.keys()];
    const reached = reachedBy(byOff.map((at) => this.#items[at] as Item));
    let best = { most: Number.POSITIVE_INFINITY, prices: this.#prices };
    let [pace, inVain] = [1, 0];
    for (let round = 0; round < ROUNDS && best.most > reached; round++) {
      const most = this.mostOf(all);
      if (most < best.most) [best, inVain] = [{ most, prices: this.#prices }, 0];
      else if (++inVain === IN_VAIN) [pace, inVain] = [pace / 2, 0];
      const wanted = this.#wanted();
      let square = 0;
      for (const one of wanted) square += one * one;
      if (square === 0) break;
      const step = (pace * (most - reached)) / square;
      const prices = new Float64Array(wanted.length);
      for (let product = 0; product < prices.length; product++)
        prices[product] = Math.max(0, (this.#prices[product] as number) + step * (wanted[product] as number));
      this.#price(prices);
    }
    this.#price(best.prices);
  }

  /** How much too often each product is wanted by the best ways of the coupons: -1 where it has a price and nobody does. */
  #wanted(): Float64Array {
    const wanted = new Float64Array(this.#prices.length).fill(-1);
    for (const way of this.#wayOf)
      for (const product of way < 0 ? [] : (this.#products[way] as readonly number[]))
        wanted[product] = (wanted[product] as number) + 1;
    for (let product = 0; product < wanted.length; product++)
      if ((wanted[product] as number) < 0 && this.#prices[product] === 0) wanted[product] = 0;
    return wanted;
  }

  #price(prices: Float64Array): void {
    this.#prices = prices;
    for (const [at, { alone }] of this.#items.entries()) {
      let beyond = alone;
      for (const product of this.#products[at] as readonly number[]) beyond -= prices[product] as number;
      this.#beyond[at] = beyond;
    }
  }
}

/** What comes off if items are taken up in their order. */
function reachedBy(items: readonly Item[]): number {
  let [taken, off] = [0n, 0];
  for (const { takes, alone } of items) if ((taken & takes) === 0n) [taken, off] = [taken | takes, off + alone];
  return off;
}
