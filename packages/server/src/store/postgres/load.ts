import type { Client } from "pg";
import { type Hold, idNames, idsOf, idsOfRecord, type RecordKey, type StoredRecord } from "../../domain/records.ts";
import type { AppClock } from "../../domain/sandbox/clock.ts";
import type { JournalEnd, WorkingCopy } from "../../domain/working-copy.ts";
import { ofRole, type Row } from "../sql/columns.ts";
import { stockIn, tables } from "../sql/tables.ts";
import { columnsOf, couponColumns, couponIdOf, couponWidth, type Positions, readCoupon } from "./rows.ts";
import { run, type Statement, statement } from "./statements.ts";

const { stock, claim, hold, operator, person } = tables;

type Need = RecordKey["need"];

/** The keys of one kind, however many they are: an argument for each thing that they name, an array of all of them. */
const keysOf = (need: Need): string =>
  `unnest(${idNames[need].map((_, i) => `$${i + 1}::text[]`)}) AS key (${idNames[need].map((name) => `"${name}"`)})`;

const joinCoupon = `JOIN coupon ON coupon.appid = key.appid AND coupon.out_coupon_id = key."outCouponId"`;

/** What tells a row's coupon, for {@link metCoupon}. */
const couponPlace = "coupon.appid, coupon.out_coupon_id, coupon.position";

/**
 * Joins what belongs to a coupon and satisfies more conditions. `OFFSET 0` keeps the planner from joining by the coupon
 * alone and looking at the rest after: on a table that was empty when it planned, it sees no difference.
 */
