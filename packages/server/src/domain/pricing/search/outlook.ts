import type { Arrangement } from "./arrange.ts";
import type { Item } from "./item.ts";

/** What a set of coupons still promises to those who may choose from it: bounds, never less than can be had. */
export class Outlook {
  /** The most that any choice from the set takes off, fen. */
  readonly most: number;
  readonly #arrangement: Arrangement<Item>;
  /** The set, by what each takes off, most first. */
  readonly #open: readonly number[];
  #mostOf: readonly number[] | undefined;
  #byCost: number[] | undefined;

  constructor(arrangement: Arrangement<Item>, set: bigint) {
    this.#arrangement = arrangement;
    const words = wordsOf(set, arrangement.items.length);
    this.#open = arrangement.byOff.filter((at) => ((words[at >> 5] as number) >> (at & 31)) & 1);
    this.most = arrangement.prices.mostOf(this.#open);
  }

  /**
   * The most that any 1, 2, 3, … of the set take off. Puts the set into groups in which each clashes with each: a choice has
   * at most one of a group, and so takes off at most what the first of each does.
   */
  #mostOfFew(): readonly number[] {
    const { items, clashes } = this.#arrangement;
    const groups: number[][] = [];
    for (const at of this.#open) {
      const row = clashes[at] as Uint8Array;
      const group = groups.find((members) => members.every((member) => row[member]));
      if (group) group.push(at);
      else groups.push([at]);
    }
    let most = 0;
    return groups.map(([first]) => {
      most += (items[first as number] as Item).alone;
      return most;
    });
  }

  /**
   * The least that it can cost to choose at least one, and to take off at least `need`; 0 where no choice can.
   *
   * Each coupon in turn, the cheapest first, is taken here if the best that could follow still reaches the need with as
   * few as possible. A choice of so few costs no less: the cheapest coupon that only one of the two has cannot be the
   * choice's, or it would have been taken here; and where this comes to a dead end, each that is missing is reckoned at
   * what the dearest costs, since the one coupon the choice does without weighs more than all that come after it. A
   * choice of more costs more. Only lines keep coupons apart here: of those that cost the same, which are one coupon in
   * several ways, the one that takes most off is then always the best.
   */
  leastCost(need: number): bigint {
    const { items } = this.#arrangement;
    const shared = this.#arrangement.shared();
    this.#mostOf ??= this.#mostOfFew();
    const mostOf = this.#mostOf;
    this.#byCost ??= this.#cheapestFirst();
    const fewest = mostOf.findIndex((most) => most >= need) + 1;
    const taken: number[] = [];
    let missing = need;
    let cost = 0n;
    for (const at of this.#byCost) {
      if (taken.length === fewest) return cost;
      const { alone, cost: own } = items[at] as Item;
      const row = shared[at] as Uint8Array;
      const after = mostOf[fewest - taken.length - 2] ?? 0;
      if (alone + after < missing || taken.some((other) => row[other])) continue;
      taken.push(at);
      missing -= alone;
      cost += own;
    }
    return cost + BigInt(fewest - taken.length) * (items[this.#byCost.at(-1) as number] as Item).cost;
  }

  #cheapestFirst(): number[] {
    const open = new Set(this.#open);
    return this.#arrangement.byCost().filter((at) => open.has(at));
  }
}

/** Which of so many places are in a set, 32 in a number. */
function wordsOf(set: bigint, count: number): number[] {
  const words: number[] = [];
  for (let rest = set; words.length * 32 < count; rest >>= 32n) words.push(Number(BigInt.asIntN(32, rest)));
  return words;
}
