import { oneOfManyPeople } from "../held.ts";
import { HOT_COUPON } from "../shop.ts";

const request_id = "########-####-####-####-############";

/** A new person each time claims the one coupon that everybody wants. */
export const hotClaim = { openid: "~".repeat(28), out_coupon_id: HOT_COUPON, request_id };

/** One of 100 000 people claims one of 1 000 coupons. */
export const wideClaim = {
  openid: oneOfManyPeople("%%%%%"),
  out_coupon_id: "coupon_2026_summer_00000%%%",
  request_id,
};
