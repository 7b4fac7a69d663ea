import { setTimeout as sleep } from "node:timers/promises";
import { signIn } from "../client.ts";
import { settlingOf } from "../load/settling.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { jobOf, median } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Bench, Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

/** About as many entries as a server owes at most, and how many times longer than another load this one waits for them. */
const [MANY_OWED, PATIENCE] = [120_000, 5];
const LOOK_MS = 50;
const [READY_LOOK_MS, READY_WITHIN_MS] = [5, 60_000];

export const killRestart: Case = {
  name: "kill-restart",
  about: "from the start of the process to /readyz, after a SIGKILL under a load of claims when it owes the most",
  async run(bench) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 10, 3);
    const killed: number[] = [];
    const calm: number[] = [];
    const owed: number[] = [];
    for (let round = 0; round < bench.pace.rounds; round++) {
      const owing = await killUnderLoad(bench, directory.path);
      if (owing !== undefined) owed.push(owing);
      killed.push(await secondsToReady(directory.path));
      calm.push(await secondsToReady(directory.path));
    }
    directory.remove();
    const owing =
      owed.length === 0 ? "" : `, ${Math.round(median(owed)).toLocaleString("en")} entries owed at the kill`;
    return [
      {
        what: "ready again after a SIGKILL under claims",
        values: killed,
        unit: "s",
        aim: 1,
        floor: 2,
        better: "lower",
        sides: [`started again after it was stopped: ready after ${median(calm).toFixed(2)} s${owing}`],
        limit: "loading modules; then SQLite reads its log, and what the journal is ahead of the tables is settled",
      },
    ];
  },
};

/** Kills a server when it owes much, or else when the load is nearly over; answers how many entries it owed, if it tells. */
async function killUnderLoad({ run, pace }: Bench, dataDir: string): Promise<number | undefined> {
  const quanku = await startQuanku({ dataDir });
  const owed = async () => (await settlingOf([quanku.port]))?.owed;
  let owing = await owed();
  const ms = pace.ms * (owing === undefined ? 1 : PATIENCE);
  const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
  const path = (await signIn(quanku))("claim");
  const side = { name: "claims", servers: [quanku], path, bodies, connections: CONNECTIONS } as const;
  const killAt = performance.now() + ms * 0.9;
  // Its connections break.
  const load = run(jobOf(side, { ms, warmUpMs: 0 })).catch(() => undefined);
  while (performance.now() < killAt && !(owing !== undefined && owing >= MANY_OWED)) {
    await sleep(LOOK_MS);
    if (owing !== undefined) owing = await owed();
  }
  await quanku.kill();
  if ((await load) !== undefined) throw new Error("the server was killed when the load was over");
  return owing;
}

/** Starts a server, waits until it would keep writes, and stops it. */
async function secondsToReady(dataDir: string): Promise<number> {
  const begin = performance.now();
  const quanku = await startQuanku({ dataDir });
  while ((await fetch(`http://127.0.0.1:${quanku.port}/readyz`)).status !== 200) {
    if (performance.now() - begin > READY_WITHIN_MS) throw new Error("the server did not become ready");
    await sleep(READY_LOOK_MS);
  }
  const seconds = (performance.now() - begin) / 1000;
  await quanku.stop();
  return seconds;
}
