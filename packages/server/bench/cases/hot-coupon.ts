import { HOT_COUPON } from "../shop.ts";
import { besideReferences, CONNECTIONS, figuresOf } from "./beside-references.ts";
import type { Case } from "./case.ts";

/** A new person each time, with ids as real clients make them: an openid and a UUID. */
const template = {
  openid: "~".repeat(28),
  user_coupon: { out_user_coupon_id: "########-####-####-####-############", out_coupon_id: HOT_COUPON, status: 100 },
  recv_time: 1_780_000_000,
};

export const hotCoupon: Case = {
  name: "hot-coupon",
  about: "add_user_coupon on one coupon against a handler that commits one transaction a request",
  run: async (bench) =>
    figuresOf(await besideReferences(bench, { call: "add_user_coupon", template, coupons: 10 }), {
      what: `add_user_coupon, one hot coupon, ${CONNECTIONS} connections`,
      limit: "index pages that random ids dirty, and the checks of a request",
    }),
};
