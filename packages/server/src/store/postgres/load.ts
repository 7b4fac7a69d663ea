import type { Client } from "pg";
import { IdMap, KindMap } from "../../domain/id-map.ts";
import {
  type Hold,
  type Ids,
  idNames,
  idsOf,
  idsOfRecord,
  type RecordKey,
  type StoredRecord,
} from "../../domain/records.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import { ofRole, type Row } from "../sql/columns.ts";
import { stockIn, tables } from "../sql/tables.ts";
import { allClaims, columnsOf, couponColumns, couponIdOf, couponWidth, type Positions, readCoupon } from "./rows.ts";
import { run, type Statement, statement } from "./statements.ts";

const { stock, claim, hold, operator, person } = tables;

type Need = RecordKey["need"];

/**
 * The keys of one kind, however many they are: an argument for each thing that they name, an array of all of them. Unnested
 * where they are selected, they come one by one; after FROM each array would be laid out as a table first.
 */
const keysOf = (need: Need): string =>
  `(SELECT ${idNames[need].map((name, i) => `unnest($${i + 1}::text[]) AS "${name}"`)}) AS key`;

const joinCoupon = `JOIN coupon ON coupon.appid = key.appid AND coupon.out_coupon_id = key."outCouponId"`;

/** Whether rules ask how many of a coupon a person was given. */
const isLimited = "coupon.limited OR coupon.status = 'draft'";

/** What tells a row's coupon, for {@link metCoupon}. */
const couponPlace = "coupon.appid, coupon.out_coupon_id, coupon.position";

/**
 * Joins what belongs to a coupon and satisfies more conditions. `OFFSET 0` keeps the planner from joining by the coupon
 * alone and looking at the rest after: on a table that was empty when it planned, it sees no difference.
 */
const lateral = (table: string, ...conditions: string[]) =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} AS owned WHERE owned.appid = coupon.appid
     AND owned.coupon = coupon.position ${conditions.map((condition) => `AND owned.${condition} `).join("")}OFFSET 0) AS ${table}`;

/** Whether a key asks for open holds: where an app has none, nothing needs to be asked. */
export const asksForHolds = ({ need }: RecordKey): boolean => need === "hold" || need === "holdsOf";

/** Each key once: the commands of a batch often name the same coupon. */
export function distinct(keys: readonly RecordKey[]): RecordKey[] {
  const seen = new KindMap<true>();
  return keys.filter((key) => {
    const ids = idsOf(key);
    if (seen.get(key.need, ...ids)) return false;
    seen.set(key.need, true, ...ids);
    return true;
  });
}

/** Provides that there is nothing of what keys name. */
export function provideNothings(keys: readonly RecordKey[], records: WorkingCopy): void {
  for (const key of keys) provideNothing(key, records);
}

/**
 * Provides what keys name, with one statement for each kind of key, all sent at once. The coupons met on the way are noted
 * in `positions`.
 */
export function load(
  client: Client,
  keys: readonly RecordKey[],
  records: WorkingCopy,
  positions: Positions,
): Promise<void>[] {
  provideNothings(keys, records);
  return [...Map.groupBy(asked(keys), ({ need }) => need)].map(async ([need, keys]) => {
    const columns = idNames[need].map((name) => keys.map((key) => key[name as keyof RecordKey]));
    for (const row of await run(client, loadings[need].select, ...columns))
      loadings[need].provide(row, records, positions);
  });
}

/** The keys that must be asked about: `given` tells the size of the wallet too, and what is new is not there. */
function asked(keys: readonly RecordKey[]): RecordKey[] {
  const walked = new IdMap<true>();
  for (const key of keys) if (key.need === "given") walked.set(true, key.appid, key.openid);
  return keys.filter(
    (key) =>
      !(key.need === "userCoupon" && key.isNew) && !(key.need === "walletSize" && walked.get(key.appid, key.openid)),
  );
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
      const ids: Ids = [found.appid, found.outCouponId];
      positions.note(found.appid, found.outCouponId, found.position);
      records.provide("coupon", ids, found);
      records.provide("stock", ids, stockIn(row, found, couponWidth));
    },
  },
  claim: {
    select: statement(
      `SELECT ${claim.selected}, claim.appid, ${couponIdOf("claim")} FROM ${keysOf("claim")} CROSS JOIN LATERAL
         (SELECT * FROM ${allClaims} WHERE claim.appid = key.appid AND claim.request_id = key."requestId" OFFSET 0) AS claim
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
  // The size of the wallet with it. What was given is not counted where no rule asks: the count walks the person's wallet,
  // in the order of the index that holds it: on a table that was empty when it planned, the planner takes any other as well.
  given: {
    select: statement(
      `SELECT key.appid, key."outCouponId", key.openid,
         CASE WHEN coupon.position IS NULL THEN 0 WHEN ${isLimited} THEN walk.given END,
         coalesce(CASE WHEN ${isLimited} THEN walk.size ELSE
           (SELECT slot + 1 FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
            ORDER BY slot DESC LIMIT 1) END, 0)
       FROM ${keysOf("given")} LEFT ${joinCoupon} CROSS JOIN LATERAL
         (SELECT count(*) FILTER (WHERE owned.coupon = coupon.position) AS given, max(owned.slot) + 1 AS size FROM
           (SELECT slot, coupon FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
              AND (${isLimited}) ORDER BY user_coupon.openid, user_coupon.slot OFFSET 0) AS owned) AS walk`,
    ),
    provide([appid, outCouponId, openid, count, size], records) {
      if (count !== null) records.provideCount("given", [appid, outCouponId, openid], count);
      records.provideCount("walletSize", [appid, openid], size);
    },
  },
};
