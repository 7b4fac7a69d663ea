import type { Cart } from "./cart.ts";
import { type Amount, add, isMore, nothing } from "./condition.ts";
import { giftsOf } from "./discount.ts";
import { type Effect, effectOf, usedUp } from "./effect.ts";
import type { ThresholdBasis } from "./policies.ts";
import { type Candidate, leftFor, type Use } from "./stacking.ts";

/** Coupons with which one cannot go, since one of their conditions would not be met, and what its own would then lack. */
export type Undone = { with: Candidate[]; itemsMore: number; spendMore: number };

/** Whether a coupon, if it gave away as little as it can, would undo a condition of those used, or they its own. */
export function undone(
  candidate: Candidate,
  used: readonly Use[],
  cart: Cart,
  basis: ThresholdBasis,
): Undone | undefined {
  const gifts = Math.min(1, giftsOf(candidate.discount, cart));
  const one = effectOf({ candidate, taken: leftFor(candidate, used), gifts }, cart);
  const others = used.map((use) => effectOf(use, cart));
  const inItsWay = others.filter((other) => isMore(takenOf(one, other, basis), nothing));
  const taken = takenOfAll(one, others, basis);
  if (isMore(taken, one.limit))
    return {
      with: inItsWay.map((other) => other.candidate),
      itemsMore: Math.max(0, taken.items - one.limit.items),
      spendMore: Math.max(0, taken.spend - one.limit.spend),
    };
  const failing = others.filter((other) => isMore(takenOfAll(other, [...others, one], basis), other.limit));
  if (failing.length > 0) return { with: failing.map((other) => other.candidate), itemsMore: 0, spendMore: 0 };
}

const takenOfAll = (of: Effect, by: readonly Effect[], basis: ThresholdBasis): Amount =>
  by.reduce((all, other) => (other === of ? all : add(all, takenOf(of, other, basis))), nothing);

/** What a coupon takes of that which another one's condition is judged by. */
function takenOf(of: Effect, by: Effect, basis: ThresholdBasis): Amount {
  if (by.candidate.discount.scope === "shop") return nothing;
  if (of.candidate.discount.scope === "shop") {
    const { items, spend } = usedUp(by, basis);
    return { items: Number.isFinite(of.limit.items) ? items : 0, spend: Number.isFinite(of.limit.spend) ? spend : 0 };
  }
  return of.limit.counts & by.gift.product ? by.gift : nothing;
}
