import { describe } from "vitest";
import type { ImportCoupon } from "../../src/domain/catalogue/import.ts";
import type { Coupon, StoredRecord } from "../../src/domain/records.ts";
import { aCoupon, aStock } from "../../testing/records.ts";
import { holds } from "./given.ts";

const given = (changes: Partial<Coupon> = {}): StoredRecord[] => {
  const coupon = aCoupon("a", "c", 0, changes);
  return [
    { record: "coupon", value: coupon },
    { record: "stock", value: aStock(coupon, { claimed: 7 }) },
  ];
};
const named = { appid: "a", outCouponId: "c" };
const importing = (changes: Partial<Coupon>): ImportCoupon => {
  const { position: _, ...coupon } = aCoupon("a", "c", 0, changes);
  return { do: "importCoupon", coupon, stock: null };
};
const paused = { paused: true };

describe("a coupon whose claims are paused", () =>
  holds([
    ["is changed in that alone", given(), 900, { do: "pauseCoupon", ...named }, { coupon: paused }],
    ["can be paused again", given(paused), 900, { do: "pauseCoupon", ...named }, "nothing"],
    ["can be resumed", given(paused), 900, { do: "resumeCoupon", ...named }, { coupon: { paused: false } }],
    ["need not be to be resumed", given(), 900, { do: "resumeCoupon", ...named }, "nothing"],
    ["must be there", [], 900, { do: "pauseCoupon", ...named }, "unknown_coupon"],
    ["must be active", given({ status: "expired" }), 900, { do: "pauseCoupon", ...named }, "not_active"],
    [
      "is not resumed once it is over",
      given({ ...paused, status: "void" }),
      9,
      { do: "resumeCoupon", ...named },
      "not_active",
    ],
    [
      "goes on to be, when an import tells of a change elsewhere",
      given(paused),
      900,
      importing({ status: "expired", updatedAt: 300 }),
      { coupon: { status: "expired", updatedAt: 300 } },
    ],
    ["is none because an import of what is there says so", given(), 900, importing(paused), "nothing"],
    [
      "is one because an import of a new one says so",
      [],
      900,
      importing(paused),
      { coupon: { ...aCoupon("a", "c", 0, paused) } },
    ],
    [
      "can be restocked, of which what was handed out need not be known",
      given(paused),
      900,
      { do: "restock", ...named, remaining: 3, claimed: null },
      { stock: { remaining: 3, updatedAt: 900 } },
    ],
  ]));
