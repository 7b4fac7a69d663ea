import type { Coupon } from "../../domain/records.ts";
import type { AppClock } from "../../domain/sandbox/clock.ts";

/** A coupon, and the id of its row. */
export type Met = { coupon: Coupon; id: number };

/** How many things of each kind are remembered. */
const REMEMBERED = 10_000;

/**
 * What the tables said of things that no commit to the journal alone changes. It holds until the tables are written to
 * otherwise, and is forgotten then.
 */
export class Steady {
  /** By an app and the coupon's own id, with a zero byte between them. */
  readonly coupons = new Remembered<string, Met>();
  /** By the id of its row. */
  readonly couponsById = new Remembered<number, Coupon>();
  /** By apps. */
  readonly clocks = new Remembered<string, AppClock | null>();
  /** Apps that have open holds. */
  readonly holding = new Remembered<string, boolean>();
  /** Apps that are gone. */
  readonly gone = new Remembered<string, boolean>();

  forget(): void {
    for (const kind of [this.coupons, this.couponsById, this.clocks, this.holding, this.gone]) kind.clear();
  }
}

class Remembered<K, T> {
  readonly #known = new Map<K, T>();

  /** What it is, as it was when it was asked for first; what is undefined is asked for again. */
  get<U extends T | undefined>(key: K, ask: () => U): T | U {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const told = ask();
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    if (told !== undefined) this.#known.set(key, told);
    return told;
  }

  clear(): void {
    this.#known.clear();
  }
}
