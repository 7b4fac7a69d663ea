import { allocate } from "./allocate.ts";
import { best } from "./best.ts";
import { type Cart, type CartLine, readCart, sum } from "./cart.ts";
import { cutsOf } from "./discount.ts";
import { type Eligible, eligible, type WalletCoupon } from "./eligible.ts";
import type { StackingPolicy, ThresholdBasis } from "./policies.ts";
import { ranked } from "./rank.ts";
import type { Reason, UserCouponId } from "./reasons.ts";
import { type Candidate, inTheWayOf, type Use } from "./stacking.ts";
import { undone } from "./undone.ts";

/** A line and what all coupons together take off it, fen: from 0 to price × quantity. */
export type QuotedLine = CartLine & { discount: number };

/** What becomes of a coupon of the wallet. */
export type QuotedCoupon = UserCouponId & Told;

type Told =
  /** What it takes off, and of that off each line of the cart, fen. */
  | { used: true; discount: number; parts: readonly number[] }
  /** What it would take off by itself, fen: 0 where it could not be used, which the reason tells. */
  | { used: false; alone: number; reason: Reason };

/** A cart's price with a person's coupons. Money is fen; `payable` is `total` less `discount`. */
export type Quote = {
  total: number;
  discount: number;
  payable: number;
  lines: QuotedLine[];
  /** Every coupon of the wallet, in its order. */
  coupons: QuotedCoupon[];
  /** Whether no better choice of coupons exists under the policy; false only where the search for it was cut short. */
  proven: boolean;
};

/**
 * The least that a person can pay for a cart with the coupons of a wallet under a policy, and why the other coupons are
 * not used. `now` is Unix seconds. What each coupon is worth is settled by ADR 10. Throws a RangeError as `readCart`.
 *
 * With a wallet of only the coupons somebody asks for, all of them come out used, or one says why not.
 */
export function quote(
  lines: readonly CartLine[],
  wallet: readonly WalletCoupon[],
  policy: StackingPolicy,
  now: number,
  basis: ThresholdBasis = "list",
): Quote {
  const cart = readCart(lines);
  const judged = wallet.map((owned) => ({ owned, verdict: eligible(owned, cart, now) }));
  const candidates = ranked(judged.flatMap(usable), cart);
  const { used, proven } = best(candidates, cart, policy, basis);
  const { parts, left } = partsOf(used, cart);
  const candidateOf = new Map(candidates.map((candidate) => [candidate.owned, candidate]));
  const tell = ({ owned, verdict }: Judged): QuotedCoupon => {
    const { outCouponId, outUserCouponId } = owned.userCoupon;
    const candidate = candidateOf.get(owned);
    if (!candidate) return { outCouponId, outUserCouponId, used: false, alone: 0, reason: verdict as Reason };
    const part = parts.get(candidate);
    if (part) return { outCouponId, outUserCouponId, used: true, discount: sum(part), parts: part };
    const reason = reasonOf(candidate, used, cart, { policy, basis });
    return { outCouponId, outUserCouponId, used: false, alone: candidate.alone, reason };
  };
  const payable = sum(left);
  return {
    total: cart.total,
    discount: cart.total - payable,
    payable,
    lines: cart.lines.map(({ outProductId, price, quantity }, at) => {
      const discount = (cart.amounts[at] as number) - (left[at] as number);
      return { outProductId, price, quantity, discount };
    }),
    coupons: judged.map(tell),
    proven,
  };
}

type Judged = { owned: WalletCoupon; verdict: Eligible | Reason };

const usable = ({ owned, verdict }: Judged) => ("code" in verdict ? [] : [{ owned, eligible: verdict }]);

/** What each coupon takes off each line, product coupons first, each from what those before it left; what is left in the end. */
function partsOf(used: readonly Use[], cart: Cart): { parts: Map<Candidate, number[]>; left: number[] } {
  const left = [...cart.amounts];
  const parts = new Map<Candidate, number[]>();
  for (const use of used) {
    const { candidate } = use;
    const cuts = cutsOf(candidate.discount, cart, left, use).map((cut) => allocate(cut, left));
    const part =
      cuts.length === 1 ? (cuts[0] as number[]) : left.map((_, at) => sum(cuts.map((cut) => cut[at] as number)));
    for (let at = 0; at < left.length; at++) left[at] = (left[at] as number) - (part[at] as number);
    parts.set(candidate, part);
  }
  return { parts, left };
}

/** Why a coupon that could be used alone is not, where others are. */
function reasonOf(
  candidate: Candidate,
  used: readonly Use[],
  cart: Cart,
  { policy, basis }: { policy: StackingPolicy; basis: ThresholdBasis },
): Reason {
  const ids = (those: readonly Candidate[]) => those.map(({ owned }) => idOf(owned));
  const inItsWay = inTheWayOf(candidate, used, policy, cart);
  if (inItsWay.length > 0) return { code: "not_combinable", facts: { with: ids(inItsWay) } };
  const lost = undone(candidate, used, cart, basis);
  if (!lost) return { code: "adds_nothing", facts: {} };
  return { code: "condition_undone", facts: { ...lost, with: ids(lost.with) } };
}

const idOf = ({ userCoupon: { outCouponId, outUserCouponId } }: WalletCoupon): UserCouponId => ({
  outCouponId,
  outUserCouponId,
});
