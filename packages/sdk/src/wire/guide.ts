// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  CallName,
} from "./calls.ts";
import type {
  Errcode,
} from "./codes.ts";

/** A text in both languages. Code in it stands between backticks. */
export interface Told {
  zh: string;
  en: string;
}

/** The demo shop, whose secret everybody may know. */
export const demoShop = { appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" } as const;

/**
 * What each call is for, and a body that works on the demo shop as it is made, once the calls in `after` were sent with
 * theirs.
 */
export const readyCalls: Readonly<Record<CallName, Told & { body: object; after: readonly CallName[] }>> = {
  confirm: {
    zh: "让商家的回调证明自己可用。",
    en: "Asks the merchant's callback to prove itself.",
    body: {},
    after: [],
  },
  add: {
    zh: "添加一张券，生效之前都可以改。",
    en: "Adds a coupon, to be edited until it is activated.",
    body: {"coupon":{"out_coupon_id":"my_first_coupon","type":104,"promote_type":4,"coupon_info":{"name":"立减5元","promote_info":{"promote_type":4},"discount_info":{"discount_fee":500},"receive_info":{"limit_num_one_person":1,"total_num":100},"valid_info":{"valid_type":2,"valid_day_num":30}}}},
    after: [],
  },
  get: {
    zh: "查询一张券。",
    en: "One coupon.",
    body: {"out_coupon_id":"shop_direct_5"},
    after: [],
  },
  get_list: {
    zh: "分页列出应用的券，先建的在前；生效过的带库存。",
    en: "A page of the app's coupons, oldest first, with the stock of those ever activated.",
    body: {"page_size":3,"offset":2},
    after: [],
  },
  update: {
    zh: "整个替换一张还在编辑中的券。",
    en: "Replaces a coupon that is still being edited.",
    body: {"coupon":{"out_coupon_id":"my_first_coupon","type":104,"promote_type":4,"coupon_info":{"name":"立减五元","promote_info":{"promote_type":4},"discount_info":{"discount_fee":500},"receive_info":{"limit_num_one_person":1,"total_num":100},"valid_info":{"valid_type":2,"valid_day_num":30}}}},
    after: ["add"],
  },
  update_status: {
    zh: "使券生效（2）、过期（3）或作废（4）。",
    en: "Activates (2), expires (3) or voids (4) a coupon.",
    body: {"out_coupon_id":"my_first_coupon","status":2},
    after: ["add"],
  },
  update_coupon_stock: {
    zh: "设置剩余数和已领数，都是绝对值。",
    en: "Sets what is left and what was handed out, as absolute numbers.",
    body: {"coupon_stock":{"out_coupon_id":"shop_direct_5","stock_info":{"issued_num":9999,"receive_num":1}}},
    after: [],
  },
  add_user_coupon: {
    zh: "记下某人持有一张券，并从库存扣一张。",
    en: "Records that a person holds a coupon; takes one from the stock.",
    body: {"openid":"o1","user_coupon":{"out_user_coupon_id":"my_user_coupon","out_coupon_id":"shop_direct_5","status":100}},
    after: [],
  },
  get_usercoupon_list: {
    zh: "分页列出一个人的券，新的在前。",
    en: "A page of a person's coupons, newest first.",
    body: {"openid":"oIJ9d5Ad4JMhbybqJ3_J73LkR_Io","page_size":10,"offset":0},
    after: [],
  },
  update_user_coupon: {
    zh: "更正用户券的领取时间和使用时间。",
    en: "Sets when a person's coupon was received and used.",
    body: {"openid":"o1","user_coupon":{"out_user_coupon_id":"my_user_coupon","out_coupon_id":"shop_direct_5","ext_info":{}},"recv_time":1795374270},
    after: ["add_user_coupon"],
  },
  update_usercoupon_status: {
    zh: "把用户券设为过期（101）、已用（102）、放弃（103），或把已用的退回（100）。",
    en: "Expires (101), uses (102) or gives up (103) a person's coupon, or returns a used one (100).",
    body: {"openid":"o1","out_user_coupon_id":"my_user_coupon","out_coupon_id":"shop_direct_5","status":102},
    after: ["add_user_coupon"],
  },
  claim: {
    zh: "用户领券。同一个 request_id 再来一次，答案相同，不会多领。",
    en: "A person claims a coupon. The same request_id again has the same answer and gives no second coupon.",
    body: {"openid":"o2","out_coupon_id":"shop_direct_5","request_id":"my-claim-1"},
    after: [],
  },
  quote: {
    zh: "这个购物车最少付多少、用哪几张券、其余的为什么不用。",
    en: "What a person pays at least for a cart, with which of their coupons, and why the others are not used.",
    body: {"openid":"o2","lines":[{"out_product_id":"shirt","price":9900,"quantity":2}]},
    after: [],
  },
  lock: {
    zh: "为一个订单锁住用户的券，直到付款或超时。",
    en: "Keeps a person's coupons for one order until it is paid or the time is over.",
    body: {"openid":"o2","out_order_id":"my-order-1","lines":[{"out_product_id":"shirt","price":9900,"quantity":2}],"user_coupons":"best","ttl_seconds":900},
    after: ["claim"],
  },
  redeem: {
    zh: "订单已付款：券全部用掉，或者一张也不用。锁过的只需订单号。",
    en: "An order is paid: its coupons are used, all or none. After a lock, the order's id is enough.",
    body: {"out_order_id":"my-order-1"},
    after: ["lock"],
  },
  return: {
    zh: "整单或其中几件退货：每件退多少钱；全部退完，券也退回。",
    en: "An order, or items of it, comes back: what is paid back for each, and the coupons once all is back.",
    body: {"out_order_id":"my-order-1"},
    after: ["redeem"],
  },
};

/** What each code means. */
export const meanings: Readonly<Record<Errcode, Told>> = {
  [-1]: {
    zh: "服务器自己没料到的故障。请求本身没有毛病，原因在服务器日志里，按回复里的 `rid` 查。",
    en: "A fault of the server that nobody foresaw. Your request is not at fault; the log has the cause under the `rid` of the reply.",
  },
  [40001]: {
    zh: "这个 `access_token` 不认识、被改动过，或者已经被更新的一个取代。它和 42001 不同：42001 是活满了有效期，40001 是没活满就作废了，或者从来不是本服务签发的。",
    en: "The `access_token` is unknown, was altered, or was replaced by a newer one. Not the same as 42001: that one lived its whole life; this one was ended before its time, or was never ours.",
  },
  [40002]: {
    zh: "取 token 时的 `grant_type` 只能是 `client_credential`。",
    en: "When a token is fetched, `grant_type` is `client_credential` and nothing else.",
  },
  [40013]: {
    zh: "这台服务器上没有这个 `appid` 的应用。它在检查 `grant_type` 和 `secret` 之前就会报出来。",
    en: "No app of this server has that `appid`. It is told before `grant_type` and `secret` are looked at.",
  },
  [40029]: {
    zh: "登录（`GET /sns/jscode2session`）时没有给 `js_code`，或者给的是空串。平台上一个 code 只能用一次；沙箱里任何文字都行，不会过期。",
    en: "A login (`GET /sns/jscode2session`) came without a `js_code`, or with an empty one. On the platform a code is good once; in a sandbox any text will do, and none ends.",
  },
  [40066]: {
    zh: "这个路径上没有接口。`errmsg` 会把收到的路径说出来。",
    en: "No call lives at this path. The `errmsg` repeats the path that came.",
  },
  [40125]: {
    zh: "`appid` 对，`secret` 不对。",
    en: "The `appid` is right and the `secret` is not.",
  },
  [41001]: {
    zh: "URL 的查询串里没有 `access_token`。放在请求体、请求头里都不算。",
    en: "The query of the URL has no `access_token`. In the body or in a header it does not count.",
  },
  [41002]: {
    zh: "取 token 时没有给 `appid`。",
    en: "A token was asked for without an `appid`.",
  },
  [41004]: {
    zh: "取 token 时没有给 `secret`，或者给了空的。",
    en: "A token was asked for without a `secret`, or with an empty one.",
  },
  [42001]: {
    zh: "这个 token 是本服务签发的，它的 7200 秒用完了。换新的即可，不是故障。若没到时间就失效，报的是 40001。",
    en: "The token is one of ours and its 7200 seconds are over. Fetch another; nothing is broken. A token that ends before its time is told as 40001.",
  },
  [43002]: {
    zh: "券接口和 `stable_token` 只接受 `POST`。",
    en: "Coupon calls and `stable_token` take `POST` alone.",
  },
  [44002]: {
    zh: "请求体是空的。`confirm` 例外：它没有参数，空请求体当作 `{}`。",
    en: "The request has no body. `confirm` is the exception: it has no parameters, and an empty body counts as `{}`.",
  },
  [45009]: {
    zh: "这个应用今天取 token 的次数用完了。默认每种 token（普通、稳定版）每天各 2000 次，东八区零点重新计数。已有的 token 照常可用。",
    en: "The app's fetches of tokens are used up for today: 2000 of each kind (regular, stable) unless it was made with another number, counted from midnight of UTC+8. Tokens that you have are still good.",
  },
  [45011]: {
    zh: "这个应用一分钟内的领券次数到了它自己设的上限（`--claims-per-minute`）。没有券发出去，`errmsg` 说了还要等几秒。",
    en: "The app's claims of this minute reached the limit that it was given (`--claims-per-minute`). No coupon was given; the `errmsg` says in how many seconds the next claim passes.",
  },
  [47001]: {
    zh: "请求体不是 UTF-8 的 JSON 对象，或者某个字段的类型、取值不可能。方括号里冒号左边是字段路径，右边是应当怎样；若写的是 `body`，就是整个请求体。",
    en: "The body is no JSON object in UTF-8, or a field has a type or a value that cannot be. In the brackets stands the path of the field, then how it must be; `body` is the body as a whole.",
  },
  [48001]: {
    zh: "这个应用开了 `--require-confirm on`，而它的回调还没有通过 `confirm`。在那之前，除了 `confirm`，其余接口一律答 48001。",
    en: "The app has `--require-confirm on`, and its callback has not passed `confirm`. Until it does, every call but `confirm` answers 48001.",
  },
  [300000]: {
    zh: "这个应用已有 256 个领券请求在等商家的回调，再来的马上退回，免得越等越久。没有占用库存。",
    en: "256 claims of the app wait for the merchant's callback already. More are turned away at once, so that nobody waits ever longer. Nothing of the stock is held for them.",
  },
  [990001]: {
    zh: "`openid` 的样子不对：1 到 64 个字符，只能是 `A–Z a–z 0–9 _ -`。券库不检查这个人是否存在。",
    en: "The `openid` has the wrong form: it is 1 to 64 characters of `A–Z a–z 0–9 _ -`. Whether there is such a person is not looked at.",
  },
  [990004]: {
    zh: "缺 `openid`，或者它是空字符串。",
    en: "There is no `openid`, or it is an empty text.",
  },
  [990005]: {
    zh: "`page_size` 最大 200。",
    en: "`page_size` is 200 at most.",
  },
  [990007]: {
    zh: "缺了必填的参数，`errmsg` 里有它的完整路径。",
    en: "A parameter that is required is not there; the `errmsg` has its whole path.",
  },
  [990008]: {
    zh: "某个参数太长，`errmsg` 里有它的名字和上限。",
    en: "A parameter is too long; the `errmsg` names it and its limit.",
  },
  [990009]: {
    zh: "一个时间区间的开始晚于结束，`errmsg` 说是哪一个。",
    en: "An interval begins after it ends; the `errmsg` says which one.",
  },
  [990010]: {
    zh: "服务器这会儿接不下来：数据库暂时不可用或太慢，或者在途的请求太多。与其让人久等，不如马上说。",
    en: "The server cannot take it now: the database is away or slow, or too many calls are under way. You are told at once instead of being left to wait.",
  },
  [1090005]: {
    zh: "这张券从未生效过，所以还没有库存可改。库存是生效（状态 1→2）那一刻按 `receive_info.total_num` 建立的。",
    en: "The coupon was never activated, so there is no stock to set. Activation (status 1 to 2) makes the stock, of `receive_info.total_num`.",
  },
  [1090011]: {
    zh: "商品券（类型 1–6）没有说明用于哪些商品。`errmsg` 里有缺的字段。",
    en: "A product coupon (types 1–6) does not say which products it is for. The `errmsg` names the field.",
  },
  [1090020]: {
    zh: "调用 `confirm` 时，您的回调答了，但答的不是检验要求的内容。`errmsg` 说了哪个字段是什么、应当是什么。",
    en: "`confirm` was called, your callback answered, and not what the test asks for. The `errmsg` names the field, what it was, and what it must be.",
  },
  [1090029]: {
    zh: "没有剩的了。可能真的领完了，也可能剩下的几张正留给还在等回调的人；或者是商家的回调答了 1090029。",
    en: "Nothing is left. Either all are handed out, or the last ones are held for people whose claim the callback still decides; or the merchant's callback answered 1090029.",
  },
  [1090030]: {
    zh: "这个人已经领到了每人限领的张数（`receive_info.limit_num_one_person`），或者商家的回调这样答复。",
    en: "The person was given as many as one may be (`receive_info.limit_num_one_person`), or the merchant's callback says so.",
  },
  [1090031]: {
    zh: "同一个人一分钟内领得太勤（`--claims-per-minute-of-person`），或者商家的回调答了 `ret_code` 1090031，请人慢一点。",
    en: "One person claims too often in a minute (`--claims-per-minute-of-person`), or the merchant's callback answered `ret_code` 1090031, slow down.",
  },
  [1090032]: {
    zh: "联系不上商家的回调，或者它答了 HTTP 错误，或者它自己说系统失败（`ret_code` 1090032）。领券时已经试了三次。",
    en: "The merchant's callback could not be reached, answered with an HTTP error, or says itself that its system failed (`ret_code` 1090032). A claim has been tried three times by then.",
  },
  [1090033]: {
    zh: "要做的事与已经记下的相矛盾：多半是 id 被内容不同的一份占用了；领券时则可能是商家的回调答得对不上。",
    en: "What is asked for contradicts what is recorded: mostly an id that is taken by something else, and of claims perhaps a reply of the callback that does not match.",
  },
  [1090049]: {
    zh: "`add`、`update` 必须带 `coupon_info.discount_info`：没有它就不知道优惠什么。",
    en: "`add` and `update` need `coupon_info.discount_info`: without it nobody knows what the coupon gives.",
  },
  [1090056]: {
    zh: "调用了 `confirm`，可是这个应用没有设回调地址。在微信平台上，这对应后台的「消息推送」没有打开。",
    en: "`confirm` was called, and the app has no callback URL. On the platform this is told where pushes of messages are switched off in its console.",
  },
  [1090057]: {
    zh: "这个应用里没有这张券（或这个订单），或者这个人名下没有这张用户券。`errmsg` 说了是哪一种。",
    en: "The app has no such coupon (or order), or the person no such user coupon. The `errmsg` says which of them.",
  },
  [1090058]: {
    zh: "现在的状态或时间不允许这样做。这是含义最多的一个码，一定要看 `errmsg`：它说了现在是什么状态、需要什么状态、什么时候可以。",
    en: "The status, or the time, does not allow it. No code has more meanings than this one, so read its `errmsg`: it tells the status that is, the one that is needed, or from when on it goes.",
  },
  [1090060]: {
    zh: "商家的回调在 2.5 秒内没有答完。从建立连接算到收完最后一个字节；领券时一共试三次，都超时才报它。",
    en: "The merchant's callback had not answered to the last byte within 2.5 seconds of the start of the connection. A claim is tried three times, and told this when all were too slow.",
  },
};
