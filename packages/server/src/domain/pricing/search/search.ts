import { type Amount, isMore, nothing, add as sumOf } from "../condition.ts";
import { paysLess } from "../discount.ts";
import { type Arrangement, arrange } from "./arrange.ts";
import type { Item } from "./item.ts";
import { narrow } from "./narrow.ts";
import { Outlook } from "./outlook.ts";
import { type ShopItem, Shops } from "./shops.ts";

/** What is to be paid, fen, at which cost where results are equal, and with which coupons. */
export type Result<P, S> = { pay: number; cost: bigint; products: P[]; shop: S | undefined; proven: boolean };

/** Product coupons chosen so far: linked to those chosen before. */
type Path = {
  off: number;
  /** With what decides where this is equal, too. */
  cost: bigint;
  /** What is used up of that which shop coupons' thresholds are judged by. */
  uses: Amount;
  /** The products that are left to coupons still to come, and those that are taken, where that matters. */
  left: bigint;
  filled: bigint;
  /** The coupons with a gift or a limit. */
  bound: bigint;
  last: Item | undefined;
  before: Path | undefined;
};

/** A coupon as it can be used where so much is taken, if it can. */
type OnRest<P> = (taken: bigint) => P[];

/** Choices by what they leave open, and above that, by which coupons with a gift or a limit they have. */
type Step = Map<bigint, Path[]>;

/** A choice, what it leaves open, and the least that is paid, and at what cost, if more is chosen of that. */
type Promising = { open: bigint; choice: Path; pay: number; cost: bigint };

/** How many choices a pass goes on with at each step. Each pass drops more for the result of the one before. */
const WIDTHS = [8, 64, 256, 1024];
/** What bounds the widths where there are more than 50 ways to use coupons: by their number to the third. */
const MOST_WORK = 1024 * 50 ** 3;

/**
 * The product coupons and the one shop coupon on what they leave for which least is paid; of equal results that of least
 * cost. Product coupons are taken up one after another, each taken or left; of choices that leave the same coupons open
 * only those go on that no other beats in amount and cost, and of these those that can still come to a better result.
 * Where a pass has to drop more than that, a wider one follows; one that drops nothing proves its result.
 */
export function search<P extends Item, S extends ShopItem>(
  total: number,
  products: readonly P[],
  shops: readonly S[],
  { widths = WIDTHS, onRest = [] }: { widths?: readonly number[] | undefined; onRest?: OnRest<P>[] } = {},
): Result<P, S> {
  const { searched, rest } = narrow(products);
  const it = new Search<P, S>(total, arrange(searched), new Shops(shops));
  const widest = Math.max(WIDTHS[0] as number, Math.floor(MOST_WORK / searched.length ** 3));
  const passes = new Set(widths.map((width) => Math.min(width, widest)));
  const proven = [...passes].some((width) => it.pass(width)) && rest.length === 0;
  if (!proven) it.fill([...[...searched, ...rest].map((item) => () => [item]), ...onRest]);
  return { ...it.result(), proven };
}

class Search<P extends Item, S extends ShopItem> {
  readonly #total: number;
  readonly #arrangement: Arrangement<P>;
  readonly #shops: Shops<S>;
  readonly #start: Path = { off: 0, cost: 0n, uses: nothing, ...nobody, last: undefined, before: undefined };
  #best: { pay: number; cost: bigint; choice: Path; shop: S | undefined };
  /** Those of the step before: where none of its coupons could be taken up, a choice leaves the same open. */
  #outlooks: ReadonlyMap<bigint, Outlook> = new Map();
  /** What product coupons must take off at least to come to the best result so far; undefined: nobody asked yet. */
  #need: number | undefined;

  constructor(total: number, arrangement: Arrangement<P>, shops: Shops<S>) {
    this.#total = total;
    this.#arrangement = arrangement;
    this.#shops = shops;
    this.#best = { pay: total, cost: 0n, choice: this.#start, shop: undefined };
    this.#consider(this.#start);
  }

