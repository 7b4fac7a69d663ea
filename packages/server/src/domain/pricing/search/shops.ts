import type { Reduction } from "../../records.ts";
import { type Amount, isMore, nothing } from "../condition.ts";
import { takenOff } from "../discount.ts";

/** What a search must know of a shop coupon. */
export type ShopItem = {
  benefit: Reduction;
  cost: bigint;
  /** How much product coupons may use of what its threshold is judged by; absent: they cannot use more. */
  spare?: Amount;
  /** The least amount that it can be used on, fen; absent: any. */
  least?: number;
};

/** The shop coupons of which one at most is used on what product coupons leave to pay. */
export class Shops<S extends ShopItem> {
  readonly #all: readonly S[];
  /** The one of each kind that takes most off: what is least paid, these decide. */
  readonly strongest: readonly S[];
  /** Those that product coupons may make unusable. */
  readonly touchy: readonly S[];
  /** Those that decide what is least paid where some cannot be used. */
  readonly #deciding: readonly S[];

  constructor(all: readonly S[]) {
    this.#all = all;
    this.strongest = strongestOf(all);
    this.touchy = all.filter(({ spare }) => spare);
    this.#deciding =
      this.touchy.length === 0 ? this.strongest : [...strongestOf(all.filter(({ spare }) => !spare)), ...this.touchy];
  }

  /** The least that is paid where product coupons used up so much, and so much is left at least. */
  leastToPay(uses: Amount, left: number): number {
    if (this.touchy.length === 0) return this.leastPaid(left);
    return this.#deciding.reduce((least, { benefit, spare, least: from = 0 }) => {
      if (spare && isMore(uses, spare)) return least;
      const amount = Math.max(left, from);
      return Math.min(least, amount - takenOff(benefit, amount));
    }, left);
  }

  /** Where what is paid decides, not to be reckoned too dear: as if every shop coupon could be used. */
  leastPaid(amount: number): number {
    let least = amount;
    for (const { benefit } of this.strongest) least = Math.min(least, amount - takenOff(benefit, amount));
    return least;
  }

  /** The cheapest with which an amount comes to a payment, where product coupons used up so much; undefined: it needs none. */
  cheapestFor(amount: number, pay: number, uses = nothing): S | undefined {
    if (amount <= pay) return undefined;
    let cheapest: S | undefined;
    for (const shop of this.#all) {
      const { benefit, spare, cost } = shop;
      const isEnough = amount - takenOff(benefit, amount) <= pay && !(spare && isMore(uses, spare));
      if (isEnough && (!cheapest || cost < cheapest.cost)) cheapest = shop;
    }
    return cheapest;
  }

  /** The least that must come off a total for a payment, where `off` is enough: the more does, the less is paid. */
  leastOff(total: number, pay: number, off: number): number {
    let [from, to] = [0, off];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.leastPaid(total - middle) <= pay) to = middle;
      else from = middle + 1;
    }
    return to;
  }
}

function strongestOf<S extends ShopItem>(shops: readonly S[]): S[] {
  const strongest: { [K in Reduction["kind"]]?: S } = {};
  for (const shop of shops) {
    const { benefit } = shop;
    const before = strongest[benefit.kind];
    if (!before || strengthOf(benefit) > strengthOf(before.benefit)) strongest[benefit.kind] = shop;
  }
  const { rate, amountOff } = strongest;
  return [...(rate ? [rate] : []), ...(amountOff ? [amountOff] : [])];
}

/** Comparable among reductions of one kind. */
const strengthOf = (benefit: Reduction): number => (benefit.kind === "rate" ? -benefit.rate : benefit.amountOff);
