import { join } from "node:path";
import { signIn } from "../client.ts";
import { startDatabase } from "../database.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { type Server, startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { costRatios, interleave, type Measured, ratios } from "../rounds.ts";
import { createShop, type Place } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Bench, Case } from "./case.ts";
import { hotClaim, wideClaim } from "./claim.ts";

/** Which claims, on a new shop of so many coupons, all of them active. */
type Claims = { what: string; template: object; coupons: number; connections: number };
const hot = { what: "one hot coupon", template: hotClaim, coupons: 10, connections: CONNECTIONS };
const wide = { what: "1 000 coupons, 100 000 people", template: wideClaim, coupons: 1000, connections: CONNECTIONS };
/** When everybody wants one coupon, many wait at the same time. */
const rush = { ...hot, what: "one hot coupon, PostgreSQL", connections: 512 };

const startWithout = (place: Place): Promise<Server> =>
  startReference(
    "without-proof.ts",
    ...("dataDir" in place ? ["dataDir", place.dataDir] : ["databaseUrl", place.databaseUrl]),
  );

/** Claims on a ledger that chains its journal and counts by day, against the same that does not. */
async function compare(
  bench: Bench,
  claims: Claims,
  places: [Place, Place],
  databasePids: (number | undefined)[] = [],
): Promise<Figure[]> {
  for (const place of places) await createShop(place, claims.coupons, 3);
  const servers = [
    await startQuanku(places[0], { profileTo: bench.profileTo }),
    await startWithout(places[1]),
  ] as const;
  const bodies = { kind: "random", template: JSON.stringify(claims.template) } as const;
  const load = { bodies, connections: claims.connections, generations: bench.pace.generations };
  const [path, pathWithout] = [(await signIn(servers[0]))("claim"), (await signIn(servers[1]))("claim")];
  const [pid, pidWithout] = databasePids;
  const [ours, without] = await interleave(bench.run, bench.pace, [
    { name: "Quanku", servers: [servers[0]], path, databasePid: pid, ...load },
    { name: "without chain and tallies", servers: [servers[1]], path: pathWithout, databasePid: pidWithout, ...load },
  ]);
  for (const server of servers) await server.stop();
  return figuresOf(claims.what, ours, without);
}

/** How many claims a second are left, and what a claim costs the processor, the database with it: that is steady where other processes are busy. */
const figuresOf = (what: string, ours: Measured, without: Measured): Figure[] => [
  {
    what: `claims with the journal's proof, ${what}`,
    values: ratios(ours, without),
    unit: "times as many as without",
    aim: 0.92,
    floor: 0.8,
    better: "higher",
    sides: [tell(ours), tell(without)],
    limit: `a digest of each entry, an index entry for it, and a row of a tally for each coupon of a batch${doubts(ours, without)}`,
  },
  {
    what: `processor time of the same, ${what}`,
    values: costRatios(ours, without),
    unit: "times as much as without",
    aim: 1.08,
    floor: 1.2,
    better: "lower",
    sides: [],
    limit: "the same",
  },
];

export const claimProof: Case = {
  name: "claim-proof",
  about: "claims on a ledger that chains its journal and counts by day, against the same that does not",
  async run(bench) {
    const figures: Figure[] = [];
    for (const claims of [hot, wide]) {
      const directory = temporaryDirectory();
      const [ours, without] = ["ours", "without"].map((name) => ({ dataDir: join(directory.path, name) }));
      figures.push(...(await compare(bench, claims, [ours as Place, without as Place])));
      directory.remove();
    }
    return figures;
  },
};

export const claimProofPostgres: Case = {
  name: "claim-proof-postgres",
  about: "the same on PostgreSQL",
  async run(bench) {
    const [ours, without] = [await startDatabase(), await startDatabase()];
    const figures = await compare(
      bench,
      rush,
      [{ databaseUrl: ours.url }, { databaseUrl: without.url }],
      [ours.pid, without.pid],
    );
    await Promise.all([ours.remove(), without.remove()]);
    return figures;
  },
};
