import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CallName } from "@quanku/protocol/calls";
import { shortReply, startBare } from "../bare.ts";
import { signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { holdAlready } from "../held.ts";
import { rate } from "../load/job.ts";
import { type Server, startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { interleave, type Measured, ratios, type Side } from "../rounds.ts";
import { couponId, createShop, shop } from "../shop.ts";
import type { Bench } from "./case.ts";

export const CONNECTIONS = 64;

/**
 * A call that changes something: bodies after `template`, on a new shop of so many coupons, all of them active, of which so
 * many user coupons are held already.
 */
type Change = { call: CallName; template: object; coupons: number; held?: number };

/** What runs while a change is measured, for whoever adds sides to it. */
export type Stage = {
  quanku: Server;
  bare: Server;
  pathOf: (call: CallName) => string;
  token: string;
  directory: string;
  load: Pick<Side, "path" | "bodies" | "connections">;
};

/**
 * Loads Quanku with a call that changes something, and with the same requests a handler that commits one transaction
 * for each, and bare `node:http` that only reads them; beside them, in the same rounds, what `others` adds.
 */
export async function besideReferences(
  { run, pace, profileTo }: Bench,
  change: Change,
  others: (stage: Stage) => Promise<Side[]> = async () => [],
): Promise<Beside> {
  const directory = temporaryDirectory();
  const own = { dataDir: join(directory.path, "quanku") };
  await createShop(own, change.coupons, 3);
  if (change.held !== undefined) await holdAlready(own, change.coupons, change.held);
  const quanku = await startQuanku(own, { profileTo });
  const pathOf = await signIn(quanku);
  const path = pathOf(change.call);

  const theirs = join(directory.path, "textbook");
  mkdirSync(theirs);
  const token = new URL(path, "http://localhost").searchParams.get("access_token") as string;
  const ids = Array.from({ length: change.coupons }, (_, position) => couponId(position));
  const textbook = await startReference("textbook.ts", theirs, shop.appid, token, ...ids);
  const bare = await startBare(directory.path, shortReply);

  const bodies = { kind: "random", template: JSON.stringify(change.template) } as const;
  const load = { path, bodies, connections: CONNECTIONS };
  const sides = [
    { name: "Quanku", servers: [quanku], ...load, generations: pace.generations },
    { name: "one transaction a request", servers: [textbook], ...load },
    { name: "bare node:http, 60 bytes", servers: [bare], ...load },
    ...(await others({ quanku, bare, pathOf, token, directory: directory.path, load })),
  ];
  const [ours, perRequest, ceiling, ...more] = (await interleave(run, pace, sides)) as [Measured, Measured, Measured];
  await Promise.all([...new Set(sides.flatMap(({ servers }) => servers))].map((server) => server.stop()));
  directory.remove();
  return { ours, perRequest, ceiling, more };
}
type Three = { ours: Measured; perRequest: Measured; ceiling: Measured };
type Beside = Three & { more: Measured[] };

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
