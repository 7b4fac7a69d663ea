import type { Discount } from "../../records.ts";
import { type Cart, countOf, itemsOn } from "../cart.ts";
import { type Amount, countedIn, takesWhatItCounts } from "../condition.ts";
import { takenOff } from "../discount.ts";
import type { Candidate } from "../stacking.ts";

/** Which products a coupon takes, the others being left to other coupons, and what it takes off then, fen. */
export type Split = { taken: bigint; off: number };

/** A product, or a set of them, and what there is of it that a coupon counts. */
type Counted = Amount & { taken: bigint };

/** What products of the cart that several coupons may take have to share out. */
export class Splits {
  /** What is there of each of these products, but for what costs nothing. */
  readonly #contested: Counted[];
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
    this.#contested = [];
    for (const { set: taken, places, spend } of twice === 0n ? [] : cart.products.values()) {
      if ((taken & twice) === 0n) continue;
      const priced = places.filter((at) => (cart.amounts[at] as number) > 0);
      this.#contested.push({ taken, items: itemsOn(priced, cart), spend });
    }
  }

  /**
   * The sets of products that a coupon may take, at most so many, and what it takes off each; not `whole` where there are
   * more. Left out is a set of which another takes off as much with fewer products, unless `all` matter. A coupon on one
   * product takes that; what only one coupon may take it takes.
   */
  of({ discount, takes, alone }: Candidate, most: number, all: boolean): { splits: Split[]; whole: boolean } {
    const contested = this.#contested.filter(({ taken }) => (taken & takes) !== 0n);
    if (!takesWhatItCounts(discount) || contested.length === 0)
      return { splits: [{ taken: takes, off: alone }], whole: true };
    const own = takes & ~this.#contestedSet;
    const { items, spend } = countedIn(discount, this.#cart, own);
    const none: Counted & Split = { items, spend, taken: own, off: offOf(discount, items, spend) };
    // What products that are still to come could add.
    let [itemsMore, spendMore] = [0, 0];
    for (const product of contested) {
      itemsMore += product.items;
      spendMore += product.spend;
    }
    const sets = [none];
    for (const product of contested) {
      itemsMore -= product.items;
      spendMore -= product.spend;
      const count = sets.length;
      for (let at = 0; at < count; at++) {
        const set = sets[at] as Counted & Split;
        if (all || set.off !== alone) sets.push(withProduct(discount, set, product));
      }
      // Of those without the product, what can still come to something.
      let kept = 0;
      for (let at = 0; at < sets.length; at++) {
        const set = sets[at] as Counted & Split;
        if (at >= count || offOf(discount, set.items + itemsMore, set.spend + spendMore) > 0) sets[kept++] = set;
      }
      sets.length = kept;
      if (sets.length > 2 * most) break;
    }
    const needed = all ? sets : neededOf(sets);
    if (sets.length <= 2 * most && needed.length <= most) return { splits: needed, whole: true };
    // Too many: nothing that others may take, one such product each, and everything.
    const few = [none, ...contested.map((product) => withProduct(discount, none, product))].filter(
      ({ off }) => off > 0,
    );
    const promising = few.toSorted((a, b) => promiseOf(b) - promiseOf(a)).slice(0, most - 1);
    const known = [...promising, { taken: takes, off: alone }];
    return { splits: (all ? known : neededOf(known)).toSorted(inOrder), whole: false };
  }
}

/** What a coupon that reduces what it counts takes off so much. */
const offOf = ({ benefit, threshold }: Discount, items: number, spend: number): number =>
  "outProductId" in benefit || items < threshold.items || spend < threshold.spend ? 0 : takenOff(benefit, spend);

function withProduct(discount: Discount, set: Counted, product: Counted): Counted & Split {
  const [items, spend] = [set.items + product.items, set.spend + product.spend];
  return { items, spend, taken: set.taken | product.taken, off: offOf(discount, items, spend) };
}

/** Without those of which another takes off as much with fewer products. */
const neededOf = (splits: readonly Split[]): Split[] => splits.filter((one) => isNeeded(one, splits));

function isNeeded(one: Split, splits: readonly Split[]): boolean {
  for (const other of splits)
    if (other.off === one.off && other !== one && (other.taken & one.taken) === other.taken) return false;
  return true;
}

/** What it takes off, against the square root of how many products it takes: the usual measure of what packs well. */
const promiseOf = ({ taken, off }: Split): number => off / Math.sqrt(countOf(taken));

/** Products that stand first in the cart come first. */
const inOrder = (a: Split, b: Split): number => Number(a.taken > b.taken) - Number(a.taken < b.taken);
