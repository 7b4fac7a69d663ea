import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeUserCoupon } from "../../src/wire/snapshot.ts";
import { encodeClaim, encodeUserCouponEntry } from "../../src/wire/user-coupon.ts";
import { aCoupon, aUserCoupon } from "../../testing/records.ts";

it("ids stand in what is written as JSON writes them", () => {
  const id = fc.string({ unit: "binary", minLength: 1 });
  fc.assert(
    fc.property(id, id, id, fc.option(fc.nat()), (out_coupon_id, out_user_coupon_id, openid, usedAt) => {
      const given = aUserCoupon(aCoupon("wx", out_coupon_id, 0), openid, out_user_coupon_id, 0, { usedAt });
      const { appid, outCouponId, outUserCouponId, createdAt: claimedAt, validity } = given;
      const claim = { appid, requestId: "r", outCouponId, outUserCouponId, openid, claimedAt, validity };
      const ext_info = usedAt === null ? {} : { use_time: usedAt };
      for (const [text, members] of [
        [encodeUserCouponEntry(given), { out_user_coupon_id, openid, out_coupon_id, ext_info }],
        [encodeClaim(claim), { out_user_coupon_id, openid, out_coupon_id, ext_info: {} }],
      ] as const) {
        expect(JSON.parse(text)).toMatchObject(members);
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }
      const { user_coupon } = JSON.parse(encodeUserCoupon(given));
      expect(user_coupon).toEqual({ ...JSON.parse(encodeUserCouponEntry(given)), recv_time: given.receivedAt });
    }),
  );
});
