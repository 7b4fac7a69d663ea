import type { DatabaseSync } from "node:sqlite";
import { asksForGiven, type Hold, idsOf, type RecordKey, type Stock } from "../../domain/records.ts";
import type { AppClock } from "../../domain/sandbox/clock.ts";
import type { JournalEnd, WorkingCopy } from "../../domain/working-copy.ts";
import { listed, ofRole, type Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { couponIdAt, type Numbers, positionOf } from "./numbers.ts";
import type { Owed } from "./owed.ts";
import { columnsOf, couponColumns, readCoupon } from "./rows.ts";
import type { Seen } from "./seen.ts";
import { query } from "./statements.ts";
import type { Met, Steady } from "./steady.ts";

type Need = RecordKey["need"];
type KeyOf<N extends Need> = Extract<RecordKey, { need: N }>;
type Load<N extends Need> = (key: KeyOf<N>, records: WorkingCopy, numbers: Numbers) => void;

/** Kinds of records in the order they are loaded: coupons before what refers to them. */
const firstNeeds: Need[] = ["app", "catalogueSize", "coupon"];

/** Provides what keys name. The ids of the coupons met on the way are noted in `numbers`. */
export function loader(db: DatabaseSync, { owed, seen }: { owed: Owed; seen: Seen }) {
  const loads: { [N in Need]: Load<N> } = {
    app: byKey(db, "app"),
    userCoupon: byKey(db, "userCoupon"),
    order: byKey(db, "order"),
    operator: byKey(db, "operator"),
    operators: operators(db),
    handOut: byKey(db, "handOut"),
    person: byKey(db, "person"),
    persons: persons(db),
    claim: claims(db),
    ...coupons(db, owed),
    ...holds(db, owed.steady),
    ...wallets(db),
  };
  const isFirst = ({ need }: RecordKey) => firstNeeds.includes(need);
  const isNew = (key: RecordKey, records: WorkingCopy, numbers: Numbers) =>
    isAsked(key, records) && seen.tellNew(key, records, numbers);

  return function load(keys: readonly RecordKey[], records: WorkingCopy, numbers: Numbers): void {
    const loadOne = (key: RecordKey) => {
      if (records.knows(key) || isNew(key, records, numbers) || owed.tell(key, records)) return;
      (loads[key.need] as Load<Need>)(key, records, numbers);
    };
    for (const key of keys) if (isFirst(key)) loadOne(key);
    for (const key of keys) if (!isFirst(key)) loadOne(key);
  };
}

/** Where an app's journal ends. All apps share their numbers, so that the next is above all of them. */
export function endReader(db: DatabaseSync): (appid: string, numbers: Pick<Numbers, "app">) => JournalEnd {
  const selectEnd = query(db, "SELECT seq, digest FROM ledger WHERE app = ?");
  const selectLast = query(db, "SELECT max(seq) FROM journal");
  return (appid, numbers) => {
    const [seq, digest] = selectEnd.get(numbers.app(appid)) ?? [0, ""];
    return { seq: Math.max(seq, selectLast.get()?.[0] ?? 0), digest };
  };
}

/** The clock of an app that has one of its own. */
export function clockReader(db: DatabaseSync): (appid: string) => AppClock | null {
  const select = query(db, "SELECT sandbox ->> '$.clock' FROM app WHERE appid = ? AND removal IS NULL");
  return (appid) => {
    const clock = select.get(appid)?.[0];
    return clock ? JSON.parse(clock) : null;
  };
}

/** Records whose key tells all that their row does not. */
function byKey<N extends "app" | "userCoupon" | "order" | "operator" | "handOut" | "person">(
  db: DatabaseSync,
  need: N,
): Load<N> {
  const { table, selected, read } = tables[need];
  const keys = ofRole("key", columnsOf(need));
  const select = query(
    db,
    `SELECT ${selected} FROM ${table} WHERE ${listed(keys, " AND ", (name) => `${name} = ?`)} ${need === "app" ? "AND removal IS NULL" : ""}`,
  );
  return (key, records, numbers) => {
    const row = isJustMade(key) ? undefined : select.get(...keys.map(({ write }) => write(key, numbers)));
    records.provide(need, idsOf(key), row && read(row, key as never));
  };
}

/** Whether there can be none. */
const isJustMade = (key: RecordKey): boolean => key.need === "userCoupon" && key.isNew === true;

/** Whether any rule will ask for it, once its coupon is loaded. */
function isAsked(key: RecordKey, records: WorkingCopy): boolean {
  if (key.need !== "given") return true;
  const coupon = records.coupon(key.appid, key.outCouponId);
  return !coupon || asksForGiven(coupon);
}

function operators(db: DatabaseSync): Load<"operators"> {
  const { selected, read } = tables.operator;
  const select = query(db, `SELECT ${selected} FROM house_operator WHERE app = ?`);
  return ({ appid }, records, numbers) => {
    const found = select.all(numbers.app(appid)).map((row) => read(row, { appid }));
    records.provideOperators(appid, found);
  };
}

function persons(db: DatabaseSync): Load<"persons"> {
  const { selected, read } = tables.person;
  const select = query(db, `SELECT ${selected} FROM person WHERE app = ?`);
  return ({ appid }, records, numbers) => {
    const found = select.all(numbers.app(appid)).map((row) => read(row, { appid }));
    records.providePersons(appid, found);
  };
}

function coupons(db: DatabaseSync, owed: Owed): { coupon: Load<"coupon">; catalogueSize: Load<"catalogueSize"> } {
  const selectCoupon = query(db, `SELECT ${couponColumns} FROM coupon WHERE app = ? AND out_coupon_id = ?`);
  const selectStock = query(db, `SELECT ${tables.stock.selected} FROM stock WHERE coupon = ?`);
  const selectLast = query(db, "SELECT max(id) FROM coupon WHERE id >= ? AND id < ?");
  function stockOf({ coupon, id }: Met): Stock | undefined {
    const stock = selectStock.get(id);
    return stock && tables.stock.read(stock, coupon);
  }
  return {
    coupon(key, records, numbers) {
      const met = owed.steady.coupons.get(`${key.appid}\0${key.outCouponId}`, () => {
        const row = selectCoupon.get(numbers.app(key.appid), key.outCouponId);
        return row && { coupon: readCoupon(key.appid, row), id: row[tables.coupon.width] };
      });
      if (met) numbers.note(key.appid, key.outCouponId, met.id);
      records.provide("coupon", idsOf(key), met?.coupon);
      records.provide("stock", idsOf(key), met && (owed.told.stock(key.appid, key.outCouponId) ?? stockOf(met)));
    },
    catalogueSize(key, records, numbers) {
      const app = numbers.app(key.appid);
      const last = selectLast.get(couponIdAt(app, 0), couponIdAt(app + 1, 0))?.[0];
      records.provideCount("catalogueSize", idsOf(key), last === null ? 0 : positionOf(last) + 1);
    },
  };
}

function claims(db: DatabaseSync): Load<"claim"> {
  const { selected, width, read } = tables.claim;
  const select = query(
    db,
    `SELECT ${selected}, out_coupon_id FROM claim
     JOIN user_coupon ON user_coupon.id = claim.user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE claim.app = ? AND request_id = ?`,
  );
  return (key, records, numbers) => {
    const row = select.get(numbers.app(key.appid), key.requestId);
    records.provide("claim", idsOf(key), row && read(row, { appid: key.appid, outCouponId: row[width] }));
  };
}

function holds(db: DatabaseSync, steady: Steady): { hold: Load<"hold">; holdsOf: Load<"holdsOf"> } {
  const { selected, width, read } = tables.hold;
  const select = query(
    db,
    `SELECT ${selected}, out_coupon_id FROM hold JOIN coupon ON coupon.id = hold.coupon
     WHERE hold.app = ? AND request_id = ?`,
  );
  const selectOf = query(db, `SELECT ${selected} FROM hold WHERE coupon = ? AND openid = ?`);
  const selectAny = query(db, "SELECT EXISTS (SELECT 1 FROM hold WHERE app = ?)");
  /** Most apps have none, and then nobody's need be looked for. */
  const hasAny = (appid: string, { app }: Numbers): boolean =>
    steady.holding.get(appid, () => selectAny.get(app(appid))?.[0] === 1);
  return {
    hold(key, records, numbers) {
      const row = hasAny(key.appid, numbers) ? select.get(numbers.app(key.appid), key.requestId) : undefined;
      records.provide("hold", idsOf(key), row && read(row, { appid: key.appid, outCouponId: row[width] }));
    },
    holdsOf(key, records, numbers) {
      const rows = hasAny(key.appid, numbers) ? selectOf.all(numbers.coupon(key), key.openid) : [];
      const found = rows.map((row): Hold => read(row, key));
      records.provideHoldsOf([key.appid, key.outCouponId, key.openid], found);
    },
  };
}

function wallets(db: DatabaseSync): { walletSize: Load<"walletSize">; given: Load<"given"> } {
  const selectLast = query(db, "SELECT max(slot) FROM wallet WHERE app = ? AND openid = ?");
  const count = query(db, "SELECT count(*) FROM wallet WHERE app = ? AND openid = ? AND coupon = ?");
  const only = (row: Row | undefined) => row?.[0];
  return {
    walletSize(key, records, numbers) {
      const last = only(selectLast.get(numbers.app(key.appid), key.openid));
      records.provideCount("walletSize", idsOf(key), last === null ? 0 : last + 1);
    },
    given(key, records, numbers) {
      if (!isAsked(key, records)) return;
      records.provideCount(
        "given",
        idsOf(key),
        only(count.get(numbers.app(key.appid), key.openid, numbers.coupon(key))),
      );
    },
  };
}
