/** Titles and reasons of the worked examples, in Chinese. */
const chinese: Readonly<Record<string, string>> = {
  "A coupon that lacks what its type needs": "缺少该类型所需内容的券",
  "Type 103 gives a ratio, `discount_num`. `add` would refuse such a coupon; one from a live shop may be so.":
    "类型 103 要有折扣 `discount_num`。`add` 会拒绝这样的券；从线上店铺搬来的可能就是这样。",
  "Nothing that it is for": "没有适用的商品",
  "Neither product is in the cart.": "两种商品都不在购物车里。",
  "Too little is spent": "金额不够",
  "5000 are asked for and 3000 are there.": "要 5000，只有 3000。",
  "Too few items of its products": "适用商品的件数不够",
  "There are three items in the cart, but only two of them are tea.": "购物车里有三件，但茶只有两件。",
  "A trade-in that lacks both": "件数和金额都差的换购",
  "The cups are what is traded in and do not count: one item at 2500 is left of what does.":
    "杯子是换购的商品，不计入；计入的只剩一件 2500。",
  "Three and one free are four": "买三送一要四件",
  "Three are bought, and the one that would be free is not in the cart.": "买了三件，该送的那件不在购物车里。",
  "A trade-in that is no bargain": "换购并不便宜",
  "The cup costs no more than the trade-in's price.": "杯子的价格不高于换购价。",
  "A ratio that rounds to the price": "打折后四舍五入等于原价",
  "99.99 % of 1 fen is 1 fen.": "1 分的 99.99% 还是 1 分。",
  "A ratio, and its split over the lines": "打折，以及在各行的分摊",
  "51 % of 2333 is 1189.83, so 1190 is paid and 1143 is off. Split 2000 : 333 that is 979.85 and 163.15: 979 and 163, and the fen that is left goes to the larger remainder, the tea's.":
    "2333 的 51% 是 1189.83，所以付 1190，减 1143。按 2000 : 333 分摊是 979.85 和 163.15：先取 979 和 163，剩下的 1 分归余数大的，也就是茶。",
  "A product coupon leaves other products at their price": "商品券不影响其他商品的价格",
  "The two teas are the two items that it asks for; 51 % of 2000 is 1020. The cup neither counts nor becomes cheaper.":
    "它要的两件就是两份茶；2000 的 51% 是 1020。杯子既不计入，也不变便宜。",
  "A threshold that is just met": "刚好达到门槛",
  "2000 of tea is at least 2000.": "茶 2000，不少于 2000。",
  "A threshold that the whole cart meets": "全店合计达到门槛",
  "A shop coupon counts every line, and its 300 are split over all of them.":
    "全店券每一行都计入，减的 300 也分摊到每一行。",
  "Half a fen is paid": "半分要付",
  "Half of 333 is 166.5. The person pays the ratio rounded half up: 167 for the tea.":
    "333 的一半是 166.5。用户付的部分四舍五入：茶付 167。",
  "A ratio on the whole cart": "全店打折",
  "88 % of 1999 is 1759.12. The 240 off are 120.06 and 119.94 by the ratio of the lines; the cup has the larger remainder.":
    "1999 的 88% 是 1759.12。减的 240 按各行的比例是 120.06 和 119.94；杯子的余数更大。",
  "Equal remainders": "余数相同",
  "Each line's part is 33.33, so the fen that is left goes to the line that stands first.":
    "每行都是 33.33，剩下的 1 分归排在最前的一行。",
  "Never below nothing": "不会减成负数",
  "500 off 300 is the whole price and no more.": "300 减 500，最多减掉全价。",
  "A trade-in with a condition": "有条件的换购",
  "The tea alone comes to 5000; the cups do not count towards their own condition. One cup is had for 100, the other costs 900.":
    "单是茶就有 5000；杯子不计入换购自己的条件。一个杯子付 100，另一个付 900。",
  "Which item is traded in": "换购哪一件",
  "Of cups at several prices it is the dearest: a cheaper one in the cart never makes the order dearer.":
    "杯子有几种价格时换购最贵的：购物车里多一个便宜的，不会让订单更贵。",
  "Buy three, get one of another": "买三件送另一种一件",
  "Seven teas are three twice, so two cups are free.": "七份茶是两个三件，所以送两个杯子。",
  "Only what is in the cart is free": "只送购物车里有的",
  "Two cups could be free, and one is there. The coupon adds no item.":
    "本可送两个杯子，车里只有一个。券不会往车里加商品。",
  "Buy three, get one of the same": "买三件送同种一件",
  "An item is either bought or got, so each four teas hold one that is free. The groups are formed dearest first, and of each the cheapest is free: one of the four at 1000, one of the four at 600.":
    "一件要么是买的，要么是送的，所以每四份茶里送一份。从最贵的开始分组，每组里最便宜的那份免费：1000 的四份里一份，600 的四份里一份。",
  "What is added to buy and get uses up nothing": "多买的不会占用买赠",
  "The four at 1000 are a group by themselves; the cheaper ones begin another, which is not complete.":
    "1000 的四份自成一组；便宜的另起一组，没有凑满。",
  "Which items of another product are free": "送另一种商品里的哪几件",
  "One cup is free, the dearest.": "送一个杯子，最贵的那个。",
  "2500 were paid. A third is 833.33, two thirds 1666.67, all is 2500; rounded down they grow by 833, 833 and 834.":
    "付了 2500。三分之一是 833.33，三分之二是 1666.67，全部是 2500；向下取整，依次增加 833、833、834。",
  "The same in two steps comes to the same.": "分两次退，合计相同。",
  "Where two of three were free, each item was paid with 100.": "三件里送了两件时，每件相当于付了 100。",
  "Nothing was paid for it.": "它没有花钱。",
  "A product coupon, then a shop coupon on what it leaves": "先用商品券，余额再用全店券",
  "The threshold is judged by the cart's prices, 2000, whatever another coupon takes off. The 500 are split over the 500 and 1000 that are left to pay: 166.67 and 333.33.":
    "门槛按购物车原价 2000 判断，不管别的券减了多少。减的 500 在剩下要付的 500 和 1000 上分摊：166.67 和 333.33。",
  "Exclusive: a shop coupon is on every line": "互斥：全店券占每一行",
  "600 off the cart are more than 500 off the tea, and no line may have both.":
    "整车减 600 多于茶减 500，而一行不能两张都用。",
  "Exclusive: product coupons that keep apart": "互斥：互不相干的商品券",
  "The two product coupons are on lines of their own and take 700 off together, the shop coupon 600.":
    "两张商品券各占一行，合计减 700；全店券减 600。",
  "One coupon per order": "每单一张",
  "By themselves they take 500, 200 and 600 off.": "单用各减 500、200、600。",
  "Two product coupons for one product": "一种商品有两张商品券",
  "The tea is reduced by one of them: 500 off are more than 100.": "茶只用其中一张：减 500 多于减 100。",
  "One leaves a product to the other": "一张把商品让给另一张",
  "Both are for the tea. The second has it, which takes 500 off it and not 100; the first keeps the cup.":
    "两张都能用于茶。给第二张，减 500 而不是 100；第一张留着杯子。",
  "One cannot do without what the other has": "一张离不开另一张占的商品",
  "The first asks for 2000, and so for the tea and the cup: what it leaves to others does not count for it. It would take 500 off, the other two take 600.":
    "第一张要满 2000，茶和杯子缺一不可：让给别人的不计入。它能减 500，另两张合计减 600。",
  "Buy and get takes the line of what is got": "买赠占的是赠品那一行",
  "The tea is only counted by the first coupon, so the second may reduce it.":
    "茶在第一张里只用来计数，所以第二张可以给它打折。",
  "No coupon for nothing": "不白用一张券",
  "With one coupon or with both nothing is left to pay. Of equal results the one with the fewest coupons is chosen.":
    "用一张或两张，都不用再付钱。结果相同，选用券最少的。",
  "What ends first is used first": "先到期的先用",
  "Both take as much off; the one whose validity ends first is used.": "两张减得一样多，用先到期的那张。",
  "What never ends can wait": "不过期的可以等",
  "A coupon without an end of its validity comes after all that have one.": "没有到期时间的，排在有到期时间的后面。",
  "A threshold judged by what product coupons leave": "门槛按用过商品券的余额判断",
  "Beside the product coupon 1500 are left, less than 2000. The app is set to judge by that, and of the two the product coupon takes more off.":
    "用了商品券只剩 1500，不到 2000。应用设置为按余额判断，而两张里商品券减得更多。",
  "What is given away counts for no other coupon": "送的不计入别的券",
  "The cup is free with the tea, so no cup is bought for which the tea could be free.":
    "杯子是随茶送的，就没有买杯子，也就没有可以因此送的茶。",
  "Nor for a shop coupon": "也不计入全店券",
  "The cups are free; the teas, which are paid for, come to 2000.": "杯子是送的；付了钱的茶共 2000。",
  "Fewer are given away where that is better": "少送几件更省时就少送",
  "Two cups could be free, and 1900 would count for the shop coupon. With one free cup 2200 count, and 700 are off instead of 600.":
    "可以送两个杯子，那样计入全店券的是 1900。只送一个则计入 2200，共减 700 而不是 600。",
};

/** A title or a reason in Chinese. Throws where none is known. */
export function exampleInChinese(text: string): string {
  const known = chinese[text];
  if (known === undefined) throw new Error(`nothing in chinese/examples.ts for: ${text}`);
  return known;
}
