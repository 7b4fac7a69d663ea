import { type Cluster, clustersOf } from "./clusters.ts";
import type { Item } from "./item.ts";
import type { Result } from "./search.ts";
import { type ShopItem, Shops } from "./shops.ts";

/** How often a way to use a coupon, or a choice, is looked at before all is left to the search that may miss something. */
const MOST_LOOKS = 10_000;
/** Of more ways than this there are hardly ever so few choices. */
const MOST_WAYS = 400;

/** Product coupons that are chosen: linked to those chosen before. */
type Chosen = { off: number; cost: bigint; last: Item | undefined; before: Chosen | undefined };
const nothing: Chosen = { off: 0, cost: 0n, last: undefined, before: undefined };

/**
 * The best choice, as `search` tells it, found by looking at every one that could be better. Most wallets fall apart into
 * clusters of a few coupons, and the best of each is found by itself. undefined where that takes long, or where coupons
 * depend on each other otherwise than by what they take.
 */
export function exactly<P extends Item, S extends ShopItem>(
  total: number,
  products: readonly P[],
  all: readonly S[],
): Result<P, S> | undefined {
  const shops = new Shops(all);
  if (products.length > MOST_WAYS || shops.touchy.length > 0 || products.some(isDependent)) return undefined;
  const clusters = clustersOf(products);
  const looker = new Looker();
  const [most] = looker.best(clusters, 0);
  if (!most) return undefined;
  const pay = shops.leastPaid(total - most.off);
  // What is paid is rounded, and never less than nothing: less off may come to the same, and cost less.
  const spare = most.off - shops.leastOff(total, pay, most.off);
  let best: Result<P, S> | undefined;
  for (const choice of spare === 0 ? [most] : looker.best(clusters, spare)) {
    const shop = shops.cheapestFor(total - choice.off, pay);
    const cost = choice.cost + (shop?.cost ?? 0n);
    if (!best || cost < best.cost) best = { pay, cost, products: itemsOf<P>(choice), shop, proven: true };
  }
  return best;
}

/** Whether more than what it takes decides whether a coupon can be used beside others. */
const isDependent = ({ gift, limit, leaves }: Item): boolean => !!gift || !!limit || leaves !== undefined;

function itemsOf<P extends Item>(choice: Chosen): P[] {
  const items: P[] = [];
  for (let at: Chosen | undefined = choice; at?.last; at = at.before) items.push(at.last as P);
  return items;
}

/** Looks at choices, as long as they are not too many. */
class Looker {
  #left = MOST_LOOKS;
  /** Choices of which none takes off as much as another at no less cost; none that takes off too little. */
  #front: Chosen[] = [];
  /** The most that any of them takes off. */
  #most = 0;
  #spare = 0;

  /**
   * The choices that take off the most, and those that cost less and take off less by what can be `spare`d; empty where there
   * are too many to look at.
   */
  best(clusters: readonly Cluster[], spare: number): readonly Chosen[] {
    this.#spare = spare;
    let starts = [nothing];
    for (const cluster of clusters) {
      this.#front = [];
      this.#most = 0;
      for (const start of starts) this.#lookAt(cluster, 0, 0n, start);
      starts = this.#front;
    }
    return this.#left < 0 ? [] : starts;
  }

  /** Looks at what can be added of a cluster, from the coupon at a place on, to a choice that has taken so much of it. */
  #lookAt(cluster: Cluster, from: number, taken: bigint, choice: Chosen): void {
    this.#consider(choice);
    for (let at = from; at < cluster.length && this.#isPromising(cluster, at, taken, choice); at++)
      for (const way of cluster[at] as readonly Item[])
        if ((way.takes & taken) === 0n) this.#lookAt(cluster, at + 1, taken | way.takes, withOne(way, choice));
  }

  /** Whether more of a cluster can make a choice better than those that are known. */
  #isPromising(cluster: Cluster, from: number, taken: bigint, choice: Chosen): boolean {
    let most = choice.off;
    // Where nothing can be spared: only all of them together take off the most, and so cost that at least.
    let cost = choice.cost;
    for (let at = from; at < cluster.length; at++)
      for (const way of cluster[at] as readonly Item[]) {
        this.#left--;
        if ((way.takes & taken) !== 0n) continue;
        most += way.alone;
        if (this.#spare === 0) cost += way.cost + (way.kept ?? 0n);
        break;
      }
    if (this.#left < 0 || most === choice.off || most < this.#most - this.#spare) return false;
    return !this.#isBeaten(most, cost);
  }

  #isBeaten(off: number, cost: bigint): boolean {
    for (const known of this.#front) {
      this.#left--;
      if (known.off >= off && known.cost <= cost) return true;
    }
    return false;
  }

  #consider(choice: Chosen): void {
    if (choice.off < this.#most - this.#spare || this.#isBeaten(choice.off, choice.cost)) return;
    this.#most = Math.max(this.#most, choice.off);
    this.#front = this.#front.filter(
      (known) => known.off >= this.#most - this.#spare && (known.off > choice.off || known.cost < choice.cost),
    );
    this.#front.push(choice);
  }
}

const withOne = (way: Item, before: Chosen): Chosen => ({
  off: before.off + way.alone,
  cost: before.cost + way.cost + (way.kept ?? 0n),
  last: way,
  before,
});
