import { askedOf, readAttempt, toldColumns } from "../sql/attempts.ts";
import type { Row } from "../sql/columns.ts";
import { NEVER } from "../sql/journal-rows.ts";
import { AFTER_ALL, nextOf } from "../sql/slices.ts";
import { held, stockIn, tableNames, tables } from "../sql/tables.ts";
import { placeFrom, readTally, tallyColumns } from "../sql/tallies.ts";
import { HOLDER_SLICE, nextBefore, ORDER_SLICE, type Page, type StoreReads, WALLET_SLICE } from "../store.ts";
import { callReads } from "./calls.ts";
import { gathered } from "./gathered.ts";
import { handOutReads } from "./hand-outs.ts";
import { historyReads } from "./journal.ts";
import { overReads } from "./over.ts";
import { couponColumns, couponIdOf, couponWidth, readCoupon } from "./rows.ts";
import { searchReads } from "./search.ts";
import { type Ask, statement } from "./statements.ts";
import { stateReads } from "./states.ts";

const { app, stock, userCoupon, order, operator, person } = tables;

/** Fails, naming it, where a table is missing. */
export const selectNothing = statement(`SELECT FROM ${tableNames.join(", ")} WHERE false`);
const selectSeq = statement("SELECT seq FROM ledger WHERE appid = $1");

export const reads = (ask: Ask): StoreReads => ({
  ...appReads(ask),
  ...couponReads(ask),
  ...searchReads(ask),
  ...walletReads(ask),
  ...peopleReads(ask),
  ...choiceReads(ask),
  ...orderReads(ask),
  ...overReads(ask),
  ...callbackReads(ask),
  ...callReads(ask),
  ...handOutReads(ask),
  ...historyReads(ask),
  ...tallyReads(ask),
  ...operatorReads(ask),
  ...personReads(ask),
  ...stateReads(ask),
});

const selectAppsNamed = statement(`SELECT ${app.selected} FROM app WHERE appid = ANY($1::text[])`);
const selectApps = statement(`SELECT ${app.selected} FROM app ORDER BY created_at, appid`);

const appReads = (ask: Ask): Pick<StoreReads, "app" | "listApps"> => ({
  app: gathered(async (appids) => {
    const found = (await ask(selectAppsNamed, appids)).map((row) => app.read(row, {}));
    return new Map(found.map((one) => [one.appid, one]));
  }),
  listApps: async () => (await ask(selectApps)).map((row) => app.read(row, {})),
});

const selectCoupon = statement(`SELECT ${couponColumns} FROM coupon WHERE appid = $1 AND out_coupon_id = $2`);
/** A page comes with its list's total in one statement: the total first, then the entries, or nulls where there is none. */
const selectPage = statement(
  `SELECT total.coupons, ${couponColumns}, ${stock.selected}
   FROM (SELECT coalesce((SELECT max(position) + 1 FROM coupon WHERE appid = $1), 0) AS coupons) AS total
   LEFT JOIN coupon ON coupon.appid = $1 AND coupon.position >= $2::bigint AND coupon.position < $3::bigint
   LEFT JOIN stock ON stock.appid = coupon.appid AND stock.coupon = coupon.position
   ORDER BY coupon.position`,
);

const couponReads = (ask: Ask): Pick<StoreReads, "coupon" | "listCoupons"> => ({
  async coupon(appid, outCouponId) {
    const [row] = await ask(selectCoupon, appid, outCouponId);
    return row && readCoupon(row);
  },
  async listCoupons(appid, offset, limit) {
    const rows = await ask(selectPage, appid, offset, offset + limit);
    return pageOf(rows, (row) => {
      const coupon = readCoupon(row);
      return { coupon, stock: stockIn(row, coupon, couponWidth) };
    });
  },
});

