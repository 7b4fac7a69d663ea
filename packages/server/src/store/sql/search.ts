import type { CouponFilters, CouponPlace } from "../../domain/catalogue/search.ts";
import type { Row } from "./columns.ts";

/** How many rows of an index a page may look at where there is something to filter beside what it is sorted by. */
const LOOKED_AT = 1000;

/** The index that a search goes along, and how many of its rows it looks at. */
export type Search = { by: "position" | "status" | "kind" | "name"; looks: number };

/** Goes by the name where one is given, since that is the order; else by the kind, of which more are used than of statuses. */
export function searchFor({ status, kind, namePrefix }: CouponFilters, limit: number): Search {
  const isFiltered = status !== undefined && kind !== undefined;
  const looksAt = (filtered: boolean) => (filtered ? Math.max(LOOKED_AT, limit + 1) : limit + 1);
  if (namePrefix !== undefined) return { by: "name", looks: looksAt(status !== undefined || kind !== undefined) };
  if (kind !== undefined) return { by: "kind", looks: looksAt(isFiltered) };
  return { by: status === undefined ? "position" : "status", looks: limit + 1 };
}

/**
 * What is selected along each index, beginning with what the row is found by: its status and its kind, where the index holds
 * them, to be filtered by; its name where that is the order.
 */
export const selectedAlong = (key: string): Record<Search["by"], string> => ({
  position: `${key}, NULL, NULL, ''`,
  status: `${key}, status, NULL, ''`,
  kind: `${key}, status, kind, ''`,
  name: `${key}, status, kind, name`,
});

/** Of the rows that were looked at the keys of those that are sought, and where the next page begins. */
export function pageAlong(
  rows: readonly Row[],
  { status, kind }: CouponFilters,
  { looks, limit, positionOf }: Search & { limit: number; positionOf(key: number): number },
): { keys: number[]; next: CouponPlace | null } {
  const sought = rows.filter(
    (row) => (status === undefined || row[1] === status) && (kind === undefined || row[2] === kind),
  );
  const page = sought.slice(0, limit);
  const last = sought.length > limit ? page.at(-1) : rows.length === looks ? rows.at(-1) : undefined;
  return { keys: page.map(([key]) => key), next: last ? { name: last[3], position: positionOf(last[0]) } : null };
}
