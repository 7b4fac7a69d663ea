// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  AddBody,
  AddUserCouponBody,
  ClaimBody,
  ConfirmBody,
  GetBody,
  GetListBody,
  GetUsercouponListBody,
  LockBody,
  QuoteBody,
  RedeemBody,
  ReturnBody,
  UpdateBody,
  UpdateCouponStockBody,
  UpdateStatusBody,
  UpdateUserCouponBody,
  UpdateUsercouponStatusBody,
} from "./bodies.ts";
import type {
  ClaimReply,
  GetListReply,
  GetReply,
  GetUsercouponListReply,
  LockReply,
  QuoteReply,
  RedeemReply,
  ReturnReply,
} from "./replies.ts";

/** Where each call lives, in the order of docs/reference/calls.md. */
export const callPaths = {
  confirm: "/shop/coupon/confirm",
  add: "/shop/coupon/add",
  get: "/shop/coupon/get",
  get_list: "/shop/coupon/get_list",
  update: "/shop/coupon/update",
  update_status: "/shop/coupon/update_status",
  update_coupon_stock: "/shop/coupon/update_coupon_stock",
  add_user_coupon: "/shop/coupon/add_user_coupon",
  get_usercoupon_list: "/shop/coupon/get_usercoupon_list",
  update_user_coupon: "/shop/coupon/update_user_coupon",
  update_usercoupon_status: "/shop/coupon/update_usercoupon_status",
  claim: "/quanku/coupon/claim",
  quote: "/quanku/coupon/quote",
  lock: "/quanku/coupon/lock",
  redeem: "/quanku/coupon/redeem",
  return: "/quanku/coupon/return",
} as const;

/** The name of a call: the last part of its path. */
export type CallName = keyof typeof callPaths;

/** A method for each call, spelled as the wire spells it. `Options` is how one call is to be made. */
export interface Calls<Options> {
  /**
   * Asks the merchant's callback to prove itself.
   * `POST /shop/coupon/confirm`
   */
  confirm(body?: ConfirmBody, options?: Options): Promise<void>;

  /**
   * Adds a coupon, to be edited until it is activated.
   * `POST /shop/coupon/add`
   */
  add(body: AddBody, options?: Options): Promise<void>;

  /**
   * One coupon.
   * `POST /shop/coupon/get`
   */
  get(body: GetBody, options?: Options): Promise<GetReply>;

  /**
   * A page of the app's coupons, oldest first, with the stock of those ever activated.
   * `POST /shop/coupon/get_list`
   */
  get_list(body: GetListBody, options?: Options): Promise<GetListReply>;

  /**
   * Replaces a coupon that is still being edited.
   * `POST /shop/coupon/update`
   */
  update(body: UpdateBody, options?: Options): Promise<void>;

  /**
   * Activates (2), expires (3) or voids (4) a coupon.
   * `POST /shop/coupon/update_status`
   */
  update_status(body: UpdateStatusBody, options?: Options): Promise<void>;

  /**
   * Sets what is left and what was handed out, as absolute numbers.
   * `POST /shop/coupon/update_coupon_stock`
   */
  update_coupon_stock(body: UpdateCouponStockBody, options?: Options): Promise<void>;

  /**
   * Records that a person holds a coupon; takes one from the stock.
   * `POST /shop/coupon/add_user_coupon`
   */
  add_user_coupon(body: AddUserCouponBody, options?: Options): Promise<void>;

  /**
   * A page of a person's coupons, newest first.
   * `POST /shop/coupon/get_usercoupon_list`
   */
  get_usercoupon_list(body: GetUsercouponListBody, options?: Options): Promise<GetUsercouponListReply>;

  /**
   * Sets when a person's coupon was received and used.
   * `POST /shop/coupon/update_user_coupon`
   */
  update_user_coupon(body: UpdateUserCouponBody, options?: Options): Promise<void>;

  /**
   * Expires (101), uses (102) or gives up (103) a person's coupon, or returns a used one (100).
   * `POST /shop/coupon/update_usercoupon_status`
   */
  update_usercoupon_status(body: UpdateUsercouponStatusBody, options?: Options): Promise<void>;

  /**
   * A person claims a coupon. The same request_id again has the same answer and gives no second coupon.
   * `POST /quanku/coupon/claim`
   */
  claim(body: ClaimBody, options?: Options): Promise<ClaimReply>;

  /**
   * What a person pays at least for a cart, with which of their coupons, and why the others are not used.
   * `POST /quanku/coupon/quote`
   */
  quote(body: QuoteBody, options?: Options): Promise<QuoteReply>;

  /**
   * Keeps a person's coupons for one order until it is paid or the time is over.
   * `POST /quanku/coupon/lock`
   */
  lock(body: LockBody, options?: Options): Promise<LockReply>;

  /**
   * An order is paid: its coupons are used, all or none. After a lock, the order's id is enough.
   * `POST /quanku/coupon/redeem`
   */
  redeem(body: RedeemBody, options?: Options): Promise<RedeemReply>;

  /**
   * An order, or items of it, comes back: what is paid back for each, and the coupons once all is back.
   * `POST /quanku/coupon/return`
   */
  return(body: ReturnBody, options?: Options): Promise<ReturnReply>;
}
