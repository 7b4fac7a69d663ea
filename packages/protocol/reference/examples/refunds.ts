import { cup, type RefundExample, tea } from "./example.ts";

export const refunds: RefundExample[] = [
  {
    line: { ...tea(1000, 3), discount: 500 },
    returned: [1, 1, 1],
    refunds: [833, 833, 834],
    why: "2500 were paid. A third is 833.33, two thirds 1666.67, all is 2500; rounded down they grow by 833, 833 and 834.",
  },
  {
    line: { ...tea(1000, 3), discount: 500 },
    returned: [2, 1],
    refunds: [1666, 834],
    why: "The same in two steps comes to the same.",
  },
  {
    line: { ...cup(300, 3), discount: 600 },
    returned: [1, 2],
    refunds: [100, 200],
    why: "Where two of three were free, each item was paid with 100.",
  },
  {
    line: { ...cup(300, 1), discount: 300 },
    returned: [1],
    refunds: [0],
    why: "Nothing was paid for it.",
  },
];
