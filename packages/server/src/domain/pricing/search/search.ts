import type { Reduction } from "../../records.ts";
import { paysLess, takenOff } from "../discount.ts";
import { type Arrangement, arrange, type Item } from "./arrange.ts";
import { narrow } from "./narrow.ts";
import { Outlook } from "./outlook.ts";

/** What a search must know of a shop coupon. */
export type ShopItem = { benefit: Reduction; cost: bigint };

/** What is to be paid, fen, at which cost where results are equal, and with which coupons. */
export type Result<P, S> = { pay: number; cost: bigint; products: P[]; shop: S | undefined; proven: boolean };

/** Product coupons chosen so far: linked to those chosen before. */
type Path = { off: number; cost: bigint; last: Item | undefined; before: Path | undefined };

/** Choices that leave the same coupons open, by what they leave open. */
type Step = Map<bigint, Path[]>;

/** A choice, what it leaves open, and the least that is paid, and at what cost, if more is chosen of that. */
type Promising = { open: bigint; choice: Path; pay: number; cost: bigint };

/** How many choices a pass goes on with at each step. Each pass drops more for the result of the one before. */
const WIDTHS = [8, 64, 256, 1024];
/** What bounds the widths where there are more than 50 product coupons: a pass costs up to their number to the third. */
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
  widths: readonly number[] = WIDTHS,
): Result<P, S> {
  const { searched, rest } = narrow(products);
  const it = new Search<P, S>(total, arrange(searched), shops);
  const widest = Math.max(WIDTHS[0] as number, Math.floor(MOST_WORK / searched.length ** 3));
  const passes = new Set(widths.map((width) => Math.min(width, widest)));
  const proven = [...passes].some((width) => it.pass(width)) && rest.length === 0;
  if (!proven) it.fill([...searched, ...rest]);
  return { ...it.result(), proven };
}

class Search<P extends Item, S extends ShopItem> {
  readonly #total: number;
  readonly #arrangement: Arrangement<P>;
  readonly #shops: readonly S[];
  /** The one of each kind that takes most off: what is least paid, these decide. */
  readonly #strongest: readonly S[];
  readonly #start: Path = { off: 0, cost: 0n, last: undefined, before: undefined };
  #best: { pay: number; cost: bigint; choice: Path; shop: S | undefined };
  /** What product coupons must take off at least to come to the best result so far. */
  #need = 0;

