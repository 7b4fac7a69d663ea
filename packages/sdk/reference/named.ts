import { type CallName, orderCalls } from "@quanku/protocol/calls";
import { identity, partOf, type Shape, type Side, shapeOf } from "./shape.ts";

/**
 * The shapes that have a name in the SDK, and one place where each stands; wherever else the same shape stands it has the
 * same name. What is not listed is written out where it stands.
 */
const named: Record<string, [about: string, call: CallName, side: Side, path: string]> = {
  CouponToAdd: ["A coupon as `add` and `update` take it.", "add", "body", "coupon"],
  CouponInfo: [
    "What a coupon says of itself: the merchant's document. Members that the platform does not know are kept.",
    "add",
    "body",
    "coupon.coupon_info",
  ],
  PromoteInfo: ["Where a coupon is promoted.", "add", "body", "coupon.coupon_info.promote_info"],
  DiscountInfo: [
    "What a coupon takes off, and on which condition. Which members a type needs: docs/protocol.md section 3.",
    "add",
    "body",
    "coupon.coupon_info.discount_info",
  ],
  DiscountCondition: [
    "What must be bought for a coupon to be used.",
    "add",
    "body",
    "coupon.coupon_info.discount_info.discount_condition",
  ],
  ReceiveInfo: [
    "When, how often and by how many a coupon can be claimed.",
    "add",
    "body",
    "coupon.coupon_info.receive_info",
  ],
  ValidInfo: ["When a claimed coupon can be used.", "add", "body", "coupon.coupon_info.valid_info"],
  Coupon: ["A coupon as replies show it.", "get", "reply", "result.coupon"],
  CouponInfoShown: [
    "The merchant's document as replies show it, with what the server adds in `ext_info`.",
    "get",
    "reply",
    "result.coupon.coupon_info",
  ],
  CouponEntry: ["An entry of `get_list`.", "get_list", "reply", "result_list.[]"],
  CouponStock: ["The stock of a coupon.", "get_list", "reply", "result_list.[].coupon_stock"],
  UserCoupon: ["A coupon that a person holds.", "get_usercoupon_list", "reply", "result_list.[]"],
  UserCouponIds: ["The two ids that together name a user coupon.", "lock", "body", "user_coupons.[]"],
  CartLine: ["A line of a cart: so many items of a product, at a price for each.", "quote", "body", "lines.[]"],
  JudgedCoupon: ["What a quote says of one coupon of the person.", "quote", "reply", "user_coupons.[]"],
  Reason: [
    "Why a coupon is not used: a code, the facts that explain it, and the same in words.",
    "quote",
    "reply",
    "user_coupons.[].reason",
  ],
  Order: ["An order, with what each coupon took off each line.", "lock", "reply", "order"],
};

/** A shape with a name: what it is, its parts, and the file that holds it. */
export type NamedShape = { name: string; about: string; shape: Shape; file: "coupons" | "orders" };

/** Every shape with a name, in the order they are told. */
export const namedShapes: NamedShape[] = Object.entries(named).map(([name, [about, call, side, path]]) => {
  const shape = partOf(shapeOf(call, side), path);
  return { name, about, shape, file: call in orderCalls ? "orders" : "coupons" };
});

const names = new Map(namedShapes.map(({ name, shape }) => [identity(shape), name]));

/** The name of a shape, if it has one. */
export const nameOf = (shape: Shape): string | undefined => names.get(identity(shape));
