import type { Explained } from "./explanation.ts";

/** Codes that are about a coupon, its stock, or what a person holds (protocol.md sections 3 and 4). */
export const ofCoupons = {
  1090005: {
    looks: ["优惠券库存不存在: activate the coupon first: update_status to 2"],
    zh: {
      means: "这张券从未生效过，所以还没有库存可改。库存是生效（状态 1→2）那一刻按 `receive_info.total_num` 建立的。",
      causes: ["`add` 之后直接调用 `update_coupon_stock`。", "以为 `update_coupon_stock` 是用来设初始库存的。"],
      mend: [
        "初始数量写在 `coupon_info.receive_info.total_num` 里。",
        '先生效：`update_status`，`{"out_coupon_id":"…","status":2}`；之后再改库存。',
        "改库存时两个数都是绝对值：`issued_num` 是**还剩**多少，`receive_num` 是**已领**多少，名字容易误会。",
      ],
    },
    en: {
      means:
        "The coupon was never activated, so there is no stock to set. Activation (status 1 to 2) makes the stock, of `receive_info.total_num`.",
      causes: [
        "`update_coupon_stock` follows right after `add`.",
        "`update_coupon_stock` is taken for the way to set the first stock.",
      ],
      mend: [
        "The first number stands in `coupon_info.receive_info.total_num`.",
        'Activate it: `update_status` with `{"out_coupon_id":"…","status":2}`. Then set the stock.',
        "Both numbers are absolute, and their names mislead: `issued_num` is what is **left**, `receive_num` what was **handed out**.",
      ],
    },
  },
  1090011: {
    looks: [
      "商品券缺少商品: coupon.coupon_info.discount_info.discount_condition.out_product_ids is required for type 1",
    ],
    zh: {
      means: "商品券（类型 1–6）没有说明用于哪些商品。`errmsg` 里有缺的字段。",
      causes: [
        "`out_product_ids` 放错了层：它在 `discount_info.discount_condition` 里面。",
        "传了空数组 `[]`，它当作没传。",
        "本意是全店可用，类型却填了 1–4。",
        "类型 5 缺 `tradein_info.out_product_id`，类型 6 缺 `buyget_info` 里的两个商品。",
      ],
      mend: [
        '类型 1–4：`"discount_condition":{"out_product_ids":["tea","pot"]}`，1 到 128 个您自己的商品编号。',
        "全店可用，改成对应的 101–104。",
      ],
    },
    en: {
      means: "A product coupon (types 1–6) does not say which products it is for. The `errmsg` names the field.",
      causes: [
        "`out_product_ids` stands in the wrong place: it belongs into `discount_info.discount_condition`.",
        "It is an empty array `[]`, which counts as absent.",
        "The coupon is meant for the whole shop, and its type is one of 1–4.",
        "Type 5 lacks `tradein_info.out_product_id`, or type 6 one of the two products of `buyget_info`.",
      ],
      mend: [
        'Types 1–4: `"discount_condition":{"out_product_ids":["tea","pot"]}`, 1 to 128 product ids of your own.',
        "For the whole shop take the like of 101–104.",
      ],
    },
  },
  1090029: {
    looks: ["库存不足", '库存不足: the callback declined: ret_code 1090029: "发完了"'],
    zh: {
      means: "没有剩的了。可能真的领完了，也可能剩下的几张正留给还在等回调的人；或者是商家的回调答了 1090029。",
      causes: [
        "领完了：`issued_num` 为 0。",
        "回调模式下，每个等待答复的领券先占一张；商家不答时要到 30 秒后才退回。",
        "`total_num` 建券时填小了。",
        "`update_coupon_stock` 把两个数填反，`issued_num` 成了 0。",
      ],
      mend: [
        "`get_list` 看 `coupon_stock.stock_info`：`issued_num` 是还剩多少。",
        '补货：`update_coupon_stock`，`{"coupon_stock":{"out_coupon_id":"…","stock_info":{"issued_num":500,"receive_num":100}}}`。',
        "不要让程序循环重试；告诉用户领完了，由他决定要不要再来。",
      ],
    },
    en: {
      means:
        "Nothing is left. Either all are handed out, or the last ones are held for people whose claim the callback still decides; or the merchant's callback answered 1090029.",
      causes: [
        "They are gone: `issued_num` is 0.",
        "With a callback each claim that waits holds one; where the merchant is silent it comes back after 30 seconds.",
        "`total_num` was too small when the coupon was made.",
        "`update_coupon_stock` was given the two numbers in each other's place, and `issued_num` became 0.",
      ],
      mend: [
        "Look at `coupon_stock.stock_info` of `get_list`: `issued_num` is what is left.",
        'Restock: `update_coupon_stock` with `{"coupon_stock":{"out_coupon_id":"…","stock_info":{"issued_num":500,"receive_num":100}}}`.',
        "Do not try again in a loop. Tell the person, who decides whether to come again.",
      ],
    },
  },
  1090030: {
    looks: [
      "个人限领超限制: limit_num_one_person is 1",
      "个人限领超限制: limit_num_one_person is 2, and 1 of it wait for the callback to decide",
      '个人限领超限制: the callback declined: ret_code 1090030: "每人限领一张"',
    ],
    zh: {
      means: "这个人已经领到了每人限领的张数（`receive_info.limit_num_one_person`），或者商家的回调这样答复。",
      causes: [
        "确实领过了。用掉、过期、放弃的也算：限的是领取，不是持有。",
        "重试时换了新的 `request_id`，于是第一次成功、第二次超限。",
        "上一次领取还在等商家答复，先占着名额（`errmsg` 会说有几张）。",
        "测试总用同一个 openid。",
      ],
      mend: [
        "`get_usercoupon_list` 看他手里有什么。",
        "重试一律沿用原来的 `request_id`：同一个请求答同一张券。",
        "联调时换 openid；生效之后的券不能再改限领数，要另建一张。",
      ],
    },
    en: {
      means:
        "The person was given as many as one may be (`receive_info.limit_num_one_person`), or the merchant's callback says so.",
      causes: [
        "They did claim before. What was used, expired or given up counts too: the limit is on claiming, not on holding.",
        "A retry took a new `request_id`, so the first claim was granted and the second is one too many.",
        "An earlier claim waits for the merchant and counts meanwhile; the `errmsg` says how many.",
        "Tests always use the same openid.",
      ],
      mend: [
        "See what they hold: `get_usercoupon_list`.",
        "Repeat with the `request_id` of the first time: the same request is answered with the same coupon.",
        "In tests take other openids. The limit of a coupon that was activated cannot be changed; make another coupon.",
      ],
    },
  },
  1090033: {
    looks: [
      "优惠券逻辑失败: out_coupon_id exists",
      "优惠券逻辑失败: request_id was used for another openid or out_coupon_id",
      '优惠券逻辑失败: the callback\'s reply does not match: request_id is missing, expected "r1"',
    ],
    zh: {
      means: "要做的事与已经记下的相矛盾：多半是 id 被内容不同的一份占用了；领券时则可能是商家的回调答得对不上。",
      causes: [
        "`out_coupon_id exists`：同一个编号先前建过内容不同的券。内容完全一样的重复会答 0。",
        "`request_id was used …`：同一个 `request_id` 换了人或换了券。",
        "`out_user_coupon_id exists`：这个用户券编号已记在另一个人名下。",
        "`the callback's reply does not match`：回调没有原样带回 `request_id`、`out_coupon_id`，签名不对，或者 `success` 之类什么也没决定的答复。",
        "退货时某一行退的件数多于剩下的。",
      ],
      mend: [
        "编号冲突就换一个编号；想改草稿用 `update`，不是再 `add` 一次。",
        "每次领券用一个新的 `request_id`，只有重试才沿用。",
        "涉及回调的，用 `npx quanku callbacks <appid> --limit 1` 看发了什么、收到什么、哪个字段不对。",
      ],
    },
    en: {
      means:
        "What is asked for contradicts what is recorded: mostly an id that is taken by something else, and of claims perhaps a reply of the callback that does not match.",
      causes: [
        "`out_coupon_id exists`: the id was used for a coupon with other content. A repeat with equal content answers 0.",
        "`request_id was used …`: the same `request_id` came for another person or coupon.",
        "`out_user_coupon_id exists`: that user coupon is recorded as another person's.",
        "`the callback's reply does not match`: it did not bring back `request_id` and `out_coupon_id` as they were, its signature is wrong, or it said `success`, which decides nothing.",
        "More items of a line come back than are left of it.",
      ],
      mend: [
        "Take another id; to change a draft call `update`, not `add` again.",
        "Take a new `request_id` for each claim, and the old one only to repeat it.",
        "Where the callback is concerned, `npx quanku callbacks <appid> --limit 1` shows what was sent, what came back, and which field is wrong.",
      ],
    },
  },
  1090049: {
    looks: ["请求缺少discount_info: coupon.coupon_info.discount_info is required"],
    zh: {
      means: "`add`、`update` 必须带 `coupon_info.discount_info`：没有它就不知道优惠什么。",
      causes: [
        "`discount_info` 放到了 `coupon` 下面，应当在 `coupon.coupon_info` 里。",
        "照着平台文档的示例抄：有的示例没有这个字段，真接口却会拒绝。",
        "PHP 里是空数组，编码成 `[]`，当作没传。",
      ],
      mend: [
        '最短的一种，立减五元：`"type":104,"coupon_info":{…,"discount_info":{"discount_fee":500}}`。',
        "从别处搬来的旧券没有 `discount_info`，用 `quanku import` 导入：它接受线上店铺里真有的样子。",
      ],
    },
    en: {
      means: "`add` and `update` need `coupon_info.discount_info`: without it nobody knows what the coupon gives.",
      causes: [
        "`discount_info` stands in `coupon`; it belongs into `coupon.coupon_info`.",
        "It was copied from the platform's samples: some have none, and the real API refuses them all the same.",
        "In PHP it is an empty array, which is encoded as `[]` and counts as absent.",
      ],
      mend: [
        'The shortest there is, 5 yuan off: `"type":104,"coupon_info":{…,"discount_info":{"discount_fee":500}}`.',
        "Bring old coupons that have none with `quanku import`, which takes what live shops really hold.",
      ],
    },
  },
  1090057: {
    looks: [
      "优惠券不存在: out_coupon_id summer is not in this app",
      "优惠券不存在: this openid has no user coupon out_user_coupon_id u1 of this out_coupon_id",
      "优惠券不存在: out_order_id order-1 is not in this app",
    ],
    zh: {
      means: "这个应用里没有这张券（或这个订单），或者这个人名下没有这张用户券。`errmsg` 说了是哪一种。",
      causes: [
        "用的是另一个应用的 token：应用之间互相看不见。",
        "把用户券编号 `out_user_coupon_id` 和券编号 `out_coupon_id` 写反了。",
        "`openid` 对不上：用户券是认人的。",
        "`add` 其实失败了，没看 `errcode`（HTTP 状态总是 200）。",
        "回调模式：商家自己的库里没有这张券，答了 1090057。",
      ],
      mend: [
        "`get_list` 列出这个应用的券，`get_usercoupon_list` 列出这个人的。",
        "用户券由 `out_coupon_id` 和 `out_user_coupon_id` 两个编号共同确定，改状态时两个都要对。",
      ],
    },
    en: {
      means:
        "The app has no such coupon (or order), or the person no such user coupon. The `errmsg` says which of them.",
      causes: [
        "The token is another app's: apps never see each other.",
        "`out_user_coupon_id` and `out_coupon_id` changed places.",
        "It is another `openid`: a user coupon is one person's.",
        "`add` had failed and nobody looked at `errcode`; the HTTP status is always 200.",
        "With a callback: the merchant's own books do not have the coupon, and it answered 1090057.",
      ],
      mend: [
        "List the app's coupons with `get_list`, the person's with `get_usercoupon_list`.",
        "A user coupon is known by `out_coupon_id` and `out_user_coupon_id` together; give both right to change its status.",
      ],
    },
  },
  1090058: {
    looks: [
      "优惠券状态不对: status is 1; only a coupon of status 2 can be given",
      "优惠券状态不对: status is 2; only a coupon of status 1 can be updated",
      "优惠券状态不对: it can be claimed from 1795374270 (2026-11-22T19:04:30.000Z) on",
      "优惠券状态不对: out_user_coupon_id u1 cannot be used: below_threshold, items_more 0, spend_more 2000",
    ],
    zh: {
      means:
        "现在的状态或时间不允许这样做。这是含义最多的一个码，一定要看 `errmsg`：它说了现在是什么状态、需要什么状态、什么时候可以。",
      causes: [
        "券没生效就发：状态 1 要先 `update_status` 到 2。",
        "生效之后还想 `update`：只有草稿（1）能改。",
        "状态不能倒着走：1→2、2→3、2→4，此外都不行；用户券是 100→101/102/103，以及 102→100。",
        "不在领取时间内，或固定有效期已过。",
        "店铺暂停了领取（`claims of this coupon are paused`）。",
        "下单时券用不上：不满门槛、没有对应商品、被别的订单锁着、已用、已过期。",
      ],
      mend: [
        "照 `errmsg` 做。状态码：1 编辑中、2 生效、3 过期、4 作废；用户券 100 有效、101 过期、102 已用、103 放弃。",
        "领取时间没到：沙箱应用把时钟拨过去就行。",
        "锁着的：先 `redeem` 或 `return` 那个订单，或者等锁到期。",
        "暂停的：`npx quanku coupon resume <appid> <out_coupon_id>`。",
      ],
    },
    en: {
      means:
        "The status, or the time, does not allow it. No code has more meanings than this one, so read its `errmsg`: it tells the status that is, the one that is needed, or from when on it goes.",
      causes: [
        "The coupon is given before it is active: `update_status` it from 1 to 2 first.",
        "It is `update`d after activation: only a draft (1) can be.",
        "The status cannot go back: 1 to 2, 2 to 3 and 2 to 4 are all there is; of user coupons 100 to 101, 102 or 103, and 102 to 100.",
        "It is not the time to claim it, or its fixed validity is over.",
        "The shop paused its claims (`claims of this coupon are paused`).",
        "An order cannot use it: it is below the threshold, for other products, locked for another order, used, or over.",
      ],
      mend: [
        "Do what the `errmsg` says. Status 1 is being edited, 2 active, 3 expired, 4 void; of user coupons 100 effective, 101 expired, 102 used, 103 given up.",
        "Where the time has not come: the clock of a sandbox app can be moved there.",
        "Where it is locked: `redeem` or `return` that order, or let the lock end.",
        "Where claims are paused: `npx quanku coupon resume <appid> <out_coupon_id>`.",
      ],
    },
  },
} as const satisfies Record<number, Explained>;
