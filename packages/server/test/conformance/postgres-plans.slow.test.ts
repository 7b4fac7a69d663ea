import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { PLANNER } from "../../src/store/postgres/connection.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase, query } from "../../testing/postgres.ts";
import { aCoupon, anApp, anAttempt, put } from "../../testing/records.ts";
import { patient } from "../../testing/stores.ts";

const COUPONS = 300_000;
const USER_COUPONS = 300_000;
/** Of these, so many are in the wallet of one person. */
const COLLECTED = 200_000;
/** Of a list that is handed out. */
const LINES = 200_000;
const PAGE = 200;
/** So many are in the wallet of one whose coupons are chosen from: all of them are walked. */
const KEPT = 2 * PAGE;
const BATCH = 200;
const ORDERS = 100_000;
/** A statement may touch a few rows for each key of a batch and each entry of a page, and no more. */
const MOST_ROWS = 5 * BATCH;

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Join Filter"?: string;
  Filter?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
};

let database: Awaited<ReturnType<typeof createDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  store = await openPostgresStore({ url: database.url, ...patient });
  await put(store, { record: "app", value: anApp("a") });
  const coupon = aCoupon("a", "first", 0);
  await query(
    database.url,
    `INSERT INTO coupon SELECT 'a', n, 'c' || n, '${coupon.kind}', 4, '{"name":"${"x".repeat(100)}"}',
       '${JSON.stringify(coupon.terms)}', CASE n % 10 WHEN 0 THEN 'draft' ELSE 'active' END, 1, 1, 1, true,
       CASE n % 2 WHEN 0 THEN 1000 + n END, 0, 'coupon ' || n FROM generate_series(0, ${COUPONS - 1}) AS n;
     INSERT INTO stock SELECT 'a', n, 1000000, 0, 0, 1, 1 FROM generate_series(0, ${COUPONS - 1}) AS n WHERE n % 10 > 0;
     INSERT INTO user_coupon SELECT 'a', n % 1000 + 1, 'u' || n,
       CASE WHEN n < ${COLLECTED} THEN 'collector' WHEN n >= ${USER_COUPONS - KEPT} THEN 'keeper' ELSE 'person-' || n END,
       CASE WHEN n < ${COLLECTED} THEN n WHEN n >= ${USER_COUPONS - KEPT} THEN n - ${USER_COUPONS - KEPT} ELSE 0 END,
       'effective', 1, 1, 1, 0, 2000000000 + n, NULL, NULL, NULL, NULL, 'r' || n
       FROM generate_series(0, ${USER_COUPONS - 1}) AS n;
     INSERT INTO claim SELECT 'a', 'q' || n, n % 1000 + 1, 'u' || n FROM generate_series(0, ${ORDERS - 1}) AS n;
     INSERT INTO shop_order (appid, out_order_id, content, number)
       SELECT 'a', 'order ' || n, '{"openid":"p","status":"redeemed"}', n FROM generate_series(1, ${ORDERS}) AS n;
     INSERT INTO hand_out_line SELECT 'a', '0000000001 long', n, 'p' || n, NULL FROM generate_series(1, ${LINES}) AS n`,
  );
}, 120_000);
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Every statement with its values that the store sends while something is done. */
async function sentDuring(work: () => Promise<void>): Promise<Map<string, unknown[]>> {
  const sent = new Map<string, unknown[]>();
  const { query: original } = pg.Client.prototype;
  pg.Client.prototype.query = function (
    this: pg.Client,
    ...asked: [{ name?: string; text: string; values: unknown[] }]
  ) {
    if (asked[0].name) sent.set(asked[0].text, asked[0].values);
    return (original as (...asked: unknown[]) => unknown).apply(this, asked);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return sent;
}

/** All that a busy shop asks of its store. */
async function businessAsUsual(run: string): Promise<void> {
  const ledger = new Ledger({ store, clock: () => 1_700_000_000 });
  const submitted = async (...commands: Command[]) => {
    for (const answer of await Promise.all(commands.map((command) => ledger.submit(command, "app"))))
      expect(answer).toHaveProperty("result");
  };
  const claims = Array.from({ length: BATCH }, (_, n) => ({
    appid: "a",
    openid: `person-${COLLECTED + n * 1000}`,
    outCouponId: `c${n * 10 + 1}`,
    requestId: `${run}-${n}`,
    outUserCouponId: `${run}-${n}`,
  }));
  const activate = { appid: "a", outCouponId: run, to: "active" } as const;
  const terms = { claimWindow: null, limitPerPerson: 9, total: 9, validity: null, discount: null };
  const content = {
    appid: "a",
    outCouponId: run,
    kind: "shop_flat_discount",
    channel: 4,
    document: "{}",
    terms,
  } as const;
  await submitted({ do: "addCoupon", content }, { do: "changeCouponStatus", ...activate });
  await submitted(
    { do: "replaceCoupon", content: { ...content, outCouponId: "c0" } },
    { do: "restock", appid: "a", outCouponId: run, remaining: 5, claimed: 0 },
  );
  await query(database.url, "UPDATE coupon SET terms = $1 WHERE position < 3000", [JSON.stringify(terms)]);
  await submitted(...claims.map((claim): Command => ({ do: "claimCoupon", ...claim })));
  const held = claims.map((claim) => ({
    ...claim,
    requestId: `${claim.requestId}-held`,
    openid: `${run}-${claim.openid}`,
  }));
  await submitted(...held.map((claim): Command => ({ do: "holdCoupon", ...claim })));
  await submitted(...held.map((claim): Command => ({ do: "releaseHold", because: "declined", ...claim })));
  await submitted(...claims.map((claim): Command => ({ do: "changeUserCouponStatus", ...claim, to: "used" })), {
    do: "rotateSecret",
    appid: "a",
    secret: { salt: run, digest: run },
  });
  await store.keepCallbacks([anAttempt("a", { at: 1 })]);
  const handOut = { appid: "a", handOutId: run, list: run === "before" ? "0000000001 long" : "0000000002 short" };
  const worker = "w";
  const asked = { ...handOut, outCouponId: run, total: LINES, dryRun: false, by: "app" } as const;
  const added = Array.from({ length: BATCH }, (_, n) => ({ line: LINES + n + 1, openid: `p${n * 2000}` }));
  await store.addHandOutLines("a", "0000000001 long", added);
  await submitted({ do: "createHandOut", ...asked });
  await submitted({ do: "takeHandOut", ...handOut, worker, real: 1_700_000_000 });
  const lines = await store.listHandOutLines("a", "0000000001 long", LINES / 2, BATCH);
  const noted = lines.map(({ line }) => ({ line, result: { given: run } }));
  await store.noteHandOutLines(handOut, worker, noted);
  await store.listHandOuts("a", { createdAt: 2_000_000_000, handOutId: "" }, PAGE);
  await store.listOpenHandOuts(worker, 1_800_000_000, PAGE);
  await store.listLooseLines("9", PAGE);
  await store.removeHandOutLines("a", "0000000001 long", 1);
  await store.handOut("a", run);
  for (const offset of [0, COUPONS / 2, COUPONS - PAGE]) await store.listCoupons("a", offset, PAGE);
  for (const after of [null, { name: "", position: COUPONS / 2 }]) {
    await store.findCoupons("a", {}, after, PAGE);
    await store.findCoupons("a", { status: "active" }, after, PAGE);
    await store.findCoupons("a", { kind: "shop_flat_discount", status: "expired" }, after, PAGE);
  }
  await store.findCoupons("a", { namePrefix: "coupon 5", status: "draft" }, { name: "coupon 55", position: 55 }, PAGE);
  // What there is none of would be looked for from end to end without its index.
  await store.findCoupons("a", { status: "void" }, null, PAGE);
  await store.findCoupons("a", { kind: "product_trade_in" }, null, PAGE);
  await store.findCoupons("a", { namePrefix: "none" }, null, PAGE);
  for (const offset of [0, COLLECTED - PAGE]) await store.listUserCoupons("a", "collector", offset, PAGE);
  for (const before of [null, COLLECTED / 2])
    await store.listWallet("a", "collector", { status: "given_up", outCouponId: "c5" }, before, PAGE);
  await store.listWallet("a", "collector", {}, null, PAGE);
  await store.userCoupon("a", "c5", "u4");
  await store.findUserCoupons("a", "u4", PAGE);
  for (const before of [null, "u4"])
    await store.listHolders({ appid: "a", outCouponId: "c5", status: "used" }, before, PAGE);
  await store.listWallets("a", { openid: "collector", slot: COLLECTED / 2 }, PAGE);
  await store.listWalletCoupons("a", "keeper", 1_700_000_000, PAGE);
  await store.order("a", run);
  await store.listOrders("a", {}, null, PAGE);
  await store.listOrders("a", { openid: "nobody", status: "locked" }, ORDERS / 2, PAGE);
  await store.coupon("a", `c${COUPONS - 1}`);
  await store.app("a");
  await store.listHolds(2_000_000_000, PAGE, PAGE);
  await store.listCouponsOver("a", 2_000_000_000, PAGE);
  await store.listUserCouponsOver("a", 2_100_000_000, PAGE);
  await store.listHoldsOf("a", 2_000_000_000, PAGE);
  for (const from of [0, 1_700_000_000]) await store.nextEnds("a", from);
  await store.listCallbacks("a", {}, null, PAGE);
  await store.listCallbacks("a", { verdict: "granted" }, 9, PAGE);
  await store.callback("a", 1);
  await store.listCallbacksAfter("a", 0, PAGE);
  await store.readJournal("a", 0, PAGE);
  await store.listJournal("a", null, PAGE);
  await store.listJournal("a", 5, PAGE);
  await store.listHistory("a", { of: "userCoupon", outCouponId: "c1", outUserCouponId: `${run}-0` }, null, PAGE);
  await store.journalEnd("a");
  const span = { from: 0, to: 99_999 };
  await store.listTallies("a", { ...span, outCouponId: null }, null, PAGE);
  await store.listTallies("a", { ...span, outCouponId: "c1" }, null, PAGE);
  await store.foreignRevision("a");
  await store.snapshot("a", async (reads) => {
    for (const kind of ["claim", "hold", "coupon", "stock"] as const) await reads.records(kind, null, PAGE);
    for (const after of ["q5", "r5"]) await reads.records("claim", [after], PAGE);
    await reads.records("userCoupon", ["collector", COLLECTED / 2], PAGE);
    await reads.journal(1, PAGE);
    await reads.tallies(null, PAGE);
  });
}

const literal = (value: unknown): string => {
  if (value === null) return "NULL";
  const element = (one: unknown) => (one === null ? "NULL" : JSON.stringify(String(one)));
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.map(element)}}` : String(value));
};

/** The plan that the store's own sessions have for a statement, and what it came to. */
async function explain(client: pg.Client, text: string, values: unknown[]): Promise<Plan> {
  await client.query("BEGIN");
  try {
    await client.query(`PREPARE asked AS ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join()})` : "";
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked${given}`);
    return rows[0]["QUERY PLAN"][0].Plan;
  } finally {
    await client.query("ROLLBACK");
    await client.query("DEALLOCATE ALL");
  }
}

