/**
 * Every error code this server answers, with the platform's own text (protocol.md section 5).
 * A reply's `errmsg` is the text, then our detail after `: ` where there is one, then the rid.
 *
 * `retry` says whether a client should send the very same request again by itself; nothing is done twice by that. `after`
 * is then how many seconds later the reason is gone at the latest; null: nobody knows, so back off, from
 * {@link BACK_OFF_MS} on, each pause twice as long as the one before, and give up before the user does. A code of which `retry`
 * is false may stand for what changes as well (a restock, a window that opens, a lock that ends): whether to ask again is
 * then for the person to say, who reads the text, not for a program in a loop.
 */
export const codes = {
  0: { text: "ok", retry: false, when: "The call succeeded. The reply carries no errmsg." },
  [-1]: {
    text: "system error",
    retry: true,
    after: null,
    when: "An unforeseen fault of ours; the log holds its cause under the rid.",
  },
  40001: {
    text: "invalid credential, access_token is invalid or not latest",
    retry: false,
    when: "The token is unknown, altered, or superseded by a newer one. Fetch a new token.",
  },
  40002: {
    text: "invalid grant_type",
    retry: false,
    when: "grant_type is not client_credential, or of a login not authorization_code.",
  },
  40013: { text: "invalid appid", retry: false, when: "No app of this server has that appid." },
  40029: { text: "invalid code", retry: false, when: "A login was asked for without a js_code." },
  40066: { text: "invalid url", retry: false, when: "No call lives at this path." },
  40125: { text: "invalid appsecret", retry: false, when: "The secret is not the app's." },
  41001: {
    text: "access_token missing",
    retry: false,
    when: "The query has no access_token (one in the body does not count).",
  },
  41002: { text: "appid missing", retry: false, when: "A token or a login was asked for without an appid." },
  41004: { text: "appsecret missing", retry: false, when: "A token or a login was asked for without a secret." },
  42001: {
    text: "access_token expired",
    retry: false,
    when: "The token was ours and its time ran out. Fetch a new token.",
  },
  43002: { text: "require POST method", retry: false, when: "Coupon calls are POST." },
  44002: { text: "empty post data", retry: false, when: "The request has no body." },
  45009: {
    text: "reach max api daily quota limit",
    retry: true,
    after: 86_400,
    when: "The app's token fetches of the day are used up.",
  },
  45011: {
    text: "api minute-quota reach limit, must slower, retry next minute",
    retry: true,
    after: 60,
    when: "The app made as many claims in a minute as its settings allow.",
  },
  47001: {
    text: "data format error",
    retry: false,
    when: "The body is not a JSON object in UTF-8 of at most 1 MiB, or a field has a wrong type or an impossible value; the hint names it.",
  },
  48001: {
    text: "api unauthorized",
    retry: false,
    when: "The app requires its callback to be confirmed first: call confirm.",
  },
  300000: {
    text: "too many at once",
    retry: true,
    after: null,
    when: "As many claims of the app wait for its callback as may wait at once.",
  },
  990001: { text: "openid is not well-formed", retry: false, when: "openid is not 1-64 of A-Z a-z 0-9 _ -." },
  990004: { text: "openid missing", retry: false, when: "openid is required." },
  990005: { text: "page_size above 200", retry: false, when: "page_size is 1-200." },
  990007: { text: "a required parameter is missing", retry: false, when: "The text names the parameter." },
  990008: { text: "a parameter is too long", retry: false, when: "The text names the parameter and its limit." },
  990009: { text: "start later than end", retry: false, when: "An interval ends before it begins; the text names it." },
  990010: {
    text: "busy, retry",
    retry: true,
    after: null,
    when: "The database could not take the change now; nothing was changed.",
  },
  1090005: {
    text: "优惠券库存不存在",
    retry: false,
    when: "The coupon was never activated, so it has no stock to set.",
  },
  1090011: {
    text: "商品券缺少商品",
    retry: false,
    when: "A product coupon (types 1-6) names no product; the text says which field.",
  },
  1090020: {
    text: "优惠券回调检验结果失败",
    retry: false,
    when: "confirm was called and the callback answered, but not with what confirm asks for; the text says which field is wrong.",
  },
  1090029: {
    text: "库存不足",
    retry: false,
    when: "Nothing is left of the coupon, unless a restock comes or a claim that is being decided gives one back: let the person ask again.",
  },
  1090030: { text: "个人限领超限制", retry: false, when: "The person already holds as many as one person may." },
  1090031: {
    text: "请求限频",
    retry: true,
    after: 60,
    when: "The person made as many claims in a minute as the app's settings allow, or the callback asks to slow down.",
  },
  1090032: {
    text: "回调优惠券系统失败",
    retry: true,
    after: null,
    when: "The callback could not be reached, or answered with an HTTP error or with this code; the text says which.",
  },
  1090033: {
    text: "优惠券逻辑失败",
    retry: false,
    when: "The id is taken with other content, or the request contradicts what is recorded; or the callback's reply does not match what it was asked.",
  },
  1090049: {
    text: "请求缺少discount_info",
    retry: false,
    when: "coupon_info.discount_info is required in add and update.",
  },
  1090056: {
    text: "小程序事件推送开关未打开",
    retry: false,
    when: "confirm was called and the app has no callback URL.",
  },
  1090057: {
    text: "优惠券不存在",
    retry: false,
    when: "The app has no such coupon, or the person no such user coupon.",
  },
  1090058: {
    text: "优惠券状态不对",
    retry: false,
    when: "The status or the time does not allow it, or claims of the coupon are paused; the text says which, and when it can be claimed.",
  },
  1090060: {
    text: "优惠券回调超时命中限频",
    retry: true,
    after: null,
    when: "The callback did not answer within 2.5 seconds.",
  },
} as const satisfies Record<number, Code>;

type Code = { text: string; when: string } & ({ retry: false } | { retry: true; after: number | null });

/** The first pause of a client that backs off, in milliseconds. */
export const BACK_OFF_MS = 100;

/** A wire error code (`errcode`) of the list above. */
export type Errcode = keyof typeof codes;

/** A failure as the wire tells it: the code and our detail, which names the field and the fix. */
export type WireError = { errcode: Errcode; detail?: string };

/** The `errmsg` of a failure, without its rid: the platform's text, then `: ` and the detail. */
export function errorText({ errcode, detail }: WireError): string {
  const { text } = codes[errcode];
  if (detail === undefined) return text;
  return errcode === 47001 ? `${text} hint: [${detail}]` : `${text}: ${detail}`;
}
