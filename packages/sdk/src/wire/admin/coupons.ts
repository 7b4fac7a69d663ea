// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  CouponToAdd,
} from "../coupons.ts";
import type {
  CartLine,
} from "../orders.ts";
import type {
  OfCoupon,
  PageOfCoupon,
} from "./inputs.ts";
import type {
  CouponPreview,
} from "./outlooks.ts";
import type {
  CouponReply,
  JournalPage,
  OperatedCoupon,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `listCoupons` takes. */
export interface ListCouponsInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** Only those of this status. */
  status?: "withdrawn" | "draft" | "active" | "expired" | "void" | undefined;
  /** Only those of this type. */
  type?: 1 | 2 | 3 | 4 | 5 | 6 | 101 | 102 | 103 | 104 | undefined;
  /**
   * Only those whose name begins so, character by character: capital letters are others than small ones (1 to 120
   * characters).
   */
  name?: string | undefined;
  /** `next` of the page before; absent: the first page (0 to 3000 characters). */
  cursor?: string | undefined;
  /** How many entries at most, 1-500; 50 unless given. */
  limit?: number | undefined;
}

/** What `addCoupon` takes. */
export interface AddCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon to add. */
  coupon: CouponToAdd;
}

/** What `previewCoupon` takes. */
export interface PreviewCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon, as far as it is written: any JSON object. */
  coupon: Record<string, unknown>;
  /** A cart to try it on, as the wire's `quote` takes one (at most 100 entries). */
  lines?: CartLine[] | undefined;
  /** Whether it is to replace a draft of its id; else that id has to be free. */
  replaces?: boolean | undefined;
}

/** What `replaceCoupon` takes. */
export interface ReplaceCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** The coupon as it shall be, whole. */
  coupon: CouponToAdd;
}

/** What `restockCoupon` takes. */
export interface RestockCouponInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The coupon (1 to 128 characters). */
  out_coupon_id: string;
  /** How many shall be left. */
  remaining: number;
}

/** What `listCoupons` answers. */
export interface ListCouponsReply {
  /** The page of coupons. */
  entries: OperatedCoupon[];
  /** The cursor of the next page; null: there is none. */
  next: string | null;
}

/** What `previewCoupon` answers. */
export interface PreviewCouponReply {
  /** What it comes to. */
  preview: CouponPreview;
}

/** The operators' calls about coupons. */
export interface CouponsCalls<How extends CallForms> {
  /**
   * Coupons, newest first; with `name` by their names. A page may be shorter than its limit, or empty: `next` alone
   * tells whether there is more.
   * `GET /apps/{appid}/coupons`. Role: viewer.
   */
  listCoupons(input: ListCouponsInput, options?: How["options"]): Promise<ListCouponsReply>;

  /**
   * Adds a coupon, by the same rules as the wire's `add`.
   * `POST /apps/{appid}/coupons`. Role: manager.
   */
  addCoupon(input: AddCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * What is wrong with a coupon that may be unfinished, what it gives in words, and what it takes off a cart; changes
   * nothing.
   * `POST /apps/{appid}/coupons-preview`. Role: viewer.
   */
  previewCoupon(input: PreviewCouponInput, options?: How["options"]): Promise<PreviewCouponReply>;

  /**
   * One coupon and its stock.
   * `GET /apps/{appid}/coupons/{out_coupon_id}`. Role: viewer.
   */
  showCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Replaces a coupon that is still being edited, by the same rules as the wire's `update`.
   * `PUT /apps/{appid}/coupons/{out_coupon_id}`. Role: manager.
   */
  replaceCoupon(input: ReplaceCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * Activates a draft: people can claim it, and it cannot be edited any more.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/activate`. Role: manager.
   */
  activateCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Sets an active coupon to expired: nobody can claim it any more; those who have it may use it.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/expire`. Role: manager.
   */
  expireCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Voids an active coupon: nobody can claim or use it any more.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/void`. Role: manager.
   */
  voidCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Pauses claims of a coupon; those who have it may use it.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/pause`. Role: manager.
   */
  pauseCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Lets a paused coupon be claimed again.
   * `POST /apps/{appid}/coupons/{out_coupon_id}/resume`. Role: manager.
   */
  resumeCoupon(input: OfCoupon, options?: How["options"]): Promise<CouponReply>;

  /**
   * Sets how many are left of a coupon.
   * `PUT /apps/{appid}/coupons/{out_coupon_id}/stock`. Role: manager.
   */
  restockCoupon(input: RestockCouponInput, options?: How["options"]): Promise<CouponReply>;

  /**
   * The journal entries that changed a coupon itself or set its stock, newest first; not each claim of it.
   * `GET /apps/{appid}/coupons/{out_coupon_id}/history`. Role: viewer.
   */
  listCouponHistory(input: PageOfCoupon, options?: How["options"]): Promise<JournalPage>;
}
