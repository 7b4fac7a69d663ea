// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Coupon,
  CouponEntry,
  JudgedCoupon,
  Order,
  UserCoupon,
} from "./shapes.ts";

/** What `confirm` answers: nothing. */
export type ConfirmReply = Record<string, never>;

/** What `add` answers: nothing. */
export type AddReply = Record<string, never>;

/** What `get` answers. */
export interface GetReply {
  result: {
    coupon: Coupon;
  };
}

/** What `get_list` answers. */
export interface GetListReply {
  total_num: number;
  result_list: CouponEntry[];
}

/** What `update` answers: nothing. */
export type UpdateReply = Record<string, never>;

/** What `update_status` answers: nothing. */
export type UpdateStatusReply = Record<string, never>;

/** What `update_coupon_stock` answers: nothing. */
export type UpdateCouponStockReply = Record<string, never>;

/** What `add_user_coupon` answers: nothing. */
export type AddUserCouponReply = Record<string, never>;

/** What `get_usercoupon_list` answers. */
export interface GetUsercouponListReply {
  total_num: number;
  result_list: UserCoupon[];
}

/** What `update_user_coupon` answers: nothing. */
export type UpdateUserCouponReply = Record<string, never>;

/** What `update_usercoupon_status` answers: nothing. */
export type UpdateUsercouponStatusReply = Record<string, never>;

/** What `claim` answers. */
export interface ClaimReply {
  user_coupon: UserCoupon;
}

/** What `quote` answers. */
export interface QuoteReply {
  total: number;
  discount: number;
  payable: number;
  proven: boolean;
  not_looked_at: number;
  lines: {
    /** 1 to 128 characters. */
    out_product_id: string;
    price: number;
    /** At least 1. */
    quantity: number;
    discount: number;
  }[];
  user_coupons: JudgedCoupon[];
}

/** What `lock` answers. */
export interface LockReply {
  order: Order;
}

/** What `redeem` answers. */
export interface RedeemReply {
  order: Order;
}

/** What `return` answers. */
export interface ReturnReply {
  refund: {
    amount: number;
    lines: {
      line: number;
      /** At least 1. */
      quantity: number;
      amount: number;
    }[];
  };
  order: Order;
}

/** What each call answers beside `errcode: 0`, by its name. */
export interface Replies {
  confirm: ConfirmReply;
  add: AddReply;
  get: GetReply;
  get_list: GetListReply;
  update: UpdateReply;
  update_status: UpdateStatusReply;
  update_coupon_stock: UpdateCouponStockReply;
  add_user_coupon: AddUserCouponReply;
  get_usercoupon_list: GetUsercouponListReply;
  update_user_coupon: UpdateUserCouponReply;
  update_usercoupon_status: UpdateUsercouponStatusReply;
  claim: ClaimReply;
  quote: QuoteReply;
  lock: LockReply;
  redeem: RedeemReply;
  return: ReturnReply;
}
