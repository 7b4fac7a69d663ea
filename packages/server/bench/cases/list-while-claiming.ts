import { type Reply, shortReply, startBare } from "../bare.ts";
import { call, signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import type { Job, Tally } from "../load/job.ts";
import { type Server, startGenerator, startQuanku, temporaryDirectory } from "../processes.ts";
import { assertServed, type Measured } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

const page = { page_size: 200, offset: 0 };
/** 200 pages a second: a light load, and enough of them for a 99th percentile. */
const READERS = { connections: 4, everyMs: 20 };
/** Claims at a fixed rate, which is no more on a server that has time for more. */
const CLAIMS_A_SECOND = 2000;
const STEADY = { connections: CONNECTIONS, everyMs: (CONNECTIONS * 1000) / CLAIMS_A_SECOND };

export const listWhileClaiming: Case = {
  name: "list-while-claiming",
  about:
    "how long get_list of a page of 200 takes while one of its coupons is claimed: against how long it takes else, and, while claims come at a fixed rate, against a server that does no work under the same load",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 2000);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const pathOf = await signIn(quanku);
    const pageReply: Reply = { ...(await call(quanku, pathOf("get_list"), page)), path: pathOf("get_list") };
    const noWork = await startBare(directory.path, pageReply, shortReply);

    const onServer = ({ port, pid }: Server) => {
      const load = { ports: [port], serverPids: [pid], warmUpMs: pace.warmUpMs, ms: pace.ms };
      const pages = { kind: "cycle", bodies: [JSON.stringify(page)] } as const;
      const claims = { kind: "random", template: JSON.stringify(hotClaim) } as const;
      const reading: Job = { ...load, ...READERS, path: pathOf("get_list"), bodies: pages };
      const claiming: Job = { ...load, connections: CONNECTIONS, path: pathOf("claim"), bodies: claims };
      return { reading, claiming, steady: { ...claiming, ...STEADY } };
    };
    const [ours, theirs] = [onServer(quanku), onServer(noWork)];
    const { generations } = pace;

    const readers = startGenerator();
    /** Pages, and the claims meanwhile. */
    const both = async (reading: Job, claiming: Job) => {
      const [pages, claims] = await Promise.all([readers.run(reading), run(claiming)]);
      return [beside(pages, claims), beside(claims, pages)] as const;
    };
    const idle: Measured = { name: "get_list, nobody claims", rounds: [] };
    const busy: Pair = pair("get_list while others claim", "the claims meanwhile");
    const steady: Pair = pair(`get_list, ${CLAIMS_A_SECOND} claims a second`, "those claims");
    const without: Pair = pair("the same, no work at all", "those requests");
    await readers.run(ours.reading);
    await readers.run(theirs.reading);
    for (let round = 0; round < pace.rounds; round++) {
      idle.rounds.push(await readers.run(ours.reading));
      add(busy, await both({ ...ours.reading, generations }, { ...ours.claiming, generations }));
      add(steady, await both({ ...ours.reading, generations }, { ...ours.steady, generations }));
      add(without, await both(theirs.reading, theirs.steady));
    }
    for (const { name, rounds } of [idle, ...busy, ...steady, ...without])
      for (const tally of rounds) assertServed(name, tally);
    await Promise.all([readers.stop(), quanku.stop(), noWork.stop()]);
    directory.remove();
    return [
      {
        what: `get_list, p99 while ${CONNECTIONS} connections claim a coupon of the page`,
        values: p99Ratios(busy[0], idle),
        unit: "times the idle p99",
        aim: 3,
        better: "lower",
        sides: [busy[0], idle, busy[1]].map(tell),
        limit: `the commit of a batch of claims, which a page waits for${doubts(idle, ...busy)}`,
      },
      {
        what: `get_list, p99 while claims of the page come at ${CLAIMS_A_SECOND} a second`,
        values: p99Ratios(steady[0], without[0]),
        unit: "times a server's that does no work",
        aim: 1.3,
        floor: 2,
        better: "lower",
        sides: [...steady, ...without].map(tell),
        limit: `the same, and a page made anew after each${doubts(...steady, ...without)}`,
      },
    ] satisfies Figure[];
  },
};

type Pair = readonly [pages: Measured, claims: Measured];
const pair = (pages: string, claims: string): Pair => [
  { name: pages, rounds: [] },
  { name: claims, rounds: [] },
];
const add = (sides: Pair, tallies: readonly [Tally, Tally]) => {
  for (const nth of [0, 1] as const) sides[nth].rounds.push(tallies[nth]);
};

const p99Ratios = (measured: Measured, reference: Measured): number[] =>
  measured.rounds.map(({ p99 }, round) => p99 / (reference.rounds[round] as Tally).p99);

/** What a generator tells, when another one that ran at the same time is not taken for a disturbance. */
const beside = (tally: Tally, { generatorCpuMs }: Tally): Tally => ({
  ...tally,
  othersCpuMs: tally.othersCpuMs - generatorCpuMs,
});
