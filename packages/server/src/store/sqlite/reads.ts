import type { DatabaseSync } from "node:sqlite";
import { subjectText } from "../../domain/journal.ts";
import type { JournalText } from "../../domain/journal-entry.ts";
import { askedOf, readAttempt, toldColumns } from "../sql/attempts.ts";
import type { Row } from "../sql/columns.ts";
import { NEVER, told } from "../sql/journal-rows.ts";
import { AFTER_ALL, nextOf } from "../sql/slices.ts";
import { held, stockIn, tables } from "../sql/tables.ts";
import { placeFrom, readTally, tallyColumns } from "../sql/tallies.ts";
import { HOLDER_SLICE, nextBefore, ORDER_SLICE, type StoreReads, WALLET_SLICE } from "../store.ts";
import { callReads } from "./calls.ts";
import { handOutReads } from "./hand-outs.ts";
import { journalReader } from "./journal-reader.ts";
import { type AppNumbers, couponIdAt, POSITIONS, positionOf } from "./numbers.ts";
import { overReads } from "./over.ts";
import type { Owed } from "./owed.ts";
import { couponColumns, couponWidth, readCoupon } from "./rows.ts";
import { searchReads } from "./search.ts";
import { query } from "./statements.ts";
import { stateReads } from "./states.ts";

const { app, stock, userCoupon, order, operator } = tables;

/** User coupons by whose they are, and their coupons. */
const ofWallets = "wallet JOIN user_coupon ON user_coupon.id = wallet.user_coupon";
const inWallets = `${ofWallets} JOIN coupon ON coupon.id = wallet.coupon`;

export const reads = (db: DatabaseSync, appNumbers: AppNumbers, owed: Owed): StoreReads => ({
  ...appReads(db),
  ...couponReads(db, appNumbers),
  ...searchReads(db, appNumbers),
  ...walletReads(db, appNumbers),
  ...peopleReads(db, appNumbers),
  ...choiceReads(db, appNumbers, owed),
  ...orderReads(db, appNumbers),
  ...overReads(db, appNumbers),
  ...callbackReads(db, appNumbers),
  ...callReads(db, appNumbers),
  ...handOutReads(db, appNumbers),
  ...historyReads(db, appNumbers),
  ...tallyReads(db, appNumbers),
  ...operatorReads(db, appNumbers),
  ...personReads(db, appNumbers),
  ...stateReads(db, appNumbers),
});

function appReads(db: DatabaseSync): Pick<StoreReads, "app" | "listApps"> {
  const selectApp = query(db, `SELECT ${app.selected} FROM app WHERE appid = ? AND removal IS NULL`);
  const selectApps = query(db, `SELECT ${app.selected} FROM app WHERE removal IS NULL ORDER BY number`);
  return {
    async app(appid) {
      const row = selectApp.get(appid);
      return row && app.read(row, {});
    },
    listApps: async () => selectApps.all().map((row) => app.read(row, {})),
  };
}

function couponReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "coupon" | "listCoupons"> {
  const selectCoupon = query(db, `SELECT ${couponColumns} FROM coupon WHERE app = ? AND out_coupon_id = ?`);
  const selectLast = query(db, "SELECT max(id) FROM coupon WHERE id >= ? AND id < ?");
  const selectPage = query(
    db,
    `SELECT ${couponColumns}, ${stock.selected}
     FROM coupon LEFT JOIN stock ON stock.coupon = coupon.id
     WHERE coupon.id >= ? AND coupon.id < ? ORDER BY coupon.id`,
  );
  return {
    async coupon(appid, outCouponId) {
      const row = selectCoupon.get(appNumbers.find(appid), outCouponId);
      return row && readCoupon(appid, row);
    },
    async listCoupons(appid, offset, limit) {
      const number = appNumbers.find(appid);
      const last = selectLast.get(couponIdAt(number, 0), couponIdAt(number + 1, 0))?.[0];
      if (last === null) return { total: 0, entries: [] };
      const total = positionOf(last) + 1;
      const end = Math.min(offset + limit, total);
      if (offset >= end) return { total, entries: [] };
      const rows = selectPage.all(couponIdAt(number, offset), couponIdAt(number, end));
      const entries = rows.map((row) => {
        const coupon = readCoupon(appid, row);
        return { coupon, stock: stockIn(row, coupon, couponWidth) };
      });
      return { total, entries };
    },
  };
}

function walletReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "listUserCoupons" | "listWallets"> {
  const selectLastSlot = query(db, "SELECT max(slot) FROM wallet WHERE app = ? AND openid = ?");
  const selectSlots = query(
    db,
    `SELECT ${userCoupon.selected}, coupon.out_coupon_id FROM ${inWallets}
     WHERE wallet.app = ? AND wallet.openid = ? AND wallet.slot > ? AND wallet.slot <= ? ORDER BY wallet.slot DESC`,
  );
  const selectWallets = query(
    db,
    `SELECT ${userCoupon.selected}, coupon.out_coupon_id FROM ${inWallets}
     WHERE wallet.app = ? AND (wallet.openid, wallet.slot) > (?, ?) ORDER BY wallet.openid, wallet.slot LIMIT ?`,
  );
  const readOf = (appid: string) => (row: Row) => userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] });
  return {
    async listUserCoupons(appid, openid, offset, limit) {
      const number = appNumbers.find(appid);
      const last = selectLastSlot.get(number, openid)?.[0];
      if (last === null) return { total: 0, entries: [] };
      const newest = last - offset;
      const rows = newest < 0 ? [] : selectSlots.all(number, openid, newest - limit, newest);
      return { total: last + 1, entries: rows.map(readOf(appid)) };
    },
    listWallets: async (appid, last, limit) =>
      selectWallets.all(appNumbers.find(appid), last?.openid ?? "", last?.slot ?? -1, limit).map(readOf(appid)),
  };
}

type PeopleReads = "listWallet" | "userCoupon" | "findUserCoupons" | "listHolders";

/** What operators ask about people. */
function peopleReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, PeopleReads> {
  const columns = `${userCoupon.selected}, coupon.out_coupon_id`;
  const selectLastSlot = query(db, "SELECT max(slot) FROM wallet WHERE app = ? AND openid = ?");
  const selectSlice = query(
    db,
    `SELECT ${columns} FROM ${inWallets}
     WHERE wallet.app = ?1 AND wallet.openid = ?2 AND wallet.slot >= ?3 AND wallet.slot < ?4
       AND (?5 IS NULL OR user_coupon.status = ?5)
       AND (?6 IS NULL OR wallet.coupon = (SELECT id FROM coupon WHERE app = ?1 AND out_coupon_id = ?6))
     ORDER BY wallet.slot DESC LIMIT ?7`,
  );
  const selectOne = query(
    db,
    `SELECT ${columns} FROM coupon JOIN user_coupon ON user_coupon.coupon = coupon.id
     WHERE coupon.app = ? AND out_coupon_id = ? AND out_user_coupon_id = ?`,
  );
  const selectNamed = query(
    db,
    `SELECT ${columns} FROM user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE out_user_coupon_id = ? AND user_coupon.coupon >= ? AND user_coupon.coupon < ?
     ORDER BY user_coupon.coupon LIMIT ?`,
  );
  const selectIds = query(
    db,
    `SELECT min(out_user_coupon_id), count(*) FROM
       (SELECT out_user_coupon_id FROM user_coupon INDEXED BY user_coupon_ids
        WHERE out_user_coupon_id < ? ORDER BY out_user_coupon_id DESC LIMIT ${HOLDER_SLICE})`,
  );
  const selectHolders = query(
    db,
    `SELECT ${userCoupon.selected}, ?2 FROM user_coupon INDEXED BY user_coupon_ids
     WHERE out_user_coupon_id >= ?3 AND out_user_coupon_id < ?4
       AND coupon = (SELECT id FROM coupon WHERE app = ?1 AND out_coupon_id = ?2) AND (?5 IS NULL OR status = ?5)
     ORDER BY out_user_coupon_id DESC LIMIT ?6`,
  );
  const readOf = (appid: string) => (row: Row) => userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] });
  return {
    async listHolders({ appid, outCouponId, status = null }, before, limit) {
      const end = before ?? AFTER_ALL;
      const [start, seen] = selectIds.get(end) ?? [];
      if (!seen) return { entries: [], next: null };
      const rows = selectHolders.all(appNumbers.find(appid), outCouponId, start, end, status, limit);
      const entries = rows.map(readOf(appid));
      const places = entries.map(({ outUserCouponId }) => outUserCouponId);
      return { entries, next: nextOf(places, { start, seen, slice: HOLDER_SLICE, limit }) };
    },
    async listWallet(appid, openid, { status = null, outCouponId = null }, before, limit) {
      const number = appNumbers.find(appid);
      const size = (selectLastSlot.get(number, openid)?.[0] ?? -1) + 1;
      const end = Math.min(before ?? size, size);
      const start = Math.max(0, end - WALLET_SLICE);
      const rows = selectSlice.all(number, openid, start, end, status, outCouponId, limit);
      const entries = rows.map(readOf(appid));
      return { entries, next: nextBefore(entries, start, limit) };
    },
    async userCoupon(appid, outCouponId, outUserCouponId) {
      const row = selectOne.get(appNumbers.find(appid), outCouponId, outUserCouponId);
      return row && readOf(appid)(row);
    },
    async findUserCoupons(appid, outUserCouponId, limit) {
      const number = appNumbers.find(appid);
      const [from, to] = [couponIdAt(number, 0), couponIdAt(number + 1, 0)];
      return selectNamed.all(outUserCouponId, from, to, limit).map(readOf(appid));
    },
  };
}

