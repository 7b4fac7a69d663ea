/** What is said of calls and fields, in Chinese; whoever says something new says it here too. */
export const chinese: Readonly<Record<string, string>> = {
  "Asks the merchant's callback to prove itself.": "让商家的回调证明自己可用。",
  "Adds a coupon, to be edited until it is activated.": "添加一张券，生效之前都可以改。",
  "One coupon.": "查询一张券。",
  "A page of the app's coupons, oldest first, with the stock of those ever activated.":
    "分页列出应用的券，先建的在前；生效过的带库存。",
  "Replaces a coupon that is still being edited.": "整个替换一张还在编辑中的券。",
  "Activates (2), expires (3) or voids (4) a coupon.": "使券生效（2）、过期（3）或作废（4）。",
  "Sets what is left and what was handed out, as absolute numbers.": "设置剩余数和已领数，都是绝对值。",
  "Records that a person holds a coupon; takes one from the stock.": "记下某人持有一张券，并从库存扣一张。",
  "A page of a person's coupons, newest first.": "分页列出一个人的券，新的在前。",
  "Sets when a person's coupon was received and used.": "更正用户券的领取时间和使用时间。",
  "Expires (101), uses (102) or gives up (103) a person's coupon, or returns a used one (100).":
    "把用户券设为过期（101）、已用（102）、放弃（103），或把已用的退回（100）。",
  "A person claims a coupon. The same request_id again has the same answer and gives no second coupon.":
    "用户领券。同一个 request_id 再来一次，答案相同，不会多领。",
  "What a person pays at least for a cart, with which of their coupons, and why the others are not used.":
    "这个购物车最少付多少、用哪几张券、其余的为什么不用。",
  "Keeps a person's coupons for one order until it is paid or the time is over.":
    "为一个订单锁住用户的券，直到付款或超时。",
  "An order is paid: its coupons are used, all or none. After a lock, the order's id is enough.":
    "订单已付款：券全部用掉，或者一张也不用。锁过的只需订单号。",
  "An order, or items of it, comes back: what is paid back for each, and the coupons once all is back.":
    "整单或其中几件退货：每件退多少钱；全部退完，券也退回。",
  "For how much more, fen.": "还差多少金额，分。",
  "From when to when a claimed coupon can be used": "领到的券从何时到何时可用",
  "from start_time to end_time": "从 start_time 到 end_time",
  "valid_day_num days from the claim": "领取起 valid_day_num 天",
  "valid_second seconds from the claim": "领取起 valid_second 秒",
  "How long it can be used once claimed; absent: it states none.": "领到后多久可用；不填则不说明。",
  "How long they are kept, seconds, 1-86400.": "锁多久，秒，1–86400。",
  "How many are left.": "还剩多少。",
  "How many coupons of the person that could be used now were not looked at: those that end last.":
    "此人现在可用而没有参与比较的券有几张：最晚到期的那些。",
  "How many coupons of the person there are, whatever the page.": "此人一共有多少张券，与分页无关。",
  "How many coupons there are, whatever the page.": "一共有多少张券，与分页无关。",
  "How many entries are passed over before.": "跳过前面多少条。",
  "How many entries at most, 1-200.": "最多多少条，1–200。",
  "How many items came back.": "退回了几件。",
  "How many items have to be in the cart.": "购物车里要有几件。",
  "How many items of it are bought for each gift.": "每买几件送一次。",
  "How many items of it are free for each purchase.": "每次送几件。",
  "How many items of it come back.": "这一行退几件。",
  "How many items.": "几件。",
  "How many more items it asks for.": "还差几件。",
  "How many one person may be given; absent: any number.": "每人限领几张；不填不限。",
  "How many were handed out.": "已领多少。",
  "How much has to be spent, fen.": "要花满多少，分。",
  "If it is not used, what it would take off by itself, fen.": "没用上时，单用它能减多少，分。",
  "If it is not used, why.": "没用上时，原因。",
  "Its stock; absent if it was never activated.": "它的库存；从未生效则没有。",
  "Of `already_used`, when it was used, Unix seconds.": "`already_used`：使用时间，Unix 秒。",
  "Of `locked`, the last second of the lock, Unix seconds.": "`locked`：锁的最后一秒，Unix 秒。",
  "Of `no_longer_valid`, the last second in which it could be used, Unix seconds.":
    "`no_longer_valid`：可用的最后一秒，Unix 秒。",
  "Of `not_in_force`, the coupon's status": "`not_in_force`：券的状态",
  "Of `not_valid_yet`, the first second in which it can be used, Unix seconds.":
    "`not_valid_yet`：开始可用的那一秒，Unix 秒。",
  "Of type 5: what is traded in.": "类型 5：换购什么。",
  "Of type 6: what is bought, and what is free for it.": "类型 6：买什么、送什么。",
  "Of valid_type 1: the first second of use, Unix seconds.": "valid_type 为 1：可用的第一秒，Unix 秒。",
  "Of valid_type 1: the last second of use, Unix seconds.": "valid_type 为 1：可用的最后一秒，Unix 秒。",
  "Of valid_type 2: days of 86 400 seconds.": "valid_type 为 2：天数，每天 86 400 秒。",
  "Of valid_type 3: seconds.": "valid_type 为 3：秒数。",
  "The Channels account that promotes it.": "推广它的视频号。",
  "The account's name.": "视频号名称。",
  "The app that it belongs to.": "所属应用。",
  "The caller's id of this claim: a claim with it again has the same answer.":
    "调用者给这次领取的编号：同一编号再来，答案相同。",
  "The caller's id of this return; required beside `lines`.": "调用者给这次退货的编号；给了 `lines` 就必填。",
  "The cart, 1-100 lines; each is so many items of a product at one price.":
    "购物车，1–100 行；每行是同一价格的若干件商品。",
  "The channel that it is promoted in": "推广渠道",
  "is a Channels live room; other positive numbers are kept too.": "是视频号直播；其他正整数也照存。",
  "The code and its facts in English words.": "原因和相关事实，英文。",
  "The coupon as it shall be, whole.": "券改成的样子，完整一份。",
  "The coupon to add.": "要添加的券。",
  "The coupon's name, as the person sees it.": "券名，给用户看的。",
  "The coupon's status": "券的状态",
  "stands in the platform's samples; no call leads to it": "见于平台示例，没有接口能到达",
  "being edited": "编辑中",
  "active, can be claimed": "生效，可领取",
  expired: "过期",
  void: "作废",
  "The coupon.": "券。",
  "The coupons that are used.": "用上的券。",
  "The coupons that were looked at.": "参与比较的券。",
  'The coupons to use, at most 50, or `"best"`: those with which the least is paid.':
    '要用的券，最多 50 张；或 `"best"`：付得最少的那几张。',
  "The first second in which it can be claimed, Unix seconds.": "开始可领的那一秒，Unix 秒。",
  "The first second in which it can be used, Unix seconds; 0 where the coupon states none.":
    "开始可用的那一秒，Unix 秒；券没有说明则为 0。",
  "The id of the user coupon: with `out_coupon_id` it is unique in the app.":
    "用户券的编号：与 `out_coupon_id` 一起在应用内唯一。",
  "The last second in which it can be claimed, Unix seconds.": "可领的最后一秒，Unix 秒。",
  "The last second in which it can be used, Unix seconds; 0 where the coupon states none.":
    "可用的最后一秒，Unix 秒；券没有说明则为 0。",
  "The last second of the lock, Unix seconds; absent if it was never locked.":
    "锁的最后一秒，Unix 秒；从未锁过则没有。",
  "The lines, in the cart's order.": "各行，顺序与购物车相同。",
  "The merchant's document as it was sent.": "商家的券信息，原样。",
  "The merchant's document, kept and shown as it was sent.": "商家的券信息，原样保存、原样返回。",
  "The merchant's own id of the coupon, unique in the app.": "商家自定的券编号，应用内唯一。",
  "The merchant's own id of the order, unique in the app.": "商家自定的订单号，应用内唯一。",
  "The merchant's own id of the product.": "商家自定的商品编号。",
  "The numbers of the stock.": "库存的两个数。",
  "The order as it is now.": "订单现在的样子。",
  "The order's status": "订单的状态",
  "its coupons are kept for it": "券为它锁着",
  "it is paid, its coupons are used": "已付款，券已用",
  "all of it came back, and so did its coupons.": "全部退回，券也退回。",
  "The page.": "这一页。",
  "The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`.":
    "用户的 openid：1–64 个字符，`A-Z a-z 0-9 _ -`。",
  "The place of the line in the order, from 0.": "订单里第几行，从 0 数。",
  "The price of one item, fen.": "一件的价格，分。",
  "The product that is bought.": "要买的商品。",
  "The product that is free; it may be the same.": "送的商品，可以是同一种。",
  "The product that is traded in.": "换购的商品。",
  "The products it asks for; absent: any.": "要的是哪些商品；没有则不限。",
  "The products that it is for, by the merchant's ids.": "适用的商品，用商家的编号。",
  "The same, line by line.": "同上，逐行列出。",
  "The server's own addition to the document; absent until the coupon is activated.":
    "服务器自己加的一项；生效之前没有。",
  "The status that it shall have": "要设成的状态",
  effective: "有效",
  used: "已用",
  "given up": "放弃",
  "The stock as it shall be.": "库存改成的样子。",
  "The stock that activation makes.": "生效时建立的库存数。",
  "The user coupon as it was given.": "领到的用户券。",
  "The user coupon's status": "用户券的状态",
  "The user coupon, and when it was used.": "用户券，以及它的使用时间。",
  "The user coupon.": "用户券。",
  "The user coupons in its way.": "挡住它的用户券。",
  "What comes back; absent: all that has not yet.": "退什么；不填则退掉还没退的全部。",
  "What coupons take off it, fen.": "券一共减了多少，分。",
  "What coupons take off the line, fen.": "券在这一行减了多少，分。",
  "What is corrected besides.": "另外要更正的。",
  "What is paid back for them, fen.": "这几件退多少钱，分。",
  "What is paid back for this return, fen.": "这次退多少钱，分。",
  "What is paid back.": "退款。",
  "What is paid for one item of it, fen; 0 is a price.": "换购一件付多少，分；0 也是价格。",
  "What is paid, fen.": "实付，分。",
  "What is paid, in 1/10000: 5100 pays 51 %; 1-9999 where the type needs it.":
    "付几成，以万分之一计：5100 即付 51%；类型需要时为 1–9999。",
  "What is taken off, fen.": "减多少，分。",
  "What it is for, and what it asks for.": "用于什么、要满足什么。",
  "What it takes off each line, fen, in the order of the lines.": "在每一行各减多少，分，按行的顺序。",
  "What it takes off, fen, if it is used.": "用上时减多少，分。",
  "What it takes off, fen.": "减多少，分。",
  "What it takes off. Required in `add` and `update`, with what the type needs; what it does not need is kept and not read.":
    "减什么。`add`、`update` 必填，并带上该类型需要的；不需要的照存，不读。",
  "What it takes off": "优惠类型",
  "product, conditional discount: of so many items of some products a part is paid": "商品条件折扣：某些商品满几件打折",
  "product, full reduction: from an amount spent on some products, an amount off": "商品满减：某些商品花满多少减多少",
  "product, flat discount: of some products a part is paid": "商品统一折扣：某些商品打折",
  "product, direct reduction: an amount off some products": "商品直减：某些商品减多少",
  "product, trade-in: an item of a product at the trade-in's price": "商品换购：以换购价买一件",
  "product, buy and get: so many items of a product bought, so many of one free": "商品买赠：买几件送几件",
  "shop, conditional discount: of so many items a part is paid": "全店条件折扣：满几件打折",
  "shop, full reduction: from an amount spent, an amount off": "全店满减：花满多少减多少",
  "shop, flat discount: of everything a part is paid": "全店统一折扣：全部打折",
  "shop, direct reduction: an amount off.": "全店直减：减多少。",
  "What the cart costs without coupons, fen.": "不用券要付多少，分。",
  "What there is to tell besides.": "另外要说明的。",
  "What was asked for.": "查询结果。",
  "What was paid back, fen.": "退了多少钱，分。",
  "When it can be claimed, how often, and how many there are.": "何时可领、每人几张、一共几张。",
  "When it was activated, Unix seconds.": "生效时间，Unix 秒。",
  "When it was last changed, Unix seconds.": "最后更改时间，Unix 秒。",
  "When it was made, Unix seconds.": "创建时间，Unix 秒。",
  "When it was redeemed, Unix seconds; absent until then.": "核销时间，Unix 秒；核销之前没有。",
  "When it was used, Unix seconds.": "使用时间，Unix 秒。",
  "When the person received it, Unix seconds.": "用户领到的时间，Unix 秒。",
  "When the person received it, Unix seconds; absent: now.": "用户领到的时间，Unix 秒；不填为现在。",
  "Where it is promoted.": "在哪里推广。",
  "Whether it is one of those that are used.": "是否用上了。",
  "Whether no better choice of coupons exists; false also where coupons were not looked at.":
    "是否确定没有更省的组合；有券没参与比较时也为 false。",
  "Which coupons may be used together; absent: the app's setting": "哪些券可以一起用；不填用应用的设置",
  "product coupons that share no line, then one shop coupon on what they leave":
    "商品券互不共用一行，之后对余额用一张全店券",
  "product coupons that share no line, or one shop coupon": "商品券互不共用一行，或者只用一张全店券",
  "one coupon.": "只用一张券。",
  "Why it is not used; where several hold, the first of": "为什么没用上；几条同时成立时取最前的一条",
  "the coupon is void, withdrawn or still being edited": "券已作废、过期或还在编辑",
  "the person gave it up": "用户放弃了",
  "it is used": "已经用过",
  "it is locked for an order": "被某个订单锁着",
  "its validity is over": "有效期已过",
  "its validity has not begun": "有效期未到",
  "the coupon lacks something that the discount of its type needs": "券缺少该类型需要的内容",
  "nothing that it reduces is in the cart": "购物车里没有它优惠的商品",
  "there is not enough in the cart of what it asks for": "没有达到门槛",
  "it would take nothing off": "一分也减不了",
  "the policy does not let it go with a coupon that is used": "叠加规则不许它和用上的券一起用",
  "what it, or a coupon that is used, gives away or takes off would leave a condition of theirs unmet":
    "一起用会使其中某张不再满足条件",
  "with the coupons that are used it would take nothing more off.": "有了用上的券，它不能再多减。",
};

