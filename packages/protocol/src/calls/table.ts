import { z } from "zod";
import type { Errcode } from "../codes.ts";
import { couponStatus, couponToAdd, couponType } from "./coupon.ts";
import { couponInfo } from "./coupon-info.ts";
import { appId, channel, couponId, createTime, personId, updateTime, userCouponId } from "./ids.ts";
import { inBoth } from "./in-both.ts";
import { orderCalls } from "./order.ts";
import { defaulting, integer, merchantId, object, optionalNumber, optionalObject, seconds } from "./scalars.ts";
import { userCouponEntry, userCouponIds, userCouponStatus, useTime } from "./user-coupon.ts";

/** The largest page a list call gives. */
export const PAGE_LIMIT = 200;

const pageSize = () =>
  integer(1)
    .refine((n) => n <= PAGE_LIMIT, {
      error: inBoth(`must be at most ${PAGE_LIMIT}`, `不能超过 ${PAGE_LIMIT}`),
      params: { errcode: 990005 satisfies Errcode },
    })
    .describe(`How many entries at most, 1-${PAGE_LIMIT}.`);
const offset = () => defaulting(0).describe("How many entries are passed over before.");
const total = (of: string) => integer().describe(`How many ${of} there are, whatever the page.`);
const receivedAt = "When the person received it, Unix seconds";
const nothing = z.object({});

const stockInfo = () =>
  object(
    z
      .object({
        issued_num: integer().describe("How many are left."),
        receive_num: integer().describe("How many were handed out."),
      })
      .describe("The numbers of the stock."),
  );

/** `coupon_stock`: `issued_num` is what is left, `receive_num` what has been handed out. */
export const couponStock = z.object({
  out_coupon_id: couponId(),
  stock_info: stockInfo(),
  create_time: createTime(),
  update_time: updateTime(),
  appid: appId(),
});

const extInfo = z
  .object({ valid_time: optionalNumber(seconds().describe("When it was activated, Unix seconds.")) })
  .describe("The server's own addition to the document; absent until the coupon is activated.");

/** A coupon as replies show it. */
export const couponShown = z.object({
  out_coupon_id: couponId(),
  type: couponType(),
  promote_type: channel(),
  coupon_info: object(
    couponInfo.extend({ ext_info: optionalObject(extInfo) }).describe("The merchant's document as it was sent."),
  ),
  status: couponStatus(),
  create_time: createTime(),
  update_time: updateTime(),
  appid: appId(),
});
export type CouponShown = z.infer<typeof couponShown>;

/**
 * The platform's coupon calls in its own order (protocol.md section 4): every one `POST /shop/coupon/<name>`
 * with the token in the query. `request` reads the body; `reply` is what stands beside `errcode: 0`.
 */
