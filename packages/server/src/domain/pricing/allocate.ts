import { sum } from "./cart.ts";

/** An amount taken off some lines together, fen: at most what is left on them. */
export type Cut = { places: readonly number[]; off: number };

/**
 * Splits a cut over its lines in the ratio of what is left on each, by largest remainder, ties by the lines' order
 * (ADR 10). The parts add up to the cut, and none is more than what is left on its line: only a line whose exact part
 * is no whole fen gets the next whole one. Answers a part for every line of the cart.
 */
export function allocate({ places, off }: Cut, left: readonly number[]): number[] {
  const parts = left.map(() => 0);
  if (off === 0) return parts;
  if (places.length === 1) {
    parts[places[0] as number] = off;
    return parts;
  }
  const whole = sum(left, places);
  const remainders: { at: number; remainder: number }[] = [];
  let missing = off;
  for (const at of places) {
    const [part, remainder] = divide(off, left[at] as number, whole);
    parts[at] = part;
    missing -= part;
    remainders.push({ at, remainder });
  }
  if (missing === 0) return parts;
  remainders.sort((a, b) => b.remainder - a.remainder || a.at - b.at).length = missing;
  for (const { at } of remainders) parts[at] = (parts[at] as number) + 1;
  return parts;
}

/** `amount * share / whole`, rounded down, and the remainder; exact, where the product is no safe integer too. */
export function divide(amount: number, share: number, whole: number): [quotient: number, remainder: number] {
  const near = amount * share;
  if (near <= Number.MAX_SAFE_INTEGER) return [(near - (near % whole)) / whole, near % whole];
  const product = BigInt(amount) * BigInt(share);
  return [Number(product / BigInt(whole)), Number(product % BigInt(whole))];
}
