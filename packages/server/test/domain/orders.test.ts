import { describe } from "vitest";
import type { Order, StoredRecord, UserCoupon } from "../../src/domain/records.ts";
import { aCoupon, aUserCoupon } from "../../testing/records.ts";
import { holds } from "./given.ts";

/** A coupon that takes 100 fen off, which is valid to second 1 000. */
const off = {
  scope: "shop",
  products: null,
  threshold: { items: 0, spend: 0 },
  benefit: { kind: "amountOff", amountOff: 100 },
} as const;
const terms = { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount: off };
const its = aCoupon("a", "c", 0, { status: "active", terms });
const coupon: StoredRecord = { record: "coupon", value: its };
const userCoupon = (changes: Partial<UserCoupon> = {}): StoredRecord => ({
  record: "userCoupon",
  value: aUserCoupon(its, "p", "u", 0, { validity: { start: 0, end: 1000 }, ...changes }),
});

const ids = { outCouponId: "c", outUserCouponId: "u" };
const request = {
  appid: "a",
  outOrderId: "o",
  openid: "p",
  lines: [{ outProductId: "tea", price: 300, quantity: 2 }],
  userCoupons: [ids],
  policy: "product_then_shop",
  basis: "list",
  asked: "as asked",
} as const;
const content = {
  lines: [{ outProductId: "tea", price: 300, quantity: 2, discount: 100 }],
  coupons: [{ ...ids, parts: [100] }],
};
const { lines: _, userCoupons: __, ...begun } = request;
const locked: Order = { ...begun, ...content, status: "locked", lockedUntil: 50, redeemedAt: null, returns: [] };
const order = (changes: Partial<Order> = {}): StoredRecord => ({ record: "order", value: { ...locked, ...changes } });
const lockedFor = (outOrderId: string) => userCoupon({ order: { outOrderId, until: 50 } });
const usedOn = (outOrderId: string) => userCoupon({ status: "used", usedAt: 20, order: { outOrderId, until: null } });

const lock = { do: "lockOrder", ...request, ttl: 40 } as const;
const redeem = { do: "redeemOrder", ...request } as const;

describe("an order that is locked", () => {
  const isNew = { order: locked, userCoupon: { order: { outOrderId: "o", until: 50 }, updatedAt: 10 } };
  holds([
    ["keeps its coupons", [coupon, userCoupon()], 10, lock, isNew],
    ["with a coupon of nobody", [coupon], 10, lock, "unknown_user_coupon"],
    ["with another person's", [coupon, userCoupon({ openid: "q" })], 10, lock, "unknown_user_coupon"],
    ["with one locked for another order, in its last second", [coupon, lockedFor("x")], 50, lock, "coupon_not_usable"],
    [
      "with one locked for another order, after that",
      [coupon, lockedFor("x")],
      51,
      lock,
      { order: { ...locked, lockedUntil: 91 }, userCoupon: { order: { outOrderId: "o", until: 91 }, updatedAt: 51 } },
    ],
    ["with one that is over", [coupon, userCoupon()], 1001, lock, "coupon_not_usable"],
    ["again while the lock stands", [coupon, lockedFor("o"), order()], 50, lock, "nothing"],
    [
      "again after that, decided anew",
      [coupon, lockedFor("o"), order()],
      60,
      lock,
      { order: { lockedUntil: 100 }, userCoupon: { order: { outOrderId: "o", until: 100 }, updatedAt: 60 } },
    ],
    ["again with other content", [coupon, lockedFor("o"), order({ asked: "other" })], 20, lock, "order_exists"],
    [
      "again once it is paid",
      [coupon, usedOn("o"), order({ status: "redeemed", redeemedAt: 20 })],
      60,
      lock,
      "nothing",
    ],
    ["again once it came back", [coupon, userCoupon(), order({ status: "returned" })], 60, lock, "order_returned"],
  ]);
});

