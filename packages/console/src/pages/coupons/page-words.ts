import { table } from "../../words/table.ts";

/** What the page of one coupon says. */
export const pageWords = table("couponPage", {
  tabs: { zh: "优惠券的详情", en: "About the coupon" },
  about: { zh: "概况", en: "At a glance" },
  made: { zh: "创建 {{time}}", en: "made {{time}}" },
  activated: { zh: "激活 {{time}}", en: "activated {{time}}" },
  changed: { zh: "更新 {{time}}", en: "changed {{time}}" },
  promote: { zh: "推广渠道 {{number}}", en: "promoted in channel {{number}}" },
  live: { zh: "视频号直播间推广", en: "promoted in Channels live rooms" },

  numbers: { zh: "数据", en: "Numbers" },
  holders: { zh: "持有", en: "Held by" },
  orders: { zh: "订单", en: "Orders" },
  history: { zh: "历史", en: "History" },
  document: { zh: "券内容", en: "Document" },

  notYet: {
    zh: "激活并有人领取后，这里会有数据。",
    en: "There are numbers here once it is active and people claim it.",
  },
  funnel: { zh: "从领取到核销", en: "From claim to redemption" },
  claimed: { zh: "已领取", en: "Claimed" },
  redeemed: { zh: "已核销", en: "Redeemed" },
  returned: { zh: "已退回", en: "Returned" },
  held: { zh: "在用户手中，未用", en: "Held, not used" },
  expired: { zh: "已过期", en: "Expired" },
  givenUp: { zh: "放弃或收回", en: "Given up or taken back" },
  discount: { zh: "共优惠", en: "Taken off" },
  turnover: { zh: "带来成交", en: "Turnover with it" },
  orderCount: {
    zh: "{{number}} 笔订单",
    en: "{{number}} orders",
  },
  ofClaimed: { zh: "占领取的 {{share}}", en: "{{share}} of those claimed" },
  ofRedeemed: { zh: "占核销的 {{share}}", en: "{{share}} of those redeemed" },
  ofStock: { zh: "占投放的 {{share}}", en: "{{share}} of all there were" },
  perYuan: { zh: "每优惠 1 元成交 {{amount}}", en: "{{amount}} for each yuan off" },
  refunded: { zh: "其中退款 {{amount}}", en: "{{amount}} of it paid back" },
  elsewhere: {
    zh: "{{number}} 张不是在这里领取的（导入，或改过库存），按天的数据里没有。",
    en: "{{number}} were not claimed here (imported, or set in the stock) and are in no day's line.",
  },
  byDay: { zh: "按天", en: "By day" },
  days: { zh: "{{number}} 天", en: "{{number}} days" },
  span: { zh: "最近多少天", en: "How many days back" },
  file: { zh: "下载 CSV", en: "Download CSV" },

  findHolder: { zh: "用户的 openid，或用户券编号", en: "A person's openid, or the id of a user coupon" },
  noHolder: {
    zh: "没有找到：没有领过这张券，或编号不完整。",
    en: "None found: they never had one, or the id is not whole.",
  },
  nobody: { zh: "没有这样的用户券", en: "There are no such user coupons" },
  userCoupon: { zh: "用户券", en: "User coupon" },
  person: { zh: "用户", en: "Person" },
  status: { zh: "状态", en: "Status" },
  received: { zh: "领取时间", en: "Claimed" },
  until: { zh: "有效期至", en: "Valid until" },
  forEver: { zh: "长期有效", en: "for ever" },
  usedOn: { zh: "用于", en: "Used" },

  order: { zh: "订单", en: "Order" },
  total: { zh: "原价", en: "Before coupons" },
  off: { zh: "这张券优惠", en: "This coupon took off" },
  payable: { zh: "实付", en: "Paid" },
  paidBack: { zh: "退款", en: "Paid back" },
  when: { zh: "核销时间", en: "Redeemed" },
  locked: { zh: "锁定中", en: "Locked" },
  orderRedeemed: { zh: "已核销", en: "Redeemed" },
  orderReturned: { zh: "已退回", en: "Returned" },
  noOrders: { zh: "还没有订单用过它", en: "No order was redeemed with it yet" },

  documentHow: {
    zh: "商家传来的内容，可以原样用于「新增优惠券」接口。",
    en: "As the merchant sent it; the call that adds a coupon takes it as it stands.",
  },
});