const selectWallet = statement(
  `SELECT total.size, ${userCoupon.selected}, ${couponIdOf("user_coupon")}
   FROM (SELECT coalesce((SELECT max(slot) + 1 FROM user_coupon WHERE appid = $1 AND openid = $2), 0) AS size) AS total
   LEFT JOIN user_coupon ON user_coupon.appid = $1 AND user_coupon.openid = $2
     AND user_coupon.slot < total.size - $3::bigint AND user_coupon.slot >= total.size - $3::bigint - $4::bigint
   ORDER BY user_coupon.slot DESC`,
);
const selectWallets = statement(
  `SELECT ${userCoupon.selected}, ${couponIdOf("user_coupon")}
   FROM user_coupon WHERE appid = $1 AND (openid, slot) > ($2, $3) ORDER BY openid, slot LIMIT $4`,
);

function walletReads(ask: Ask): Pick<StoreReads, "listUserCoupons" | "listWallets"> {
  const readOf = (appid: string) => (row: Row) => userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] });
  return {
    listUserCoupons: async (appid, openid, offset, limit) =>
      pageOf(await ask(selectWallet, appid, openid, offset, limit), readOf(appid)),
    listWallets: async (appid, last, limit) =>
      (await ask(selectWallets, appid, last?.openid ?? "", last?.slot ?? -1, limit)).map(readOf(appid)),
  };
}

const selectWalletSize = statement(
  "SELECT coalesce((SELECT max(slot) + 1 FROM user_coupon WHERE appid = $1 AND openid = $2), 0)",
);
const selectSlice = statement(
  `SELECT ${userCoupon.selected}, ${couponIdOf("user_coupon")}
   FROM user_coupon WHERE appid = $1 AND openid = $2 AND slot >= $3::bigint AND slot < $4::bigint
     AND ($5::text IS NULL OR status = $5::text)
     AND ($6::text IS NULL OR coupon = (SELECT position FROM coupon WHERE appid = $1 AND out_coupon_id = $6::text))
   ORDER BY slot DESC LIMIT $7`,
);
const selectUserCoupon = statement(
  `SELECT ${userCoupon.selected}, $2::text FROM user_coupon WHERE appid = $1 AND out_user_coupon_id = $3
     AND coupon = (SELECT position FROM coupon WHERE appid = $1 AND out_coupon_id = $2::text)`,
);
const selectNamed = statement(
  `SELECT ${userCoupon.selected}, ${couponIdOf("user_coupon")}
   FROM user_coupon WHERE appid = $1 AND out_user_coupon_id = $2 ORDER BY coupon LIMIT $3`,
);

/** How long a slice is, is given: of a number that stands here the planner would think that it is all there is, and sort that. */
const selectIds = statement(
  `SELECT min(id), count(*) FROM
     (SELECT out_user_coupon_id AS id FROM user_coupon WHERE appid = $1 AND out_user_coupon_id < $2
      ORDER BY out_user_coupon_id DESC LIMIT $3) AS slice`,
);
const selectHolders = statement(
  `SELECT ${userCoupon.selected}, $2::text FROM user_coupon
   WHERE appid = $1 AND out_user_coupon_id >= $3 AND out_user_coupon_id < $4
     AND coupon = (SELECT position FROM coupon WHERE appid = $1 AND out_coupon_id = $2::text)
     AND ($5::text IS NULL OR status = $5::text)
   ORDER BY out_user_coupon_id DESC LIMIT $6`,
);
type PeopleReads = "listWallet" | "userCoupon" | "findUserCoupons" | "listHolders";

/** What operators ask about people. */
function peopleReads(ask: Ask): Pick<StoreReads, PeopleReads> {
  const readOf = (appid: string) => (row: Row) => userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] });
  return {
    async listHolders({ appid, outCouponId, status = null }, before, limit) {
      const end = before ?? AFTER_ALL;
      const [[start, seen] = [null, 0]] = await ask(selectIds, appid, end, HOLDER_SLICE);
      if (seen === 0) return { entries: [], next: null };
      const rows = await ask(selectHolders, appid, outCouponId, start, end, status, limit);
      const entries = rows.map(readOf(appid));
      const places = entries.map(({ outUserCouponId }) => outUserCouponId);
      return { entries, next: nextOf(places, { start, seen, slice: HOLDER_SLICE, limit }) };
    },
    async listWallet(appid, openid, { status = null, outCouponId = null }, before, limit) {
      const [[size] = [0]] = await ask(selectWalletSize, appid, openid);
      const end = Math.min(before ?? size, size);
      const start = Math.max(0, end - WALLET_SLICE);
      const rows = await ask(selectSlice, appid, openid, start, end, status, outCouponId, limit);
      const entries = rows.map(readOf(appid));
      return { entries, next: nextBefore(entries, start, limit) };
    },
    async userCoupon(appid, outCouponId, outUserCouponId) {
      const [row] = await ask(selectUserCoupon, appid, outCouponId, outUserCouponId);
      return row && readOf(appid)(row);
    },
    findUserCoupons: async (appid, outUserCouponId, limit) =>
      (await ask(selectNamed, appid, outUserCouponId, limit)).map(readOf(appid)),
  };
}

