// Made from packages/protocol/src by `npm run docs`; do not edit.

/** The coupon to add. */
export interface CouponToAdd {
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
  out_coupon_id: string;
  /**
   * What it takes off: `1` product, conditional discount: of so many items of some products a part is paid; `2`
   * product, full reduction: from an amount spent on some products, an amount off; `3` product, flat discount: of some
   * products a part is paid; `4` product, direct reduction: an amount off some products; `5` product, trade-in: an item
   * of a product at the trade-in's price; `6` product, buy and get: so many items of a product bought, so many of one
   * free; `101` shop, conditional discount: of so many items a part is paid; `102` shop, full reduction: from an amount
   * spent, an amount off; `103` shop, flat discount: of everything a part is paid; `104` shop, direct reduction: an
   * amount off.
   */
  type: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104;
  /**
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too. (at least 1)
   */
  promote_type: number;
  /** The merchant's document, kept and shown as it was sent. */
  coupon_info: CouponInfo;
}

/** The merchant's document, kept and shown as it was sent. */
export interface CouponInfo {
  /** The coupon's name, as the person sees it. (1 to 120 characters) */
  name: string;
  /** Where it is promoted. */
  promote_info: PromoteInfo;
  /**
   * What it takes off. Required in `add` and `update`, with what the type needs; what it does not need is kept and not
   * read.
   */
  discount_info?: DiscountInfo | undefined;
  /** When it can be claimed, how often, and how many there are. */
  receive_info: ReceiveInfo;
  /** How long it can be used once claimed; absent: it states none. */
  valid_info?: ValidInfo | undefined;
  [member: string]: unknown;
}

