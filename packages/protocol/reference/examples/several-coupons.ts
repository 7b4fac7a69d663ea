import { cup, type Example, pot, tea, type WorkedCoupon } from "./example.ts";

const ratioOn = (discount_num: number, ...out_product_ids: string[]): WorkedCoupon => ({
  type: 3,
  discount_info: { discount_condition: { out_product_ids }, discount_num },
});
const amountOn = (discount_fee: number, ...out_product_ids: string[]): WorkedCoupon => ({
  type: 4,
  discount_info: { discount_condition: { out_product_ids }, discount_fee },
});
const amountFrom = (product_price: number, discount_fee: number, ...out_product_ids: string[]): WorkedCoupon => ({
  type: 2,
  discount_info: { discount_condition: { product_price, out_product_ids }, discount_fee },
});
const amountOff = (discount_fee: number, daysLeft?: number): WorkedCoupon => ({
  type: 104,
  discount_info: { discount_fee },
  ...(daysLeft !== undefined && { daysLeft }),
});
const shopFrom = (product_price: number, discount_fee: number): WorkedCoupon => ({
  type: 102,
  discount_info: { discount_condition: { product_price }, discount_fee },
});
const buyGet = (buy: string, get: string): WorkedCoupon => ({
  type: 6,
  discount_info: {
    discount_condition: {
      buyget_info: { buy_out_product_id: buy, buy_product_cnt: 1, get_out_product_id: get, get_product_cnt: 1 },
    },
  },
});
const notBeside = (...numbers: number[]) => ({
  code: "not_combinable" as const,
  explained: `the policy does not let it go with ${numbers.join(", ")}`,
});
const both = [tea(1000, 1), cup(1000, 1)];

