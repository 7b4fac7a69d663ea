import { join } from "node:path";
import { signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { costRatios, interleave, ratios } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Bench, Case } from "./case.ts";
import { wideClaim } from "./claim.ts";

/** Whose claims, and how much dearer they may be than where nothing is logged nor looked at. */
type Whose = { what: string; sandbox: boolean; aim: number; floor: number; limit: string };
const sandbox: Whose = {
  what: "a sandbox app",
  sandbox: true,
  aim: 1.15,
  floor: 1.3,
  limit: "a row for each call, blanked and written in batches",
};
const production: Whose = {
  what: "a production app",
  sandbox: false,
  aim: 1.03,
  floor: 1.1,
  limit: "a look at whether the app is a sandbox",
};

/** Claims of 1 000 coupons by 100 000 people where calls of sandbox apps are logged, against the same where they are not. */
async function compare(bench: Bench, { what, sandbox, aim, floor, limit }: Whose): Promise<Figure[]> {
  const directory = temporaryDirectory();
  const [withLog, without] = ["with", "without"].map((name) => join(directory.path, name)) as [string, string];
  for (const dataDir of [withLog, without]) await createShop({ dataDir }, 1000, 3, { sandbox });
  const { profileTo } = bench;
  const servers = [
    profileTo
      ? await startQuanku({ dataDir: withLog }, { profileTo })
      : await startReference("call-log.ts", withLog, "logging"),
    await startReference("call-log.ts", without, "not-logging"),
  ] as const;
  const bodies = { kind: "random", template: JSON.stringify(wideClaim) } as const;
  const load = { bodies, connections: CONNECTIONS, generations: bench.pace.generations };
  const [path, pathWithout] = [(await signIn(servers[0]))("claim"), (await signIn(servers[1]))("claim")];
  const [logging, silent] = await interleave(bench.run, bench.pace, [
    { name: "logging", servers: [servers[0]], path, ...load },
    { name: "not logging", servers: [servers[1]], path: pathWithout, ...load },
  ]);
  for (const server of servers) await server.stop();
  directory.remove();
  return [
    {
      what: `time of a claim of ${what} with the log of calls`,
      values: ratios(silent, logging),
      unit: "times as long as without",
      aim,
      floor,
      better: "lower",
      sides: [tell(logging), tell(silent)],
      limit: `${limit}${doubts(logging, silent)}`,
    },
    {
      what: `processor time of the same, ${what}`,
      values: costRatios(logging, silent),
      unit: "times as much as without",
      aim,
      floor,
      better: "lower",
      sides: [],
      limit: "the same",
    },
  ];
}

export const callLog: Case = {
  name: "call-log",
  about: "claims of a sandbox app whose calls are logged, and of a production app's, against where nothing is logged",
  run: async (bench) => [...(await compare(bench, sandbox)), ...(await compare(bench, production))],
};
