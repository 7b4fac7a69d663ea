// Made from packages/protocol/src by `npm run docs`; do not edit.

/** The two ids that together name a user coupon. */
export interface UserCouponIds {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
  out_user_coupon_id: string;
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
}

/** A line of a cart: so many items of a product, at a price for each. */
export interface CartLine {
  /** The merchant's own id of the product (1 to 128 characters). */
  out_product_id: string;
  /** The price of one item, fen. */
  price: number;
  /** How many items (at least 1). */
  quantity: number;
}

/** What a quote says of one coupon of the person. */
export interface JudgedCoupon {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
  out_user_coupon_id: string;
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
  out_coupon_id: string;
  /** Whether it is one of those that are used. */
  used: boolean;
  /** What it takes off, fen, if it is used. */
  discount?: number | undefined;
  /** What it takes off each line, fen, in the order of the lines. */
  parts?: number[] | undefined;
  /** If it is not used, what it would take off by itself, fen. */
  alone?: number | undefined;
  /** If it is not used, why. */
  reason?: Reason | undefined;
}

/** Why a coupon is not used: a code, the facts that explain it, and the same in words. */
export interface Reason {
  /**
   * Why it is not used; where several hold, the first of: `not_in_force` the coupon is void, withdrawn or still being
   * edited; `given_up` the person gave it up; `already_used` it is used; `locked` it is locked for an order;
   * `no_longer_valid` its validity is over; `not_valid_yet` its validity has not begun; `states_no_discount` the coupon
   * lacks something that the discount of its type needs; `no_matching_product` nothing that it reduces is in the cart;
   * `below_threshold` there is not enough in the cart of what it asks for; `gives_nothing` it would take nothing off;
   * `not_combinable` the policy does not let it go with a coupon that is used; `condition_undone` what it, or a coupon
   * that is used, gives away or takes off would leave a condition of theirs unmet; `adds_nothing` with the coupons that
   * are used it would take nothing more off.
   */
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
  /**
   * Of `not_in_force`, the coupon's status: `0` stands in the platform's samples; no call leads to it; `1` being
   * edited; `2` active, can be claimed; `3` expired; `4` void.
   */
  status?: 0 | 1 | 2 | 3 | 4 | undefined;
  /** Of `already_used`, when it was used, Unix seconds. */
  use_time?: number | undefined;
  /** Of `locked`, the last second of the lock, Unix seconds. */
  lock_end_time?: number | undefined;
  /** Of `no_longer_valid`, the last second in which it could be used, Unix seconds. */
  end_time?: number | undefined;
  /** Of `not_valid_yet`, the first second in which it can be used, Unix seconds. */
  start_time?: number | undefined;
  /** How many more items it asks for. */
  items_more?: number | undefined;
  /** For how much more, fen. */
  spend_more?: number | undefined;
  /** The products it asks for; absent: any. */
  out_product_ids?: string[] | undefined;
  /** The user coupons in its way. */
  with?: UserCouponIds[] | undefined;
  /** The code and its facts in English words. */
  explained: string;
}

/** An order, with what each coupon took off each line. */
export interface Order {
  /** The merchant's own id of the order, unique in the app (1 to 128 characters). */
  out_order_id: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /**
   * The order's status: `locked` its coupons are kept for it; `redeemed` it is paid, its coupons are used; `returned`
   * all of it came back, and so did its coupons.
   */
  status: "locked" | "redeemed" | "returned";
  /** What the cart costs without coupons, fen. */
  total: number;
  /** What coupons take off it, fen. */
  discount: number;
  /** What is paid, fen. */
  payable: number;
  /** What was paid back, fen. */
  refunded: number;
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
    /** How many items came back. */
    returned: number;
  }[];
  /** The coupons that are used. */
  user_coupons: {
    /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
    out_user_coupon_id: string;
    /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
    out_coupon_id: string;
    /** What it takes off, fen. */
    discount: number;
    /** What it takes off each line, fen, in the order of the lines. */
    parts: number[];
  }[];
  /** The last second of the lock, Unix seconds; absent if it was never locked. */
  lock_end_time?: number | undefined;
  /** When it was redeemed, Unix seconds; absent until then. */
  use_time?: number | undefined;
}
