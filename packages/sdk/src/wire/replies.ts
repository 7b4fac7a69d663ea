// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Coupon,
  CouponEntry,
  UserCoupon,
} from "./coupons.ts";
import type {
  JudgedCoupon,
  Order,
} from "./orders.ts";

/** What `confirm` answers: nothing. */
export type ConfirmReply = Record<string, never>;

/** What `add` answers: nothing. */
export type AddReply = Record<string, never>;

/** What `get` answers. */
export interface GetReply {
  /** What was asked for. */
  result: {
    /** The coupon. */
    coupon: Coupon;
  };
}

/** What `get_list` answers. */
export interface GetListReply {
  /** How many coupons there are, whatever the page. */
  total_num: number;
  /** The page. */
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
  /** How many coupons of the person there are, whatever the page. */
  total_num: number;
  /** The page. */
  result_list: UserCoupon[];
}

/** What `update_user_coupon` answers: nothing. */
export type UpdateUserCouponReply = Record<string, never>;

/** What `update_usercoupon_status` answers: nothing. */
export type UpdateUsercouponStatusReply = Record<string, never>;

/** What `claim` answers. */
export interface ClaimReply {
  /** The user coupon as it was given. */
  user_coupon: UserCoupon;
}

/** What `quote` answers. */
export interface QuoteReply {
  /** What the cart costs without coupons, fen. */
  total: number;
  /** What coupons take off it, fen. */
  discount: number;
  /** What is paid, fen. */
  payable: number;
  /** Whether no better choice of coupons exists; false also where coupons were not looked at. */
  proven: boolean;
  /** How many coupons of the person that could be used now were not looked at: those that end last. */
  not_looked_at: number;
  /** The lines, in the cart's order. */
  lines: {
    /** The merchant's own id of the product (1 to 128 characters). */
    out_product_id: string;
    /** The price of one item, fen. */
    price: number;
    /** How many items (at least 1). */
    quantity: number;
    /** What coupons take off the line, fen. */
    discount: number;
  }[];
  /** The coupons that were looked at. */
  user_coupons: JudgedCoupon[];
}

/** What `lock` answers. */
export interface LockReply {
  /** The order as it is now. */
  order: Order;
}

/** What `redeem` answers. */
export interface RedeemReply {
  /** The order as it is now. */
  order: Order;
}

/** What `return` answers. */
export interface ReturnReply {
  /** What is paid back. */
  refund: {
    /** What is paid back for this return, fen. */
    amount: number;
    /** The same, line by line. */
    lines: {
      /** The place of the line in the order, from 0. */
      line: number;
      /** How many items of it come back (at least 1). */
      quantity: number;
      /** What is paid back for them, fen. */
      amount: number;
    }[];
  };
  /** The order as it is now. */
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
