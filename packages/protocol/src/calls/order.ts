import { z } from "zod";
import { couponStatus } from "./coupon.ts";
import { orderId, personId, productId } from "./ids.ts";
import { inBoth } from "./in-both.ts";
import { orderStatusMeanings, reasonMeanings, stackingPolicyMeanings } from "./meanings.ts";
import {
  fen,
  INT32_MAX,
  integer,
  merchantId,
  mustHaveEntries,
  mustNotBeEmpty,
  oneName,
  optional,
  optionalFromEmpty,
  seconds,
} from "./scalars.ts";
import { userCouponIds } from "./user-coupon.ts";

/** Which coupons may be used together on one order: see docs/adr/0010. */
export type StackingPolicyName = keyof typeof stackingPolicyMeanings;
export const stackingPolicies = Object.keys(stackingPolicyMeanings) as StackingPolicyName[];

/** What a shop coupon's threshold can be judged by, an app's setting: see docs/adr/0010. */
export const thresholdBases = ["list", "after_product_coupons"] as const;
export type ThresholdBasisName = (typeof thresholdBases)[number];

/** The most lines of a cart, and the most coupons that may be asked for by their ids. */
const LINES_MAX = 100;
const COUPONS_MAX = 50;
/** The longest lock, in seconds: a day. */
const LOCK_MAX = 86_400;

const policy = () =>
  optional(oneName(stackingPolicyMeanings, "Which coupons may be used together; absent: the app's setting"));

const cartLine = {
  out_product_id: productId(),
  price: fen().describe("The price of one item, fen."),
  quantity: integer(1).describe("How many items."),
};

/** A cart: so many items of a product at a price for each, fen. Their sum must fit what a reply can carry. */
export const cart = () =>
  z
    .array(z.object(cartLine))
    .min(1, { error: mustNotBeEmpty })
    .max(LINES_MAX, { error: mustHaveEntries(LINES_MAX) })
    .refine((lines) => lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) <= INT32_MAX, {
      error: inBoth(`must come to at most ${INT32_MAX} fen together`, `合计不能超过 ${INT32_MAX} 分`),
    })
    .describe("The cart, 1-100 lines; each is so many items of a product at one price.");

const coupons = () =>
  z
    .array(userCouponIds)
    .max(COUPONS_MAX, { error: mustHaveEntries(COUPONS_MAX) })
    .refine((ids) => new Set(ids.map((id) => `${id.out_coupon_id}\0${id.out_user_coupon_id}`)).size === ids.length, {
      error: inBoth("must not name a user coupon twice", "不能重复指定同一张用户券"),
    });
const couponsOrBest = () =>
  z
    .union([z.literal("best"), coupons()], {
      error: (issue) =>
        issue.input === undefined
          ? undefined
          : inBoth(
              'must be "best", or a list of at most 50 different user coupons',
              '必须是 "best"，或最多 50 张互不相同的用户券',
            ),
    })
    .describe('The coupons to use, at most 50, or `"best"`: those with which the least is paid.');

const pricedLine = { ...cartLine, discount: fen().describe("What coupons take off the line, fen.") };
const parts = () => z.array(fen()).describe("What it takes off each line, fen, in the order of the lines.");
const amounts = {
  total: fen().describe("What the cart costs without coupons, fen."),
  discount: fen().describe("What coupons take off it, fen."),
  payable: fen().describe("What is paid, fen."),
};

/** A code, the facts that explain it, and the same in words. */
const reason = z.object({
  code: oneName(reasonMeanings, "Why it is not used; where several hold, the first of"),
  status: couponStatus("Of `not_in_force`, the coupon's status").optional(),
  use_time: seconds().describe("Of `already_used`, when it was used, Unix seconds.").optional(),
  lock_end_time: seconds().describe("Of `locked`, the last second of the lock, Unix seconds.").optional(),
  end_time: seconds()
    .describe("Of `no_longer_valid`, the last second in which it could be used, Unix seconds.")
    .optional(),
  start_time: seconds()
    .describe("Of `not_valid_yet`, the first second in which it can be used, Unix seconds.")
    .optional(),
  items_more: integer().describe("How many more items it asks for.").optional(),
  spend_more: fen().describe("For how much more, fen.").optional(),
  out_product_ids: z.array(merchantId()).describe("The products it asks for; absent: any.").optional(),
  with: z.array(userCouponIds).describe("The user coupons in its way.").optional(),
  explained: z.string().describe("The code and its facts in English words."),
});
export type ReasonShown = z.infer<typeof reason>;

