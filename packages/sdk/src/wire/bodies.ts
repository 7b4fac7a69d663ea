// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  CouponToAdd,
} from "./coupons.ts";
import type {
  CartLine,
  UserCouponIds,
} from "./orders.ts";

/** What `confirm` is sent: nothing. */
export type ConfirmBody = Record<string, never>;

/** What `add` is sent. */
export interface AddBody {
  /** The coupon to add. */
  coupon: CouponToAdd;
}

/** What `get` is sent. */
export interface GetBody {
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
}

/** What `get_list` is sent. */
export interface GetListBody {
  /** How many entries at most, 1-200. */
  page_size: number;
  /** How many entries are passed over before. */
  offset?: number | undefined;
}

/** What `update` is sent. */
export interface UpdateBody {
  /** The coupon as it shall be, whole. */
  coupon: CouponToAdd;
}

/** What `update_status` is sent. */
export interface UpdateStatusBody {
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
  /**
   * The status that it shall have: `0` stands in the platform's samples; no call leads to it; `1` being edited; `2`
   * active, can be claimed; `3` expired; `4` void.
   */
  status: 0 | 1 | 2 | 3 | 4;
}

/** What `update_coupon_stock` is sent. */
export interface UpdateCouponStockBody {
  /** The stock as it shall be. */
  coupon_stock: {
    /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
    out_coupon_id: string;
    /** The numbers of the stock. */
    stock_info: {
      /** How many are left. */
      issued_num: number;
      /** How many were handed out. */
      receive_num: number;
    };
  };
}

/** What `add_user_coupon` is sent. */
export interface AddUserCouponBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The user coupon. */
  user_coupon: {
    /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
    out_user_coupon_id: string;
    /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
    out_coupon_id: string;
    /** The user coupon's status: `100` effective; `101` expired; `102` used; `103` given up. */
    status: 100 | 101 | 102 | 103;
  };
  /** When the person received it, Unix seconds; absent: now. */
  recv_time?: number | undefined;
}

/** What `get_usercoupon_list` is sent. */
export interface GetUsercouponListBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** How many entries at most, 1-200. */
  page_size: number;
  /** How many entries are passed over before. */
  offset?: number | undefined;
}

/** What `update_user_coupon` is sent. */
export interface UpdateUserCouponBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The user coupon, and when it was used. */
  user_coupon: {
    /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
    out_user_coupon_id: string;
    /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
    out_coupon_id: string;
    /** What is corrected besides. */
    ext_info: {
      /** When it was used, Unix seconds. */
      use_time?: number | undefined;
    };
  };
  /** When the person received it, Unix seconds. */
  recv_time: number;
}

/** What `update_usercoupon_status` is sent. */
export interface UpdateUsercouponStatusBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
  out_user_coupon_id: string;
  /** The status that it shall have: `100` effective; `101` expired; `102` used; `103` given up. */
  status: 100 | 101 | 102 | 103;
}

/** What `claim` is sent. */
export interface ClaimBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
  /** The caller's id of this claim: a claim with it again has the same answer (1 to 128 characters). */
  request_id: string;
}

/** What `quote` is sent. */
export interface QuoteBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The cart, 1-100 lines; each is so many items of a product at one price. */
  lines: CartLine[];
  /**
   * Which coupons may be used together; absent: the app's setting: `product_then_shop` product coupons that share no
   * line, then one shop coupon on what they leave; `exclusive` product coupons that share no line, or one shop coupon;
   * `one_per_order` one coupon.
   */
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `lock` is sent. */
export interface LockBody {
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The merchant's own id of the order, unique in the app (1 to 128 characters). */
  out_order_id: string;
  /** The cart, 1-100 lines; each is so many items of a product at one price. */
  lines: CartLine[];
  /** The coupons to use, at most 50, or `"best"`: those with which the least is paid. */
  user_coupons: "best" | UserCouponIds[];
  /** How long they are kept, seconds, 1-86400. */
  ttl_seconds: number;
  /**
   * Which coupons may be used together; absent: the app's setting: `product_then_shop` product coupons that share no
   * line, then one shop coupon on what they leave; `exclusive` product coupons that share no line, or one shop coupon;
   * `one_per_order` one coupon.
   */
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `redeem` is sent. */
export interface RedeemBody {
  /** The merchant's own id of the order, unique in the app (1 to 128 characters). */
  out_order_id: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid?: string | undefined;
  /** The cart, 1-100 lines; each is so many items of a product at one price. */
  lines?: CartLine[] | undefined;
  /** The coupons to use, at most 50, or `"best"`: those with which the least is paid. */
  user_coupons?: "best" | UserCouponIds[] | undefined;
  /**
   * Which coupons may be used together; absent: the app's setting: `product_then_shop` product coupons that share no
   * line, then one shop coupon on what they leave; `exclusive` product coupons that share no line, or one shop coupon;
   * `one_per_order` one coupon.
   */
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `return` is sent. */
export interface ReturnBody {
  /** The merchant's own id of the order, unique in the app (1 to 128 characters). */
  out_order_id: string;
  /** The caller's id of this return; required beside `lines` (1 to 128 characters). */
  out_return_id?: string | undefined;
  /** What comes back; absent: all that has not yet (at most 100 entries). */
  lines?: {
    /** The place of the line in the order, from 0 (0 to 99). */
    line: number;
    /** How many items of it come back (at least 1). */
    quantity: number;
  }[] | undefined;
}

/** What each call is sent, by its name. */
export interface Bodies {
  confirm: ConfirmBody;
  add: AddBody;
  get: GetBody;
  get_list: GetListBody;
  update: UpdateBody;
  update_status: UpdateStatusBody;
  update_coupon_stock: UpdateCouponStockBody;
  add_user_coupon: AddUserCouponBody;
  get_usercoupon_list: GetUsercouponListBody;
  update_user_coupon: UpdateUserCouponBody;
  update_usercoupon_status: UpdateUsercouponStatusBody;
  claim: ClaimBody;
  quote: QuoteBody;
  lock: LockBody;
  redeem: RedeemBody;
  return: ReturnBody;
}
