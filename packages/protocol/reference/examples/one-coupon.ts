import { cup, type Example, pot, tea } from "./example.ts";

const buyTea = (get_out_product_id: string) => ({
  type: 6 as const,
  discount_info: {
    discount_condition: {
      buyget_info: { buy_out_product_id: "tea", buy_product_cnt: 3, get_out_product_id, get_product_cnt: 1 },
    },
  },
});

export const oneCoupon: Example[] = [
  {
    title: "A ratio, and its split over the lines",
    coupons: [{ type: 101, discount_info: { discount_condition: { product_cnt: 3 }, discount_num: 5100 } }],
    lines: [tea(1000, 2), cup(333, 1)],
    results: [[980, 163]],
    pays: 1190,
    why: "51 % of 2333 is 1189.83, so 1190 is paid and 1143 is off. Split 2000 : 333 that is 979.85 and 163.15: 979 and 163, and the fen that is left goes to the larger remainder, the tea's.",
  },
  {
    title: "A product coupon leaves other products at their price",
    coupons: [
      {
        type: 1,
        discount_info: { discount_condition: { product_cnt: 2, out_product_ids: ["tea", "pot"] }, discount_num: 5100 },
      },
    ],
    lines: [tea(1000, 2), cup(300, 1)],
    results: [[980, 0]],
    pays: 1320,
    why: "The two teas are the two items that it asks for; 51 % of 2000 is 1020. The cup neither counts nor becomes cheaper.",
  },
  {
    title: "A threshold that is just met",
    coupons: [
      {
        type: 2,
        discount_info: { discount_condition: { product_price: 2000, out_product_ids: ["tea"] }, discount_fee: 300 },
      },
    ],
    lines: [tea(1000, 2)],
    results: [[300]],
    pays: 1700,
    why: "2000 of tea is at least 2000.",
  },
  {
    title: "A threshold that the whole cart meets",
    coupons: [{ type: 102, discount_info: { discount_condition: { product_price: 2000 }, discount_fee: 300 } }],
    lines: [tea(1000, 1), cup(1000, 1)],
    results: [[150, 150]],
    pays: 1700,
    why: "A shop coupon counts every line, and its 300 are split over all of them.",
  },
  {
    title: "Half a fen is paid",
    coupons: [{ type: 3, discount_info: { discount_condition: { out_product_ids: ["tea"] }, discount_num: 5000 } }],
    lines: [tea(333, 1), cup(100, 1)],
    results: [[166, 0]],
    pays: 267,
    why: "Half of 333 is 166.5. The person pays the ratio rounded half up: 167 for the tea.",
  },
  {
    title: "A ratio on the whole cart",
    coupons: [{ type: 103, discount_info: { discount_num: 8800 } }],
    lines: [tea(1000, 1), cup(999, 1)],
    results: [[120, 120]],
    pays: 1759,
    why: "88 % of 1999 is 1759.12. The 240 off are 120.06 and 119.94 by the ratio of the lines; the cup has the larger remainder.",
  },
  {
    title: "Equal remainders",
    coupons: [
      {
        type: 4,
        discount_info: { discount_condition: { out_product_ids: ["tea", "cup", "pot"] }, discount_fee: 100 },
      },
    ],
    lines: [tea(100, 1), cup(100, 1), pot(100, 1)],
    results: [[34, 33, 33]],
    pays: 200,
    why: "Each line's part is 33.33, so the fen that is left goes to the line that stands first.",
  },
  {
    title: "Never below nothing",
    coupons: [{ type: 104, discount_info: { discount_fee: 500 } }],
    lines: [tea(300, 1)],
    results: [[300]],
    pays: 0,
    why: "500 off 300 is the whole price and no more.",
  },
  {
    title: "A trade-in with a condition",
    coupons: [
      {
        type: 5,
        discount_info: {
          discount_condition: { tradein_info: { out_product_id: "cup", price: 100 }, product_price: 5000 },
        },
      },
    ],
    lines: [tea(2500, 2), cup(900, 2)],
    results: [[0, 800]],
    pays: 6000,
    why: "The tea alone comes to 5000; the cups do not count towards their own condition. One cup is had for 100, the other costs 900.",
  },
  {
    title: "Which item is traded in",
    coupons: [
      { type: 5, discount_info: { discount_condition: { tradein_info: { out_product_id: "cup", price: 100 } } } },
    ],
    lines: [cup(80, 1), cup(900, 1), cup(500, 1)],
    results: [[0, 800, 0]],
    pays: 680,
    why: "Of cups at several prices it is the dearest: a cheaper one in the cart never makes the order dearer.",
  },
  {
    title: "Buy three, get one of another",
    coupons: [buyTea("cup")],
    lines: [tea(1000, 7), cup(300, 3)],
    results: [[0, 600]],
    pays: 7300,
    why: "Seven teas are three twice, so two cups are free.",
  },
  {
    title: "Only what is in the cart is free",
    coupons: [buyTea("cup")],
    lines: [tea(1000, 7), cup(300, 1)],
    results: [[0, 300]],
    pays: 7000,
    why: "Two cups could be free, and one is there. The coupon adds no item.",
  },
  {
    title: "Buy three, get one of the same",
    coupons: [buyTea("tea")],
    lines: [tea(1000, 4), tea(600, 4)],
    results: [[1000, 600]],
    pays: 4800,
    why: "An item is either bought or got, so each four teas hold one that is free. The groups are formed dearest first, and of each the cheapest is free: one of the four at 1000, one of the four at 600.",
  },
  {
    title: "What is added to buy and get uses up nothing",
    coupons: [buyTea("tea")],
    lines: [tea(1000, 4), tea(0, 1), tea(100, 1)],
    results: [[1000, 0, 0]],
    pays: 3100,
    why: "The four at 1000 are a group by themselves; the cheaper ones begin another, which is not complete.",
  },
  {
    title: "Which items of another product are free",
    coupons: [buyTea("cup")],
    lines: [tea(1000, 3), cup(300, 2), cup(500, 1)],
    results: [[0, 0, 500]],
    pays: 3600,
    why: "One cup is free, the dearest.",
  },
];
