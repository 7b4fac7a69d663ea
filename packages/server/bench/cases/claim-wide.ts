import { besideReferences, CONNECTIONS, figuresOf } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { wideClaim } from "./claim.ts";

export const claimWide: Case = {
  name: "claim-wide",
  about: "claims of 1 000 coupons by 100 000 people who hold 2 000 000 already (with --quick 200 000), likewise",
  async run(bench) {
    const held = bench.isQuick ? 200_000 : 2_000_000;
    const measured = await besideReferences(bench, { call: "claim", template: wideClaim, coupons: 1000, held });
    return figuresOf(measured, {
      what: `claim, 1 000 coupons, 100 000 people, ${held.toLocaleString("en")} there, ${CONNECTIONS} connections`,
      ofBare: { aim: 0.45, floor: 0.3 },
      limit:
        "what a claim finds in the database and not in memory: pages of requests, wallets and stock (the transactions' begin empty)",
    });
  },
};
