/** How many are sorted in one go. */
const RUN = 256;

type Run<T> = { age: number; rest: T[] };

/**
 * Puts many in order, a few at a time: they are sorted in runs as they come, and the runs are merged as they are taken.
 * Those that are equal stay as they came. Nothing comes once one was taken.
 */
export class Runs<T> {
  readonly #compare: (a: T, b: T) => number;
  #coming: T[] = [];
  /** Runs whose rest is in falling order; the one whose last goes first is before those that follow at 2n + 1 and 2n + 2. */
  readonly #heap: Run<T>[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(one: T): void {
    this.#coming.push(one);
    if (this.#coming.length === RUN) this.#close();
  }

  /** The next of all; undefined once all were taken. */
  take(): T | undefined {
    if (this.#coming.length > 0) this.#close();
    const [first] = this.#heap;
    if (!first) return undefined;
    const taken = first.rest.pop();
    if (first.rest.length > 0) this.#sink(first);
    else {
      const last = this.#heap.pop() as Run<T>;
      if (last !== first) this.#sink(last);
    }
    return taken;
  }

  #close(): void {
    const run = { age: this.#heap.length, rest: this.#coming.sort(this.#compare).reverse() };
    this.#coming = [];
    let at = this.#heap.length;
    for (let above = (at - 1) >> 1; at > 0 && this.#isBefore(run, this.#heap[above] as Run<T>); above = (at - 1) >> 1) {
      this.#heap[at] = this.#heap[above] as Run<T>;
      at = above;
    }
    this.#heap[at] = run;
  }

  /** Puts a run in the place of the first, and below all that go before it. */
  #sink(run: Run<T>): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (!left) break;
      if (right && this.#isBefore(right, left)) below++;
      const next = heap[below] as Run<T>;
      if (this.#isBefore(run, next)) break;
      heap[at] = next;
      at = below;
    }
    heap[at] = run;
  }

  #isBefore(a: Run<T>, b: Run<T>): boolean {
    const order = this.#compare(a.rest[a.rest.length - 1] as T, b.rest[b.rest.length - 1] as T);
    return order < 0 || (order === 0 && a.age < b.age);
  }
}
