/** What is noted of rows. Each is named by a text and by a number: of its app, or of the row of its coupon. */
export const kinds = { request: 1, wallet: 2, given: 3, userCoupon: 4, order: 5 } as const;
export type Kind = keyof typeof kinds;

/** How many bits a thing sets. They lie in one line, so that a look costs one miss of the processor's cache. */
const BITS = 3;
/** How many bits of a hash choose one of a line's. */
const LINE_WIDTH = 9;
const WORDS_A_LINE = 2 ** LINE_WIDTH / 32;
const IN_LINE = 2 ** (BITS * LINE_WIDTH);
/** How many bits there are for each thing that is expected: then 1 of 200 is taken for one that was noted. */
const BITS_A_THING = 16;
/** How many there are at least: 2 MB of them. */
export const LEAST_BITS = 2 ** 24;

/**
 * A Bloom filter, in memory that threads share: of what was noted it always says so, and of what never was, hardly ever.
 */
export class Bits {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(words: Int32Array<SharedArrayBuffer>) {
    this.words = words;
  }

  /** Bits in which nothing is noted, `least` of them or enough for so many things. */
  static for(things: number, least = LEAST_BITS): Bits {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(least, things * BITS_A_THING)));
    return new Bits(new Int32Array(new SharedArrayBuffer(bits / 8)));
  }

  /** How many things may be noted until 1 of 30 others is taken for one of them. */
  get room(): number {
    return (this.words.length * 32 * 2) / BITS_A_THING;
  }

  note(kind: Kind, number: number, text: string): void {
    const hash = hashOf(kinds[kind], number, text);
    const line = this.#lineOf(hash);
    for (let left = hash % IN_LINE, n = 0; n < BITS; left >>>= LINE_WIDTH, n++)
      Atomics.or(this.words, line + wordOf(left), maskOf(left));
  }

  mayHave(kind: Kind, number: number, text: string): boolean {
    const hash = hashOf(kinds[kind], number, text);
    const line = this.#lineOf(hash);
    for (let left = hash % IN_LINE, n = 0; n < BITS; left >>>= LINE_WIDTH, n++)
      if (((this.words[line + wordOf(left)] as number) & maskOf(left)) === 0) return false;
    return true;
  }

  /** The first word of the line. */
  #lineOf(hash: number): number {
    return (Math.floor(hash / IN_LINE) * WORDS_A_LINE) % this.words.length;
  }
}

/** Where in a line, and in a word, a bit is that a hash ends with. */
const wordOf = (hash: number): number => (hash >>> 5) % WORDS_A_LINE;
const maskOf = (hash: number): number => 1 << (hash & 31);

/** 53 bits. Whoever finds two texts of one hash makes somebody look into a table for nothing, and no more. */
function hashOf(kind: number, number: number, text: string): number {
  let a = Math.imul(number, 0x9e3779b1) ^ kind;
  let b = Math.imul(number / 2 ** 32, 0x85ebca6b) ^ kind;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  const [c, d] = [mixed(a ^ (b >>> 15)), mixed(b ^ (a >>> 15))];
  return (c >>> 0) * 2 ** 21 + (d >>> 11);
}

/** Lets each bit depend on all (the finish of MurmurHash3). */
function mixed(half: number): number {
  const once = Math.imul(half ^ (half >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