async function faultsIn(
  url: string,
  sent: ReadonlyMap<string, unknown[]>,
  faultsOf: (plan: Plan) => string[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(PLANNER);
  const faults: string[] = [];
  for (const [text, values] of sent) {
    const onlyInserts = text.startsWith("INSERT INTO") && !text.includes("JOIN");
    if (onlyInserts || text.includes("FROM app ORDER BY")) continue;
    for (const fault of faultsOf(await explain(client, text, values))) faults.push(`${fault}: ${text}`);
  }
  await client.end();
  return faults;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

function faultsOf(plan: Plan): string[] {
  return nodesOf(plan).flatMap((node) => {
    const { "Node Type": type, "Relation Name": table = "" } = node;
    const wasted = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
    const touched = (node["Actual Rows"] + wasted) * node["Actual Loops"];
    if (type === "Seq Scan") return [`scans ${table} from end to end`];
    if (type.startsWith("Gather")) return ["starts other processes"];
    if (type.endsWith("Sort") && node["Actual Rows"] > PAGE) return [`sorts ${node["Actual Rows"]} rows`];
    return touched > MOST_ROWS ? [`${type} ${table} touches ${touched} rows`] : [];
  });
}

/** Conditions on more than the app that are looked at row by row, after an index was asked for too much. */
const looseJoinsOf = (plan: Plan): string[] =>
  nodesOf(plan).flatMap(({ "Join Filter": filter }) => {
    const loose = filter?.split(" AND ").filter((condition) => !condition.includes("appid")) ?? [];
    return loose.length > 0 ? [`joins by ${loose} without an index`] : [];
  });

/** What every claim adds to. */
const growing = ["user_coupon", "claim", "journal"];
/** Of these what is looked through for another row's value. */
const looseScansOf = (plan: Plan): string[] =>
  nodesOf(plan).flatMap(({ "Relation Name": table = "", Filter: filter = "" }) =>
    growing.includes(table) && /= \(?(unnest|key)/.test(filter) ? [`looks through ${table} for ${filter}`] : [],
  );

it.each(["before", "after"])("touches few rows by an index, %s the tables were analysed", async (when) => {
  if (when === "after") await query(database.url, "ANALYZE");
  const sent = await sentDuring(() => businessAsUsual(when));
  expect(sent.size).toBeGreaterThan(30);
  expect(await faultsIn(database.url, sent, faultsOf)).toEqual([]);
  // A plan made while the tables were empty stays in use until they are analysed.
  const empty = await createDatabase();
  await (await openPostgresStore({ url: empty.url, ...patient })).close();
  expect(await faultsIn(empty.url, sent, (plan) => [...looseJoinsOf(plan), ...looseScansOf(plan)])).toEqual([]);
  await empty.drop();
});