/** How a type is told. The longer come first, since they hold the shorter. */
const types: readonly [RegExp, string][] = [
  [/^one of /, "其中之一："],
  [/^array of at most (\d+): /, "数组，最多 $1 项："],
  [/^array of /, "数组："],
  [/string, (\d+) to (\d+) characters/, "字符串，$1–$2 个字符"],
  [/integer (\d+) to (\d+)/, "整数，$1–$2"],
  [/, default (\d+)/, "，默认 $1"],
  [/, or array of at most (\d+): /, "，或数组，最多 $1 项："],
  [/\bboolean\b/, "布尔"],
  [/\bobject\b/, "对象"],
  [/\bstring\b/, "字符串"],
];

/** What a field may be, in Chinese. */
export const typeInChinese = (what: string): string =>
  types.reduce((text, [pattern, words]) => text.replace(pattern, words), what);

/** A description in Chinese, also one that tells the members of a set: `2` active; `3` expired. Throws where none is known. */
export function inChinese(about: string): string {
  const known = chinese[about];
  if (known !== undefined) return known;
  const [, head, members] = /^(.*?): (`[^`]+` .*)$/.exec(about) ?? [];
  if (head === undefined || members === undefined) throw new Error(`nothing in chinese/fields.ts for: ${about}`);
  const told = members.split(/; (?=`)/).map((member) => {
    const [, name, meaning = ""] = /^(`[^`]+`) (.*)$/.exec(member) ?? [];
    const translated = chinese[meaning] ?? chinese[meaning.replace(/\.$/, "")];
    if (translated === undefined) throw new Error(`nothing in chinese/fields.ts for: ${meaning}`);
    return `${name} ${translated.replace(/。$/, "")}`;
  });
  return `${inChinese(head)}：${told.join("；")}。`;
}