export const couponCalls = {
  confirm: {
    about: "Asks the merchant's callback to prove itself.",
    request: nothing.default({}),
    reply: nothing,
  },
  add: {
    about: "Adds a coupon, to be edited until it is activated.",
    request: z.object({ coupon: object(couponToAdd.describe("The coupon to add.")) }),
    reply: nothing,
  },
  get: {
    about: "One coupon.",
    request: z.object({ out_coupon_id: couponId() }),
    reply: z.object({
      result: z.object({ coupon: couponShown.describe("The coupon.") }).describe("What was asked for."),
    }),
  },
  get_list: {
    about: "A page of the app's coupons, oldest first, with the stock of those ever activated.",
    request: z.object({ page_size: pageSize(), offset: offset() }),
    reply: z.object({
      total_num: total("coupons"),
      result_list: z
        .array(
          z.object({
            coupon: couponShown.describe("The coupon."),
            coupon_stock: couponStock.describe("Its stock; absent if it was never activated.").optional(),
          }),
        )
        .describe("The page."),
    }),
  },
  update: {
    about: "Replaces a coupon that is still being edited.",
    request: z.object({ coupon: object(couponToAdd.describe("The coupon as it shall be, whole.")) }),
    reply: nothing,
  },
  update_status: {
    about: "Activates (2), expires (3) or voids (4) a coupon.",
    request: z.object({ out_coupon_id: couponId(), status: couponStatus("The status that it shall have") }),
    reply: nothing,
  },
  update_coupon_stock: {
    about: "Sets what is left and what was handed out, as absolute numbers.",
    request: z.object({
      coupon_stock: object(
        z.object({ out_coupon_id: couponId(), stock_info: stockInfo() }).describe("The stock as it shall be."),
      ),
    }),
    reply: nothing,
  },
  add_user_coupon: {
    about: "Records that a person holds a coupon; takes one from the stock.",
    request: z.object({
      openid: personId(),
      user_coupon: object(userCouponIds.extend({ status: userCouponStatus() }).describe("The user coupon.")),
      recv_time: optionalNumber(seconds().describe(`${receivedAt}; absent: now.`)),
    }),
    reply: nothing,
  },
  get_usercoupon_list: {
    about: "A page of a person's coupons, newest first.",
    request: z.object({ openid: personId(), page_size: pageSize(), offset: offset() }),
    reply: z.object({
      total_num: total("coupons of the person"),
      result_list: z.array(userCouponEntry).describe("The page."),
    }),
  },
  update_user_coupon: {
    about: "Sets when a person's coupon was received and used.",
    request: z.object({
      openid: personId(),
      user_coupon: object(
        userCouponIds
          .extend({ ext_info: object(z.object({ use_time: useTime() }).describe("What is corrected besides.")) })
          .describe("The user coupon, and when it was used."),
      ),
      recv_time: seconds().describe(`${receivedAt}.`),
    }),
    reply: nothing,
  },
  update_usercoupon_status: {
    about: "Expires (101), uses (102) or gives up (103) a person's coupon, or returns a used one (100).",
    request: z.object({
      openid: personId(),
      out_coupon_id: couponId(),
      out_user_coupon_id: userCouponId(),
      status: userCouponStatus("The status that it shall have"),
    }),
    reply: nothing,
  },
} as const;

/** Our own calls (protocol.md section 7): the platform's envelope, under `/quanku/coupon/`. */
export const quankuCalls = {
  claim: {
    about: "A person claims a coupon. The same request_id again has the same answer and gives no second coupon.",
    request: z.object({
      openid: personId(),
      out_coupon_id: couponId(),
      request_id: merchantId().describe("The caller's id of this claim: a claim with it again has the same answer."),
    }),
    reply: z.object({ user_coupon: userCouponEntry.describe("The user coupon as it was given.") }),
  },
  ...orderCalls,
} as const;

/** Every call, the platform's first. */
export const calls = { ...couponCalls, ...quankuCalls };

/** The name of a call: the last part of its path. */
export type CallName = keyof typeof calls;

/** Every call, in the order of the reference page. */
export const callNames = Object.keys(calls) as CallName[];

/** What a caller may send as the body of a call: what need not be there may be left out, numbers may be digits. */
export type CallBody<N extends CallName> = z.input<(typeof calls)[N]["request"]>;

/** What stands beside `errcode: 0` in the reply of a call that succeeded. */
export type CallReply<N extends CallName> = z.output<(typeof calls)[N]["reply"]>;

/** The body of a call as its schema reads it. */
export type CallRequest<N extends CallName> = z.infer<(typeof calls)[N]["request"]>;

const compiled = new Map<CallName, z.ZodType>();

/**
 * The schema that reads a call's body: compiled when it is first asked for, since calls come often. What the compiled one
 * does not accept goes to the schema itself, whose issues are told.
 */
export function requestSchema<N extends CallName>(call: N): z.ZodType<CallRequest<N>> {
  const schema = compiled.get(call) ?? z.compile(calls[call].request as z.ZodType);
  compiled.set(call, schema);
  return schema as z.ZodType<CallRequest<N>>;
}

/** Where a call lives. */
export const callPath = (call: CallName) => (call in couponCalls ? `/shop/coupon/${call}` : `/quanku/coupon/${call}`);
