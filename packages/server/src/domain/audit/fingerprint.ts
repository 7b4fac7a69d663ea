/** 64 bits that stand for a text, in two halves of 32. */
export type Fingerprint = { a: number; b: number };

/**
 * Makes fingerprints of texts, by MurmurHash's steps on UTF-16 units. Two different texts of a million have the same one
 * with a probability of 3 in 100 000 000; `seed` is another each time, so that nobody can look for two.
 */
export function fingerprints(seed: number): (text: string) => Fingerprint {
  return (text) => {
    let a = seed | 0;
    let b = ~seed;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul((b ^ unit) + a, 0x85ebca77);
      b = (b << 17) | (b >>> 15);
    }
    a = mixed(a ^ text.length);
    return { a, b: mixed(b ^ a) };
  };
}

function mixed(half: number): number {
  let bits = half;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** How full a part of a table may be, and how much larger the next is. */
const [FULL, GROWTH] = [0.85, 1.25];
/** Parts grow one after another: what is copied meanwhile is a part, not the whole. Where few are expected there is one. */
const [PARTS, FEW] = [64, 1024];
const FIRST_SLOTS = 16;
/** How full parts are to be that hold what was expected: less than they may, since some hold more than others. */
const EXPECTED_FULL = 0.8;

/**
 * Numbers by fingerprint, `width` of 32 bits each, without an object for any: a million take 4 x (2 + width) x 1.25 MB.
 * A place is valid until the next `add`.
 */
export class FingerprintTable {
  readonly #width: number;
  readonly #parts: Int32Array<ArrayBuffer>[];
  readonly #sizes: Int32Array;

  /** `expected`: how many there will be; where there are more it grows, which costs memory meanwhile. */
  constructor(width: number, expected = 0) {
    this.#width = 2 + width;
    const parts = expected < FEW ? 1 : PARTS;
    const slots = Math.max(FIRST_SLOTS, Math.ceil(expected / parts / EXPECTED_FULL));
    this.#parts = Array.from({ length: parts }, () => new Int32Array(slots * this.#width));
    this.#sizes = new Int32Array(parts);
  }

  /** The numbers at a fingerprint; undefined where there are none. */
  find(key: Fingerprint): Place | undefined {
    const cells = this.#parts[this.#partOf(key)] as Int32Array;
    const at = this.#slot(cells, key);
    return isEmpty(cells, at) ? undefined : { cells, at: at + 2 };
  }

  /** The numbers at a fingerprint, which are 0 where there were none. */
  add(key: Fingerprint): Place {
    const part = this.#partOf(key);
    let cells = this.#parts[part] as Int32Array<ArrayBuffer>;
    let at = this.#slot(cells, key);
    if (!isEmpty(cells, at)) return { cells, at: at + 2 };
    const size = (this.#sizes[part] as number) + 1;
    this.#sizes[part] = size;
    if (size > (cells.length / this.#width) * FULL) {
      cells = this.#grown(cells);
      this.#parts[part] = cells;
      at = this.#slot(cells, key);
    }
    write(cells, at, key);
    return { cells, at: at + 2 };
  }

  /** Every fingerprint with its numbers. */
  *entries(): Generator<{ key: Fingerprint; place: Place }> {
    for (const cells of this.#parts)
      for (let at = 0; at < cells.length; at += this.#width)
        if (!isEmpty(cells, at))
          yield { key: { a: cells[at] as number, b: cells[at + 1] as number }, place: { cells, at: at + 2 } };
  }

  /** Their number is a power of 2. */
  #partOf({ b }: Fingerprint): number {
    return b & (this.#parts.length - 1);
  }

  /** Where a fingerprint stands, or would. */
  #slot(cells: Int32Array, key: Fingerprint): number {
    let at = Math.floor(((key.a >>> 0) / 2 ** 32) * (cells.length / this.#width)) * this.#width;
    while (!isEmpty(cells, at) && (cells[at] !== key.a || cells[at + 1] !== key.b)) {
      at += this.#width;
      if (at === cells.length) at = 0;
    }
    return at;
  }

  #grown(cells: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const slots = Math.ceil((cells.length / this.#width) * GROWTH);
    const grown = new Int32Array(slots * this.#width);
    for (let at = 0; at < cells.length; at += this.#width) {
      if (isEmpty(cells, at)) continue;
      const to = this.#slot(grown, { a: cells[at] as number, b: cells[at + 1] as number });
      for (let i = 0; i < this.#width; i++) grown[to + i] = cells[at + i] as number;
    }
    // Given back now: the collector would wait until much more had gathered.
    cells.buffer.transfer(0);
    return grown;
  }
}

/** Where the numbers of a fingerprint stand. */
export type Place = { cells: Int32Array; at: number };

/** No text has the fingerprint of two zeros in practice; where one did, it would be told as missing. */
const isEmpty = (cells: Int32Array, at: number): boolean => cells[at] === 0 && cells[at + 1] === 0;

function write(cells: Int32Array, at: number, { a, b }: Fingerprint): void {
  cells[at] = a;
  cells[at + 1] = b;
}
