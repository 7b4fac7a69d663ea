import { LRUCache } from "lru-cache";

/** A bucket's size, and in how many seconds one drop comes back: what may be tried at once, and how often for ever after. */
type Size = { drops: number; seconds: number };

/** How often a password may be guessed wrong (our decision, docs/adr/0014). */
const sizes = {
  /** At one name from one address: what anybody needs who mistypes. */
  pair: { drops: 10, seconds: 60 },
  /** From one address, at whatever names: an office behind one address. */
  address: { drops: 50, seconds: 10 },
  /** At one name, from all addresses that it did not sign in from before. */
  name: { drops: 100, seconds: 30 },
} satisfies Record<string, Size>;

/** How many buckets of a kind are remembered that are not full. To have one forgotten takes as many wrong guesses elsewhere. */
const REMEMBERED = 20_000;

type Kind = keyof typeof sizes;

/**
 * Bounds how often passwords are guessed. Only those that wrong guesses empty wait, and never for good: one drop comes back
 * in a minute at most. Where somebody signed in from before, the guesses of others elsewhere do not count.
 */
export class Guesses {
  readonly #clock: () => number;
  /** Of each bucket that is not full when it will be, Unix seconds. */
  readonly #fullAt: Record<Kind, LRUCache<string, number>>;

  /** `clock` answers Unix seconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
    // As a size, since a number of entries is given its whole room at once.
    const buckets = () => new LRUCache<string, number>({ maxSize: REMEMBERED, sizeCalculation: () => 1 });
    this.#fullAt = { pair: buckets(), address: buckets(), name: buckets() };
  }

  /**
   * Takes one guess at a name from an address; it is given back where the password was right. Where there is none left,
   * answers after how many seconds there is one.
   */
  take(name: string, address: string, isKnown: boolean): { giveBack(): void } | { wait: number } {
    const from = networkOf(address);
    const keys: [Kind, string][] = [
      ["pair", `${from} ${name}`],
      ["address", from],
    ];
    if (!isKnown) keys.push(["name", name]);
    const wait = Math.max(...keys.map(([kind, key]) => this.#waitFor(kind, key)));
    if (wait > 0) return { wait };
    const add = (drops: number) => {
      for (const [kind, key] of keys) this.#add(kind, key, drops);
    };
    add(-1);
    return { giveBack: () => add(1) };
  }

  /** After how many seconds a bucket has a drop. */
  #waitFor(kind: Kind, key: string): number {
    const { drops, seconds } = sizes[kind];
    return Math.max(0, this.#secondsToFull(kind, key) - (drops - 1) * seconds);
  }

  /** No bucket lacks more than all its drops, although the clock were set back. */
  #secondsToFull(kind: Kind, key: string): number {
    const { drops, seconds } = sizes[kind];
    const left = (this.#fullAt[kind].get(key) ?? 0) - this.#clock();
    return Math.min(Math.max(0, left), drops * seconds);
  }

  #add(kind: Kind, key: string, drops: number): void {
    const left = this.#secondsToFull(kind, key) - drops * sizes[kind].seconds;
    if (left <= 0) this.#fullAt[kind].delete(key);
    else this.#fullAt[kind].set(key, this.#clock() + left);
  }
}

/** Whose an address is: of IPv6 its first 64 bits, since whoever has one has all of those. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array<string>(zeros).fill("0"), ...last];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
