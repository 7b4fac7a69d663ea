import { stackingPolicies, thresholdBases } from "@quanku/protocol/calls";
import { exampleInChinese } from "./chinese/examples.ts";
import type { WorkedCoupon } from "./examples/example.ts";

const policies = `\`${stackingPolicies.join("`, `")}\``;

/** Whether a type's benefit is an amount off. */
const isAmount = (type: number) => ![1, 3, 101, 103].includes(type);

/** The words of the page of worked examples. `told` is of the examples' own texts, which are English. */
export const exampleWords = {
  en: {
    told: (text: string) => text,
    head: `# What a coupon is worth: worked examples

What [quote, lock, redeem and return](calls.md#quote) reckon, by the rules of
[ADR 10](../adr/0010-what-a-coupon-is-worth.md). The engine is tested with each of these examples. Money is fen (1/100 yuan).

## One coupon

The same under every policy.
`,
    several: `## Several coupons

The policies are ${policies}; the first is the default. What the
thresholds of shop coupons are judged by is a setting of the app too, \`${thresholdBases.join("` or `")}\`; the first is the default.
`,
    notUsed: "## Why a coupon is not used",
    refunds: "## Refunds",
    coupon: (number: number | undefined, words: string) =>
      `${number === undefined ? "Coupon" : `Coupon ${number}`} of ${words}.`,
    off: (number: number | undefined) => (number === undefined ? "off" : `off by coupon ${number}`),
    cart: ["cart", "price × items", "to pay"],
    together: "together",
    policy: (policy: string, basis: string | undefined) =>
      `Policy \`${policy}\`${basis ? `, thresholds of shop coupons judged \`${basis}\`` : ""}.`,
    unused: (number: number, code: string, explained: string) =>
      `Coupon ${number} is not used: \`${code}\`, ${explained}.`,
    notUsedColumns: ["coupon", "cart, price × items", "reason", "explained", "why"],
    refundColumns: ["line", "paid", "items returned", "refunds", "why"],
    less: (bought: string, discount: number) => `${bought}, less ${discount}`,
    andThen: ", then ",
    least: (items: number | undefined, spend: number | undefined) => {
      const parts = [items && `${items} items`, spend && `${spend} fen`].filter(Boolean);
      return parts.length > 0 ? `, from ${parts.join(" and ")} on` : "";
    },
    daysLeft: (days: number) => `, ${days} days left`,
    type: (type: number, words: string) => `type ${type}: ${words}`,
    gives({ type, discount_info }: WorkedCoupon): string {
      const { discount_condition = {}, discount_num, discount_fee } = discount_info;
      const { out_product_ids, tradein_info: trade, buyget_info: get } = discount_condition;
      const products = out_product_ids?.join(", ");
      if (trade) return `one ${trade.out_product_id} for ${trade.price} fen`;
      if (get)
        return `for every ${get.buy_product_cnt} ${get.buy_out_product_id} bought, ${get.get_product_cnt} ${get.get_out_product_id} free`;
      if (isAmount(type)) return `${discount_fee} fen off${products ? ` ${products}` : ""}`;
      if (discount_num === undefined) return "a ratio that is not stated";
      return `pay ${discount_num / 100} %${products ? ` of ${products}` : ""}`;
    },
  },
  zh: {
    told: exampleInChinese,
    head: `# 一张券值多少：算例

[quote、lock、redeem、return](calls.zh-CN.md#quote) 怎么算，规则见 [ADR 10](../adr/0010-what-a-coupon-is-worth.md)。算价的代码用这里每一个例子测试。
金额的单位是分。商品名照例子里的编号：tea 茶、cup 杯、pot 壶、jug 罐。

## 一张券

各种叠加规则下都一样。
`,
    several: `## 几张券

叠加规则有 ${policies}，第一个是默认。全店券的门槛按什么判断也是应用的设置，\`${thresholdBases.join("` 或 `")}\`，第一个是默认。
`,
    notUsed: "## 为什么没用上",
    refunds: "## 退款",
    coupon: (number: number | undefined, words: string) =>
      `${number === undefined ? "券" : `券 ${number}`}：${words}。`,
    off: (number: number | undefined) => (number === undefined ? "减" : `券 ${number} 减`),
    cart: ["购物车", "单价 × 件数", "应付"],
    together: "合计",
    policy: (policy: string, basis: string | undefined) =>
      `叠加规则 \`${policy}\`${basis ? `，全店券的门槛按 \`${basis}\` 判断` : ""}。`,
    unused: (number: number, code: string, explained: string) => `券 ${number} 没用上：\`${code}\`（${explained}）。`,
    notUsedColumns: ["券", "购物车，单价 × 件数", "原因", "explained", "为什么"],
    refundColumns: ["商品行", "实付", "退回件数", "退款", "为什么"],
    less: (bought: string, discount: number) => `${bought}，减 ${discount}`,
    andThen: "，再 ",
    least: (items: number | undefined, spend: number | undefined) => {
      const parts = [items && `${items} 件`, spend && `${spend} 分`].filter(Boolean);
      return parts.length > 0 ? `，满 ${parts.join("且 ")}` : "";
    },
    daysLeft: (days: number) => `，还有 ${days} 天`,
    type: (type: number, words: string) => `类型 ${type}，${words}`,
    gives({ type, discount_info }: WorkedCoupon): string {
      const { discount_condition = {}, discount_num, discount_fee } = discount_info;
      const { out_product_ids, tradein_info: trade, buyget_info: get } = discount_condition;
      const products = out_product_ids?.join("、");
      if (trade) return `${trade.price} 分换购一件 ${trade.out_product_id}`;
      if (get)
        return `每买 ${get.buy_product_cnt} 件 ${get.buy_out_product_id} 送 ${get.get_product_cnt} 件 ${get.get_out_product_id}`;
      if (isAmount(type)) return `${products ? `${products} ` : ""}减 ${discount_fee} 分`;
      if (discount_num === undefined) return "没有说明折扣";
      return `${products ? `${products} ` : ""}付 ${discount_num / 100}%`;
    },
  },
};
