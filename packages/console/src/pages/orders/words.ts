import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("orders", {
  title: { zh: "订单", en: "Orders" },
  about: {
    zh: "查一个订单用了哪些券、每张券减了哪一行。",
    en: "See which coupons an order used, and what each took off each line.",
  },
  search: { zh: "订单号", en: "Order id" },
  list: { zh: "最近的订单", en: "Latest orders" },
  listOf: { zh: "{{openid}} 的订单", en: "Orders of {{openid}}" },
  everybody: { zh: "所有人的订单", en: "Orders of everybody" },
  none: {
    zh: "还没有订单。商家程序锁定或核销之后出现在这里。",
    en: "No orders yet. They appear once the shop's program locks or redeems them.",
  },
  noSuch: { zh: "没有符合筛选的订单。", en: "No order is like that." },
  all: { zh: "全部", en: "All" },
  notAnId: { zh: "订单号是 1–128 个字符。", en: "An order's id has 1–128 characters." },
  unknown: { zh: "没有这个订单：{{id}}", en: "There is no such order: {{id}}" },
  unknownHow: {
    zh: "编号需要完整输入。只有在这里锁定或核销过的订单才查得到。",
    en: "The id must be whole. Only orders that were locked or redeemed here are known.",
  },

  order: { zh: "订单", en: "Order" },
  facts: { zh: "详情", en: "Facts" },
  person: { zh: "用户", en: "Person" },
  status: { zh: "状态", en: "Status" },
  locked: { zh: "已锁定，待支付", en: "Locked, not paid yet" },
  lapsed: { zh: "锁定已过期", en: "The lock is over" },
  redeemed: { zh: "已核销", en: "Redeemed" },
  partly: { zh: "已核销，部分退回", en: "Redeemed, partly returned" },
  returned: { zh: "已全部退回", en: "Returned" },
  lockedUntil: { zh: "锁定至", en: "Locked until" },
  usedAt: { zh: "核销于", en: "Redeemed" },

  lines: { zh: "商品与优惠", en: "Lines and discounts" },
  product: { zh: "商品", en: "Product" },
  price: { zh: "单价", en: "Price" },
  quantity: { zh: "件数", en: "Items" },
  amount: { zh: "小计", en: "Amount" },
  paid: { zh: "实付", en: "Paid" },
  back: { zh: "已退件数", en: "Returned" },
  total: { zh: "合计", en: "Total" },
  discount: { zh: "优惠", en: "Discount" },
  payable: { zh: "应付", en: "To pay" },
  refunded: { zh: "已退款", en: "Paid back" },
  coupons: { zh: "用到的用户券", en: "User coupons used" },
  noCoupons: { zh: "没有用券。", en: "No coupon was used." },
  takesOff: { zh: "共减", en: "Takes off" },
  history: { zh: "历史", en: "History" },
});