const selectHeld = statement(
  `SELECT ${held.userCoupon.selected}, ${held.coupon.selected}, user_coupon.all_usable::integer
   FROM (SELECT *, count(*) FILTER (WHERE usable) OVER () AS all_usable
     FROM (SELECT *, CASE
         WHEN status = 'effective' AND starts_at <= $3::bigint AND (ends_at = 0 OR ends_at >= $3::bigint)
           AND (locked_until IS NULL OR locked_until < $3::bigint)
         THEN (SELECT owner.status IN ('active', 'expired') FROM coupon AS owner
           WHERE owner.appid = owned.appid AND owner.position = owned.coupon)
         ELSE false END AS usable
       FROM user_coupon AS owned WHERE appid = $1 AND openid = $2) AS judged
     ORDER BY usable DESC,
       CASE WHEN usable THEN CASE WHEN ends_at = 0 THEN 9007199254740991 ELSE ends_at END END,
       slot DESC
     LIMIT $4) AS user_coupon
   CROSS JOIN LATERAL (SELECT * FROM coupon AS owner WHERE owner.appid = user_coupon.appid
     AND owner.position = user_coupon.coupon OFFSET 0) AS coupon
   ORDER BY slot DESC`,
);

const choiceReads = (ask: Ask): Pick<StoreReads, "listWalletCoupons"> => ({
  async listWalletCoupons(appid, openid, now, limit) {
    const rows = await ask(selectHeld, appid, openid, now, limit);
    const entries = rows.map((row) => {
      const coupon = held.coupon.read(row, {}, held.userCoupon.width);
      return { coupon, userCoupon: held.userCoupon.read(row, coupon) };
    });
    return { entries, more: Math.max(0, (rows[0]?.at(-1) ?? 0) - limit) };
  },
});

const selectOrder = statement(`SELECT ${order.selected} FROM shop_order WHERE appid = $1 AND out_order_id = $2`);

const selectOrderSlice = statement(
  `SELECT min(number), count(*) FROM
     (SELECT number FROM shop_order WHERE appid = $1 AND number < $2::bigint ORDER BY number DESC LIMIT $3) AS slice`,
);
const selectOrders = statement(
  `SELECT ${order.selected}, number FROM shop_order
   WHERE appid = $1 AND number >= $2::bigint AND number < $3::bigint
     AND ($4::text IS NULL OR content::json ->> 'openid' = $4) AND ($5::text IS NULL OR content::json ->> 'status' = $5)
   ORDER BY number DESC LIMIT $6`,
);

const orderReads = (ask: Ask): Pick<StoreReads, "order" | "listOrders"> => ({
  async order(appid, outOrderId) {
    const [row] = await ask(selectOrder, appid, outOrderId);
    return row && order.read(row, { appid });
  },
  async listOrders(appid, { openid = null, status = null }, before, limit) {
    const end = before ?? NEVER;
    const [[start, seen] = [null, 0]] = await ask(selectOrderSlice, appid, end, ORDER_SLICE);
    if (seen === 0) return { entries: [], next: null };
    const rows = await ask(selectOrders, appid, start, end, openid, status, limit);
    const entries = rows.map((row) => order.read(row, { appid }));
    return {
      entries,
      next: nextOf(
        rows.map((row) => row.at(-1)),
        { start, seen, slice: ORDER_SLICE, limit },
      ),
    };
  },
});

