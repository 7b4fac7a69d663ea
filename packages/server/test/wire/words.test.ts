import type { CouponType } from "@quanku/protocol/calls";
import { couponTypes } from "@quanku/protocol/calls";
import { expect, it } from "vitest";
import { contentOf } from "../../src/wire/coupon.ts";
import { wordsOf } from "../../src/wire/words.ts";
import { coupon } from "../../testing/coupons.ts";

/** A coupon's type, its `discount_info`, and what it gives in Chinese and in English. */
type Row = [type: CouponType, discount: object, zh: string, en: string];

const of = (...out_product_ids: string[]) => ({ out_product_ids });
const rows: Row[] = [
  [
    1,
    { discount_num: 8000, discount_condition: { product_cnt: 3, ...of("p1") } },
    "满3件打8折（限商品p1）",
    "20% off 3 or more items (only p1)",
  ],
  [
    2,
    { discount_fee: 1500, discount_condition: { product_price: 10_000, ...of("p1", "p2") } },
    "满100元减15元（限商品p1、p2）",
    "¥15 off orders of ¥100 or more (only p1, p2)",
  ],
  [
    3,
    { discount_num: 8500, discount_condition: of("a", "b", "c", "d", "e") },
    "8.5折（限商品a、b、c等5种）",
    "15% off (only a, b, c and 2 more)",
  ],
  [
    4,
    { discount_fee: 501, discount_condition: of("a", "b", "c") },
    "减5.01元（限商品a、b、c）",
    "¥5.01 off (only a, b, c)",
  ],
  [
    5,
    { discount_condition: { tradein_info: { out_product_id: "got", price: 990 } } },
    "加9.9元换购got",
    "got for ¥9.9",
  ],
  [
    5,
    { discount_condition: { ...of("p1"), tradein_info: { out_product_id: "got", price: 0 } } },
    "满1件加0元换购got（限商品p1）",
    "got for ¥0 with 1 or more items (only p1)",
  ],
  [
    5,
    { discount_condition: { product_price: 5000, tradein_info: { out_product_id: "got", price: 100_000 } } },
    "满50元加1000元换购got",
    "got for ¥1000 with orders of ¥50 or more",
  ],
  [
    5,
    {
      discount_condition: {
        product_price: 5050,
        product_cnt: 2,
        ...of("p1"),
        tradein_info: { out_product_id: "got", price: 1 },
      },
    },
    "满50.5元且2件加0.01元换购got（限商品p1）",
    "got for ¥0.01 with orders of ¥50.5 or more and 2 or more items (only p1)",
  ],
  [
    6,
    {
      discount_condition: {
        buyget_info: { buy_out_product_id: "p", buy_product_cnt: 2, get_out_product_id: "p", get_product_cnt: 1 },
      },
    },
    "买2送1（限商品p）",
    "buy 2, get 1 free (only p)",
  ],
  [
    6,
    {
      discount_condition: {
        buyget_info: { buy_out_product_id: "p", buy_product_cnt: 1, get_out_product_id: "q", get_product_cnt: 3 },
      },
    },
    "买1送3（买p，送q）",
    "buy 1, get 3 free (buy p, get q)",
  ],
  [101, { discount_num: 8550, discount_condition: { product_cnt: 1 } }, "满1件打8.55折", "14.5% off 1 or more items"],
  [101, { discount_num: 9999, discount_condition: { product_cnt: 2 } }, "满2件打9.999折", "0.01% off 2 or more items"],
  [
    102,
    { discount_fee: 1500, discount_condition: { product_price: 10_000 } },
    "满100元减15元",
    "¥15 off orders of ¥100 or more",
  ],
  // What its type does not need makes no difference.
  [
    102,
    { discount_fee: 1, discount_num: 5000, discount_condition: { product_price: 1, product_cnt: 9 } },
    "满0.01元减0.01元",
    "¥0.01 off orders of ¥0.01 or more",
  ],
  [103, { discount_num: 5100 }, "5.1折", "49% off"],
  [103, { discount_num: 1 }, "0.001折", "99.99% off"],
  [103, { discount_num: 8505 }, "8.505折", "14.95% off"],
  [104, { discount_fee: 500 }, "减5元", "¥5 off"],
  [104, { discount_fee: 2_147_483_647 }, "减21474836.47元", "¥21474836.47 off"],
  ...couponTypes.map((type): Row => [type, {}, "未说明优惠", "states no discount"]),
];

it.each(rows)("a coupon of type %i with %o gives, in words, %s", (type, discount_info, zh, en) => {
  const sent = coupon("c", { total_num: 1 }, { type, discount_info });
  expect(wordsOf(contentOf("a", sent as Parameters<typeof contentOf>[1], "{}"))).toEqual({ zh, en });
});

it("there are words for every type", () => {
  const told = rows.filter(([, discount]) => Object.keys(discount).length > 0).map(([type]) => type);
  expect(new Set(told)).toEqual(new Set(couponTypes));
});
