import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../src/cli/data.ts";
import type { HandOut } from "../../src/domain/records.ts";
import { systemClock } from "../../src/service/clock.ts";
import { HandOuts } from "../../src/service/hand-outs/hand-outs.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { signIn } from "../client.ts";
import { doubts, tell } from "../figures.ts";
import { type Job, rate, type Tally } from "../load/job.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { assertServed, type Measured } from "../rounds.ts";
import { createShop, HOT_COUPON, shop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

/** More lines than are decided in a round, which lasts as long as a server takes to settle what it owes. */
const [LINES, LINES_QUICK] = [400_000, 100_000];
const LOOK_MS = 20;

export const handOutBeside: Case = {
  name: "hand-out-beside",
  about: "claims of a coupon while it is handed out to a list, against the claims alone",
  async run({ run, pace, isQuick, profileTo }) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 10);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const operator = await openOperator(directory.path, isQuick ? LINES_QUICK : LINES);
    const load = { ports: [quanku.port], serverPids: [quanku.pid], warmUpMs: pace.warmUpMs, ms: pace.ms };
    const { generations } = pace;
    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const claiming: Job = {
      ...load,
      connections: CONNECTIONS,
      path: (await signIn(quanku))("claim"),
      bodies,
      generations,
    };

    const alone: Measured = { name: "claims alone", rounds: [] };
    const beside: Measured = { name: "claims beside a hand-out", rounds: [] };
    const linesASecond: number[] = [];
    await run(claiming);
    for (let round = 0; round < pace.rounds; round++) {
      alone.rounds.push(await run(claiming));
      const handOutId = await operator.begin(round);
      const before = await operator.show(handOutId);
      const tally = await run(claiming);
      beside.rounds.push(tally);
      const after = await operator.show(handOutId);
      if (after.state !== "running") throw new Error(`the hand-out is ${after.state} before the round is over`);
      linesASecond.push(((after.next - before.next) * 1000) / (pace.warmUpMs + tally.ms));
      await operator.end(handOutId);
    }
    for (const { name, rounds } of [alone, beside]) for (const tally of rounds) assertServed(name, tally);
    await operator.close();
    await quanku.stop();
    directory.remove();
    return [
      {
        what: `claims of ${CONNECTIONS} connections beside a hand-out of the same coupon`,
        values: beside.rounds.map((tally, round) => rate(alone.rounds[round] as Tally) / rate(tally)),
        unit: "times slower than alone",
        aim: 2,
        better: "lower",
        sides: [alone, beside].map(tell),
        limit: `the rest after each batch, as long as the batch took${doubts(alone, beside)}`,
      },
      {
        what: "lines of the hand-out meanwhile",
        values: linesASecond,
        unit: "lines a second",
        better: "higher",
        sides: [],
        limit: "the same",
      },
    ];
  },
};

/** Whoever makes hand-outs on the data of a running server, which works on them. */
async function openOperator(dataDir: string, lines: number) {
  const { store } = await openStore(
    { dataDir, databaseConnections: 1, statementTimeout: 10_000 },
    { mayCreate: false },
  );
  const ledger = new Ledger({ store, clock: systemClock });
  const handOuts = new HandOuts({ store, ledger, clock: systemClock });
  const { appid } = shop;
  const show = async (handOutId: string) => (await store.handOut(appid, handOutId)) as HandOut;
  async function* people(round: number) {
    for (let line = 1; line <= lines; line++) yield { line, openid: `handed-out-${round}-${line}` };
  }
  return {
    show,
    /** Makes a hand-out; resolves once the server gives. */
    async begin(round: number): Promise<string> {
      const handOutId = `round-${round}`;
      const asked = { appid, handOutId, outCouponId: HOT_COUPON, dryRun: false, by: "command_line" } as const;
      await handOuts.create(asked, people(round));
      while ((await show(handOutId)).next === 0) await sleep(LOOK_MS);
      return handOutId;
    },
    async end(handOutId: string): Promise<void> {
      await handOuts.cancel(appid, handOutId, "command_line");
      while ((await show(handOutId)).worker !== null) await sleep(LOOK_MS);
    },
    close: () => store.close(),
  };
}
