import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expireDue } from "../../src/service/expiry.ts";
import { verify } from "../../src/service/verification.ts";
import { adapters } from "../../testing/stores.ts";
import { tampered, unguard } from "../../testing/tampering.ts";
import { callNames, goodBodies, openShop, type Shop } from "../wire/support/shop.ts";

const APP = "wx_shop";
const databases = adapters.filter((adapter) => adapter !== "memory");

/** A shop in which every call was made, time passed, and another shop lives. */
async function livedIn(adapter: (typeof adapters)[number]): Promise<Shop> {
  const shop = await openShop(adapter);
  const { server, app, clock } = shop;
  for (const call of callNames) await app.call(call, goodBodies[call]);
  const neighbour = await server.createApp("wx_neighbour");
  await neighbour.must("add", goodBodies.add);
  clock.now += 400 * 86_400;
  await app.renewToken();
  await expireDue({ ...server, clock: () => clock.now });
  return shop;
}

const told = async ({ server }: Shop, appid = APP): Promise<string[]> =>
  (await verify(server.store, appid)).faults.map(({ entry, what }) =>
    entry === null ? what : `entry ${entry}: ${what}`,
  );

type Change = { table: string; sql: string };
/** `postgres`: where PostgreSQL keeps it elsewhere. */
type Tampering = Change & { first: string; postgres?: Change };

/** What is changed behind the server's back, and a part of what is told of it. `SEQ`: the entry of the one claim. */
const tamperings: Tampering[] = [
  {
    table: "journal",
    sql: "UPDATE journal SET at = at - 1 WHERE seq = SEQ",
    first: "entry SEQ: its digest does not follow from entry",
  },
  {
    table: "journal",
    sql: `UPDATE journal SET steps = replace(steps, '"claimed":3', '"claimed":4') WHERE seq = SEQ`,
    first: "entry SEQ: its digest does not follow from entry",
  },
  { table: "journal", sql: "UPDATE journal SET steps = '[]' WHERE seq = SEQ", first: "entry SEQ: its digest" },
  { table: "journal", sql: "UPDATE journal SET steps = '{' WHERE seq = SEQ", first: "entry SEQ: its digest" },
  { table: "journal", sql: "UPDATE journal SET given_by = 'x' WHERE seq = SEQ", first: "entry SEQ: its digest" },
  { table: "journal", sql: "DELETE FROM journal WHERE seq = SEQ", first: "entry NEXT: " },
  {
    table: "journal",
    sql: "DELETE FROM journal WHERE seq = LAST",
    first: "entry LAST is kept as its last: those after it were taken out",
  },
  {
    table: "stock",
    sql: "UPDATE stock SET remaining = remaining + 1 WHERE claimed = 3",
    first: `entry SEQ: the stock of coupon "open": remaining is 98 in the database, entry SEQ left it 97`,
  },
  {
    table: "stock",
    sql: "UPDATE stock SET claimed = 7 WHERE claimed = 3",
    first: `the stock of coupon "open": claimed is 7 in the database, entry SEQ left it 3`,
  },
  {
    table: "user_coupon",
    sql: "UPDATE user_coupon SET status = 'used' WHERE out_user_coupon_id = 'uc_103'",
    first: `user coupon "uc_103" of coupon "active": status is "used" in the database, entry`,
  },
  {
    table: "user_coupon",
    sql: "UPDATE user_coupon SET openid = 'thief' WHERE out_user_coupon_id = 'uc_limited'",
    first: `user coupon "uc_limited" of coupon "limited": openid is "thief" in the database, entry`,
  },
  {
    table: "user_coupon",
    sql: "DELETE FROM user_coupon WHERE out_user_coupon_id = 'uc_101'",
    first: `user coupon "uc_101" of coupon "active" is not in the database; entry`,
  },
  {
    table: "wallet",
    sql: "UPDATE wallet SET openid = 'thief' WHERE user_coupon = (SELECT id FROM user_coupon WHERE out_user_coupon_id = 'uc_limited')",
    postgres: { table: "user_coupon", sql: "UPDATE user_coupon SET slot = 9 WHERE out_user_coupon_id = 'uc_limited'" },
    first: `user coupon "uc_limited" of coupon "limited": slot is`,
  },
  {
    table: "claim",
    sql: "UPDATE claim SET request_id = 'other' WHERE request_id = 'request_1'",
    postgres: {
      table: "user_coupon",
      sql: "UPDATE user_coupon SET request_id = 'other' WHERE request_id = 'request_1'",
    },
    first: `the claim of request "request_1" is not in the database; entry SEQ left it there`,
  },
  {
    table: "coupon",
    sql: "UPDATE coupon SET status = 'active' WHERE out_coupon_id = 'voided'",
    first: `coupon "voided": status is "active" in the database, entry`,
  },
  {
    table: "coupon",
    sql: `UPDATE coupon SET terms = replace(terms, '"limitPerPerson":1,', '"limitPerPerson":9,') WHERE out_coupon_id = 'limited'`,
    first: `coupon "limited": terms.limitPerPerson is 9 in the database, entry`,
  },
  {
    table: "shop_order",
    sql: `UPDATE shop_order SET content = replace(content, '"status":"redeemed"', '"status":"returned"') WHERE out_order_id = 'order_1'`,
    first: `order "order_1": status is "returned" in the database, entry`,
  },
  {
    table: "tally",
    sql: "UPDATE tally SET claimed = claimed + 1 WHERE out_coupon_id = 'open'",
    first: `the report of 2023-11-15 of coupon "open": claimed is 4 in the database, by the journal 3`,
  },
  {
    table: "tally",
    sql: "DELETE FROM tally WHERE out_coupon_id = ''",
    first: "the report of 2023-11-15 of the whole shop: claimed is 0 in the database, by the journal 9",
  },
  {
    table: "app",
    sql: "UPDATE app SET token_quota = 1 WHERE appid = 'wx_shop'",
    first: "the app: tokenQuota is 1 in the database, entry",
  },
  {
    table: "ledger",
    sql: "UPDATE ledger SET digest = 'x' WHERE seq = LAST",
    first: "entry LAST: its digest is not the one that is kept as the journal's last",
  },
];

