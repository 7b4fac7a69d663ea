import { z } from "zod";
import { couponStatuses } from "./coupon.ts";
import { fen, INT32_MAX, integer, merchantId, oneOf, openid, optional, optionalFromEmpty, seconds } from "./scalars.ts";
import { userCouponIds } from "./user-coupon.ts";

/** Which coupons may be used together on one order: see docs/adr/0010. */
export const stackingPolicies = ["product_then_shop", "exclusive", "one_per_order"] as const;
export type StackingPolicyName = (typeof stackingPolicies)[number];

/** What a shop coupon's threshold can be judged by, an app's setting: see docs/adr/0010. */
export const thresholdBases = ["list", "after_product_coupons"] as const;
export type ThresholdBasisName = (typeof thresholdBases)[number];

/** The most lines of a cart, and the most coupons that may be asked for by their ids. */
const LINES_MAX = 100;
const COUPONS_MAX = 50;
/** The longest lock, in seconds: a day. */
const LOCK_MAX = 86_400;

const policy = () => optional(z.enum(stackingPolicies, { error: `must be one of ${stackingPolicies.join(", ")}` }));

/** A cart: so many items of a product at a price for each, fen. Their sum must fit what a reply can carry. */
const cart = () =>
  z
    .array(z.object({ out_product_id: merchantId(), price: fen(), quantity: integer(1) }))
    .min(1, { error: "must not be empty" })
    .max(LINES_MAX, { error: `must have at most ${LINES_MAX} entries` })
    .refine((lines) => lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) <= INT32_MAX, {
      error: `must come to at most ${INT32_MAX} fen together`,
    });

const coupons = () =>
  z
    .array(userCouponIds)
    .max(COUPONS_MAX, { error: `must have at most ${COUPONS_MAX} entries` })
    .refine((ids) => new Set(ids.map((id) => `${id.out_coupon_id}\0${id.out_user_coupon_id}`)).size === ids.length, {
      error: "must not name a user coupon twice",
    });
const couponsOrBest = () =>
  z.union([z.literal("best"), coupons()], {
    error: (issue) =>
      issue.input === undefined ? undefined : 'must be "best", or a list of at most 50 different user coupons',
  });

const pricedLine = { out_product_id: merchantId(), price: fen(), quantity: integer(1), discount: fen() };

/** Why a coupon is not used, in order of precedence: where several hold, the first is told. */
export const reasonCodes = [
  "not_in_force",
  "given_up",
  "already_used",
  "locked",
  "no_longer_valid",
  "not_valid_yet",
  "states_no_discount",
  "no_matching_product",
  "below_threshold",
  "gives_nothing",
  "not_combinable",
  "condition_undone",
  "adds_nothing",
] as const;

/** A code, the facts that explain it, and the same in words. */
const reason = z.object({
  code: z.enum(reasonCodes),
  /** The coupon's, of `not_in_force`. */
  status: oneOf(couponStatuses).optional(),
  use_time: seconds().optional(),
  lock_end_time: seconds().optional(),
  end_time: seconds().optional(),
  start_time: seconds().optional(),
  /** So many more items, and for so much more, of these products; without them, of any. */
  items_more: integer().optional(),
  spend_more: fen().optional(),
  out_product_ids: z.array(merchantId()).optional(),
  /** Those in its way. */
  with: z.array(userCouponIds).optional(),
  explained: z.string(),
});
export type ReasonShown = z.infer<typeof reason>;

/** What a coupon takes off, of each line in `parts`; or why not, and what it would take off by itself. */
const judgedCoupon = userCouponIds.extend({
  used: z.boolean(),
  discount: fen().optional(),
  parts: z.array(fen()).optional(),
  alone: fen().optional(),
  reason: reason.optional(),
});
export type JudgedCoupon = z.infer<typeof judgedCoupon>;

/** An order as replies show it. `parts` of a coupon and `returned` of a line follow the order of the lines. */
const orderShown = z.object({
  out_order_id: merchantId(),
  openid: openid(),
  status: z.enum(["locked", "redeemed", "returned"]),
  total: fen(),
  discount: fen(),
  payable: fen(),
  refunded: fen(),
  lines: z.array(z.object({ ...pricedLine, returned: integer() })),
  user_coupons: z.array(userCouponIds.extend({ discount: fen(), parts: z.array(fen()) })),
  lock_end_time: seconds().optional(),
  use_time: seconds().optional(),
});
export type OrderShown = z.infer<typeof orderShown>;

/** The calls about carts and orders. Money is fen, times are Unix seconds. */
export const orderCalls = {
  quote: {
    about: "What a person pays at least for a cart, with which of their coupons, and why the others are not used.",
    request: z.object({ openid: openid(), lines: cart(), policy: policy() }),
    reply: z.object({
      total: fen(),
      discount: fen(),
      payable: fen(),
      /** Whether no better choice of coupons exists; false also where coupons were not looked at. */
      proven: z.boolean(),
      /** How many coupons of the person that could be used now were not looked at: those that end last. */
      not_looked_at: integer(),
      lines: z.array(z.object(pricedLine)),
      user_coupons: z.array(judgedCoupon),
    }),
  },
  lock: {
    about: "Keeps a person's coupons for one order until it is paid or the time is over.",
    request: z.object({
      openid: openid(),
      out_order_id: merchantId(),
      lines: cart(),
      user_coupons: couponsOrBest(),
      ttl_seconds: integer(1, LOCK_MAX),
      policy: policy(),
    }),
    reply: z.object({ order: orderShown }),
  },
  redeem: {
    about: "An order is paid: its coupons are used, all or none. After a lock, the order's id is enough.",
    request: z.object({
      out_order_id: merchantId(),
      openid: optional(openid()),
      lines: optional(cart()),
      user_coupons: optionalFromEmpty(couponsOrBest()),
      policy: policy(),
    }),
    reply: z.object({ order: orderShown }),
  },
  return: {
    about: "An order, or items of it, comes back: what is paid back for each, and the coupons once all is back.",
    request: z.object({
      out_order_id: merchantId(),
      out_return_id: optional(merchantId()),
      lines: optional(
        z
          .array(z.object({ line: integer(0, LINES_MAX - 1), quantity: integer(1) }))
          .max(LINES_MAX, { error: `must have at most ${LINES_MAX} entries` }),
      ),
    }),
    reply: z.object({
      refund: z.object({
        amount: fen(),
        lines: z.array(z.object({ line: integer(), quantity: integer(1), amount: fen() })),
      }),
      order: orderShown,
    }),
  },
} as const;
