import type { StoreReads } from "../store.ts";

/** What is read of what is past its time, or will be. */
export type OverReads = Pick<
  StoreReads,
  "listHolds" | "listHoldsOf" | "listCouponsOver" | "listUserCouponsOver" | "nextEnds"
>;

/** The earlier of two seconds; null where there is neither. */
export const firstOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
