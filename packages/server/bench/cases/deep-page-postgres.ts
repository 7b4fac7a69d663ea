import { call, signIn } from "../client.ts";
import { startDatabase } from "../database.ts";
import { type Figure, tell } from "../figures.ts";
import { startQuanku, startReference } from "../processes.ts";
import { textbookTables } from "../references/textbook-tables.ts";
import { interleave, type Measured, ratios } from "../rounds.ts";
import { createShop, shop } from "../shop.ts";
import type { Case } from "./case.ts";
import { shuffledPages } from "./deep-page.ts";

const CONNECTIONS = 32;
/** As many as a database of a few cores serves at once where each reply takes it most of a second. */
const FEW_CONNECTIONS = 2;
const PAGE = 200;
/** More coupons than the server keeps encoded, so that each page is read from the database. */
const UNCACHED = 250_000;

/** The entries of get_list as they are sent, ready as text. */
const readyEntries = `
CREATE TABLE ready_entry (appid text COLLATE "C", position integer, entry text NOT NULL, PRIMARY KEY (appid, position));
INSERT INTO ready_entry SELECT appid, position,
  '{"coupon":{"out_coupon_id":"' || out_coupon_id || '","type":2,"promote_type":4,"coupon_info":'
  || CASE status WHEN 'active' THEN left(document, -1) || ',"ext_info":{"valid_time":' || activated_at || '}}' ELSE document END
  || ',"status":' || CASE status WHEN 'active' THEN 2 ELSE 1 END || ',"create_time":' || coupon.created_at
  || ',"update_time":' || coupon.updated_at || ',"appid":"' || appid || '"}'
  || CASE status WHEN 'active' THEN ',"coupon_stock":{"out_coupon_id":"' || out_coupon_id || '","stock_info":{"issued_num":'
       || remaining || ',"receive_num":' || claimed || '},"create_time":' || stock.created_at || ',"update_time":'
       || stock.updated_at || ',"appid":"' || appid || '"}' ELSE '' END || '}'
FROM coupon LEFT JOIN (SELECT coupon AS position, * FROM stock) AS stock USING (appid, position);
`;

export const deepPagePostgres: Case = {
  name: "deep-page-postgres",
  about:
    "get_list at the deep end of a large catalogue on PostgreSQL against OFFSET with COUNT(*), and one ready statement",
  async run(bench) {
    const { run, pace, coupons, profileTo } = bench;
    const database = await startDatabase();
    await createShop({ databaseUrl: database.url }, coupons);
    await database.query(textbookTables);
    await database.query(readyEntries);
    await database.query("VACUUM ANALYZE");
    const quanku = await startQuanku({ databaseUrl: database.url }, { profileTo });
    const textbook = await startReference("textbook-postgres.ts", database.url, shop.appid);
    const ready = await startReference("one-statement.ts", database.url, shop.appid);
    const path = (await signIn(quanku))("get_list");

    const side = (name: string, server: typeof quanku, offsets: number[], connections = CONNECTIONS) => {
      const bodies = {
        kind: "cycle",
        bodies: offsets.map((offset) => JSON.stringify({ page_size: PAGE, offset })),
      } as const;
      return { name, servers: [server], path, bodies, connections, databasePid: database.pid };
    };
    const deepest = coupons - PAGE;
    const walk = shuffledPages(coupons - Math.min(UNCACHED, coupons / 2), coupons);
    const body = { page_size: PAGE, offset: deepest };
    const pages = await Promise.all([quanku, ready].map(async (server) => (await call(server, path, body)).bytes));
    if (pages[0]?.compare(pages[1] as Buffer) !== 0) throw new Error("the references send another page than Quanku");

    const sides = [
      side("Quanku, the deepest page", quanku, [deepest]),
      side("Quanku, pages it has not kept", quanku, walk),
      side("OFFSET and COUNT(*)", textbook, [deepest], FEW_CONNECTIONS),
      side("one statement, deepest page", ready, [deepest]),
      side("one statement, all those pages", ready, walk),
    ] as const;
    const [kept, read, byOffset, one, oneWalk] = await interleave(run, pace, sides);
    const keptStatements = await database.statementsPerReply(bench, sides[0]);
    const readStatements = await database.statementsPerReply(bench, sides[1]);
    await Promise.all([quanku, textbook, ready].map((server) => server.stop()));
    await database.remove();

    const what = `get_list on PostgreSQL, the deepest page of ${coupons} coupons`;
    return [
      {
        ...faster(kept, byOffset),
        what,
        unit: "times OFFSET and COUNT(*)",
        aim: 50,
        limit: "the reference, which reads the whole catalogue for each page",
      },
      {
        ...faster(kept, one),
        what: `${what}, kept`,
        unit: "of one statement by key",
        aim: 0.9,
        limit: "sending 190 KB; the database is only asked whether the page is still true",
      },
      {
        ...faster(read, oneWalk),
        what: "the same, pages that are not kept",
        unit: "of one statement by key",
        limit: "reading 200 rows of columns into records and encoding them, where the reference has the text ready",
      },
      { ...statementsOf("a page that is kept", keptStatements), limit: "callers at the same time share the question" },
      { ...statementsOf("a page that is not kept", readStatements), limit: "the page, and whether something changed" },
    ];
  },
};

const faster = (ours: Measured, theirs: Measured): Pick<Figure, "values" | "better" | "sides"> => ({
  values: ratios(ours, theirs),
  better: "higher",
  sides: [tell(ours), tell(theirs)],
});

const statementsOf = (what: string, statements: number): Omit<Figure, "limit"> => ({
  what: `statements for ${what}`,
  values: [statements],
  unit: "statements",
  better: "lower",
  sides: [],
});
