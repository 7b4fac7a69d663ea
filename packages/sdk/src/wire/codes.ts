// Made from packages/protocol/src by `npm run docs`; do not edit.

/**
 * Every code that a call can be refused with: the platform's text; `retry`, whether a program should send the same request
 * again by itself; and `after`, within how many seconds the reason is gone, where that is known.
 */
export const codes = {
  /** An unforeseen fault of ours; the log holds its cause under the rid. */
  [-1]: { text: "system error", retry: true },
  /** The token is unknown, altered, or superseded by a newer one. Fetch a new token. */
  40001: { text: "invalid credential, access_token is invalid or not latest", retry: false },
  /** grant_type is not client_credential, or of a login not authorization_code. */
  40002: { text: "invalid grant_type", retry: false },
  /** No app of this server has that appid. */
  40013: { text: "invalid appid", retry: false },
  /** A login was asked for without a js_code. */
  40029: { text: "invalid code", retry: false },
  /** No call lives at this path. */
  40066: { text: "invalid url", retry: false },
  /** The secret is not the app's. */
  40125: { text: "invalid appsecret", retry: false },
  /** The query has no access_token (one in the body does not count). */
  41001: { text: "access_token missing", retry: false },
  /** A token or a login was asked for without an appid. */
  41002: { text: "appid missing", retry: false },
  /** A token or a login was asked for without a secret. */
  41004: { text: "appsecret missing", retry: false },
  /** The token was ours and its time ran out. Fetch a new token. */
  42001: { text: "access_token expired", retry: false },
  /** Coupon calls are POST. */
  43002: { text: "require POST method", retry: false },
  /** The request has no body. */
  44002: { text: "empty post data", retry: false },
  /** The app's token fetches of the day are used up. */
  45009: { text: "reach max api daily quota limit", retry: true, after: 86400 },
  /** The app made as many claims in a minute as its settings allow. */
  45011: { text: "api minute-quota reach limit, must slower, retry next minute", retry: true, after: 60 },
  /**
   * The body is not a JSON object in UTF-8 of at most 1 MiB, or a field has a wrong type or an impossible value; the
   * hint names it.
   */
  47001: { text: "data format error", retry: false },
  /** The app requires its callback to be confirmed first: call confirm. */
  48001: { text: "api unauthorized", retry: false },
  /** As many claims of the app wait for its callback as may wait at once. */
  300000: { text: "too many at once", retry: true },
  /** openid is not 1-64 of A-Z a-z 0-9 _ -. */
  990001: { text: "openid is not well-formed", retry: false },
  /** openid is required. */
  990004: { text: "openid missing", retry: false },
  /** page_size is 1-200. */
  990005: { text: "page_size above 200", retry: false },
  /** The text names the parameter. */
  990007: { text: "a required parameter is missing", retry: false },
  /** The text names the parameter and its limit. */
  990008: { text: "a parameter is too long", retry: false },
  /** An interval ends before it begins; the text names it. */
  990009: { text: "start later than end", retry: false },
  /** The database could not take the change now; nothing was changed. */
  990010: { text: "busy, retry", retry: true },
  /** The coupon was never activated, so it has no stock to set. */
  1090005: { text: "优惠券库存不存在", retry: false },
  /** A product coupon (types 1-6) names no product; the text says which field. */
  1090011: { text: "商品券缺少商品", retry: false },
  /**
   * confirm was called and the callback answered, but not with what confirm asks for; the text says which field is
   * wrong.
   */
  1090020: { text: "优惠券回调检验结果失败", retry: false },
  /**
   * Nothing is left of the coupon, unless a restock comes or a claim that is being decided gives one back: let the
   * person ask again.
   */
  1090029: { text: "库存不足", retry: false },
  /** The person already holds as many as one person may. */
  1090030: { text: "个人限领超限制", retry: false },
  /** The person made as many claims in a minute as the app's settings allow, or the callback asks to slow down. */
  1090031: { text: "请求限频", retry: true, after: 60 },
  /** The callback could not be reached, or answered with an HTTP error or with this code; the text says which. */
  1090032: { text: "回调优惠券系统失败", retry: true },
  /**
   * The id is taken with other content, or the request contradicts what is recorded; or the callback's reply does not
   * match what it was asked.
   */
  1090033: { text: "优惠券逻辑失败", retry: false },
  /** coupon_info.discount_info is required in add and update. */
  1090049: { text: "请求缺少discount_info", retry: false },
  /** confirm was called and the app has no callback URL. */
  1090056: { text: "小程序事件推送开关未打开", retry: false },
  /** The app has no such coupon, or the person no such user coupon. */
  1090057: { text: "优惠券不存在", retry: false },
  /**
   * The status or the time does not allow it, or claims of the coupon are paused; the text says which, and when it can
   * be claimed.
   */
  1090058: { text: "优惠券状态不对", retry: false },
  /** The callback did not answer within 2.5 seconds. */
  1090060: { text: "优惠券回调超时命中限频", retry: true },
} as const satisfies Record<number, { text: string; retry: boolean; after?: number }>;

/** A code of the wire, but for 0, which is success. */
export type Errcode = keyof typeof codes;

/** The first pause before another try, in milliseconds. */
export const BACK_OFF_MS = 100;