  result(): Omit<Result<P, S>, "proven"> {
    const { pay, cost, choice, shop } = this.#best;
    const products: P[] = [];
    for (let at: Path | undefined = choice; at?.last; at = at.before) products.push(at.last as P);
    return { pay, cost, products, shop };
  }

  /** Goes through all coupons once with at most `width` choices at each step; answers whether that was enough. */
  pass(width: number): boolean {
    const { items, bits, clashing } = this.#arrangement;
    let complete = true;
    const all = (1n << BigInt(items.length)) - 1n;
    const toCome = this.#usesToCome();
    let step: Step = new Map([[all, [this.#start]]]);
    for (const [at, item] of items.entries()) {
      const next: Step = new Map();
      const going = this.#promising(step, all);
      const more = toCome[at] as Amount;
      const keep = (open: bigint, choice: Path) =>
        add(next, open | (choice.bound << BigInt(items.length)), choice, (a, b) => this.#beats(a, b, more));
      if (going.length > width) {
        complete = false;
        going.sort(mostPromisingFirst).length = width;
      }
      for (const { open, choice } of going) {
        if ((open & (bits[at] as bigint)) === 0n) {
          keep(open, choice);
          continue;
        }
        if (fits(item, choice)) {
          const taken = withOne(item, choice, isBound(item) ? (bits[at] as bigint) : 0n);
          this.#consider(taken);
          keep(open & ~(clashing[at] as bigint), taken);
        }
        keep(open & ~(bits[at] as bigint), choice);
      }
      step = next;
    }
    return complete;
  }

  /** The most that the coupons after each place can still use of what shop coupons' thresholds are judged by. */
  #usesToCome(): Amount[] {
    const toCome: Amount[] = [];
    let more = nothing;
    for (const { uses } of this.#arrangement.items.toReversed()) {
      toCome.unshift(more);
      if (uses) more = sumOf(more, uses);
    }
    return toCome;
  }

  /**
   * Whether a choice takes off as much as another at no more cost, and leaves every shop coupon as usable, whatever is
   * chosen next.
   */
  #beats(a: Path, b: Path, more: Amount): boolean {
    if (a.off < b.off || a.cost > b.cost) return false;
    if ((a.left & ~b.left) !== 0n || (b.filled & ~a.filled) !== 0n) return false;
    return this.#shops.touchy.every(({ spare }) => {
      if (!spare || isMore(b.uses, spare)) return true;
      return !(
        (a.uses.items > b.uses.items && a.uses.items + more.items > spare.items) ||
        (a.uses.spend > b.uses.spend && a.uses.spend + more.spend > spare.spend)
      );
    });
  }

  /** Adds to a best choice that is not proven what of these can still go with it, what takes most off at first. */
  fill(items: readonly OnRest<P>[]): void {
    let taken = 0n;
    for (let path: Path | undefined = this.#best.choice; path?.last; path = path.before) taken |= path.last.takes;
    const promising = items.flatMap((itemOn) => itemOn(taken).map(({ alone }) => ({ itemOn, alone })));
    for (const { itemOn } of promising.toSorted((a, b) => b.alone - a.alone)) {
      const { choice } = this.#best;
      const [item] = itemOn(taken);
      if (!item || (taken & item.takes) !== 0n || !fits(item, choice)) continue;
      this.#consider(withOne(item, choice));
      if (this.#best.choice !== choice) taken |= item.takes;
    }
  }

  /** The choices that can still come to something better. */
  #promising(step: Step, all: bigint): Promising[] {
    const going: Promising[] = [];
    const outlooks = new Map<bigint, Outlook>();
    for (const [key, choices] of step) {
      const open = key & all;
      const outlook = this.#outlooks.get(open) ?? new Outlook(this.#arrangement, open);
      outlooks.set(open, outlook);
      const most = choices.reduce((off, choice) => Math.max(off, choice.off), 0);
      for (const choice of choices) {
        if (this.#isBehind(choice, most, outlook)) continue;
        const pay = this.#shops.leastToPay(choice.uses, this.#amountAfter(choice, outlook));
        if (outlook.most === 0 || pay > this.#best.pay) continue;
        const cost = pay < this.#best.pay ? 0n : this.#leastCost(choice, outlook);
        if (pay === this.#best.pay && cost >= this.#best.cost) continue;
        going.push({ open, choice, pay, cost });
      }
    }
    this.#outlooks = outlooks;
    return going;
  }

  /** Whether more is paid with a choice than with one that leaves the same open, whatever is chosen of it. */
  #isBehind(choice: Path, most: number, outlook: Outlook): boolean {
    if (this.#shops.touchy.length > 0 || choice.left !== 0n || choice.filled !== 0n) return false;
    const less = most - choice.off;
    const least = this.#total - choice.off - outlook.most;
    return less > 0 && this.#shops.strongest.every(({ benefit }) => paysLess(benefit, less, least));
  }

  /** The least cost at which a choice, once more is chosen, comes to the best result so far. */
  #leastCost(choice: Path, outlook: Outlook): bigint {
    const shop = this.#shops.cheapestFor(this.#amountAfter(choice, outlook), this.#best.pay);
    this.#need ??= this.#shops.leastOff(this.#total, this.#best.pay, this.#best.choice.off);
    return choice.cost + outlook.leastCost(this.#need - choice.off) + (shop?.cost ?? 0n);
  }

  /** What a choice can leave to pay at least, before a shop coupon. */
  #amountAfter(choice: Path, outlook: Outlook): number {
    return Math.max(0, this.#total - choice.off - outlook.most);
  }

  /** Takes a choice for the best if it is. */
  #consider(choice: Path): void {
    if (choice.left !== 0n) return;
    const amount = this.#total - choice.off;
    const pay = this.#shops.leastToPay(choice.uses, amount);
    if (pay > this.#best.pay) return;
    const shop = this.#shops.cheapestFor(amount, pay, choice.uses);
    const cost = choice.cost + (shop?.cost ?? 0n);
    if (pay === this.#best.pay && cost >= this.#best.cost) return;
    this.#best = { pay, cost, choice, shop };
    this.#need = undefined;
  }
}

const withOne = (item: Item, before: Path, bound = 0n): Path => ({
  off: before.off + item.alone,
  cost: before.cost + item.cost + (item.kept ?? 0n),
  uses: item.uses ? sumOf(before.uses, item.uses) : before.uses,
  left: (before.left | (item.leaves ?? 0n)) & ~(before.filled | (item.fills ?? 0n)),
  filled: before.filled | (item.fills ?? 0n),
  bound: before.bound | bound,
  last: item,
  before,
});

const nobody = { left: 0n, filled: 0n, bound: 0n };

const isBound = ({ gift, limit }: Item): boolean => !!gift || !!limit;

/** Whether a coupon can be added to a choice and no condition is undone by what the others give away together. */
function fits(item: Item, choice: Path): boolean {
  if (!isBound(item)) return true;
  const bound = [item];
  for (let path: Path | undefined = choice; path?.last; path = path.before)
    if (isBound(path.last)) bound.push(path.last);
  return bound.every(
    ({ limit }) =>
      !limit ||
      !isMore(
        bound.reduce((all, { gift }) => (gift && limit.counts & gift.product ? sumOf(all, gift) : all), nothing),
        limit,
      ),
  );
}

/** Adds a choice to those that leave the same open, unless one of them beats it. */
function add(step: Step, open: bigint, choice: Path, beats: (a: Path, b: Path) => boolean): void {
  const choices = step.get(open);
  if (!choices) step.set(open, [choice]);
  else if (!choices.some((other) => beats(other, choice)))
    step.set(open, [...choices.filter((other) => !beats(choice, other)), choice]);
}

const mostPromisingFirst = (a: Promising, b: Promising): number =>
  a.pay - b.pay || Number(a.cost > b.cost) - Number(a.cost < b.cost) || b.choice.off - a.choice.off;