const lateral = (table: string, ...conditions: string[]) =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} AS owned WHERE owned.appid = coupon.appid
     AND owned.coupon = coupon.position ${conditions.map((condition) => `AND owned.${condition} `).join("")}OFFSET 0) AS ${table}`;

const selectLedgers = statement(
  "SELECT appid, seq, digest, removal, clock FROM ledger WHERE appid = ANY($1) ORDER BY appid FOR UPDATE",
);

/**
 * Where an app's journal ends; `going`: it is being removed; `gone`: there is no such app any more, and one that is made
 * anew goes on from there. `clock`: its clock as it is kept, null where it has none of its own.
 */
export type LockedEnd = JournalEnd & { removal: "going" | "gone" | null; clock: string | null };

/**
 * Waits until no other transaction writes for these apps and keeps others waiting until this one ends. Always in the
 * order of appids, so that nobody waits for somebody who waits for him. Answers where each app's journal ends;
 * an app that never existed has none.
 */
export async function lock(client: Client, appids: readonly string[]): Promise<Map<string, LockedEnd>> {
  const rows = await run(client, selectLedgers, appids);
  return new Map(rows.map(([appid, seq, digest, removal, clock]) => [appid, { seq, digest, removal, clock }]));
}

/** An app's clock, as the row that was locked tells it. */
export const clockIn = (end: LockedEnd | undefined): AppClock | null => (end?.clock ? JSON.parse(end.clock) : null);

/**
 * Provides what keys name, with one statement for each kind of key, all sent at once. The coupons met on the way are noted
 * in `positions`.
 */
export function load(
  client: Client,
  allKeys: readonly RecordKey[],
  records: WorkingCopy,
  positions: Positions,
): Promise<void>[] {
  const kinds = Map.groupBy(allKeys, ({ need }) => need);
  return [...kinds].map(async ([need, keys]) => {
    for (const key of keys) provideNothing(key, records);
    const columns = idNames[need].map((name) => keys.map((key) => key[name as keyof RecordKey]));
    for (const row of await run(client, loadings[need].select, ...columns))
      loadings[need].provide(row, records, positions);
  });
}

/** What holds of a key unless a row says otherwise. */
function provideNothing(key: RecordKey, records: WorkingCopy): void {
  const ids = idsOf(key);
  switch (key.need) {
    case "catalogueSize":
    case "walletSize":
      records.provideCount(key.need, ids, 0);
      break;
    case "holdsOf":
      records.provideHoldsOf([key.appid, key.outCouponId, key.openid], []);
      break;
    case "operators":
      records.provideOperators(key.appid, []);
      break;
    case "persons":
      records.providePersons(key.appid, []);
      break;
    case "given":
      break;
    case "coupon":
      records.provide("stock", ids, undefined);
      records.provide("coupon", ids, undefined);
      break;
    default:
      records.provide(key.need, ids, undefined);
  }
}

/** How what keys of one kind name is loaded: the statement, and what becomes of each of its rows. */
type Loading = {
  select: Statement;
  provide(row: Row, records: WorkingCopy, positions: Positions): void;
};

/** Records that keys name by the keys of their rows; what is a coupon's is found by that first. */
function byKey(kind: "app" | "userCoupon" | "order" | "operator" | "handOut" | "person"): Loading {
  const { table, selected, width, owner, read } = tables[kind];
  const same = ofRole("key", columnsOf(kind)).flatMap(({ name, property }) =>
    property ? [{ property, condition: `${name} = key."${property}"` }] : [],
  );
  const own = same.filter(({ property }) => property !== "appid").map(({ condition }) => condition);
  const all = same.map(({ condition }) => `${table}.${condition}`).join(" AND ");
  const ofCoupon = owner === "coupon";
  return {
    select: statement(
      ofCoupon
        ? `SELECT ${selected}, ${couponPlace} FROM ${keysOf(kind)} ${joinCoupon} ${lateral(table, ...own)}`
        : `SELECT ${selected}, ${table}.appid FROM ${keysOf(kind)} JOIN ${table} ON ${all}`,
    ),
    provide(row, records, positions) {
      const given = ofCoupon ? metCoupon(row, width, positions) : { appid: row[width] };
      const found = { record: kind, value: read(row, given as never) } as StoredRecord;
      records.provide(kind, idsOfRecord(found), found.value);
    },
  };
}

/** Whose a row is, which ends from `at` on with its coupon's ids and position. */
function metCoupon(row: Row, at: number, positions: Positions): { appid: string; outCouponId: string } {
  const [appid, outCouponId, position] = row.slice(at);
  positions.note(appid, outCouponId, position);
  return { appid, outCouponId };
}

const readHold = (row: Row, positions: Positions): Hold => hold.read(row, metCoupon(row, hold.width, positions));

const loadings: Record<Need, Loading> = {
  app: byKey("app"),
  userCoupon: byKey("userCoupon"),
  order: byKey("order"),
  operator: byKey("operator"),
  operators: {
    select: statement(
      `SELECT ${operator.selected}, house_operator.appid FROM ${keysOf("operators")}
       JOIN house_operator ON house_operator.appid = key.appid`,
    ),
    provide(row, records) {
      const appid = row[operator.width];
      records.provideOperators(appid, [...records.operators(appid), operator.read(row, { appid })]);
    },
  },
  handOut: byKey("handOut"),
  person: byKey("person"),
  persons: {
    select: statement(
      `SELECT ${person.selected}, person.appid FROM ${keysOf("persons")} JOIN person ON person.appid = key.appid`,
    ),
    provide(row, records) {
      const appid = row[person.width];
      records.providePersons(appid, [...records.persons(appid), person.read(row, { appid })]);
    },
  },
  coupon: {
    select: statement(
      `SELECT ${couponColumns}, ${stock.selected} FROM ${keysOf("coupon")} ${joinCoupon}
       LEFT JOIN stock ON stock.appid = coupon.appid AND stock.coupon = coupon.position`,
    ),
    provide(row, records, positions) {
      const found = readCoupon(row);
      const ids = [found.appid, found.outCouponId];
      positions.note(found.appid, found.outCouponId, found.position);
      records.provide("coupon", ids, found);
      records.provide("stock", ids, stockIn(row, found, couponWidth));
    },
  },
  claim: {
    select: statement(
      `SELECT ${claim.selected}, claim.appid, ${couponIdOf("claim")}
       FROM ${keysOf("claim")} JOIN claim ON claim.appid = key.appid AND claim.request_id = key."requestId"
       JOIN user_coupon ON user_coupon.appid = claim.appid AND user_coupon.coupon = claim.coupon
         AND user_coupon.out_user_coupon_id = claim.out_user_coupon_id`,
    ),
    provide(row, records) {
      const [appid, outCouponId] = row.slice(claim.width);
      const found = claim.read(row, { appid, outCouponId });
      records.provide("claim", [appid, found.requestId], found);
    },
  },
  hold: {
    select: statement(
      `SELECT ${hold.selected}, hold.appid, ${couponIdOf("hold")}, hold.coupon
       FROM ${keysOf("hold")} JOIN hold ON hold.appid = key.appid AND hold.request_id = key."requestId"`,
    ),
    provide(row, records, positions) {
      const found = readHold(row, positions);
      records.provide("hold", [found.appid, found.requestId], found);
    },
  },
  holdsOf: {
    select: statement(
      `SELECT ${hold.selected}, ${couponPlace} FROM ${keysOf("holdsOf")} ${joinCoupon}
       ${lateral("hold", "openid = key.openid")}`,
    ),
    provide(row, records, positions) {
      const found = readHold(row, positions);
      const { appid, outCouponId, openid } = found;
      records.provideHoldsOf([appid, outCouponId, openid], [...records.holdsOf(appid, outCouponId, openid), found]);
    },
  },
  catalogueSize: {
    select: statement(
      `SELECT key.appid, last.position + 1 FROM ${keysOf("catalogueSize")} CROSS JOIN LATERAL
         (SELECT position FROM coupon WHERE coupon.appid = key.appid ORDER BY position DESC LIMIT 1) AS last`,
    ),
    provide: ([appid, size], records) => records.provideCount("catalogueSize", [appid], size),
  },
  walletSize: {
    select: statement(
      `SELECT key.appid, key.openid, last.slot + 1 FROM ${keysOf("walletSize")} CROSS JOIN LATERAL
         (SELECT slot FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
          ORDER BY slot DESC LIMIT 1) AS last`,
    ),
    provide: ([appid, openid, size], records) => records.provideCount("walletSize", [appid, openid], size),
  },
  // Not counted where no rule asks: the count walks the person's wallet.
  given: {
    select: statement(
      `SELECT key.appid, key."outCouponId", key.openid,
         CASE WHEN coupon.position IS NULL THEN 0 WHEN coupon.limited OR coupon.status = 'draft' THEN
           (SELECT count(*) FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
              AND user_coupon.coupon = coupon.position)
         END
       FROM ${keysOf("given")} LEFT ${joinCoupon}`,
    ),
    provide([appid, outCouponId, openid, count], records) {
      if (count !== null) records.provideCount("given", [appid, outCouponId, openid], count);
    },
  },
};