const isAsked = toldColumns.map((name, i) => `AND coalesce($${i + 4}, ${name}) = ${name}`).join(" ");
const selectCallbacks = statement(
  `SELECT nth, attempt FROM callback WHERE appid = $1 AND nth < $2::bigint ${isAsked} ORDER BY nth DESC LIMIT $3`,
);
const selectCallback = statement("SELECT nth, attempt FROM callback WHERE appid = $1 AND nth = $2::bigint");
const selectCallbacksAfter = statement(
  "SELECT nth, attempt FROM callback WHERE appid = $1 AND nth > $2::bigint ORDER BY nth LIMIT $3",
);

function callbackReads(ask: Ask): Pick<StoreReads, "listCallbacks" | "callback" | "listCallbacksAfter"> {
  const read = ([nth, attempt]: Row) => readAttempt(nth, attempt);
  return {
    listCallbacks: async (appid, filter, before, limit) =>
      (await ask(selectCallbacks, appid, before ?? Number.MAX_SAFE_INTEGER, limit, ...askedOf(filter))).map(read),
    callback: async (appid, nth) => (await ask(selectCallback, appid, nth)).map(read)[0],
    listCallbacksAfter: async (appid, nth, limit) => (await ask(selectCallbacksAfter, appid, nth, limit)).map(read),
  };
}

const selectTallies = statement(
  `SELECT ${tallyColumns} FROM tally WHERE appid = $1 AND day <= $2
     AND (day, out_coupon_id) >= ($3, $4) ORDER BY day, out_coupon_id LIMIT $5`,
);
const selectTalliesOf = statement(
  `SELECT ${tallyColumns} FROM tally WHERE appid = $1 AND out_coupon_id = $2 AND day <= $3
     AND (day, out_coupon_id) >= ($4, $5) ORDER BY day LIMIT $6`,
);

const tallyReads = (ask: Ask): Pick<StoreReads, "listTallies"> => ({
  async listTallies(appid, { from, to, outCouponId }, last, limit) {
    const place = placeFrom(from, last);
    const rows =
      outCouponId === null
        ? await ask(selectTallies, appid, to, ...place, limit)
        : await ask(selectTalliesOf, appid, outCouponId, to, ...place, limit);
    return rows.map((row) => readTally(appid, row));
  },
});

const selectOperators = statement(
  `SELECT ${operator.selected}, appid FROM house_operator WHERE appid = ANY($1::text[]) ORDER BY name`,
);

const operatorReads = (ask: Ask): Pick<StoreReads, "listOperators"> => {
  const ofAppid = gathered(async (appids) => {
    const rows = await ask(selectOperators, appids);
    return Map.groupBy(
      rows.map((row) => operator.read(row, { appid: row[operator.width] })),
      ({ appid }) => appid,
    );
  });
  return { listOperators: async (appid) => (await ofAppid(appid)) ?? [] };
};

const selectPerson = statement(`SELECT ${person.selected} FROM person WHERE appid = $1 AND name = $2`);
const selectPersons = statement(
  `SELECT ${person.selected} FROM person WHERE appid = $1 AND name > $2 ORDER BY name LIMIT $3`,
);

const personReads = (ask: Ask): Pick<StoreReads, "person" | "listPersons"> => ({
  async person(appid, name) {
    const [row] = await ask(selectPerson, appid, name);
    return row && person.read(row, { appid });
  },
  listPersons: async (appid, last, limit) =>
    (await ask(selectPersons, appid, last ?? "", limit)).map((row) => person.read(row, { appid })),
});

/** The last `seq` of an app's journal; 0 where there is no such app. */
export const readSeq = async (ask: Ask, appid: string): Promise<number> => (await ask(selectSeq, appid))[0]?.[0] ?? 0;

/** A page from rows that begin with the total; a lone row whose entry is null is an empty page. */
function pageOf<T>(rows: Row[], read: (row: Row) => T): Page<T> {
  const total = rows[0]?.[0] ?? 0;
  const entries = rows.map((row) => row.slice(1)).filter((row) => row[0] !== null);
  return { total, entries: entries.map(read) };
}
