import { table } from "../../words/table.ts";

/** What the list of coupons and its drawer say. */
export const words = table("coupons", {
  title: { zh: "优惠券", en: "Coupons" },
  new: { zh: "新建优惠券", en: "New coupon" },
  name: { zh: "优惠券", en: "Coupon" },
  unnamed: { zh: "未命名", en: "Unnamed" },
  status: { zh: "状态", en: "Status" },
  stock: { zh: "库存", en: "Stock" },
  window: { zh: "领取时间", en: "Claim window" },
  validity: { zh: "有效期", en: "Validity" },
  open: { zh: "开放领取", en: "Open to claims" },
  openOf: { zh: "开放领取：{{name}}", en: "Open to claims: {{name}}" },
  notPaused: { zh: "没有改成", en: "That did not change" },
  search: { zh: "券名开头，或完整的券编号", en: "Start of a name, or a whole id" },
  anyStatus: { zh: "全部", en: "All" },
  anyType: { zh: "全部类型", en: "All types" },
  type: { zh: "类型", en: "Type" },
  clear: { zh: "清除筛选", en: "Clear filters" },
  byId: { zh: "编号是它的券：", en: "The coupon with this id:" },
  shown: { zh: "共 {{number}} 张", en: "{{number}} coupons" },
  shownSoFar: { zh: "已载入 {{number}} 张，往下还有", en: "{{number}} loaded, more below" },
  none: { zh: "还没有优惠券", en: "There are no coupons yet" },
  noneHow: { zh: "新建一张，激活后用户就能领取。", en: "Make one; once it is activated people can claim it." },
  noneSuch: { zh: "没有符合这些条件的优惠券", en: "No coupon is like this" },
  noneSuchHow: {
    zh: "券名从第一个字开始比对，区分大小写。",
    en: "Names are compared from their first character; capital letters count.",
  },
  openPage: { zh: "打开优惠券页面", en: "Open the coupon's page" },
  gone: { zh: "没有编号为 {{id}} 的优惠券", en: "There is no coupon {{id}}" },
  toList: { zh: "按名称找它", en: "Look for it by name" },
  week: { zh: "最近 7 天", en: "Last 7 days" },
  weekTold: {
    zh: "领取 {{claimed}} · 核销 {{redeemed}} · 优惠 {{discount}}",
    en: "{{claimed}} claimed · {{redeemed}} redeemed · {{discount}} off",
  },
  limit: { zh: "每人限领", en: "Limit per person" },
  noLimit: { zh: "不限", en: "None" },
  pieces: { zh: "{{number}} 张", en: "{{number}}" },
  id: { zh: "券编号", en: "Coupon id" },
});

/** The ten types of coupons, as the platform numbers them. */
export const types = table("couponTypes", {
  1: { zh: "商品条件折扣", en: "Product, conditional discount" },
  2: { zh: "商品满减", en: "Product, full reduction" },
  3: { zh: "商品统一折扣", en: "Product, flat discount" },
  4: { zh: "商品直减", en: "Product, direct reduction" },
  5: { zh: "商品换购", en: "Product, trade-in" },
  6: { zh: "商品买赠", en: "Product, buy and get" },
  101: { zh: "全店条件折扣", en: "Shop, conditional discount" },
  102: { zh: "全店满减", en: "Shop, full reduction" },
  103: { zh: "全店统一折扣", en: "Shop, flat discount" },
  104: { zh: "全店直减", en: "Shop, direct reduction" },
});
export const typeNumbers = [101, 102, 103, 104, 1, 2, 3, 4, 5, 6] as const;
export type CouponType = (typeof typeNumbers)[number];
