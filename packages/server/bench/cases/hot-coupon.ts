import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signIn } from "../client.ts";
import { doubts, tell } from "../figures.ts";
import { rate } from "../load/job.ts";
import { startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { interleave, type Measured, ratios } from "../rounds.ts";
import { createShop, HOT_COUPON, shop } from "../shop.ts";
import type { Case } from "./case.ts";

const CONNECTIONS = 64;
/** A new person each time, with ids as real clients make them: an openid and a UUID. */
const template = JSON.stringify({
  openid: "~".repeat(28),
  user_coupon: { out_user_coupon_id: "########-####-####-####-############", out_coupon_id: HOT_COUPON, status: 100 },
  recv_time: 1_780_000_000,
});
/** 60 bytes: about what a call that changed something answers, headers aside. */
const shortReply = JSON.stringify({ errcode: 0, filler: "-".repeat(60 - 25) });

export const hotCoupon: Case = {
  name: "hot-coupon",
  about: "add_user_coupon on one coupon against a handler that commits one transaction a request",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    const own = join(directory.path, "quanku");
    await createShop(own, 10);
    const quanku = await startQuanku(own, { profileTo });
    const path = (await signIn(quanku))("add_user_coupon");

    const theirs = join(directory.path, "textbook");
    mkdirSync(theirs);
    const token = new URL(path, "http://localhost").searchParams.get("access_token") as string;
    const textbook = await startReference("textbook.ts", theirs, shop.appid, token, HOT_COUPON);

    const file = join(directory.path, "short.json");
    writeFileSync(file, shortReply);
    const headers = { "content-type": "application/json; charset=utf-8", "content-length": `${shortReply.length}` };
    const bare = await startReference("same-bytes.ts", file, JSON.stringify(headers));

    const load = { path, bodies: { kind: "random", template }, connections: CONNECTIONS } as const;
    const [ours, perRequest, ceiling] = await interleave(run, pace, [
      { name: "Quanku", server: quanku, ...load },
      { name: "one transaction a request", server: textbook, ...load },
      { name: "bare node:http, 60 bytes", server: bare, ...load },
    ]);
    await Promise.all([quanku.stop(), textbook.stop(), bare.stop()]);
    directory.remove();
    return [
      {
        what: `add_user_coupon, one hot coupon, ${CONNECTIONS} connections`,
        values: ratios(ours, perRequest),
        unit: "times one transaction a request",
        aim: 5,
        floor: 2,
        better: "higher",
        sides: [tell(ours), tell(perRequest)],
        limit: `index pages that random ids dirty, and the checks of a request; ${drift(ours)}${doubts(ours)}`,
      },
      {
        what: "the same against no work at all",
        values: ratios(ours, ceiling),
        unit: "of bare node:http",
        better: "higher",
        sides: [tell(ours), tell(ceiling)],
        limit: `the same${doubts(ours, ceiling)}`,
      },
    ];
  },
};

/** Tables grow from round to round; where that makes the last much slower than the first, longer runs tell less. */
function drift({ rounds }: Measured): string {
  const [first, last] = [rounds[0], rounds.at(-1)].map(
    (tally) => tally && Math.round(rate(tally)).toLocaleString("en"),
  );
  return `first round ${first} req/s, last ${last}`;
}