describe("an order that is paid", () => {
  const used = { status: "used", usedAt: 20, order: { outOrderId: "o", until: null }, updatedAt: 20 };
  holds([
    [
      "without a lock, uses its coupons",
      [coupon, userCoupon()],
      20,
      redeem,
      { order: { ...locked, status: "redeemed", lockedUntil: null, redeemedAt: 20 }, userCoupon: used },
    ],
    [
      "with its lock, as it was locked",
      [coupon, lockedFor("o"), order()],
      20,
      redeem,
      { order: { status: "redeemed", redeemedAt: 20 }, userCoupon: used },
    ],
    [
      "in its lock's last second though the coupon is over by then",
      [coupon, userCoupon({ validity: { start: 0, end: 30 }, order: { outOrderId: "o", until: 50 } }), order()],
      50,
      redeem,
      {
        order: { status: "redeemed", redeemedAt: 50 },
        userCoupon: { ...used, usedAt: 50, updatedAt: 50 },
      },
    ],
    [
      "after its lock, with a coupon that is over",
      [coupon, userCoupon({ validity: { start: 0, end: 30 }, order: { outOrderId: "o", until: 50 } }), order()],
      51,
      redeem,
      "coupon_not_usable",
    ],
    [
      "after its lock, with a coupon that another order has locked",
      [coupon, userCoupon({ order: { outOrderId: "x", until: 90 } }), order()],
      60,
      redeem,
      "coupon_not_usable",
    ],
    [
      "with other coupons than it was read with",
      [coupon, userCoupon(), order({ coupons: [] })],
      20,
      redeem,
      "order_moved",
    ],
    ["again", [coupon, usedOn("o"), order({ status: "redeemed", redeemedAt: 20 })], 30, redeem, "nothing"],
  ]);
});

describe("an order that comes back", () => {
  const all = { do: "returnOrder", appid: "a", outOrderId: "o", userCoupons: [ids], items: null } as const;
  const one = { ...all, items: { outReturnId: "r", lines: [{ line: 0, quantity: 1 }] } } as const;
  const paid = { status: "redeemed", redeemedAt: 20 } as const;
  const back = (outReturnId: string | null, quantity: number, amount: number) => ({
    outReturnId,
    lines: [{ line: 0, quantity, amount }],
  });
  const free = { status: "effective", usedAt: null, order: null, updatedAt: 60 };
  holds([
    ["and is none", [], 60, all, "unknown_order"],
    [
      "whole: its coupons can be used again",
      [coupon, usedOn("o"), order(paid)],
      60,
      all,
      { order: { status: "returned", returns: [back(null, 2, 500)] }, userCoupon: free },
    ],
    [
      "whole, when its coupons are over: they are expired",
      [coupon, usedOn("o"), order(paid)],
      1001,
      all,
      {
        order: { status: "returned", returns: [back(null, 2, 500)] },
        userCoupon: { ...free, status: "expired", updatedAt: 1001 },
      },
    ],
    [
      "whole, when its coupon is another order's by now",
      [coupon, usedOn("x"), order(paid)],
      60,
      all,
      { order: { status: "returned", returns: [back(null, 2, 500)] } },
    ],
    [
      "in part: its coupons stay used",
      [coupon, usedOn("o"), order(paid)],
      60,
      one,
      { order: { returns: [back("r", 1, 250)] } },
    ],
    [
      "in part, the same again",
      [coupon, usedOn("o"), order({ ...paid, returns: [back("r", 1, 250)] })],
      60,
      one,
      "nothing",
    ],
    [
      "in part, the same id with other items",
      [coupon, usedOn("o"), order({ ...paid, returns: [back("r", 2, 500)] })],
      60,
      one,
      "order_exists",
    ],
    [
      "in part, more than is left",
      [coupon, usedOn("o"), order({ ...paid, returns: [back("before", 2, 500)] })],
      60,
      one,
      "more_than_left",
    ],
    ["in part before it is paid", [coupon, lockedFor("o"), order()], 20, one, "order_not_redeemed"],
    [
      "before it is paid: its lock is given up",
      [coupon, lockedFor("o"), order()],
      20,
      all,
      {
        order: { status: "returned", returns: [{ outReturnId: null, lines: [] }] },
        userCoupon: { order: null, updatedAt: 20 },
      },
    ],
    [
      "with other coupons than it was read with",
      [coupon, userCoupon(), order({ coupons: [] })],
      20,
      all,
      "order_moved",
    ],
  ]);
});
