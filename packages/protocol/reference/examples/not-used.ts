import { cup, type Example, tea } from "./example.ts";

export const notUsed: Example[] = [
  {
    title: "A coupon that lacks what its type needs",
    coupons: [{ type: 103, discount_info: { discount_fee: 500 } }],
    lines: [tea(1000, 1)],
    results: [{ code: "states_no_discount", explained: "the coupon does not say what a discount of its type needs" }],
    pays: 1000,
    why: "Type 103 gives a ratio, `discount_num`. `add` would refuse such a coupon; one from a live shop may be so.",
  },
  {
    title: "Nothing that it is for",
    coupons: [
      { type: 3, discount_info: { discount_condition: { out_product_ids: ["pot", "jug"] }, discount_num: 5100 } },
    ],
    lines: [tea(1000, 1)],
    results: [{ code: "no_matching_product", out_product_ids: ["pot", "jug"], explained: "add one of pot, jug" }],
    pays: 1000,
    why: "Neither product is in the cart.",
  },
  {
    title: "Too little is spent",
    coupons: [{ type: 102, discount_info: { discount_condition: { product_price: 5000 }, discount_fee: 500 } }],
    lines: [tea(1000, 3)],
    results: [{ code: "below_threshold", items_more: 0, spend_more: 2000, explained: "spend 2000 fen more" }],
    pays: 3000,
    why: "5000 are asked for and 3000 are there.",
  },
  {
    title: "Too few items of its products",
    coupons: [
      {
        type: 1,
        discount_info: { discount_condition: { product_cnt: 3, out_product_ids: ["tea"] }, discount_num: 5100 },
      },
    ],
    lines: [tea(1000, 2), cup(300, 1)],
    results: [
      {
        code: "below_threshold",
        items_more: 1,
        spend_more: 0,
        out_product_ids: ["tea"],
        explained: "add 1 more item of tea",
      },
    ],
    pays: 2300,
    why: "There are three items in the cart, but only two of them are tea.",
  },
  {
    title: "A trade-in that lacks both",
    coupons: [
      {
        type: 5,
        discount_info: {
          discount_condition: {
            tradein_info: { out_product_id: "cup", price: 100 },
            product_cnt: 2,
            product_price: 5000,
          },
        },
      },
    ],
    lines: [tea(2500, 1), cup(900, 2)],
    results: [
      {
        code: "below_threshold",
        items_more: 1,
        spend_more: 2500,
        explained: "add 1 more item and spend 2500 fen more",
      },
    ],
    pays: 4300,
    why: "The cups are what is traded in and do not count: one item at 2500 is left of what does.",
  },
  {
    title: "Three and one free are four",
    coupons: [
      {
        type: 6,
        discount_info: {
          discount_condition: {
            buyget_info: {
              buy_out_product_id: "tea",
              buy_product_cnt: 3,
              get_out_product_id: "tea",
              get_product_cnt: 1,
            },
          },
        },
      },
    ],
    lines: [tea(1000, 3)],
    results: [
      {
        code: "below_threshold",
        items_more: 1,
        spend_more: 0,
        out_product_ids: ["tea"],
        explained: "add 1 more item of tea",
      },
    ],
    pays: 3000,
    why: "Three are bought, and the one that would be free is not in the cart.",
  },
  {
    title: "A trade-in that is no bargain",
    coupons: [
      { type: 5, discount_info: { discount_condition: { tradein_info: { out_product_id: "cup", price: 100 } } } },
    ],
    lines: [cup(100, 1)],
    results: [{ code: "gives_nothing", explained: "it would take nothing off this cart" }],
    pays: 100,
    why: "The cup costs no more than the trade-in's price.",
  },
  {
    title: "A ratio that rounds to the price",
    coupons: [{ type: 103, discount_info: { discount_num: 9999 } }],
    lines: [tea(1, 1)],
    results: [{ code: "gives_nothing", explained: "it would take nothing off this cart" }],
    pays: 1,
    why: "99.99 % of 1 fen is 1 fen.",
  },
];
