/**
 * The `next` of a page of a list of which a slice of at most `slice` was looked through, that begins at `start` and of which
 * `seen` are there; `places` are where those stand that were found.
 */
export function nextOf<Place>(
  places: readonly Place[],
  { start, seen, slice, limit }: { start: Place; seen: number; slice: number; limit: number },
): Place | null {
  const reached = places.length < limit ? start : (places.at(-1) ?? start);
  return reached !== start || seen === slice ? reached : null;
}

/** After every id in the order of code points: ids have at most 128 UTF-16 units. */
export const AFTER_ALL = "\u{10FFFF}".repeat(65);