/** Where it is promoted. */
export interface PromoteInfo {
  /**
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too. (at least 1)
   */
  promote_type: number;
  /** The Channels account that promotes it. */
  finder?: {
    /** The account's name. (0 to 120 characters) */
    nickname?: string | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/**
 * What it takes off. Required in `add` and `update`, with what the type needs; what it does not need is kept and not
 * read.
 */
export interface DiscountInfo {
  /** What it is for, and what it asks for. */
  discount_condition?: DiscountCondition | undefined;
  /** What is paid, in 1/10000: 5100 pays 51 %; 1-9999 where the type needs it. */
  discount_num?: number | undefined;
  /** What is taken off, fen. */
  discount_fee?: number | undefined;
  [member: string]: unknown;
}

/** What it is for, and what it asks for. */
export interface DiscountCondition {
  /** How many items have to be in the cart. */
  product_cnt?: number | undefined;
  /** How much has to be spent, fen. */
  product_price?: number | undefined;
  /** The products that it is for, by the merchant's ids. (at most 128 entries) */
  out_product_ids?: string[] | undefined;
  /** Of type 5: what is traded in. */
  tradein_info?: {
    /** The product that is traded in. (1 to 128 characters) */
    out_product_id?: string | undefined;
    /** What is paid for one item of it, fen; 0 is a price. */
    price?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  /** Of type 6: what is bought, and what is free for it. */
  buyget_info?: {
    /** The product that is bought. (1 to 128 characters) */
    buy_out_product_id?: string | undefined;
    /** How many items of it are bought for each gift. */
    buy_product_cnt?: number | undefined;
    /** The product that is free; it may be the same. (1 to 128 characters) */
    get_out_product_id?: string | undefined;
    /** How many items of it are free for each purchase. */
    get_product_cnt?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/** When it can be claimed, how often, and how many there are. */
export interface ReceiveInfo {
  /** The first second in which it can be claimed, Unix seconds. */
  start_time?: number | undefined;
  /** The last second in which it can be claimed, Unix seconds. */
  end_time?: number | undefined;
  /** How many one person may be given; absent: any number. (at least 1) */
  limit_num_one_person?: number | undefined;
  /** The stock that activation makes. */
  total_num: number;
  [member: string]: unknown;
}

/** How long it can be used once claimed; absent: it states none. */
export interface ValidInfo {
  /**
   * From when to when a claimed coupon can be used: `1` from start_time to end_time; `2` valid_day_num days from the
   * claim; `3` valid_second seconds from the claim.
   */
  valid_type?: 1 | 2 | 3 | undefined;
  /** Of valid_type 2: days of 86 400 seconds. */
  valid_day_num?: number | undefined;
  /** Of valid_type 3: seconds. */
  valid_second?: number | undefined;
  /** Of valid_type 1: the first second of use, Unix seconds. */
  start_time?: number | undefined;
  /** Of valid_type 1: the last second of use, Unix seconds. */
  end_time?: number | undefined;
  [member: string]: unknown;
}

/** The coupon. */
export interface Coupon {
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
  out_coupon_id: string;
  /**
   * What it takes off: `1` product, conditional discount: of so many items of some products a part is paid; `2`
   * product, full reduction: from an amount spent on some products, an amount off; `3` product, flat discount: of some
   * products a part is paid; `4` product, direct reduction: an amount off some products; `5` product, trade-in: an item
   * of a product at the trade-in's price; `6` product, buy and get: so many items of a product bought, so many of one
   * free; `101` shop, conditional discount: of so many items a part is paid; `102` shop, full reduction: from an amount
   * spent, an amount off; `103` shop, flat discount: of everything a part is paid; `104` shop, direct reduction: an
   * amount off.
   */
  type: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104;
  /**
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too. (at least 1)
   */
  promote_type: number;
  /** The merchant's document as it was sent. */
  coupon_info: CouponInfoShown;
  /**
   * The coupon's status: `0` stands in the platform's samples; no call leads to it; `1` being edited; `2` active, can
   * be claimed; `3` expired; `4` void.
   */
  status: 0 | 1 | 2 | 3 | 4;
  /** When it was made, Unix seconds. */
  create_time: number;
  /** When it was last changed, Unix seconds. */
  update_time: number;
  /** The app that it belongs to. (1 to 128 characters) */
  appid: string;
}

/** The merchant's document as it was sent. */
export interface CouponInfoShown {
  /** The coupon's name, as the person sees it. (1 to 120 characters) */
  name: string;
  /** Where it is promoted. */
  promote_info: PromoteInfo;
  /**
   * What it takes off. Required in `add` and `update`, with what the type needs; what it does not need is kept and not
   * read.
   */
  discount_info?: DiscountInfo | undefined;
  /** When it can be claimed, how often, and how many there are. */
  receive_info: ReceiveInfo;
  /** How long it can be used once claimed; absent: it states none. */
  valid_info?: ValidInfo | undefined;
  /** The server's own addition to the document; absent until the coupon is activated. */
  ext_info?: {
    /** When it was activated, Unix seconds. */
    valid_time?: number | undefined;
  } | undefined;
  [member: string]: unknown;
}

/** An entry of `get_list`. */
export interface CouponEntry {
  /** The coupon. */
  coupon: Coupon;
  /** Its stock; absent if it was never activated. */
  coupon_stock?: CouponStock | undefined;
}

/** Its stock; absent if it was never activated. */
export interface CouponStock {
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
  out_coupon_id: string;
  /** The numbers of the stock. */
  stock_info: {
    /** How many are left. */
    issued_num: number;
    /** How many were handed out. */
    receive_num: number;
  };
  /** When it was made, Unix seconds. */
  create_time: number;
  /** When it was last changed, Unix seconds. */
  update_time: number;
  /** The app that it belongs to. (1 to 128 characters) */
  appid: string;
}

/** A coupon that a person holds. */
export interface UserCoupon {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app. (1 to 128 characters) */
  out_user_coupon_id: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
  out_coupon_id: string;
  /** The user coupon's status: `100` effective; `101` expired; `102` used; `103` given up. */
  status: 100 | 101 | 102 | 103;
  /** When it was made, Unix seconds. */
  create_time: number;
  /** When it was last changed, Unix seconds. */
  update_time: number;
  /** The last second in which it can be used, Unix seconds; 0 where the coupon states none. */
  end_time: number;
  /** What there is to tell besides. */
  ext_info: {
    /** When it was used, Unix seconds. */
    use_time?: number | undefined;
  };
  /** The first second in which it can be used, Unix seconds; 0 where the coupon states none. */
  start_time: number;
}

/** The two ids that together name a user coupon. */
export interface UserCouponIds {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app. (1 to 128 characters) */
  out_user_coupon_id: string;
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
  out_coupon_id: string;
}

/** A line of a cart: so many items of a product, at a price for each. */
export interface CartLine {
  /** The merchant's own id of the product. (1 to 128 characters) */
  out_product_id: string;
  /** The price of one item, fen. */
  price: number;
  /** How many items. (at least 1) */
  quantity: number;
}

/** What a quote says of one coupon of the person. */
export interface JudgedCoupon {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app. (1 to 128 characters) */
  out_user_coupon_id: string;
  /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
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

/** If it is not used, why. */
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

/** The order as it is now. */
export interface Order {
  /** The merchant's own id of the order, unique in the app. (1 to 128 characters) */
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
    /** The merchant's own id of the product. (1 to 128 characters) */
    out_product_id: string;
    /** The price of one item, fen. */
    price: number;
    /** How many items. (at least 1) */
    quantity: number;
    /** What coupons take off the line, fen. */
    discount: number;
    /** How many items came back. */
    returned: number;
  }[];
  /** The coupons that are used. */
  user_coupons: {
    /** The id of the user coupon: with `out_coupon_id` it is unique in the app. (1 to 128 characters) */
    out_user_coupon_id: string;
    /** The merchant's own id of the coupon, unique in the app. (1 to 128 characters) */
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