/** What a coupon takes off, of each line in `parts`; or why not, and what it would take off by itself. */
const judgedCoupon = userCouponIds.extend({
  used: z.boolean().describe("Whether it is one of those that are used."),
  discount: fen().describe("What it takes off, fen, if it is used.").optional(),
  parts: parts().optional(),
  alone: fen().describe("If it is not used, what it would take off by itself, fen.").optional(),
  reason: reason.describe("If it is not used, why.").optional(),
});
export type JudgedCoupon = z.infer<typeof judgedCoupon>;

/** An order as replies show it. `parts` of a coupon and `returned` of a line follow the order of the lines. */
export const orderShown = z
  .object({
    out_order_id: orderId(),
    openid: personId(),
    status: oneName(orderStatusMeanings, "The order's status"),
    ...amounts,
    refunded: fen().describe("What was paid back, fen."),
    lines: z
      .array(z.object({ ...pricedLine, returned: integer().describe("How many items came back.") }))
      .describe("The lines, in the cart's order."),
    user_coupons: z
      .array(userCouponIds.extend({ discount: fen().describe("What it takes off, fen."), parts: parts() }))
      .describe("The coupons that are used."),
    lock_end_time: seconds()
      .describe("The last second of the lock, Unix seconds; absent if it was never locked.")
      .optional(),
    use_time: seconds().describe("When it was redeemed, Unix seconds; absent until then.").optional(),
  })
  .describe("The order as it is now.");
export type OrderShown = z.infer<typeof orderShown>;

/** The calls about carts and orders. Money is fen, times are Unix seconds. */
export const orderCalls = {
  quote: {
    about: "What a person pays at least for a cart, with which of their coupons, and why the others are not used.",
    request: z.object({ openid: personId(), lines: cart(), policy: policy() }),
    reply: z.object({
      ...amounts,
      proven: z
        .boolean()
        .describe("Whether no better choice of coupons exists; false also where coupons were not looked at."),
      not_looked_at: integer().describe(
        "How many coupons of the person that could be used now were not looked at: those that end last.",
      ),
      lines: z.array(z.object(pricedLine)).describe("The lines, in the cart's order."),
      user_coupons: z.array(judgedCoupon).describe("The coupons that were looked at."),
    }),
  },
  lock: {
    about: "Keeps a person's coupons for one order until it is paid or the time is over.",
    request: z.object({
      openid: personId(),
      out_order_id: orderId(),
      lines: cart(),
      user_coupons: couponsOrBest(),
      ttl_seconds: integer(1, LOCK_MAX).describe(`How long they are kept, seconds, 1-${LOCK_MAX}.`),
      policy: policy(),
    }),
    reply: z.object({ order: orderShown }),
  },
  redeem: {
    about: "An order is paid: its coupons are used, all or none. After a lock, the order's id is enough.",
    request: z.object({
      out_order_id: orderId(),
      openid: optional(personId()),
      lines: optional(cart()),
      user_coupons: optionalFromEmpty(couponsOrBest()),
      policy: policy(),
    }),
    reply: z.object({ order: orderShown }),
  },
  return: {
    about: "An order, or items of it, comes back: what is paid back for each, and the coupons once all is back.",
    request: z.object({
      out_order_id: orderId(),
      out_return_id: optional(merchantId().describe("The caller's id of this return; required beside `lines`.")),
      lines: optional(
        z
          .array(
            z.object({
              line: integer(0, LINES_MAX - 1).describe("The place of the line in the order, from 0."),
              quantity: integer(1).describe("How many items of it come back."),
            }),
          )
          .max(LINES_MAX, { error: mustHaveEntries(LINES_MAX) })
          .describe("What comes back; absent: all that has not yet."),
      ),
    }),
    reply: z.object({
      refund: z
        .object({
          amount: fen().describe("What is paid back for this return, fen."),
          lines: z
            .array(
              z.object({
                line: integer().describe("The place of the line in the order, from 0."),
                quantity: integer(1).describe("How many items of it come back."),
                amount: fen().describe("What is paid back for them, fen."),
              }),
            )
            .describe("The same, line by line."),
        })
        .describe("What is paid back."),
      order: orderShown,
    }),
  },
} as const;
