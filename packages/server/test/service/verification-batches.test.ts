import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verify } from "../../src/service/verification.ts";
import { query } from "../../testing/postgres.ts";
import { tampered, unguard } from "../../testing/tampering.ts";
import { openShop, type Shop } from "../wire/support/shop.ts";

const APP = "wx_shop";
const CLAIMS = 20;

/** The first row of several entries. */
type Kept = { seq: number; entries: number; batch: Uint8Array };
let shop: Shop;
let kept: Kept;
beforeAll(async () => {
  shop = await openShop("postgres");
  const { server, app } = shop;
  const claims = Array.from({ length: CLAIMS }, (_, n) => ({
    openid: `many_${n}`,
    out_coupon_id: "open",
    request_id: `many_${n}`,
  }));
  await Promise.all(claims.map((claim) => app.must("claim", claim)));
  await app.must("claim", { openid: "last", out_coupon_id: "open", request_id: "last" });
  await unguard(server);
  const rows = await query(
    server.url as string,
    "SELECT seq, entries, batch FROM journal WHERE entries > 3 ORDER BY seq LIMIT 1",
  );
  kept = rows.rows[0];
});
afterAll(() => shop.server.close());

const told = async () => (await verify(shop.server.store, APP)).faults.map(({ entry, what }) => `${entry}: ${what}`);

it("finds nothing wrong with entries that share a row", async () => {
  expect(kept.entries).toBeGreaterThan(3);
  const { faults, entries, of } = await verify(shop.server.store, APP);
  expect({ faults, entries }).toEqual({ faults: [], entries: of });
});

/** Of how many entries before the row's last one, and what is told. */
type Expected = [before: number, what: string];
const doesNotFollow = (before = 0): Expected => [before, "its digest does not follow from entry"];

const replaced = (lines: string[], was: string | RegExp, is: string) =>
  lines.with(2, (lines[2] as string).replace(was, is));

const tamperings: { what: string; change(lines: string[]): string[]; first(entries: number): Expected }[] = [
  {
    what: "what an entry says",
    change: (lines) => replaced(lines, '"claimed":', '"claimed":1'),
    first: (entries) => [entries - 2, 'says of the stock of coupon "open": claimed was 1'],
  },
  { what: "when an entry was", change: (lines) => replaced(lines, ",1", ",2"), first: () => doesNotFollow() },
  { what: "who gave an entry", change: (lines) => replaced(lines, '"app"', '"job"'), first: () => doesNotFollow() },
  {
    what: "that there was an entry",
    change: (lines) => lines.toSpliced(2, 1),
    first: (entries) => [entries - 3, "entries"],
  },
  {
    what: "which entry was before them",
    change: (lines) => lines.with(0, "other"),
    first: (entries) => doesNotFollow(entries - 1),
  },
  { what: "that they can be read", change: () => ["", "{"], first: () => [0, "entries"] },
];

it.each(tamperings)("tells, of a row of several entries, $what was changed", async ({ change, first }) => {
  const lines = zstdDecompressSync(kept.batch).toString().split("\n");
  const changed = change(lines);
  expect(changed).not.toEqual(lines);
  const batch = zstdCompressSync(changed.join("\n")).toString("hex");
  const sql = `UPDATE journal SET batch = '\\x${batch}' WHERE seq = ${kept.seq} AND appid = '${APP}'`;
  const [fault = "nothing"] = await tampered(shop.server, "journal", sql, told);
  const [before, what] = first(kept.entries);
  expect(fault).toContain(`${kept.seq - before}: ${what}`);
  expect(await told(), "put back").toEqual([]);
});
