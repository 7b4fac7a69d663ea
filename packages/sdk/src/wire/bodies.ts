// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  CartLine,
  CouponToAdd,
  UserCouponIds,
} from "./shapes.ts";

/** What `confirm` is sent: nothing. */
export type ConfirmBody = Record<string, never>;

/** What `add` is sent. */
export interface AddBody {
  coupon: CouponToAdd;
}

/** What `get` is sent. */
export interface GetBody {
  /** 1 to 128 characters. */
  out_coupon_id: string;
}

/** What `get_list` is sent. */
export interface GetListBody {
  /** At least 1. */
  page_size: number;
  offset?: number | undefined;
}

/** What `update` is sent. */
export interface UpdateBody {
  coupon: CouponToAdd;
}

/** What `update_status` is sent. */
export interface UpdateStatusBody {
  /** 1 to 128 characters. */
  out_coupon_id: string;
  status: 0 | 1 | 2 | 3 | 4;
}

/** What `update_coupon_stock` is sent. */
export interface UpdateCouponStockBody {
  coupon_stock: {
    /** 1 to 128 characters. */
    out_coupon_id: string;
    stock_info: {
      issued_num: number;
      receive_num: number;
    };
  };
}

/** What `add_user_coupon` is sent. */
export interface AddUserCouponBody {
  openid: string;
  user_coupon: {
    /** 1 to 128 characters. */
    out_user_coupon_id: string;
    /** 1 to 128 characters. */
    out_coupon_id: string;
    status: 100 | 101 | 102 | 103;
  };
  recv_time?: number | undefined;
}

/** What `get_usercoupon_list` is sent. */
export interface GetUsercouponListBody {
  openid: string;
  /** At least 1. */
  page_size: number;
  offset?: number | undefined;
}

/** What `update_user_coupon` is sent. */
export interface UpdateUserCouponBody {
  openid: string;
  user_coupon: {
    /** 1 to 128 characters. */
    out_user_coupon_id: string;
    /** 1 to 128 characters. */
    out_coupon_id: string;
    ext_info: {
      use_time?: number | undefined;
    };
  };
  recv_time: number;
}

/** What `update_usercoupon_status` is sent. */
export interface UpdateUsercouponStatusBody {
  openid: string;
  /** 1 to 128 characters. */
  out_coupon_id: string;
  /** 1 to 128 characters. */
  out_user_coupon_id: string;
  status: 100 | 101 | 102 | 103;
}

/** What `claim` is sent. */
export interface ClaimBody {
  openid: string;
  /** 1 to 128 characters. */
  out_coupon_id: string;
  /** 1 to 128 characters. */
  request_id: string;
}

/** What `quote` is sent. */
export interface QuoteBody {
  openid: string;
  /** At most 100 entries. */
  lines: CartLine[];
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `lock` is sent. */
export interface LockBody {
  openid: string;
  /** 1 to 128 characters. */
  out_order_id: string;
  /** At most 100 entries. */
  lines: CartLine[];
  user_coupons: "best" | UserCouponIds[];
  /** 1 to 86400. */
  ttl_seconds: number;
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `redeem` is sent. */
export interface RedeemBody {
  /** 1 to 128 characters. */
  out_order_id: string;
  openid?: string | undefined;
  /** At most 100 entries. */
  lines?: CartLine[] | undefined;
  user_coupons?: "best" | UserCouponIds[] | undefined;
  policy?: "product_then_shop" | "exclusive" | "one_per_order" | undefined;
}

/** What `return` is sent. */
export interface ReturnBody {
  /** 1 to 128 characters. */
  out_order_id: string;
  /** 1 to 128 characters. */
  out_return_id?: string | undefined;
  /** At most 100 entries. */
  lines?: {
    /** 0 to 99. */
    line: number;
    /** At least 1. */
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
