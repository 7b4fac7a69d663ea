import { startBare } from "../bare.ts";
import { call, signIn } from "../client.ts";
import { doubts, tell } from "../figures.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { interleave, ratios } from "../rounds.ts";
import { couponId } from "../shop.ts";
import { createWallets, personId, tenLines, userCouponId, wireLines } from "../wallets.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

const CONNECTIONS = 32;
const COUPONS = 20;
/** Each of them redeems once; more than a machine redeems in all rounds. */
const PEOPLE = 400_000;

export const quoting: Case = {
  name: "quote",
  about: `quotes of ${COUPONS} coupons and ${tenLines.length} lines against bare node:http that sends the same bytes`,
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    await createWallets(directory.path, 1000, COUPONS);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const path = (await signIn(quanku))("quote");
    const asked = { openid: personId("00000%%%"), lines: wireLines(tenLines) };
    const bare = await startBare(directory.path, await call(quanku, path, { ...asked, openid: personId("00000001") }));

    const bodies = { kind: "random", template: JSON.stringify(asked) } as const;
    const load = { path, bodies, connections: CONNECTIONS };
    const [ours, theirs] = await interleave(run, pace, [
      { name: "Quanku", servers: [quanku], ...load },
      { name: "bare node:http", servers: [bare], ...load },
    ]);
    await Promise.all([quanku.stop(), bare.stop()]);
    directory.remove();
    return [
      {
        what: `quote, ${COUPONS} coupons, ${tenLines.length} lines, ${CONNECTIONS} connections`,
        values: ratios(ours, theirs),
        unit: "of bare node:http",
        aim: 0.2,
        floor: 0.12,
        better: "higher",
        sides: [tell(ours), tell(theirs)],
        limit: `the search for the best choice, and reading the wallet${doubts(ours, theirs)}`,
      },
    ];
  },
};

export const redeeming: Case = {
  name: "redeem",
  about: "orders of three lines that redeem a coupon, against claims",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    await createWallets(directory.path, PEOPLE, 1);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const pathOf = await signIn(quanku);
    const order = {
      openid: personId("@@@@@@@@"),
      out_order_id: "bench-order-@@@@@@@@",
      lines: wireLines(tenLines.slice(0, 3)),
      user_coupons: [{ out_coupon_id: couponId(0), out_user_coupon_id: userCouponId("@@@@@@@@", 0) }],
    };
    const claim = { ...hotClaim, out_coupon_id: couponId(0) };
    const side = (name: string, call: "redeem" | "claim", body: object) => ({
      name,
      servers: [quanku],
      path: pathOf(call),
      bodies: { kind: "random", template: JSON.stringify(body) } as const,
      connections: CONNECTIONS,
    });
    const [redeems, claims] = await interleave(run, pace, [
      side("redeem", "redeem", order),
      { ...side("claim", "claim", claim), generations: pace.generations },
    ]);
    await quanku.stop();
    directory.remove();
    return [
      {
        what: `redeem, one coupon on three lines, ${CONNECTIONS} connections`,
        values: ratios(redeems, claims),
        unit: "of the claims",
        aim: 0.8,
        floor: 0.5,
        better: "higher",
        sides: [tell(redeems), tell(claims)],
        limit: `the order's document, and pages of coupons given long ago that a claim does not touch${doubts(redeems, claims)}`,
      },
    ];
  },
};
