import type { Client } from "pg";
import { type Hold, idNames, idsOf, type RecordKey } from "../../domain/records.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import {
  claimColumns,
  columnsOf,
  couponIdOf,
  orderColumns,
  type Row,
  readApp,
  readClaim,
  readCoupon,
  readHold,
  readOrder,
  readStock,
  readUserCoupon,
  widthOf,
} from "./rows.ts";
import { run, type Statement, statement } from "./statements.ts";

type Need = RecordKey["need"];

/** The keys of one kind, however many they are: an argument for each thing that they name, an array of all of them. */
const keysOf = (need: Need): string =>
  `unnest(${idNames[need].map((_, i) => `$${i + 1}::text[]`)}) AS key (${idNames[need].map((name) => `"${name}"`)})`;

const joinCoupon = `JOIN coupon ON coupon.appid = key.appid AND coupon.out_coupon_id = key."outCouponId"`;

/**
 * Joins what belongs to a coupon and satisfies one more condition. `OFFSET 0` keeps the planner from joining by the coupon
 * alone and looking at the rest after: on a table that was empty when it planned, it sees no difference.
 */
const lateral = (table: string, condition: string) =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} AS owned WHERE owned.appid = coupon.appid
     AND owned.coupon = coupon.position AND owned.${condition} OFFSET 0) AS ${table}`;

const selectLedgers = statement("SELECT appid, seq FROM ledger WHERE appid = ANY($1) ORDER BY appid FOR UPDATE");

/**
 * Waits until no other transaction writes for these apps and keeps others waiting until this one ends. Always in the
 * order of appids, so that no two wait for each other. Answers the last `seq` of each app's journal;
 * an app that does not exist has none.
 */
export async function lock(client: Client, appids: readonly string[]): Promise<Map<string, number>> {
  return new Map((await run(client, selectLedgers, appids)).map(([appid, seq]) => [appid, seq]));
}

const selectOf: Record<Need, Statement> = {
  app: statement(`SELECT ${columnsOf("app")} FROM ${keysOf("app")} JOIN app ON app.appid = key.appid`),
  coupon: statement(
    `SELECT ${columnsOf("coupon")}, ${columnsOf("stock")} FROM ${keysOf("coupon")} ${joinCoupon}
     LEFT JOIN stock ON stock.appid = coupon.appid AND stock.coupon = coupon.position`,
  ),
  catalogueSize: statement(
    `SELECT key.appid, last.position + 1 FROM ${keysOf("catalogueSize")} CROSS JOIN LATERAL
       (SELECT position FROM coupon WHERE coupon.appid = key.appid ORDER BY position DESC LIMIT 1) AS last`,
  ),
  userCoupon: statement(
    `SELECT ${columnsOf("user_coupon")}, coupon.appid, coupon.out_coupon_id, coupon.position
     FROM ${keysOf("userCoupon")} ${joinCoupon} ${lateral("user_coupon", 'out_user_coupon_id = key."outUserCouponId"')}`,
  ),
  claim: statement(
    `SELECT ${claimColumns}
     FROM ${keysOf("claim")} JOIN claim ON claim.appid = key.appid AND claim.request_id = key."requestId"
     JOIN user_coupon ON user_coupon.appid = claim.appid AND user_coupon.coupon = claim.coupon
       AND user_coupon.out_user_coupon_id = claim.out_user_coupon_id`,
  ),
  hold: statement(
    `SELECT ${columnsOf("hold")}, hold.appid, ${couponIdOf("hold")}, hold.coupon
     FROM ${keysOf("hold")} JOIN hold ON hold.appid = key.appid AND hold.request_id = key."requestId"`,
  ),
  holdsOf: statement(
    `SELECT ${columnsOf("hold")}, hold.appid, coupon.out_coupon_id, coupon.position FROM ${keysOf("holdsOf")} ${joinCoupon}
     ${lateral("hold", "openid = key.openid")}`,
  ),
  order: statement(
    `SELECT ${orderColumns} FROM ${keysOf("order")}
     JOIN shop_order ON shop_order.appid = key.appid AND shop_order.out_order_id = key."outOrderId"`,
  ),
  walletSize: statement(
    `SELECT key.appid, key.openid, last.slot + 1 FROM ${keysOf("walletSize")} CROSS JOIN LATERAL
       (SELECT slot FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
        ORDER BY slot DESC LIMIT 1) AS last`,
  ),
  // Not counted where no rule asks: the count walks the person's wallet.
  given: statement(
    `SELECT key.appid, key."outCouponId", key.openid,
       CASE WHEN coupon.position IS NULL THEN 0 WHEN coupon.limited OR coupon.status = 'draft' THEN
         (SELECT count(*) FROM user_coupon WHERE user_coupon.appid = key.appid AND user_coupon.openid = key.openid
            AND user_coupon.coupon = coupon.position)
       END
     FROM ${keysOf("given")} LEFT ${joinCoupon}`,
  ),
};

/**
 * Provides what keys name, with one statement for each kind of key, all sent at once. The positions of the coupons met
 * on the way are noted in `positions`, by appid and out_coupon_id joined by U+0000.
 */
export function load(
  client: Client,
  allKeys: readonly RecordKey[],
  records: WorkingCopy,
  positions: Map<string, number>,
): Promise<void>[] {
  const kinds = Map.groupBy(allKeys, ({ need }) => need);
  return [...kinds].map(async ([need, keys]) => {
    for (const key of keys) provideNothing(key, records);
    const columns = idNames[need].map((name) => keys.map((key) => key[name as keyof RecordKey]));
    for (const row of await run(client, selectOf[need], ...columns)) provideRow(need, row, records, positions);
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

function provideRow(need: Need, row: Row, records: WorkingCopy, positions: Map<string, number>): void {
  switch (need) {
    case "app":
      records.provide("app", [row[0]], readApp(row));
      break;
    case "coupon": {
      const coupon = readCoupon(row);
      const ids = [coupon.appid, coupon.outCouponId];
      positions.set(ids.join("\0"), coupon.position);
      records.provide("coupon", ids, coupon);
      records.provide("stock", ids, readStock(coupon, row, widthOf("coupon")));
      break;
    }
    case "userCoupon": {
      const [appid, outCouponId, position] = row.slice(widthOf("user_coupon"));
      positions.set(`${appid}\0${outCouponId}`, position);
      const userCoupon = readUserCoupon(appid, outCouponId, row);
      records.provide("userCoupon", [appid, outCouponId, userCoupon.outUserCouponId], userCoupon);
      break;
    }
    case "claim": {
      const claim = readClaim(row);
      records.provide("claim", [claim.appid, claim.requestId], claim);
      break;
    }
    case "hold": {
      const hold = holdIn(row, positions);
      records.provide("hold", [hold.appid, hold.requestId], hold);
      break;
    }
    case "order": {
      const order = readOrder(row);
      records.provide("order", [order.appid, order.outOrderId], order);
      break;
    }
    case "holdsOf": {
      const hold = holdIn(row, positions);
      const { appid, outCouponId, openid } = hold;
      records.provideHoldsOf([appid, outCouponId, openid], [...records.holdsOf(appid, outCouponId, openid), hold]);
      break;
    }
    case "catalogueSize":
      records.provideCount("catalogueSize", [row[0]], row[1]);
      break;
    case "walletSize":
      records.provideCount("walletSize", [row[0], row[1]], row[2]);
      break;
    case "given":
      if (row[3] !== null) records.provideCount("given", [row[0], row[1], row[2]], row[3]);
      break;
  }
}

function holdIn(row: Row, positions: Map<string, number>): Hold {
  const [appid, outCouponId, position] = row.slice(widthOf("hold"));
  positions.set(`${appid}\0${outCouponId}`, position);
  return readHold(appid, outCouponId, row);
}
