import type { Amount } from "../condition.ts";

/** What a search must know of a product coupon. */
export type Item = {
  alone: number;
  /** Two that share a bit do not go together: each line is one, and what else keeps coupons apart. */
  takes: bigint;
  cost: bigint;
  /** What all ways of this coupon have of `takes`; absent: all of it. */
  lines?: bigint | undefined;
  /** A coupon that can be used on different products: the bit of `takes` that keeps its ways apart. */
  own?: bigint | undefined;
  /** The products that it may take in one way or another; absent: what it takes. */
  lists?: bigint | undefined;
  /** The products that it leaves to another coupon that must take them, and those that it takes; absent: no matter. */
  leaves?: bigint | undefined;
  fills?: bigint | undefined;
  /** Decides where results and costs are equal; it never comes to what costs differ by. */
  kept?: bigint | undefined;
  /** What it gives away, where that may come to too much together with what others do. */
  gift?: (Amount & { product: bigint }) | undefined;
  /** How much of what it counts others may give away together; absent: they cannot come to more. */
  limit?: (Amount & { counts: bigint }) | undefined;
  /** What it takes of that which thresholds of shop coupons are judged by; absent: it does not matter. */
  uses?: Amount | undefined;
};