export const severalCoupons: Example[] = [
  {
    title: "A product coupon, then a shop coupon on what it leaves",
    policy: "product_then_shop",
    coupons: [ratioOn(5000, "tea"), shopFrom(2000, 500)],
    lines: both,
    results: [
      [500, 0],
      [167, 333],
    ],
    pays: 1000,
    why: "The threshold is judged by the cart's prices, 2000, whatever another coupon takes off. The 500 are split over the 500 and 1000 that are left to pay: 166.67 and 333.33.",
  },
  {
    title: "Exclusive: a shop coupon is on every line",
    policy: "exclusive",
    coupons: [ratioOn(5000, "tea"), amountOff(600)],
    lines: both,
    results: [notBeside(2), [300, 300]],
    pays: 1400,
    why: "600 off the cart are more than 500 off the tea, and no line may have both.",
  },
  {
    title: "Exclusive: product coupons that keep apart",
    policy: "exclusive",
    coupons: [ratioOn(5000, "tea"), ratioOn(8000, "cup"), amountOff(600)],
    lines: both,
    results: [[500, 0], [0, 200], notBeside(1, 2)],
    pays: 1300,
    why: "The two product coupons are on lines of their own and take 700 off together, the shop coupon 600.",
  },
  {
    title: "One coupon per order",
    policy: "one_per_order",
    coupons: [ratioOn(5000, "tea"), ratioOn(8000, "cup"), amountOff(600)],
    lines: both,
    results: [notBeside(3), notBeside(3), [300, 300]],
    pays: 1400,
    why: "By themselves they take 500, 200 and 600 off.",
  },
  {
    title: "Two product coupons for one product",
    policy: "product_then_shop",
    coupons: [ratioOn(9000, "tea"), ratioOn(5000, "tea")],
    lines: [tea(1000, 1)],
    results: [notBeside(2), [500]],
    pays: 500,
    why: "The tea is reduced by one of them: 500 off are more than 100.",
  },
  {
    title: "One leaves a product to the other",
    policy: "product_then_shop",
    coupons: [ratioOn(9000, "tea", "cup"), ratioOn(5000, "tea", "pot")],
    lines: [tea(1000, 1), cup(1000, 1), pot(1000, 1)],
    results: [
      [0, 100, 0],
      [500, 0, 500],
    ],
    pays: 1900,
    why: "Both are for the tea. The second has it, which takes 500 off it and not 100; the first keeps the cup.",
  },
  {
    title: "One cannot do without what the other has",
    policy: "product_then_shop",
    coupons: [amountFrom(2000, 500, "tea", "cup"), amountOn(300, "tea"), amountOn(300, "cup")],
    lines: both,
    results: [notBeside(2, 3), [300, 0], [0, 300]],
    pays: 1400,
    why: "The first asks for 2000, and so for the tea and the cup: what it leaves to others does not count for it. It would take 500 off, the other two take 600.",
  },
  {
    title: "Buy and get takes the line of what is got",
    policy: "product_then_shop",
    coupons: [
      {
        type: 6,
        discount_info: {
          discount_condition: {
            buyget_info: {
              buy_out_product_id: "tea",
              buy_product_cnt: 1,
              get_out_product_id: "cup",
              get_product_cnt: 1,
            },
          },
        },
      },
      ratioOn(5000, "tea"),
    ],
    lines: [tea(1000, 1), cup(300, 1)],
    results: [
      [0, 300],
      [500, 0],
    ],
    pays: 500,
    why: "The tea is only counted by the first coupon, so the second may reduce it.",
  },
  {
    title: "No coupon for nothing",
    policy: "product_then_shop",
    coupons: [ratioOn(5000, "tea"), amountOff(5000)],
    lines: [tea(1000, 1)],
    results: [
      { code: "adds_nothing", explained: "with the coupons that are used it would take nothing more off" },
      [1000],
    ],
    pays: 0,
    why: "With one coupon or with both nothing is left to pay. Of equal results the one with the fewest coupons is chosen.",
  },
  {
    title: "What ends first is used first",
    policy: "product_then_shop",
    coupons: [amountOff(100, 20), amountOff(100, 10)],
    lines: [tea(1000, 1)],
    results: [notBeside(2), [100]],
    pays: 900,
    why: "Both take as much off; the one whose validity ends first is used.",
  },
  {
    title: "What never ends can wait",
    policy: "product_then_shop",
    coupons: [amountOff(100), amountOff(100, 10)],
    lines: [tea(1000, 1)],
    results: [notBeside(2), [100]],
    pays: 900,
    why: "A coupon without an end of its validity comes after all that have one.",
  },
  {
    title: "A threshold judged by what product coupons leave",
    policy: "product_then_shop",
    basis: "after_product_coupons",
    coupons: [ratioOn(5000, "tea"), shopFrom(2000, 400)],
    lines: both,
    results: [
      [500, 0],
      {
        code: "condition_undone",
        items_more: 0,
        spend_more: 500,
        explained: "beside 1, spend 500 fen more: what they give away or take off does not count for it",
      },
    ],
    pays: 1500,
    why: "Beside the product coupon 1500 are left, less than 2000. The app is set to judge by that, and of the two the product coupon takes more off.",
  },
  {
    title: "What is given away counts for no other coupon",
    policy: "product_then_shop",
    coupons: [buyGet("tea", "cup"), buyGet("cup", "tea")],
    lines: both,
    results: [
      [0, 1000],
      {
        code: "condition_undone",
        items_more: 1,
        spend_more: 0,
        explained: "beside 1, add 1 more item: what they give away or take off does not count for it",
      },
    ],
    pays: 1000,
    why: "The cup is free with the tea, so no cup is bought for which the tea could be free.",
  },
  {
    title: "Nor for a shop coupon",
    policy: "product_then_shop",
    coupons: [buyGet("tea", "cup"), shopFrom(2000, 400)],
    lines: [tea(1000, 2), cup(300, 2)],
    results: [
      [0, 600],
      [400, 0],
    ],
    pays: 1600,
    why: "The cups are free; the teas, which are paid for, come to 2000.",
  },
  {
    title: "Fewer are given away where that is better",
    policy: "product_then_shop",
    coupons: [buyGet("tea", "cup"), shopFrom(2000, 400)],
    lines: [tea(800, 2), cup(300, 3)],
    results: [
      [0, 300],
      [291, 109],
    ],
    pays: 1800,
    why: "Two cups could be free, and 1900 would count for the shop coupon. With one free cup 2200 count, and 700 are off instead of 600.",
  },
];
