// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Order,
} from "../orders.ts";
import type {
  OfHandOut,
  OfOrder,
  OfUserCoupon,
  PageOfApp,
  PageOfCoupon,
  PageOfOrder,
  PageOfUserCoupon,
} from "./inputs.ts";
import type {
  HandOut,
  HandOutReply,
  HeldCoupon,
  JournalPage,
  OrderPage,
  UserCouponPage,
  UserCouponReply,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `listWallet` takes. */
export interface ListWalletInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** Only those of this status. */
  status?: "effective" | "expired" | "used" | "given_up" | undefined;
  /** Only those of this coupon (1 to 128 characters). */
  out_coupon_id?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `give` takes. */
export interface GiveInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`. */
  openid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** Your id of this gift: repeated, it answers the same user coupon, as it is by then (1 to 128 characters). */
  request_id: string;
}

/** What `findUserCoupons` takes. */
export interface FindUserCouponsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The id (1 to 128 characters). */
  out_user_coupon_id: string;
}

/** What `listHolders` takes. */
export interface ListHoldersInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** Only those of this status. */
  status?: "effective" | "expired" | "used" | "given_up" | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `listOrders` takes. */
export interface ListOrdersInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those of this person. */
  openid?: string | undefined;
  /** Only those of this status. */
  status?: "locked" | "redeemed" | "returned" | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `createHandOut` takes. */
export interface CreateHandOutInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** Your id of this hand-out: sent again, it makes no second one (1 to 128 characters). */
  request_id: string;
  /** Whether only to tell what would be given; start it afterwards. */
  dry_run?: boolean | undefined;
}

/** What `findUserCoupons` answers. */
export interface FindUserCouponsReply {
  /** The user coupons. */
  entries: HeldCoupon[];
}

/** What `showOrder` answers. */
export interface ShowOrderReply {
  /** The order as it is now. */
  order: Order;
}

/** What `listHandOuts` answers. */
export interface ListHandOutsReply {
  /** The page of hand-outs. */
  entries: HandOut[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** The operators' calls about people, their coupons and orders. */
export interface PeopleCalls<How extends CallForms> {
  /**
   * A person's coupons, newest first. A page may come short, or empty, and still have a next.
   * `GET /apps/{appid}/people/{openid}/user-coupons`. Role: viewer.
   */
  listWallet(input: ListWalletInput, options?: How["options"]): Promise<UserCouponPage>;

  /**
   * Gives a person one of a coupon, by the rules of a claim; a merchant who decides claims is not asked. The same
   * request_id again gives no second one.
   * `POST /apps/{appid}/people/{openid}/user-coupons`. Role: manager.
   */
  give(input: GiveInput, options?: How["options"]): Promise<UserCouponReply>;

  /**
   * The user coupons that have an id, of whatever coupons, at most 500.
   * `GET /apps/{appid}/user-coupons`. Role: viewer.
   */
  findUserCoupons(input: FindUserCouponsInput, options?: How["options"]): Promise<FindUserCouponsReply>;

  /**
   * The user coupons of a coupon by their ids, the last first: ids that the server made grow with time, so that of
   * those the newest comes first. A page may come short, or empty, and still have a next.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/user-coupons`. Role: viewer.
   */
  listHolders(input: ListHoldersInput, options?: How["options"]): Promise<UserCouponPage>;

  /**
   * One user coupon.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}`. Role: viewer.
   */
  showUserCoupon(input: OfUserCoupon, options?: How["options"]): Promise<UserCouponReply>;

  /**
   * The journal entries that changed a user coupon, newest first.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}/history`. Role: viewer.
   */
  listUserCouponHistory(input: PageOfUserCoupon, options?: How["options"]): Promise<JournalPage>;

  /**
   * Takes a user coupon back: it is given up (103) and cannot be used any more. The stock stays as it is.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}/take-back`. Role: manager.
   */
  takeBack(input: OfUserCoupon, options?: How["options"]): Promise<UserCouponReply>;

  /**
   * The app's orders, those recorded last first. A page may come short, or empty, and still have a next.
   * `GET /apps/{appid}/orders`. Role: viewer.
   */
  listOrders(input: ListOrdersInput, options?: How["options"]): Promise<OrderPage>;

  /**
   * One order: its lines, amounts and coupons, and what came back.
   * `GET /apps/{appid}/orders/{out_order_id}`. Role: viewer.
   */
  showOrder(input: OfOrder, options?: How["options"]): Promise<ShowOrderReply>;

  /**
   * The journal entries that changed an order, newest first.
   * `GET /apps/{appid}/orders/{out_order_id}/history`. Role: viewer.
   */
  listOrderHistory(input: PageOfOrder, options?: How["options"]): Promise<JournalPage>;

  /**
   * The orders that a coupon was used on, those redeemed last first.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/orders`. Role: viewer.
   */
  listCouponOrders(input: PageOfCoupon, options?: How["options"]): Promise<OrderPage>;

  /**
   * Gives one coupon to every person of a list: a line for each openid, or a CSV whose first column they are, with at
   * most 1 000 000 lines. Answers at once; the work goes on by itself, also after a crash.
   * `POST /apps/{appid}/hand-outs`. Role: manager.
   */
  createHandOut(input: CreateHandOutInput & { file: How["file"] }, options?: How["options"]): Promise<HandOutReply>;

  /**
   * The app's hand-outs, newest first.
   * `GET /apps/{appid}/hand-outs`. Role: viewer.
   */
  listHandOuts(input: PageOfApp, options?: How["options"]): Promise<ListHandOutsReply>;

  /**
   * One hand-out, and how far it is.
   * `GET /apps/{appid}/hand-outs/{hand_out}`. Role: viewer.
   */
  showHandOut(input: OfHandOut, options?: How["options"]): Promise<HandOutReply>;

  /**
   * Starts a hand-out after its dry run.
   * `POST /apps/{appid}/hand-outs/{hand_out}/start`. Role: manager.
   */
  startHandOut(input: OfHandOut, options?: How["options"]): Promise<HandOutReply>;

  /**
   * Ends a hand-out where it is; what was given stays given.
   * `POST /apps/{appid}/hand-outs/{hand_out}/cancel`. Role: manager.
   */
  cancelHandOut(input: OfHandOut, options?: How["options"]): Promise<HandOutReply>;

  /**
   * A line for each line of the list that is decided: line, openid, result, out_user_coupon_id, reason.
   * `GET /apps/{appid}/hand-outs/{hand_out}/results`. Role: viewer.
   */
  listHandOutResults(input: OfHandOut, options?: How["options"]): Promise<How["download"]>;
}
