import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallName } from "@quanku/protocol/calls";
import { signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { rate } from "../load/job.ts";
import { startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { interleave, type Measured, ratios } from "../rounds.ts";
import { couponId, createShop, shop } from "../shop.ts";
import type { Bench } from "./case.ts";

export const CONNECTIONS = 64;
/** 60 bytes: about what a call that changed something answers, headers aside. */
const shortReply = JSON.stringify({ errcode: 0, filler: "-".repeat(60 - 25) });

/** A call that changes something: bodies after `template`, on a new shop of so many coupons, all of them active. */
type Change = { call: CallName; template: object; coupons: number };

/**
 * Loads Quanku with a call that changes something, and with the same requests a handler that commits one transaction
 * for each, and bare `node:http` that only reads them.
 */
export async function besideReferences({ run, pace, profileTo }: Bench, change: Change): Promise<Three> {
  const directory = temporaryDirectory();
  const own = { dataDir: join(directory.path, "quanku") };
  await createShop(own, change.coupons, 3);
  const quanku = await startQuanku(own, { profileTo });
  const path = (await signIn(quanku))(change.call);

  const theirs = join(directory.path, "textbook");
  mkdirSync(theirs);
  const token = new URL(path, "http://localhost").searchParams.get("access_token") as string;
  const ids = Array.from({ length: change.coupons }, (_, position) => couponId(position));
  const textbook = await startReference("textbook.ts", theirs, shop.appid, token, ...ids);

  const file = join(directory.path, "short.json");
  writeFileSync(file, shortReply);
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": `${shortReply.length}` };
  const bare = await startReference("same-bytes.ts", file, JSON.stringify(headers));

  const bodies = { kind: "random", template: JSON.stringify(change.template) } as const;
  const load = { path, bodies, connections: CONNECTIONS };
  const [ours, perRequest, ceiling] = await interleave(run, pace, [
    { name: "Quanku", servers: [quanku], ...load },
    { name: "one transaction a request", servers: [textbook], ...load },
    { name: "bare node:http, 60 bytes", servers: [bare], ...load },
  ]);
  await Promise.all([quanku.stop(), textbook.stop(), bare.stop()]);
  directory.remove();
  return { ours, perRequest, ceiling };
}
type Three = { ours: Measured; perRequest: Measured; ceiling: Measured };

type Wording = {
  what: string;
  limit: string;
  /** What is asked against bare `node:http`; left out: it is only reported. */
  ofBare?: Pick<Figure, "aim" | "floor">;
};

/** How many times one transaction a request, and how much of what can be had at all. */
export const figuresOf = ({ ours, perRequest, ceiling }: Three, { what, limit, ofBare }: Wording): Figure[] => [
  {
    what,
    values: ratios(ours, perRequest),
    unit: "times one transaction a request",
    aim: 5,
    floor: 2,
    better: "higher",
    sides: [tell(ours), tell(perRequest)],
    limit: `${limit}; ${drift(ours)}${doubts(ours, perRequest)}`,
  },
  {
    what: `${what}, against no work at all`,
    values: ratios(ours, ceiling),
    unit: "of bare node:http",
    ...ofBare,
    better: "higher",
    sides: [tell(ours), tell(ceiling)],
    limit: `the same${doubts(ours, ceiling)}`,
  },
];

/** Tables grow from round to round; where that makes the last much slower than the first, longer runs tell less. */
function drift({ rounds }: Measured): string {
  const [first, last] = [rounds[0], rounds.at(-1)].map(
    (tally) => tally && Math.round(rate(tally)).toLocaleString("en"),
  );
  return `first round ${first} req/s, last ${last}`;
}
