import { signIn } from "../client.ts";
import { doubts, tell } from "../figures.ts";
import type { Job, Tally } from "../load/job.ts";
import { startGenerator, startQuanku, temporaryDirectory } from "../processes.ts";
import { assertServed, type Measured } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

const page = JSON.stringify({ page_size: 200, offset: 0 });
/** 200 pages a second: a light load, and enough of them for a 99th percentile. */
const READERS = { connections: 4, everyMs: 20 };

export const listWhileClaiming: Case = {
  name: "list-while-claiming",
  about: "how long get_list of a page of 200 takes while one of its coupons is claimed, against how long it takes else",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 2000);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const pathOf = await signIn(quanku);
    const load = { ports: [quanku.port], serverPids: [quanku.pid], warmUpMs: pace.warmUpMs, ms: pace.ms };
    const reading: Job = { ...load, ...READERS, path: pathOf("get_list"), bodies: { kind: "cycle", bodies: [page] } };
    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const claiming: Job = { ...load, connections: CONNECTIONS, path: pathOf("claim"), bodies };

    const readers = startGenerator();
    const idle: Measured = { name: "get_list, nobody claims", rounds: [] };
    const busy: Measured = { name: "get_list while others claim", rounds: [] };
    const claims: Measured = { name: "the claims meanwhile", rounds: [] };
    await readers.run(reading);
    for (let round = 0; round < pace.rounds; round++) {
      idle.rounds.push(await readers.run(reading));
      const [pages, granted] = await Promise.all([readers.run(reading), run(claiming)]);
      busy.rounds.push(beside(pages, granted));
      claims.rounds.push(beside(granted, pages));
    }
    for (const { name, rounds } of [idle, busy, claims]) for (const tally of rounds) assertServed(name, tally);
    await Promise.all([readers.stop(), quanku.stop()]);
    directory.remove();
    return [
      {
        what: `get_list, p99 while ${CONNECTIONS} connections claim a coupon of the page`,
        values: busy.rounds.map(({ p99 }, round) => p99 / (idle.rounds[round] as Tally).p99),
        unit: "times the idle p99",
        aim: 3,
        better: "lower",
        sides: [busy, idle, claims].map(tell),
        limit: `the commit of a batch of claims, which a page waits for${doubts(busy, idle, claims)}`,
      },
    ];
  },
};

/** What a generator tells, when another one that ran at the same time is not taken for a disturbance. */
const beside = (tally: Tally, { generatorCpuMs }: Tally): Tally => ({
  ...tally,
  othersCpuMs: tally.othersCpuMs - generatorCpuMs,
});
