// Made from packages/protocol/src by `npm run docs`; do not edit.

/** A coupon as `add` and `update` take it. */
export interface CouponToAdd {
  /** 1 to 128 characters. */
  out_coupon_id: string;
  type: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104;
  /** At least 1. */
  promote_type: number;
  coupon_info: CouponInfo;
}

/** What a coupon says of itself: the merchant's document. Members that the platform does not know are kept. */
export interface CouponInfo {
  /** 1 to 120 characters. */
  name: string;
  promote_info: PromoteInfo;
  discount_info?: DiscountInfo | undefined;
  receive_info: ReceiveInfo;
  valid_info?: ValidInfo | undefined;
  [member: string]: unknown;
}

/** Where a coupon is promoted. */
export interface PromoteInfo {
  /** At least 1. */
  promote_type: number;
  finder?: {
    /** 0 to 120 characters. */
    nickname?: string | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/** What a coupon takes off, and on which condition. Which members a type needs: docs/protocol.md section 3. */
export interface DiscountInfo {
  discount_condition?: DiscountCondition | undefined;
  discount_num?: number | undefined;
  discount_fee?: number | undefined;
  [member: string]: unknown;
}

/** What must be bought for a coupon to be used. */
export interface DiscountCondition {
  product_cnt?: number | undefined;
  product_price?: number | undefined;
  /** At most 128 entries. */
  out_product_ids?: string[] | undefined;
  tradein_info?: {
    /** 1 to 128 characters. */
    out_product_id?: string | undefined;
    price?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  buyget_info?: {
    /** 1 to 128 characters. */
    buy_out_product_id?: string | undefined;
    buy_product_cnt?: number | undefined;
    /** 1 to 128 characters. */
    get_out_product_id?: string | undefined;
    get_product_cnt?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/** When, how often and by how many a coupon can be claimed. */
export interface ReceiveInfo {
  start_time?: number | undefined;
  end_time?: number | undefined;
  /** At least 1. */
  limit_num_one_person?: number | undefined;
  total_num: number;
  [member: string]: unknown;
}

/** When a claimed coupon can be used. */
export interface ValidInfo {
  valid_type?: 1 | 2 | 3 | undefined;
  valid_day_num?: number | undefined;
  valid_second?: number | undefined;
  start_time?: number | undefined;
  end_time?: number | undefined;
  [member: string]: unknown;
}

/** A coupon as replies show it. */
export interface Coupon {
  /** 1 to 128 characters. */
  out_coupon_id: string;
  type: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104;
  /** At least 1. */
  promote_type: number;
  coupon_info: CouponInfoShown;
  status: 0 | 1 | 2 | 3 | 4;
  create_time: number;
  update_time: number;
  appid: string;
}

/** The merchant's document as replies show it, with what the server adds in `ext_info`. */
export interface CouponInfoShown {
  /** 1 to 120 characters. */
  name: string;
  promote_info: PromoteInfo;
  discount_info?: DiscountInfo | undefined;
  receive_info: ReceiveInfo;
  valid_info?: ValidInfo | undefined;
  ext_info?: {
    valid_time?: number | undefined;
  } | undefined;
  [member: string]: unknown;
}

/** An entry of `get_list`. */
export interface CouponEntry {
  coupon: Coupon;
  coupon_stock?: CouponStock | undefined;
}

/** The stock of a coupon. */
export interface CouponStock {
  out_coupon_id: string;
  stock_info: {
    issued_num: number;
    receive_num: number;
  };
  create_time: number;
  update_time: number;
  appid: string;
}

/** A coupon that a person holds. */
export interface UserCoupon {
  /** 1 to 128 characters. */
  out_user_coupon_id: string;
  openid: string;
  /** 1 to 128 characters. */
  out_coupon_id: string;
  status: 100 | 101 | 102 | 103;
  create_time: number;
  update_time: number;
  end_time: number;
  ext_info: {
    use_time?: number | undefined;
  };
  start_time: number;
}

/** The two ids that together name a user coupon. */
export interface UserCouponIds {
  /** 1 to 128 characters. */
  out_user_coupon_id: string;
  /** 1 to 128 characters. */
  out_coupon_id: string;
}

/** A line of a cart: so many items of a product, at a price for each. */
export interface CartLine {
  /** 1 to 128 characters. */
  out_product_id: string;
  price: number;
  /** At least 1. */
  quantity: number;
}

/** What a quote says of one coupon of the person. */
export interface JudgedCoupon {
  /** 1 to 128 characters. */
  out_user_coupon_id: string;
  /** 1 to 128 characters. */
  out_coupon_id: string;
  used: boolean;
  discount?: number | undefined;
  parts?: number[] | undefined;
  alone?: number | undefined;
  reason?: Reason | undefined;
}

/** Why a coupon is not used: a code, the facts that explain it, and the same in words. */
export interface Reason {
  code:
    | "not_in_force"
    | "given_up"
    | "already_used"
    | "locked"
    | "no_longer_valid"
    | "not_valid_yet"
    | "states_no_discount"
    | "no_matching_product"
    | "below_threshold"
    | "gives_nothing"
    | "not_combinable"
    | "condition_undone"
    | "adds_nothing";
  status?: 0 | 1 | 2 | 3 | 4 | undefined;
  use_time?: number | undefined;
  lock_end_time?: number | undefined;
  end_time?: number | undefined;
  start_time?: number | undefined;
  items_more?: number | undefined;
  spend_more?: number | undefined;
  out_product_ids?: string[] | undefined;
  with?: UserCouponIds[] | undefined;
  explained: string;
}

/** An order, with what each coupon took off each line. */
export interface Order {
  /** 1 to 128 characters. */
  out_order_id: string;
  openid: string;
  status: "locked" | "redeemed" | "returned";
  total: number;
  discount: number;
  payable: number;
  refunded: number;
  lines: {
    /** 1 to 128 characters. */
    out_product_id: string;
    price: number;
    /** At least 1. */
    quantity: number;
    discount: number;
    returned: number;
  }[];
  user_coupons: {
    /** 1 to 128 characters. */
    out_user_coupon_id: string;
    /** 1 to 128 characters. */
    out_coupon_id: string;
    discount: number;
    parts: number[];
  }[];
  lock_end_time?: number | undefined;
  use_time?: number | undefined;
}
