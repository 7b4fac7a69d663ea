// Made from packages/protocol/src by `npm run docs`; do not edit.

/** Names an app. */
export interface OfApp {
  /** The app (0 to 64 characters). */
  appid: string;
}

/** Names a coupon. */
export interface OfCoupon {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
}

/** Names a user coupon. */
export interface OfUserCoupon {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** The user coupon (1 to 128 characters). */
  out_user_coupon_id: string;
}

/** Names an order. */
export interface OfOrder {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The order (1 to 128 characters). */
  out_order_id: string;
}

/** Names a hand-out. */
export interface OfHandOut {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The hand-out's id: the request_id that it was made with (1 to 128 characters). */
  hand_out: string;
}

/** Names one time a merchant was asked. */
export interface OfCallback {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The attempt's id (0 to 64 characters). */
  callback: string;
}

/** Names an operator. */
export interface OfOperator {
  /** The operator's name (0 to 64 characters). */
  operator: string;
}

/** A page of what is of no app. */
export interface PageOfHouse {
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** A page of something of an app. */
export interface PageOfApp {
  /** The app (0 to 64 characters). */
  appid: string;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** A page of something of a coupon. */
export interface PageOfCoupon {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** A page of something of a user coupon. */
export interface PageOfUserCoupon {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** The user coupon (1 to 128 characters). */
  out_user_coupon_id: string;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** A page of something of an order. */
export interface PageOfOrder {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The order (1 to 128 characters). */
  out_order_id: string;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}
