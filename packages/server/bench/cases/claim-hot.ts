import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { doubts, type Figure, kilobytesWritten, tell } from "../figures.ts";
import { startReference } from "../processes.ts";
import { redisClaims, startRedis } from "../redis.ts";
import { costRatios, type Measured, ratios, type Side } from "../rounds.ts";
import { besideReferences, CONNECTIONS, figuresOf, type Stage } from "./beside-references.ts";
import type { Bench, Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

const MANY_CONNECTIONS = 256;
const what = `claim, one hot coupon, ${CONNECTIONS} connections`;

export const claimHot: Case = {
  name: "claim-hot",
  about:
    "claims of one coupon against one transaction a claim, no work at all, a synced file, and Redis where redis-server is installed",
  async run(bench) {
    const change = { call: "claim", template: hotClaim, coupons: 10 } as const;
    const measured = await besideReferences(bench, change, (stage) => sidesBeside(bench, stage));
    const { ours, ceiling } = measured;
    const [file, many, manyBare, redis] = measured.more as [Measured, Measured, Measured, Measured?];
    return [
      ...figuresOf(measured, {
        what,
        ofBare: { aim: 0.5, floor: 0.4 },
        limit: "what a claim writes before and after its answer, and the rest of its way from HTTP to the ledger",
      }),
      {
        what: `claim, one hot coupon, ${MANY_CONNECTIONS} connections, against no work at all`,
        values: ratios(many, manyBare),
        unit: "of bare node:http",
        aim: 0.65,
        floor: 0.5,
        better: "higher",
        sides: [tell(many), tell(manyBare)],
        limit: `the same, a larger batch sharing a commit${doubts(many, manyBare)}`,
      },
      {
        what: `${what}, against the least that is durable`,
        values: ratios(ours, file),
        unit: "of node:http, memory and a synced file",
        better: "higher",
        sides: [tell(ours), tell(file)],
        limit: `tables beside the log, and the rules${doubts(ours, file)}`,
      },
      ...besideRedis(ours, redis),
      {
        what: `${what}, processor time of the server`,
        values: costRatios(ours, ceiling),
        unit: "times bare node:http's",
        aim: 2,
        floor: 3,
        better: "lower",
        sides: [],
        limit: "the same; garbage collector and threads of the server counted",
      },
      {
        what: `${what}, written to the disk a claim`,
        values: kilobytesWritten(ours),
        unit: "KB",
        aim: 3,
        floor: 7,
        better: "lower",
        sides: [],
        limit: "whole pages of 4 KiB that a batch dirties: once in the log, again when it is checkpointed",
      },
    ];
  },
};

async function sidesBeside({ pace }: Bench, { quanku, bare, token, directory, load }: Stage): Promise<Side[]> {
  const [forFile, forRedis] = ["file", "redis"].map((name) => join(directory, name)) as [string, string];
  for (const path of [forFile, forRedis]) mkdirSync(path);
  const file = await startReference("staircase.ts", "file", forFile, token);
  const redis = await startRedis(forRedis);
  const many = { ...load, connections: MANY_CONNECTIONS };
  const { openid, request_id } = hotClaim;
  return [
    { name: "a file, synced once a batch", servers: [file], ...load },
    { name: `Quanku, ${MANY_CONNECTIONS} connections`, servers: [quanku], ...many, generations: pace.generations },
    { name: `bare, ${MANY_CONNECTIONS} connections`, servers: [bare], ...many },
    ...(redis ? [{ ...redisClaims(redis, openid, request_id), connections: CONNECTIONS }] : []),
  ];
}

/** That it is no worse off than ours. */
const howRedis =
  "Redis alone: EVALSHA of a script that looks at repeat, stock and limit, appendfsync always, in Redis' own protocol without HTTP; as many connections of the same generator beside it";

function besideRedis(ours: Measured, redis: Measured | undefined): Figure[] {
  if (redis) {
    const limit = `the same, where Redis is spared HTTP${doubts(ours, redis)}`;
    const sides = [tell(ours), tell(redis), howRedis];
    const marks = { aim: 1.3, floor: 1, better: "higher" } as const;
    return [{ what: `${what}, against Redis`, values: ratios(ours, redis), unit: "of Redis", ...marks, sides, limit }];
  }
  process.stdout.write("  Redis is not installed; skipped\n");
  return [];
}
