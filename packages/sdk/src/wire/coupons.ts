// Made from packages/protocol/src by `npm run docs`; do not edit.

/** A coupon as `add` and `update` take it. */
export interface CouponToAdd {
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
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
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too (at least 1).
   */
  promote_type: number;
  /** The merchant's document, kept and shown as it was sent. */
  coupon_info: CouponInfo;
}

/** What a coupon says of itself: the merchant's document. Members that the platform does not know are kept. */
export interface CouponInfo {
  /** The coupon's name, as the person sees it (1 to 120 characters). */
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

/** Where a coupon is promoted. */
export interface PromoteInfo {
  /**
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too (at least 1).
   */
  promote_type: number;
  /** The Channels account that promotes it. */
  finder?: {
    /** The account's name (0 to 120 characters). */
    nickname?: string | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/** What a coupon takes off, and on which condition. Which members a type needs: docs/protocol.md section 3. */
export interface DiscountInfo {
  /** What it is for, and what it asks for. */
  discount_condition?: DiscountCondition | undefined;
  /** What is paid, in 1/10000: 5100 pays 51 %; 1-9999 where the type needs it. */
  discount_num?: number | undefined;
  /** What is taken off, fen. */
  discount_fee?: number | undefined;
  [member: string]: unknown;
}

/** What must be bought for a coupon to be used. */
export interface DiscountCondition {
  /** How many items have to be in the cart. */
  product_cnt?: number | undefined;
  /** How much has to be spent, fen. */
  product_price?: number | undefined;
  /** The products that it is for, by the merchant's ids (at most 128 entries). */
  out_product_ids?: string[] | undefined;
  /** Of type 5: what is traded in. */
  tradein_info?: {
    /** The product that is traded in (1 to 128 characters). */
    out_product_id?: string | undefined;
    /** What is paid for one item of it, fen; 0 is a price. */
    price?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  /** Of type 6: what is bought, and what is free for it. */
  buyget_info?: {
    /** The product that is bought (1 to 128 characters). */
    buy_out_product_id?: string | undefined;
    /** How many items of it are bought for each gift. */
    buy_product_cnt?: number | undefined;
    /** The product that is free; it may be the same (1 to 128 characters). */
    get_out_product_id?: string | undefined;
    /** How many items of it are free for each purchase. */
    get_product_cnt?: number | undefined;
    [member: string]: unknown;
  } | undefined;
  [member: string]: unknown;
}

/** When, how often and by how many a coupon can be claimed. */
export interface ReceiveInfo {
  /** The first second in which it can be claimed, Unix seconds. */
  start_time?: number | undefined;
  /** The last second in which it can be claimed, Unix seconds. */
  end_time?: number | undefined;
  /** How many one person may be given; absent: any number (at least 1). */
  limit_num_one_person?: number | undefined;
  /** The stock that activation makes. */
  total_num: number;
  [member: string]: unknown;
}

/** When a claimed coupon can be used. */
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

/** A coupon as replies show it. */
export interface Coupon {
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
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
   * The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too (at least 1).
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
  /** The app that it belongs to (1 to 128 characters). */
  appid: string;
}

/** The merchant's document as replies show it, with what the server adds in `ext_info`. */
export interface CouponInfoShown {
  /** The coupon's name, as the person sees it (1 to 120 characters). */
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

/** The stock of a coupon. */
export interface CouponStock {
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
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
  /** The app that it belongs to (1 to 128 characters). */
  appid: string;
}

/** A coupon that a person holds. */
export interface UserCoupon {
  /** The id of the user coupon: with `out_coupon_id` it is unique in the app (1 to 128 characters). */
  out_user_coupon_id: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The merchant's own id of the coupon, unique in the app (1 to 128 characters). */
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
