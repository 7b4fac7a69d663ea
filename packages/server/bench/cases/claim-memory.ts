import { signIn } from "../client.ts";
import { tell } from "../figures.ts";
import { settlingOf } from "../load/settling.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { progress } from "../progress.ts";
import { assertServed, jobOf, type Measured } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { residentMiB } from "../system.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

const BYTES_A_MIB = 2 ** 20;

export const claimMemory: Case = {
  name: "claim-memory",
  about: "what the server holds in memory after 1 000 000 claims of one coupon (with --quick 50 000)",
  async run({ run, pace, isQuick, profileTo }) {
    const claims = isQuick ? 50_000 : 1_000_000;
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 10, 3);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const path = (await signIn(quanku))("claim");
    const side = { name: "the claims", servers: [quanku], path, bodies, connections: CONNECTIONS } as const;
    const measured: Measured = { name: side.name, rounds: [] };
    const megabytes = () => (residentMiB(quanku.pid) * BYTES_A_MIB) / 1e6;

    const atFirst = megabytes();
    const bar = progress(`${claims.toLocaleString("en")} claims`, claims);
    for (let made = 0; made < claims; ) {
      const tally = await run(jobOf(side, { ms: pace.ms, warmUpMs: 0 }));
      assertServed(side.name, tally);
      measured.rounds.push(tally);
      made += tally.answered;
      bar.at(Math.min(made, claims));
    }
    bar.done();
    const resident = megabytes();
    const settling = await settlingOf([quanku.port]);
    const owed = settling ? `; ${settling.owed.toLocaleString("en")} entries owed then` : "";
    await quanku.stop();
    directory.remove();
    return [
      {
        what: `resident memory after ${claims.toLocaleString("en")} claims`,
        values: [resident],
        unit: "MB",
        aim: 300,
        floor: 450,
        better: "lower",
        sides: [tell(measured), `at first ${atFirst.toFixed(0)} MB${owed}`],
        limit: "Node, SQLite's cache of pages up to 64 MiB, and what is kept of claims and not yet collected",
      },
    ];
  },
};