  constructor(total: number, arrangement: Arrangement<P>, shops: readonly S[]) {
    this.#total = total;
    this.#arrangement = arrangement;
    this.#shops = shops;
    this.#strongest = strongestOf(shops);
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
    let step: Step = new Map([[(1n << BigInt(items.length)) - 1n, [this.#start]]]);
    for (const [at, item] of items.entries()) {
      const next: Step = new Map();
      const going = this.#promising(step);
      if (going.length > width) {
        complete = false;
        going.sort(mostPromisingFirst).length = width;
      }
      for (const { open, choice } of going) {
        if ((open & (bits[at] as bigint)) === 0n) {
          add(next, open, choice);
          continue;
        }
        const taken = withOne(item, choice);
        this.#consider(taken);
        add(next, open & ~(clashing[at] as bigint), taken);
        add(next, open & ~(bits[at] as bigint), choice);
      }
      step = next;
    }
    return complete;
  }

  /** Adds to a best choice that is not proven what of these can still go with it. */
  fill(items: readonly P[]): void {
    let taken = 0n;
    for (let path: Path | undefined = this.#best.choice; path?.last; path = path.before) taken |= path.last.takes;
    for (const item of items.toSorted((a, b) => b.alone - a.alone)) {
      if ((taken & item.takes) !== 0n) continue;
      const { choice } = this.#best;
      this.#consider(withOne(item, choice));
      if (this.#best.choice !== choice) taken |= item.takes;
    }
  }

  /** The choices that can still come to something better. */
  #promising(step: Step): Promising[] {
    const going: Promising[] = [];
    for (const [open, choices] of step) {
      const outlook = new Outlook(this.#arrangement, open);
      const most = choices.reduce((off, choice) => Math.max(off, choice.off), 0);
      for (const choice of choices) {
        if (this.#isBehind(choice, most, outlook)) continue;
        const pay = this.#leastPaid(this.#amountAfter(choice, outlook));
        if (outlook.most === 0 || pay > this.#best.pay) continue;
        const cost = pay < this.#best.pay ? 0n : this.#leastCost(choice, outlook);
        if (pay === this.#best.pay && cost >= this.#best.cost) continue;
        going.push({ open, choice, pay, cost });
      }
    }
    return going;
  }

  /** Whether more is paid with a choice than with one that leaves the same open, whatever is chosen of it. */
  #isBehind(choice: Path, most: number, outlook: Outlook): boolean {
    const less = most - choice.off;
    const least = this.#total - choice.off - outlook.most;
    return less > 0 && this.#strongest.every(({ benefit }) => paysLess(benefit, less, least));
  }

  /** The least cost at which a choice, once more is chosen, comes to the best result so far. */
  #leastCost(choice: Path, outlook: Outlook): bigint {
    const shop = this.#shopFor(this.#amountAfter(choice, outlook), this.#best.pay);
    return choice.cost + outlook.leastCost(this.#need - choice.off) + (shop?.cost ?? 0n);
  }

  /** What a choice can leave to pay at least, before a shop coupon. */
  #amountAfter(choice: Path, outlook: Outlook): number {
    return Math.max(0, this.#total - choice.off - outlook.most);
  }

  /** Takes a choice for the best if it is. */
  #consider(choice: Path): void {
    const amount = this.#total - choice.off;
    const pay = this.#leastPaid(amount);
    if (pay > this.#best.pay) return;
    const shop = this.#shopFor(amount, pay);
    const cost = choice.cost + (shop?.cost ?? 0n);
    if (pay === this.#best.pay && cost >= this.#best.cost) return;
    this.#best = { pay, cost, choice, shop };
    this.#need = this.#leastOff(pay, choice.off);
  }

  #leastPaid(amount: number): number {
    return this.#strongest.reduce((least, { benefit }) => Math.min(least, amount - takenOff(benefit, amount)), amount);
  }

  /** The cheapest shop coupon with which an amount comes to a payment; undefined: it needs none. */
  #shopFor(amount: number, pay: number): S | undefined {
    if (amount <= pay) return undefined;
    const enough = this.#shops.filter(({ benefit }) => amount - takenOff(benefit, amount) <= pay);
    return enough.reduce((a, b) => (b.cost < a.cost ? b : a));
  }

  /** The least that product coupons must take off for a payment, at most `off`: the more they do, the less is paid. */
  #leastOff(pay: number, off: number): number {
    let [from, to] = [0, off];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.#leastPaid(this.#total - middle) <= pay) to = middle;
      else from = middle + 1;
    }
    return to;
  }
}

const withOne = (item: Item, before: Path): Path => ({
  off: before.off + item.alone,
  cost: before.cost + item.cost,
  last: item,
  before,
});

/** Adds a choice to those that leave the same open, unless one of them takes off as much at no more cost. */
function add(step: Step, open: bigint, choice: Path): void {
  const choices = step.get(open);
  if (!choices) step.set(open, [choice]);
  else if (!choices.some((other) => beats(other, choice)))
    step.set(open, [...choices.filter((other) => !beats(choice, other)), choice]);
}

const beats = (a: Path, b: Path): boolean => a.off >= b.off && a.cost <= b.cost;

function strongestOf<S extends ShopItem>(shops: readonly S[]): S[] {
  const strength = ({ benefit }: S) => (benefit.kind === "rate" ? -benefit.rate : benefit.amountOff);
  return (["rate", "amountOff"] as const).flatMap((kind) =>
    shops
      .filter(({ benefit }) => benefit.kind === kind)
      .toSorted((a, b) => strength(b) - strength(a))
      .slice(0, 1),
  );
}

const mostPromisingFirst = (a: Promising, b: Promising): number =>
  a.pay - b.pay || Number(a.cost > b.cost) - Number(a.cost < b.cost) || b.choice.off - a.choice.off;
