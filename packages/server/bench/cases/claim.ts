import { HOT_COUPON } from "../shop.ts";
import { besideReferences, CONNECTIONS, figuresOf } from "./beside-references.ts";
import type { Case } from "./case.ts";

const request_id = "########-####-####-####-############";
/** What a Redis script whose log is synced always reaches, with no wallet, rules or history behind it. */
const ofBare = { aim: 0.5, floor: 0.12 };

/** A new person each time claims the one coupon that everybody wants. */
export const hotClaim = { openid: "~".repeat(28), out_coupon_id: HOT_COUPON, request_id };

export const claimHot: Case = {
  name: "claim-hot",
  about: "claims of one coupon against a handler that commits one transaction a claim",
  run: async (bench) =>
    figuresOf(await besideReferences(bench, { call: "claim", template: hotClaim, coupons: 10 }), {
      what: `claim, one hot coupon, ${CONNECTIONS} connections`,
      ofBare,
      limit: "two index pages that each claim dirties: the wallet's and the request's",
    }),
};

/** One of 100 000 people claims one of 1 000 coupons. */
export const wideClaim = {
  openid: "o-one-of-100000-people-%%%%%",
  out_coupon_id: "coupon_2026_summer_00000%%%",
  request_id,
};

export const claimWide: Case = {
  name: "claim-wide",
  about: "claims of 1 000 coupons by 100 000 people, likewise",
  run: async (bench) =>
    figuresOf(await besideReferences(bench, { call: "claim", template: wideClaim, coupons: 1000 }), {
      what: `claim, 1 000 coupons, 100 000 people, ${CONNECTIONS} connections`,
      ofBare,
      limit: "the same, and a page of ids and of stock for each coupon",
    }),
};