describe.each(databases)("verification on %s", (adapter) => {
  let shop: Shop;
  let seqs: { SEQ: number; NEXT: number; LAST: number };
  beforeAll(async () => {
    shop = await livedIn(adapter);
    await unguard(shop.server);
    const journal = await shop.server.store.readJournal(APP, 0, 1000);
    const claim = journal.findIndex(({ command }) => command === "claimCoupon");
    const seq = (at: number) => (journal.at(at) as (typeof journal)[0]).seq;
    seqs = { SEQ: seq(claim), NEXT: seq(claim + 1), LAST: seq(-1) };
  });
  afterAll(() => shop.server.close());

  it("finds nothing wrong with what nobody touched", async () => {
    const { faults, entries, of, head } = await verify(shop.server.store, APP);
    expect(faults).toEqual([]);
    expect(entries).toBe(of);
    expect(entries).toBeGreaterThan(40);
    expect(head).toBe((await shop.server.store.journalEnd(APP)).digest);
  });

  it.each(tamperings)("names what was done to $table: $sql", async ({ first, ...tampering }) => {
    const { table, sql } = (adapter === "postgres" && tampering.postgres) || tampering;
    const filled = (text: string) => text.replaceAll(/SEQ|NEXT|LAST/g, (name) => `${seqs[name as keyof typeof seqs]}`);
    const [fault = "nothing", ...others] = await tampered(shop.server, table, filled(sql), () => told(shop));
    expect(fault, others.join("\n")).toContain(filled(first));
    expect(await told(shop), "put back").toEqual([]);
  });
});

it.each(adapters)("finds nothing wrong with a lived-in shop and its neighbour on %s", async (adapter) => {
  const shop = await livedIn(adapter);
  expect(await told(shop)).toEqual([]);
  expect(await told(shop, "wx_neighbour")).toEqual([]);
  expect(await verify(shop.server.store, "nobody")).toEqual({ entries: 0, of: 0, records: 0, faults: [], head: null });
  await shop.server.close();
});
