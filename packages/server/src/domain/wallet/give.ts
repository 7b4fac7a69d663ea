import { type Refusal, refuse } from "../outcome.ts";
import type { Coupon, Stock, UserCoupon, UserCouponStatus } from "../records.ts";
import { COUNT_MAX } from "../rule.ts";
import type { Records } from "../working-copy.ts";
import { validityFrom } from "./validity.ts";

type Gift = {
  coupon: Coupon;
  openid: string;
  outUserCouponId: string;
  status: UserCouponStatus;
  /** Unix seconds; what a validity counted from the claim is counted from. */
  receivedAt: number;
};

/** Takes one from the stock into a person's wallet, if there is one and the person's limit allows it. */
export function give(gift: Gift, records: Records, now: number): Refusal | { userCoupon: UserCoupon; stock: Stock } {
  const { coupon, openid, outUserCouponId, status, receivedAt } = gift;
  const { appid, outCouponId, terms } = coupon;
  const stock = records.stock(appid, outCouponId);
  if (!stock || stock.remaining === 0) return refuse("sold_out", { id: outCouponId });
  const limit = terms.limitPerPerson;
  if (limit !== null && records.held(appid, outCouponId, openid) >= limit) return refuse("person_limit", { limit });
  if (stock.claimed === COUNT_MAX) return refuse("counter_full", { limit: COUNT_MAX });
  return {
    userCoupon: {
      appid,
      outCouponId,
      outUserCouponId,
      openid,
      slot: records.walletSize(appid, openid),
      status,
      createdAt: now,
      updatedAt: now,
      receivedAt,
      validity: validityFrom(terms.validity, receivedAt),
      usedAt: null,
    },
    stock: { ...stock, remaining: stock.remaining - 1, claimed: stock.claimed + 1, updatedAt: now },
  };
}
