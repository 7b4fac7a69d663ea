import { doubts, tell } from "../figures.ts";
import { type Measured, ratios } from "../rounds.ts";
import { HOT_COUPON } from "../shop.ts";
import { besideReferences, CONNECTIONS, figuresOf } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

/** A new person each time, with ids as real clients make them: an openid and a UUID. */
const template = {
  openid: "~".repeat(28),
  user_coupon: { out_user_coupon_id: "########-####-####-####-############", out_coupon_id: HOT_COUPON, status: 100 },
  recv_time: 1_780_000_000,
};
const what = `add_user_coupon, one hot coupon, ${CONNECTIONS} connections`;

export const hotCoupon: Case = {
  name: "hot-coupon",
  about: "add_user_coupon on one coupon against a handler that commits one transaction a request, and against claims",
  async run(bench) {
    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const change = { call: "add_user_coupon", template, coupons: 10 } as const;
    const measured = await besideReferences(bench, change, async ({ quanku, pathOf, load }) => [
      {
        name: "claims",
        servers: [quanku],
        ...load,
        path: pathOf("claim"),
        bodies,
        generations: bench.pace.generations,
      },
    ]);
    const { ours } = measured;
    const [claims] = measured.more as [Measured];
    return [
      ...figuresOf(measured, { what, limit: "index pages that random ids dirty, and the checks of a request" }),
      {
        what: `${what}, against claims`,
        values: ratios(ours, claims),
        unit: "of the claims",
        aim: 1,
        floor: 0.8,
        better: "higher",
        sides: [tell(ours), tell(claims)],
        limit: `ids of the caller's own, which come in no order and must be looked up${doubts(ours, claims)}`,
      },
    ];
  },
};
