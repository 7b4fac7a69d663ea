import { signIn } from "../client.ts";
import { startDatabase } from "../database.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { type Server, startQuanku, startReference } from "../processes.ts";
import { textbookTables } from "../references/textbook-tables.ts";
import { interleave, type Measured, median, ratios } from "../rounds.ts";
import { createShop, HOT_COUPON, shop } from "../shop.ts";
import { CONNECTIONS } from "./beside-references.ts";
import type { Case } from "./case.ts";
import { hotClaim } from "./claim.ts";

/** When everybody wants one coupon, many wait at the same time. */
const RUSH = 512;

export const claimPostgres: Case = {
  name: "claim-postgres",
  about: "claims of one coupon on PostgreSQL, by one process and by two, against one transaction a claim",
  async run(bench) {
    const database = await startDatabase();
    await createShop({ databaseUrl: database.url }, 10, 3);
    await database.query(textbookTables);
    const quanku = await twoOf(() => startQuanku({ databaseUrl: database.url }, { profileTo: bench.profileTo }));
    const textbook = await twoOf(() => startReference("textbook-postgres.ts", database.url, shop.appid));

    const bodies = { kind: "random", template: JSON.stringify(hotClaim) } as const;
    const load = { path: (await signIn(quanku[0]))("claim"), bodies, databasePid: database.pid };
    const [rush, few] = [
      { ...load, connections: RUSH },
      { ...load, connections: CONNECTIONS },
    ];
    const sides = [
      { name: "Quanku, one process", servers: [quanku[0]], ...rush },
      { name: "Quanku, two processes", servers: quanku, ...rush },
      { name: "textbook, one process", servers: [textbook[0]], ...rush },
      { name: "textbook, two processes", servers: textbook, ...rush },
      { name: `Quanku, ${CONNECTIONS} connections`, servers: [quanku[0]], ...few },
      { name: `textbook, ${CONNECTIONS} connections`, servers: [textbook[0]], ...few },
    ] as const;
    const [one, two, textbookOne, textbookTwo, fewer, textbookFewer] = await interleave(
      database.logging(bench.run),
      bench.pace,
      sides,
    );
    const statements = await database.statementsPerReply(bench, sides[0]);
    await assertAllThere(database.query);
    await Promise.all([...quanku, ...textbook].map((server) => server.stop()));
    await database.remove();
    return [
      { ...against(`one process, ${RUSH} connections`, one, textbookOne), aim: 15, floor: 8 },
      { ...against(`two processes, ${RUSH} connections`, two, textbookTwo), aim: 20, floor: 10 },
      against(`one process, ${CONNECTIONS} connections`, fewer, textbookFewer),
      {
        what: "the same, two processes on as many cores as one",
        values: ratios(two, one),
        unit: "times one process",
        better: "higher",
        sides: [tell(two), tell(one)],
        limit: `one lock an app, and the cores of this machine that both, the database and the load share${doubts(two, one)}`,
      },
      {
        what: "log of PostgreSQL a claim, one process",
        values: one.rounds.map(({ loggedBytes = Number.NaN, answered }) => loggedBytes / answered / 1000),
        unit: "KB of WAL",
        aim: 1,
        floor: 1.3,
        better: "lower",
        sides: [],
        limit: "each row twice, in its table and in the journal, and an entry of each index",
      },
      {
        what: "processor time of PostgreSQL a claim, one process",
        values: databaseCosts(one),
        unit: `µs (the textbook handler: ${median(databaseCosts(textbookOne)).toFixed(0)})`,
        better: "lower",
        sides: [],
        limit: "statements a batch, and what each row costs tables and indexes",
      },
      {
        what: "statements a claim, one process",
        values: [statements],
        unit: "(the textbook handler: 4)",
        better: "lower",
        sides: [],
        limit: "a batch is so many statements whatever its size: more connections, fewer a claim",
      },
    ];
  },
};

/** How many times one transaction a claim. */
const against = (how: string, ours: Measured, textbook: Measured): Figure => ({
  what: `claim on PostgreSQL, one hot coupon, ${how}`,
  values: ratios(ours, textbook),
  unit: "times one transaction a claim",
  better: "higher",
  sides: [tell(ours), tell(textbook)],
  limit: `the cores, which the database and the load share with the server${doubts(ours, textbook)}`,
});

/** What a claim costs the database's processes, in microseconds, round by round. */
const databaseCosts = ({ rounds }: Measured): number[] =>
  rounds.map(({ databaseCpuMs, completed }) => (databaseCpuMs * 1000) / completed);

const twoOf = async (start: () => Promise<Server>): Promise<[Server, Server]> => [await start(), await start()];

/** A claim that is fast and wrong is none: as many coupons as were taken from the stock are in wallets. */
async function assertAllThere(query: (text: string) => Promise<unknown[][]>): Promise<void> {
  const [[claimed, given, position]] = (await query(
    `SELECT claimed, (SELECT count(*) FROM user_coupon), coupon.position FROM stock
     JOIN coupon ON position = stock.coupon WHERE out_coupon_id = '${HOT_COUPON}'`,
  )) as [[number, number, number]];
  // A shop begins with as many claimed as its position says.
  if (claimed - position !== given) throw new Error(`${claimed - position} were taken from the stock, ${given} given`);
}
