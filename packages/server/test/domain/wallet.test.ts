import { describe } from "vitest";
import type { Coupon, Hold, StoredRecord, UserCoupon } from "../../src/domain/records.ts";
import { COUNT_MAX } from "../../src/domain/rule.ts";
import { aCoupon, aHold, aStock, aUserCoupon } from "../../testing/records.ts";
import { holds } from "./given.ts";

const active: Coupon = aCoupon("a", "c", 0, { status: "active" });
const coupon = (changes: Partial<Coupon> = {}): StoredRecord => ({
  record: "coupon",
  value: { ...active, ...changes },
});
const limited = (limitPerPerson: number) => coupon({ terms: { ...active.terms, limitPerPerson } });
const stock = (remaining: number, promised = 0, claimed = 0): StoredRecord => ({
  record: "stock",
  value: { ...aStock(active), remaining, claimed, promised },
});
const userCoupon = (changes: Partial<UserCoupon> = {}): StoredRecord => ({
  record: "userCoupon",
  value: aUserCoupon(active, "p", "u", 0, changes),
});
const hold = (changes: Partial<Hold> = {}): StoredRecord => ({
  record: "hold",
  value: { ...aHold(active, "p", "r", { until: 90 }), ...changes },
});

const ids = { appid: "a", outCouponId: "c", openid: "p", outUserCouponId: "u" } as const;
const lock = { order: { outOrderId: "o", until: 50 } };

describe("a user coupon's status", () => {
  const to = (status: UserCoupon["status"], openid = "p") =>
    ({ do: "changeUserCouponStatus", ...ids, openid, to: status }) as const;
  holds([
    ["of none", [], 10, to("used"), "unknown_user_coupon"],
    ["of another person", [userCoupon()], 10, to("used", "q"), "unknown_user_coupon"],
    ["the same again", [userCoupon({ status: "used", usedAt: 5 })], 10, to("used"), "nothing"],
    ["redeemed", [userCoupon()], 400, to("used"), { userCoupon: { status: "used", usedAt: 400, updatedAt: 400 } }],
    [
      "redeemed at a time that is known already",
      [userCoupon({ usedAt: 7 })],
      400,
      to("used"),
      { userCoupon: { status: "used", updatedAt: 400 } },
    ],
    [
      "returned",
      [userCoupon({ status: "used", usedAt: 7, order: { outOrderId: "o", until: null } })],
      400,
      to("effective"),
      { userCoupon: { status: "effective", usedAt: null, order: null, updatedAt: 400 } },
    ],
    [
      "expired is for ever",
      [userCoupon({ status: "expired" })],
      10,
      to("effective"),
      "forbidden_user_coupon_transition",
    ],
    ["given up is for ever", [userCoupon({ status: "given_up" })], 10, to("used"), "forbidden_user_coupon_transition"],
    ["used is not given up", [userCoupon({ status: "used" })], 10, to("given_up"), "forbidden_user_coupon_transition"],
    ["in the last second of a lock", [userCoupon(lock)], 50, to("used"), "locked"],
    [
      "after a lock",
      [userCoupon(lock)],
      51,
      to("given_up"),
      { userCoupon: { status: "given_up", order: null, updatedAt: 51 } },
    ],
  ]);
});

describe("a user coupon that is amended", () => {
  const amend = (receivedAt: number, usedAt?: number) =>
    ({ do: "amendUserCoupon", ...ids, receivedAt, usedAt }) as const;
  holds([
    ["is none", [], 10, amend(5), "unknown_user_coupon"],
    ["to what it is", [userCoupon({ receivedAt: 5 })], 10, amend(5), "nothing"],
    [
      "keeps its validity",
      [userCoupon()],
      400,
      amend(5, 6),
      { userCoupon: { receivedAt: 5, usedAt: 6, updatedAt: 400 } },
    ],
  ]);
});

describe("a user coupon that the merchant records", () => {
  const record = { do: "recordUserCoupon", ...ids, status: "effective", receivedAt: undefined } as const;
  const until = { start: 10, end: 10 + 3 * 86_400 };
  const isNew = {
    ...ids,
    slot: 0,
    status: "effective",
    createdAt: 10,
    updatedAt: 10,
    receivedAt: 10,
    validity: until,
    usedAt: null,
    order: null,
  };
  holds([
    ["of no coupon", [], 10, record, "unknown_coupon"],
    ["again", [coupon(), stock(0), userCoupon()], 10, record, "nothing"],
    ["with another person's id", [coupon(), stock(1), userCoupon({ openid: "q" })], 10, record, "user_coupon_exists"],
    ["of a draft", [coupon({ status: "draft" })], 10, record, "not_active"],
    ["of nothing left", [coupon(), stock(0)], 10, record, "sold_out"],
    ["of what is promised to another", [coupon(), stock(1, 1), hold({ openid: "q" })], 10, record, "sold_out"],
    ["beyond the limit", [limited(1), stock(5), userCoupon({ outUserCouponId: "first" })], 10, record, "person_limit"],
    ["beyond what can be counted", [coupon(), stock(1, 0, COUNT_MAX)], 10, record, "counter_full"],
    [
      "moves the stock",
      [coupon(), stock(5, 1, 2)],
      10,
      record,
      { userCoupon: isNew, stock: { remaining: 4, claimed: 3, updatedAt: 10 } },
    ],
    [
      "takes what was promised to the person, of a coupon that was voided since and beyond the limit",
      [coupon({ status: "void", terms: { ...active.terms, limitPerPerson: 1 } }), stock(1, 1, 1), hold()],
      10,
      record,
      { userCoupon: isNew, stock: { remaining: 0, claimed: 2, promised: 0, updatedAt: 10 }, hold: { takenBy: "u" } },
    ],
    [
      "takes what was promised, though a restock left nothing",
      [coupon(), stock(0, 1, 1), hold()],
      10,
      record,
      { userCoupon: isNew, stock: { claimed: 2, promised: 0, updatedAt: 10 }, hold: { takenBy: "u" } },
    ],
  ]);
});
