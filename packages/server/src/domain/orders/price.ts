import { type Refusal, refuse } from "../outcome.ts";
import type { CartLine } from "../pricing/cart.ts";
import type { WalletCoupon } from "../pricing/eligible.ts";
import type { StackingPolicy, ThresholdBasis } from "../pricing/policies.ts";
import { quote } from "../pricing/quote.ts";
import type { Order, OrderCoupon, RecordKey, UserCouponId } from "../records.ts";
import { freeFor } from "../wallet/user-coupons.ts";
import type { Records } from "../working-copy.ts";

/** What an order asks for: a person's coupons on a cart. */
export type OrderRequest = {
  appid: string;
  openid: string;
  outOrderId: string;
  lines: readonly CartLine[];
  /** The coupons to use; each must be usable, or none is used. */
  userCoupons: readonly UserCouponId[];
  policy: StackingPolicy;
  basis: ThresholdBasis;
  /** What was asked for, in one spelling; where the best coupons were asked for, it says so and not which they were. */
  asked: string;
};

/** What is read to decide about an order's coupons. */
export const needsOf = (appid: string, outOrderId: string, userCoupons: readonly UserCouponId[]): RecordKey[] => [
  { need: "order", appid, outOrderId },
  ...userCoupons.flatMap(({ outCouponId, outUserCouponId }): RecordKey[] => [
    { need: "coupon", appid, outCouponId },
    { need: "userCoupon", appid, outCouponId, outUserCouponId },
  ]),
];

/** What coupons take off an order. */
type Content = Pick<Order, "lines" | "coupons">;

/** The price of an order with exactly the coupons it asks for; a refusal where one of them cannot be used on it. */
export function price(request: OrderRequest, records: Records, now: number): Refusal | Content {
  const wallet: WalletCoupon[] = [];
  for (const id of request.userCoupons) {
    const owned = walletCoupon(request, id, records);
    if (!owned) return refuse("unknown_user_coupon", { id: id.outUserCouponId });
    wallet.push(owned);
  }
  const priced = quote(request.lines, wallet, request.policy, now, request.basis);
  const coupons: OrderCoupon[] = [];
  for (const { outCouponId, outUserCouponId, ...verdict } of priced.coupons) {
    if (!verdict.used) return refuse("coupon_not_usable", { id: outUserCouponId, ...factsOf(verdict.reason) });
    coupons.push({ outCouponId, outUserCouponId, parts: verdict.parts });
  }
  return { lines: priced.lines, coupons };
}

/** A person's user coupon with its coupon, as the order sees it. */
function walletCoupon(
  { appid, openid, outOrderId }: OrderRequest,
  { outCouponId, outUserCouponId }: UserCouponId,
  records: Records,
): WalletCoupon | undefined {
  const coupon = records.coupon(appid, outCouponId);
  const userCoupon = records.userCoupon(appid, outCouponId, outUserCouponId);
  if (!coupon || userCoupon?.openid !== openid) return;
  return { coupon, userCoupon: freeFor(outOrderId, userCoupon) };
}

/** A reason as a refusal's facts carry it: what is a list or a record is left to the quote. */
function factsOf({ code, facts }: { code: string; facts: object }): Refusal["facts"] {
  const plain = Object.entries(facts).filter(([, value]) => ["string", "number"].includes(typeof value));
  return { code, ...Object.fromEntries(plain) };
}
