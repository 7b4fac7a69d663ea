import { expiryOf } from "../wallet/validity.ts";
import type { Cart } from "./cart.ts";
import { reducedIn } from "./discount.ts";
import type { Eligible, WalletCoupon } from "./eligible.ts";
import type { Candidate } from "./stacking.ts";

/**
 * Ranks the coupons that could be used: what expires first, then what is newest in the wallet, in whatever order they are
 * named. The one of rank r among n
 * costs 2^n - 2^(n-1-r). So of two choices the one that costs less has fewer coupons, or as many and, of the coupons
 * that only one of them has, the one that ranks first.
 */
export function ranked(usable: readonly { owned: WalletCoupon; eligible: Eligible }[], cart: Cart): Candidate[] {
  const most = 1n << BigInt(usable.length);
  return usable
    .toSorted(
      ({ owned: { userCoupon: a } }, { owned: { userCoupon: b } }) =>
        compare(expiryOf(a), expiryOf(b)) || b.slot - a.slot,
    )
    .map(({ owned, eligible }, rank) => ({
      ...eligible,
      owned,
      takes: reducedIn(cart, eligible.discount).set & cart.priced,
      cost: most - (most >> BigInt(rank + 1)),
    }));
}

/** Not a difference: two coupons may both never expire. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
