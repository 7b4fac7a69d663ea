import { ORDER_SLICE } from "../store.ts";

/**
 * The `next` of a page of orders, of which those at `places` were found in a slice that begins at `start` and of which
 * `seen` were looked through.
 */
export function nextOrder(
  places: readonly number[],
  { start, seen, limit }: { start: number; seen: number; limit: number },
): number | null {
  const reached = places.length < limit ? start : (places.at(-1) ?? start);
  return reached > start || seen === ORDER_SLICE ? reached : null;
}
