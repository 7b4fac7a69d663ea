import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { shortReply, startBare } from "../bare.ts";
import { signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { startQuanku, startReference, temporaryDirectory } from "../processes.ts";
import { type Step, steps } from "../references/steps.ts";
import { interleave, type Measured, ratios } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

/** What each step adds to those before it, and what that costs. */
const adds: Record<Step | "quanku", { what: string; limit: string }> = {
  json: { what: "+ JSON in, text out", limit: "parsing the body, and a reply of 300 bytes" },
  token: { what: "+ token digest", limit: "a SHA-256 of the token" },
  checks: { what: "+ body checked by the schema", limit: "the schema, which checks any call's body" },
  memory: { what: "+ decided in memory", limit: "three maps, and what they keep on the heap" },
  file: { what: "+ one fdatasync a batch", limit: "the disk; claims that wait for it, answered together" },
  journal: { what: "or one SQLite COMMIT a batch", limit: "one compact row, by another thread, in SQLite's log" },
  quanku: { what: "Quanku itself", limit: "all of that, tables that can be read, and the rules" },
};

export const ceilings: Case = {
  name: "ceilings",
  about: "what a claim must cost, a step at a time: from bare node:http over its parts up to Quanku, rates of bare",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    const own = { dataDir: join(directory.path, "quanku") };
    await createShop(own, 10, 3);
    const quanku = await startQuanku(own, { profileTo });
    const path = (await signIn(quanku))("claim");
    const token = new URL(path, "http://localhost").searchParams.get("access_token") as string;
    const bare = await startBare(directory.path, shortReply);
    const stairs = [];
    for (const step of steps) {
      mkdirSync(join(directory.path, step));
      stairs.push(await startReference("staircase.ts", step, join(directory.path, step), token));
    }

    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const load = { path, bodies, connections: CONNECTIONS };
    const sides = [
      { name: "bare node:http", servers: [bare], ...load },
      ...stairs.map((server, nth) => ({ name: adds[steps[nth] as Step].what, servers: [server], ...load })),
      { name: adds.quanku.what, servers: [quanku], ...load, generations: pace.generations },
    ];
    const [ceiling, ...measured] = (await interleave(run, pace, sides)) as [Measured, ...Measured[]];
    await Promise.all([quanku, bare, ...stairs].map((server) => server.stop()));
    directory.remove();
    return [
      { ...stair("bare node:http", ceiling, ceiling), limit: "reading a body, and answering 60 bytes" },
      ...[...steps, "quanku" as const].map((step, nth) => {
        const side = measured[nth] as Measured;
        const { what, limit } = adds[step];
        return { ...stair(what, side, ceiling), limit: `${limit}${doubts(side)}` };
      }),
    ];
  },
};

const stair = (what: string, side: Measured, ceiling: Measured): Omit<Figure, "limit"> => ({
  what,
  values: ratios(side, ceiling),
  unit: "of bare node:http",
  better: "higher",
  sides: [tell(side)],
});
