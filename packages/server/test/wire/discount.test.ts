import { type CouponType, couponTypes, neededByType } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import type { Discount } from "../../src/domain/records.ts";
import { discountOf } from "../../src/wire/discount.ts";
import { fixture } from "./support/fixtures.ts";

/** The documented coupon, which has every block filled in, as one of a type. */
const documented = (type: CouponType) => ({ ...fixture("add.request").coupon, type });

const named = { scope: "product", products: ["product_id_3", "product_id_4"] } as const;
const whole = { scope: "shop", products: null } as const;
const [rate, fee] = [{ kind: "rate", rate: 9800 } as const, { kind: "amountOff", amountOff: 6400 } as const];
const nothing = { items: 0, spend: 0 };

/** What the documented coupon would be of each type: blocks that the type does not need make no difference. */
const read: Record<CouponType, Discount> = {
  1: { ...named, threshold: { items: 2, spend: 0 }, benefit: rate },
  2: { ...named, threshold: { items: 0, spend: 5000 }, benefit: fee },
  3: { ...named, threshold: nothing, benefit: rate },
  4: { ...named, threshold: nothing, benefit: fee },
  5: {
    ...named,
    threshold: { items: 2, spend: 5000 },
    benefit: { kind: "tradeIn", outProductId: "product_id_5", price: 10_000 },
  },
  6: {
    scope: "product",
    products: ["product_id_1"],
    threshold: { items: 3, spend: 0 },
    benefit: { kind: "buyAndGet", outProductId: "product_id_2", items: 2_131_241_242 },
  },
  101: { ...whole, threshold: { items: 2, spend: 0 }, benefit: rate },
  102: { ...whole, threshold: { items: 0, spend: 5000 }, benefit: fee },
  103: { ...whole, threshold: nothing, benefit: rate },
  104: { ...whole, threshold: nothing, benefit: fee },
};

describe("the discount of a document", () => {
  for (const type of couponTypes) {
    it(`of type ${type} is what the type's fields say`, () => {
      expect(discountOf(documented(type))).toEqual(read[type]);
    });

    it(`of type ${type} is none without what the type needs`, () => {
      for (const need of neededByType[type]) {
        for (const value of [undefined, "min" in need ? need.min - 1 : []]) {
          const coupon = documented(type);
          const path = need.path.split(".");
          const parent = path.slice(0, -1).reduce((block, name) => block[name], coupon.coupon_info);
          parent[path.at(-1) as string] = value;
          if (value !== undefined && need.path.endsWith("_id")) continue;
          expect(discountOf(coupon), `${need.path} ${value}`).toBeNull();
        }
      }
      const bare = documented(type);
      delete bare.coupon_info.discount_info;
      expect(discountOf(bare)).toBeNull();
    });
  }

  it("needs no condition where the type asks for none", () => {
    for (const type of [103, 104] as const) {
      const coupon = documented(type);
      delete coupon.coupon_info.discount_info.discount_condition;
      expect(discountOf(coupon)).toEqual(read[type]);
    }
  });
});
