import { couponToAdd } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import { newForm } from "../src/pages/wizard/begin.ts";
import { cartOf, exampleCart } from "../src/pages/wizard/cart.ts";
import { baseOf, documentOf, fieldAt } from "../src/pages/wizard/document.ts";
import { fieldsOfKind } from "../src/pages/wizard/kinds.ts";
import * as units from "../src/pages/wizard/units.ts";
import { type CouponType, type Terms, termsOf } from "../src/parts/coupon-terms.ts";

/** What is filled in of any kind; each takes of it what it asks for. */
const filled: Terms = {
  ...newForm(1_796_000_000),
  name: "双十二",
  account: "小店",
  items: 2,
  spend: 10_000,
  products: ["tea", "cup"],
  tradeIn: "pot",
  tradeInPrice: 0,
  bought: "tea",
  boughtItems: 2,
  got: "cup",
  gotItems: 1,
  rate: 8500,
  off: 1500,
  claimFrom: 1_796_000_000,
  claimUntil: 1_796_999_999,
  stock: 5000,
  validFrom: 1_796_000_000,
  validUntil: 1_797_999_999,
  validSeconds: 7200,
};
const types = Object.keys(fieldsOfKind).map(Number) as CouponType[];
const shop = documentOf({ ...filled, type: 102 });

describe("a form and its document", () => {
  it.each(types)("of type %i is what the server takes, and is read back as it was typed", (type) => {
    const form = { ...filled, type };
    const document = documentOf(form);
    expect(couponToAdd.safeParse(document).error?.issues ?? []).toEqual([]);
    const back = termsOf(document);
    for (const name of fieldsOfKind[type]) expect(back[name]).toEqual(form[name]);
    expect(documentOf(back, document)).toEqual(document);
  });

  it.each([
    [1, { valid_type: 1, start_time: filled.validFrom, end_time: filled.validUntil }],
    [2, { valid_type: 2, valid_day_num: 7 }],
    [3, { valid_type: 3, valid_second: 7200 }],
    [null, undefined],
  ])("of validity %s states it and no other", (validity, stated) => {
    const document = documentOf({ ...filled, type: 103, validity });
    expect((document.coupon_info as Record<string, unknown>).valid_info).toEqual(stated);
    expect(couponToAdd.safeParse(document).success).toBe(true);
  });

  it("has nothing that its kind does not ask for, whatever was typed before the kind was changed", () => {
    expect(documentOf({ ...filled, type: 103 })).toMatchObject({
      coupon_info: { discount_info: { discount_num: 8500 } },
    });
    const changed = documentOf({ ...termsOf(shop), type: 104 }, shop);
    expect((changed.coupon_info as Record<string, unknown>).discount_info).toEqual({ discount_fee: 1500 });
  });

  it("leaves what nobody changed as it is written, members that nobody knows too", () => {
    const kept = {
      out_coupon_id: "old",
      type: "101",
      promote_type: 4,
      coupon_info: {
        name: "old",
        motto: ["kept"],
        promote_info: { promote_type: 9, finder: {} },
        discount_info: {
          discount_num: "5100",
          discount_fee: 3,
          discount_condition: { product_cnt: 2, product_price: 7, buyget_info: { shelf: 1 } },
        },
        receive_info: { total_num: "10", start_time: 0, end_time: null },
        valid_info: { valid_type: 2, valid_day_num: 3, start_time: 0 },
      },
    };
    expect(documentOf(termsOf(kept), kept)).toEqual(kept);
    const named = documentOf({ ...termsOf(kept), name: "new", rate: 5200 }, kept);
    expect(named).toEqual({
      ...kept,
      coupon_info: {
        ...kept.coupon_info,
        name: "new",
        discount_info: { ...kept.coupon_info.discount_info, discount_num: 5200 },
      },
    });
  });

  it("begins from a coupon without what only the server sets", () => {
    const ofServer = { status: 1, create_time: 1, update_time: 1, appid: "wx" };
    const info = { ...(shop.coupon_info as object), ext_info: { valid_time: 1 } };
    expect(baseOf({ ...shop, ...ofServer, coupon_info: info })).toEqual(shop);
  });

  it("says what is still missing by the field where it is filled in", () => {
    const empty = documentOf({ ...newForm(1_796_000_000), type: 102 });
    const issues = couponToAdd.safeParse(empty).error?.issues ?? [];
    expect(issues.map(({ path }) => fieldAt(`coupon.${path.join(".")}`))).toEqual(
      expect.arrayContaining(["name", "stock"]),
    );
    expect(fieldAt("coupon.coupon_info.discount_info.discount_condition.out_product_ids.3")).toBe("products");
    expect(fieldAt("coupon.coupon_info.promote_info.promote_type")).toBe("channel");
    expect(fieldAt("coupon.coupon_info")).toBeUndefined();
  });
});

describe("units", () => {
  it("takes yuan, 折 and per cent off, and gives fen and 1/10000, back and forth", () => {
    expect([0, 0.01, 19.99, 1.1, 1_234_567.89].map(units.fenOfYuan)).toEqual([0, 1, 1999, 110, 123_456_789]);
    expect([8.5, 9.99, 0.001].map(units.rateOfTenths)).toEqual([8500, 9990, 1]);
    expect([15, 0.1, 99.99].map(units.rateOfPercentOff)).toEqual([8500, 9990, 1]);
    for (let rate = 1; rate < 10_000; rate += 1) {
      expect(units.rateOfTenths(units.tenthsOfRate(rate))).toBe(rate);
      expect(units.rateOfPercentOff(units.percentOffOfRate(rate))).toBe(rate);
    }
    expect(units.fenOfYuan(null)).toBeNull();
  });

  it("shows a length of time in the longest unit that is whole", () => {
    expect([7200, 5400, 61, null, 0].map(units.unitOf)).toEqual(["hours", "minutes", "seconds", "hours", "hours"]);
  });
});

it("tries a coupon on a cart that meets its condition, and sends only lines that are whole", () => {
  for (const type of types) {
    const cart = exampleCart({ ...filled, type });
    const worth = cart.reduce((sum, { price, quantity }) => sum + (price ?? 0) * (quantity ?? 0), 0);
    expect(worth).toBeGreaterThanOrEqual(10_000);
    expect(cartOf(cart)).toHaveLength(cart.length);
  }
  expect(cartOf([{ product: "tea", price: null, quantity: 1 }])).toEqual([]);
});
