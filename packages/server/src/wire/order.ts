import type {
  CallReply,
  CallRequest,
  JudgedCoupon,
  OrderShown,
  ReasonShown,
  StackingPolicyName,
  ThresholdBasisName,
} from "@quanku/protocol/calls";
import { type Returned, returnedOf } from "../domain/orders/return.ts";
import type { CartLine } from "../domain/pricing/cart.ts";
import type { StackingPolicy, ThresholdBasis } from "../domain/pricing/policies.ts";
import type { Quote } from "../domain/pricing/quote.ts";
import type { Reason } from "../domain/pricing/reasons.ts";
import type { Order, UserCouponId } from "../domain/records.ts";
import { wireCouponStatus } from "./coupon.ts";
import type { Same } from "./same.ts";

true satisfies Same<StackingPolicyName, StackingPolicy>;
true satisfies Same<ThresholdBasisName, ThresholdBasis>;
true satisfies Same<ReasonShown["code"], Reason["code"]>;

type WireLines = CallRequest<"quote">["lines"];

export const cartOf = (lines: WireLines): CartLine[] =>
  lines.map(({ out_product_id, price, quantity }) => ({ outProductId: out_product_id, price, quantity }));

export const idsOf = (ids: readonly { out_coupon_id: string; out_user_coupon_id: string }[]): UserCouponId[] =>
  ids.map(({ out_coupon_id, out_user_coupon_id }) => ({
    outCouponId: out_coupon_id,
    outUserCouponId: out_user_coupon_id,
  }));

const showIds = ({ outCouponId, outUserCouponId }: UserCouponId) => ({
  out_coupon_id: outCouponId,
  out_user_coupon_id: outUserCouponId,
});

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

type Shown = Quote & { notLookedAt?: number };

/** A quote as the wire shows it. */
export const showQuote = ({
  total,
  discount,
  payable,
  proven,
  lines,
  coupons,
  notLookedAt = 0,
}: Shown): CallReply<"quote"> => ({
  total,
  discount,
  payable,
  proven,
  not_looked_at: notLookedAt,
  lines: lines.map(({ outProductId, price, quantity, discount: off }) => ({
    out_product_id: outProductId,
    price,
    quantity,
    discount: off,
  })),
  user_coupons: coupons.map((coupon): JudgedCoupon => {
    const { outCouponId: out_coupon_id, outUserCouponId: out_user_coupon_id } = coupon;
    if (!coupon.used)
      return { out_coupon_id, out_user_coupon_id, used: false, alone: coupon.alone, reason: showReason(coupon.reason) };
    return { out_coupon_id, out_user_coupon_id, used: true, discount: coupon.discount, parts: [...coupon.parts] };
  }),
});

/** An order as the wire shows it. */
export function showOrder(order: Order): OrderShown {
  const total = sum(order.lines.map(({ price, quantity }) => price * quantity));
  const discount = sum(order.lines.map((line) => line.discount));
  const returned = returnedOf(order);
  return {
    out_order_id: order.outOrderId,
    openid: order.openid,
    status: order.status,
    total,
    discount,
    payable: total - discount,
    refunded: sum(order.returns.flatMap(({ lines }) => lines.map(({ amount }) => amount))),
    lines: order.lines.map(({ outProductId, price, quantity, discount: off }, place) => ({
      out_product_id: outProductId,
      price,
      quantity,
      discount: off,
      returned: returned[place] as number,
    })),
    user_coupons: order.coupons.map((coupon) => ({
      ...showIds(coupon),
      discount: sum(coupon.parts),
      parts: [...coupon.parts],
    })),
    ...(order.lockedUntil !== null && { lock_end_time: order.lockedUntil }),
    ...(order.redeemedAt !== null && { use_time: order.redeemedAt }),
  };
}

/** What comes back of an order, as the wire shows it: the lines of this return, and the order after it. */
export const showReturn = ({ order, now }: Returned): CallReply<"return"> => ({
  refund: {
    amount: sum(now.lines.map(({ amount }) => amount)),
    lines: now.lines.map(({ line, quantity, amount }) => ({ line, quantity, amount })),
  },
  order: showOrder(order),
});

/** One text of several: put together by a template it would be pieces that are linked, which JSON.stringify is slow with. */
const text = (...pieces: readonly string[]) => pieces.join("");

const timeOf = (second: number) => text(String(second), " (", new Date(second * 1000).toISOString(), ")");
const products = (ids: readonly string[] | null) => (ids === null ? "" : text(" of ", ids.join(", ")));
const names = (ids: readonly UserCouponId[]) => ids.map(({ outUserCouponId }) => outUserCouponId).join(", ");

const wantedMore = (itemsMore: number, spendMore: number) =>
  [
    itemsMore > 0 ? `add ${itemsMore} more item${itemsMore === 1 ? "" : "s"}` : "",
    spendMore > 0 ? `spend ${spendMore} fen more` : "",
  ]
    .filter(Boolean)
    .join(" and ");

/** A reason with its facts, and the same in words. */
export function showReason({ code, facts }: Reason): ReasonShown {
  switch (code) {
    case "not_in_force":
      return { code, status: wireCouponStatus[facts.status], explained: `the coupon's status is ${facts.status}` };
    case "given_up":
      return { code, explained: "the person gave it up" };
    case "already_used":
      return {
        code,
        ...(facts.usedAt !== null && { use_time: facts.usedAt }),
        explained: facts.usedAt === null ? "it is used" : text("it was used at ", timeOf(facts.usedAt)),
      };
    case "locked":
      return {
        code,
        lock_end_time: facts.until,
        explained: text("it is locked for an order until ", timeOf(facts.until)),
      };
    case "no_longer_valid":
      return { code, end_time: facts.ended, explained: text("it could be used until ", timeOf(facts.ended)) };
    case "not_valid_yet":
      return { code, start_time: facts.starts, explained: `it can be used from ${timeOf(facts.starts)} on` };
    case "states_no_discount":
      return { code, explained: "the coupon does not say what a discount of its type needs" };
    case "no_matching_product":
      return {
        code,
        out_product_ids: [...facts.oneOf],
        explained: text("add one of ", facts.oneOf.join(", ")),
      };
    case "below_threshold": {
      const { itemsMore, spendMore, of } = facts;
      return {
        code,
        items_more: itemsMore,
        spend_more: spendMore,
        ...(of && { out_product_ids: [...of] }),
        explained: text(wantedMore(itemsMore, spendMore), products(of)),
      };
    }
    case "gives_nothing":
      return { code, explained: "it would take nothing off this cart" };
    case "not_combinable":
      return {
        code,
        with: facts.with.map(showIds),
        explained: text("the policy does not let it go with ", names(facts.with)),
      };
    case "condition_undone": {
      const { itemsMore, spendMore } = facts;
      const wanted = wantedMore(itemsMore, spendMore);
      return {
        code,
        with: facts.with.map(showIds),
        ...(wanted && { items_more: itemsMore, spend_more: spendMore }),
        explained: wanted
          ? text("beside ", names(facts.with), ", ", wanted, ": what they give away or take off does not count for it")
          : text(
              "beside it the condition of ",
              names(facts.with),
              " would not be met: what it gives away or takes off does not count",
            ),
      };
    }
    case "adds_nothing":
      return { code, explained: "with the coupons that are used it would take nothing more off" };
  }
}