function choiceReads(db: DatabaseSync, appNumbers: AppNumbers, owed: Owed): Pick<StoreReads, "listWalletCoupons"> {
  const selectWhole = query(
    db,
    `SELECT ${held.userCoupon.selected}, user_coupon.coupon FROM ${ofWallets} WHERE wallet.app = ?1 AND wallet.openid = ?2
       AND (SELECT max(slot) FROM wallet WHERE app = ?1 AND openid = ?2) < ?3
     ORDER BY wallet.slot DESC`,
  );
  const selectFirst = query(
    db,
    `SELECT ${held.userCoupon.selected}, coupon, all_usable
     FROM (SELECT *, count(*) FILTER (WHERE usable) OVER () AS all_usable
       FROM (SELECT user_coupon.*, CASE
           WHEN status = 'effective' AND starts_at <= ?3 AND (ends_at = 0 OR ends_at >= ?3)
             AND (locked_until IS NULL OR locked_until < ?3)
           THEN (SELECT status IN ('active', 'expired') FROM coupon WHERE coupon.id = user_coupon.coupon)
           ELSE 0 END AS usable
         FROM ${ofWallets} WHERE wallet.app = ?1 AND wallet.openid = ?2)
       ORDER BY usable DESC,
         CASE WHEN usable THEN CASE WHEN ends_at = 0 THEN 9007199254740991 ELSE ends_at END END,
         slot DESC
       LIMIT ?4) AS user_coupon
     ORDER BY slot DESC`,
  );
  const selectCoupon = query(db, `SELECT ${couponColumns} FROM coupon WHERE id = ?`);
  return {
    async listWalletCoupons(appid, openid, now, limit) {
      const app = appNumbers.find(appid);
      const readEntry = (row: Row) => {
        const id = row[held.userCoupon.width];
        const coupon = owed.steady.couponsById.get(id, () => readCoupon(appid, selectCoupon.get(id) as Row));
        return { coupon, userCoupon: held.userCoupon.read(row, coupon) };
      };
      const whole = selectWhole.all(app, openid, limit);
      if (whole.length > 0) return { entries: whole.map(readEntry), more: 0 };
      const first = selectFirst.all(app, openid, now, limit);
      return { entries: first.map(readEntry), more: Math.max(0, (first[0]?.at(-1) ?? 0) - limit) };
    },
  };
}

function orderReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "order" | "listOrders"> {
  const selectSlice = query(
    db,
    `SELECT min(id), count(*) FROM
       (SELECT id FROM shop_order WHERE app = ? AND id < ? ORDER BY id DESC LIMIT ${ORDER_SLICE})`,
  );
  const selectIn = query(
    db,
    `SELECT ${order.selected}, id FROM shop_order
     WHERE app = ?1 AND id >= ?2 AND id < ?3
       AND (?4 IS NULL OR content ->> '$.openid' = ?4) AND (?5 IS NULL OR content ->> '$.status' = ?5)
     ORDER BY id DESC LIMIT ?6`,
  );
  const select = query(db, `SELECT ${order.selected} FROM shop_order WHERE app = ? AND out_order_id = ?`);
  return {
    async order(appid, outOrderId) {
      const row = select.get(appNumbers.find(appid), outOrderId);
      return row && order.read(row, { appid });
    },
    async listOrders(appid, { openid = null, status = null }, before, limit) {
      const [number, end] = [appNumbers.find(appid), before ?? NEVER];
      const [start, seen] = selectSlice.get(number, end) ?? [];
      if (!seen) return { entries: [], next: null };
      const rows = selectIn.all(number, start, end, openid, status, limit);
      const entries = rows.map((row) => order.read(row, { appid }));
      return {
        entries,
        next: nextOf(
          rows.map((row) => row.at(-1)),
          { start, seen, slice: ORDER_SLICE, limit },
        ),
      };
    },
  };
}

function operatorReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "listOperators"> {
  const select = query(db, `SELECT ${operator.selected} FROM house_operator WHERE app = ? ORDER BY name`);
  return {
    listOperators: async (appid) => select.all(appNumbers.find(appid)).map((row) => operator.read(row, { appid })),
  };
}

function personReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "person" | "listPersons"> {
  const { selected, read } = tables.person;
  const select = query(db, `SELECT ${selected} FROM person WHERE app = ? AND name = ?`);
  const selectAfter = query(db, `SELECT ${selected} FROM person WHERE app = ? AND name > ? ORDER BY name LIMIT ?`);
  return {
    async person(appid, name) {
      const row = select.get(appNumbers.find(appid), name);
      return row && read(row, { appid });
    },
    listPersons: async (appid, last, limit) =>
      selectAfter.all(appNumbers.find(appid), last ?? "", limit).map((row) => read(row, { appid })),
  };
}

function callbackReads(
  db: DatabaseSync,
  appNumbers: AppNumbers,
): Pick<StoreReads, "listCallbacks" | "callback" | "listCallbacksAfter"> {
  const isAsked = toldColumns.map((name, i) => `AND coalesce(?${i + 4}, ${name}) = ${name}`).join(" ");
  const selectBefore = query(
    db,
    `SELECT id, attempt FROM callback WHERE id > ?1 AND id < ?2 ${isAsked} ORDER BY id DESC LIMIT ?3`,
  );
  const selectOne = query(db, "SELECT id, attempt FROM callback WHERE id = ?");
  const selectAfter = query(db, "SELECT id, attempt FROM callback WHERE id > ? AND id < ? ORDER BY id LIMIT ?");
  const read = ([id, attempt]: Row) => readAttempt(positionOf(id), attempt);
  const idAt = (appid: string, nth: number) => couponIdAt(appNumbers.find(appid), Math.min(nth, POSITIONS - 1));
  const end = (appid: string) => couponIdAt(appNumbers.find(appid) + 1, 0);
  return {
    listCallbacks: async (appid, filter, before, limit) =>
      selectBefore
        .all(idAt(appid, 0), before === null ? end(appid) : idAt(appid, before), limit, ...askedOf(filter))
        .map(read),
    async callback(appid, nth) {
      const row = selectOne.get(idAt(appid, nth));
      return row && read(row);
    },
    listCallbacksAfter: async (appid, nth, limit) => selectAfter.all(idAt(appid, nth), end(appid), limit).map(read),
  };
}

type HistoryReads = "readJournal" | "listJournal" | "listHistory" | "journalEnd";

function historyReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, HistoryReads> {
  const journal = journalReader(db);
  const selectTouched = query(
    db,
    "SELECT seq FROM touched WHERE app = ? AND subject = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
  );
  const selectRecorded = query(
    db,
    `SELECT recorded_in FROM user_coupon WHERE out_user_coupon_id = ?
       AND coupon = (SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?) AND recorded_in < ?`,
  );
  const selectEnd = query(db, "SELECT seq, digest FROM ledger WHERE app = ?");
  const read = (appid: string, entries: JournalText[]) => entries.map((entry) => told(appid, entry));
  return {
    readJournal: async (appid, after, limit) => read(appid, journal.after(appid, after, limit)),
    listJournal: async (appid, before, limit) => read(appid, journal.before(appid, before, limit)),
    async listHistory(appid, subject, before, limit) {
      const app = appNumbers.find(appid);
      const rows = selectTouched.all(app, subjectText(subject), before ?? NEVER, limit);
      if (subject.of === "userCoupon" && rows.length < limit) {
        const { outCouponId, outUserCouponId } = subject;
        rows.push(...selectRecorded.all(outUserCouponId, app, outCouponId, before ?? NEVER));
      }
      return read(
        appid,
        journal.of(
          appid,
          rows.map(([seq]) => seq),
        ),
      );
    },
    async journalEnd(appid) {
      const [seq, digest] = selectEnd.get(appNumbers.find(appid)) ?? [0, ""];
      return { seq, digest };
    },
  };
}

function tallyReads(db: DatabaseSync, appNumbers: AppNumbers): Pick<StoreReads, "listTallies"> {
  const select = (more: string) =>
    query(
      db,
      `SELECT ${tallyColumns} FROM tally
       WHERE app = ? ${more} AND day <= ? AND (day, out_coupon_id) >= (?, ?) ORDER BY day, out_coupon_id LIMIT ?`,
    );
  const [selectAll, selectOne] = [select(""), select("AND out_coupon_id = ?")];
  return {
    async listTallies(appid, { from, to, outCouponId }, last, limit) {
      const after = placeFrom(from, last);
      const app = appNumbers.find(appid);
      const rows =
        outCouponId === null
          ? selectAll.all(app, to, ...after, limit)
          : selectOne.all(app, outCouponId, to, ...after, limit);
      return rows.map((row) => readTally(appid, row));
    },
  };
}
