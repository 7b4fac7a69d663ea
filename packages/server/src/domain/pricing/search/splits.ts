import { type Cart, countOf, sum } from "../cart.ts";
import { type Amount, add, countedIn, nothing } from "../condition.ts";
import { takenOff } from "../discount.ts";
import type { Candidate } from "../stacking.ts";

/** Which products a coupon takes, the others being left to other coupons, and what it takes off then, fen. */
export type Split = { taken: bigint; off: number };

/** A set of products, and what a coupon counts there. */
type Counted = Amount & { taken: bigint };

/** What products of the cart that several coupons may take have to share out. */
export class Splits {
  /** What is there of each of these products, but for what costs nothing. */
  readonly #contested: readonly Counted[];
  readonly #contestedSet: bigint;
  readonly #cart: Cart;

  constructor(candidates: readonly Candidate[], cart: Cart) {
    let [once, twice] = [0n, 0n];
    for (const { takes } of candidates) {
      twice |= once & takes;
      once |= takes;
    }
    this.#cart = cart;
    this.#contestedSet = twice;
    this.#contested = [...cart.linesOf].flatMap(([product, places]) => {
      const taken = cart.bitOf.get(product) as bigint;
      if ((taken & twice) === 0n) return [];
      const priced = places.filter((at) => (cart.amounts[at] as number) > 0);
      return [
        { taken, items: sum(priced.map((at) => cart.lines[at]?.quantity ?? 0)), spend: sum(cart.amounts, priced) },
      ];
    });
  }

  /**
   * The sets of products that a coupon may take, at most so many, and what it takes off each; not `whole` where there are
   * more. Left out is a set of which another takes off as much with fewer products, unless `all` matter. A coupon on one
   * product takes that; what only one coupon may take it takes.
   */
  of({ discount, takes, alone }: Candidate, most: number, all: boolean): { splits: Split[]; whole: boolean } {
    const { benefit, threshold } = discount;
    const contested = this.#contested.filter(({ taken }) => (taken & takes) !== 0n);
    if ("outProductId" in benefit || contested.length === 0)
      return { splits: [{ taken: takes, off: alone }], whole: true };
    const offOf = ({ items, spend }: Amount) =>
      items < threshold.items || spend < threshold.spend ? 0 : takenOff(benefit, spend);
    const isFull = (set: Amount) => !all && offOf(set) === alone;
    const own = takes & ~this.#contestedSet;
    const { items, spend } = countedIn(discount, this.#cart, own);
    const none = { items, spend, taken: own };
    const every = contested.reduce(withProduct, none);
    let toCome: Amount = contested.reduce<Amount>(add, nothing);
    let sets: Counted[] = [none];
    for (const product of contested) {
      toCome = less(toCome, product);
      const next: Counted[] = [];
      const keep = (set: Counted) => {
        if (offOf(add(set, toCome)) > 0) next.push(set);
      };
      for (const set of sets) {
        keep(set);
        if (!isFull(set)) keep(withProduct(set, product));
      }
      sets = next;
      if (sets.length > 2 * most) break;
    }
    const splitsOf = (those: readonly Counted[]) =>
      those.map((set) => ({ taken: set.taken, off: offOf(set) })).filter(({ off }) => off > 0);
    const usable = splitsOf(sets);
    const needed = all ? usable : neededOf(usable);
    if (sets.length <= 2 * most && needed.length <= most) return { splits: needed.toSorted(inOrder), whole: true };
    // Too many: nothing that others may take, one such product each, and everything.
    const few = splitsOf([none, ...contested.map((product) => withProduct(none, product))]);
    const promising = few.toSorted((a, b) => promiseOf(b) - promiseOf(a)).slice(0, most - 1);
    const known = [...promising, ...splitsOf([every])];
    return { splits: (all ? known : neededOf(known)).toSorted(inOrder), whole: false };
  }
}

const withProduct = (set: Counted, product: Counted): Counted => ({
  items: set.items + product.items,
  spend: set.spend + product.spend,
  taken: set.taken | product.taken,
});

const less = (a: Amount, b: Amount): Amount => ({ items: a.items - b.items, spend: a.spend - b.spend });

/** Without those of which another takes off as much with fewer products. */
const neededOf = (splits: readonly Split[]): Split[] =>
  splits.filter((one) => !splits.some((other) => isNoLess(other, one)));

/** What it takes off, against the square root of how many products it takes: the usual measure of what packs well. */
const promiseOf = ({ taken, off }: Split): number => off / Math.sqrt(countOf(taken));

/** Whether a set of products takes off as much as another, larger one. */
const isNoLess = (one: Split, other: Split): boolean =>
  one.off === other.off && one.taken !== other.taken && (one.taken & ~other.taken) === 0n;

/** Products that stand first in the cart come first. */
const inOrder = (a: Split, b: Split): number => Number(a.taken > b.taken) - Number(a.taken < b.taken);
