import type { DatabaseSync } from "node:sqlite";
import { CALLBACKS_KEPT, type CallbackAttempt } from "../../domain/claims/attempts.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import {
  type Claim,
  isGone,
  type Order,
  type RecordKind,
  recordKinds,
  type Stock,
  type UserCoupon,
} from "../../domain/records.ts";
import { countNames, type Tally } from "../../domain/reports/tally.ts";
import type { Change } from "../../domain/working-copy.ts";
import { toldColumns, toldOf } from "../sql/attempts.ts";
import { type Column, listed, ofRole, type Value } from "../sql/columns.ts";
import { type NewRow, packed, rowsOfEntries } from "../sql/journal-rows.ts";
import { tables } from "../sql/tables.ts";
import { addingCounts, tallyColumns } from "../sql/tallies.ts";
import { type AppNumbers, NONE, type Numbers, type OfCoupon, POSITIONS, positionOf } from "./numbers.ts";
import { columnsOf } from "./rows.ts";
import { query } from "./statements.ts";

/** Writes one record of a transaction. */
type Write = (record: object, numbers: Numbers) => void;
type Writes = { insert: Write; update: Write; remove: Write };

/** Saves changed records, journal entries and what is counted. New coupons are noted in `numbers`. */
export function saver(db: DatabaseSync) {
  const writes = Object.fromEntries(recordKinds.map((kind) => [kind, writesOf(db, kind)])) as Record<
    RecordKind,
    Writes
  >;
  return {
    saveChange(change: Change, numbers: Numbers): void {
      const { record, value, fresh, entry } = change;
      if (record !== "app") assertOwned(value, numbers);
      if (record === "coupon") numbers.note(value.appid, value.outCouponId, numbers.coupon(value));
      const { insert, update, remove } = writes[record];
      if (isGone(change)) remove(value, numbers);
      else if (fresh) insert(entry === undefined ? value : { ...value, entry }, numbers);
      else update(value, numbers);
    },
    saveJournal: journalSaver(db),
    saveTally: tallySaver(db),
  };
}

/** Saves entries of journals, what they are found by, and where their journals end now. */
function journalSaver(db: DatabaseSync) {
  const saveRow = rowSaver(db);
  const touch = toucher(db);
  return (journal: readonly JournalEntry[], numbers: Numbers): void => {
    for (const { appid, seq, subjects } of journal)
      for (const subject of subjects) touch(numbers.app(appid), subject, seq);
    for (const row of rowsOfEntries(journal)) {
      const app = numbers.app(row.appid);
      if (app === NONE) throw new Error(`a journal entry of app ${row.appid}, which does not exist`);
      saveRow(app, row);
    }
  };
}

/** Saves by what an entry is found. */
function toucher(db: DatabaseSync, again = ""): (app: number, subject: string, seq: number) => void {
  const insert = query(db, `INSERT INTO touched (app, subject, seq) VALUES (?, ?, ?) ${again}`);
  return (app, subject, seq) => insert.run(app, subject, seq);
}

/** Saves a row of the journal of an app with a number, and where that ends now. */
export function rowSaver(db: DatabaseSync) {
  const insert = query(
    db,
    `INSERT INTO journal (seq, appid, at, command, steps, given_by, digest, entries, batch)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const keepEnd = query(
    db,
    `INSERT INTO ledger (app, seq, digest) VALUES (?, ?, ?)
     ON CONFLICT (app) DO UPDATE SET seq = excluded.seq, digest = excluded.digest`,
  );
  return (app: number, row: NewRow): void => {
    const { seq, appid, at, command, text, by, digest, entries, batch } = row;
    insert.run(seq, appid, at, command, text, by, digest, entries, packed(batch));
    keepEnd.run(app, seq, digest);
  };
}

export function tallySaver(db: DatabaseSync) {
  const add = tallyAdder(db);
  return (tally: Tally, numbers: Numbers): void => add(numbers.app(tally.appid), tally);
}

/** Adds what was counted to what was counted before. */
export function tallyAdder(db: DatabaseSync) {
  const add = query(
    db,
    `INSERT INTO tally (app, ${tallyColumns}) VALUES (?, ?, ?, ${countNames.map(() => "?")})
     ON CONFLICT (app, day, out_coupon_id) DO UPDATE SET ${addingCounts}`,
  );
  return (app: number, tally: Tally): void =>
    add.run(app, tally.day, tally.outCouponId, ...countNames.map((name) => tally[name]));
}

/** What belongs to no app or no coupon would never be found again. */
function assertOwned(value: { appid: string; outCouponId?: string }, numbers: Numbers): void {
  const { appid, outCouponId } = value;
  if (numbers.app(appid) === NONE) throw new Error(`a change of app ${appid}, which does not exist`);
  if (outCouponId !== undefined && numbers.coupon(value as OfCoupon) === NONE)
    throw new Error(`a change of coupon ${outCouponId} of app ${appid}, which does not exist`);
}

/** How records of a kind are written. What may be put where another is always is; what has nothing free never changes. */
function writesOf(db: DatabaseSync, kind: RecordKind): Writes {
  const write = (sql: string, columns: readonly Column<object, Numbers>[]): Write => {
    const statement = query(db, sql);
    return (record, numbers) => statement.run(...columns.map((column) => column.write(record, numbers)));
  };
  const { table, removable } = tables[kind];
  const columns = columnsOf(kind);
  const [keys, free] = [ofRole("key", columns), ofRole("free", columns)];
  const found = listed(keys, " AND ", (name) => `${name} = ?`);
  const put = `ON CONFLICT (${listed(keys)}) DO UPDATE SET ${listed(free, ", ", (name) => `${name} = excluded.${name}`)}`;

  const given = listed(columns, ", ", () => "?");
  const inserting = `INSERT INTO ${table} (${listed(columns)}) VALUES (${given}) ${removable ? put : ""}`;
  // An app that is gone left its row, and its number to whoever uses the appid anew.
  const anew = listed([...ofRole("fixed", columns), ...free], ", ", (name) => `${name} = excluded.${name}`);
  const insertingApp = `${inserting} ON CONFLICT (appid) DO UPDATE SET ${anew} WHERE app.removal = 'gone'`;
  const inserts: { [K in RecordKind]?: () => Write } = {
    claim: () => claimInsert(db),
    app: () => write(insertingApp, columns),
    userCoupon: () => userCouponInsert(db, inserting),
  };
  const insert = inserts[kind]?.() ?? write(inserting, columns);
  const updating = `UPDATE ${table} SET ${listed(free, ", ", (name) => `${name} = ?`)} WHERE ${found}`;
  const update = removable || free.length === 0 ? insert : write(updating, [...free, ...keys]);
  const remove = write(`DELETE FROM ${table} WHERE ${found}`, keys);
  return { insert, update, remove };
}

/** What the statement that puts a record is given. */
export type PutRow = readonly Value[];

/** How what is settled is put, whether it is there or not: records, and what entries are found by. */
export type Putter = ReturnType<typeof putter>;

export function putter(db: DatabaseSync) {
  const claim = query(db, "INSERT INTO claim (app, request_id, user_coupon) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const selectId = query(db, "SELECT id FROM user_coupon WHERE coupon = ? AND out_user_coupon_id = ?");
  const selectLast = query(db, "SELECT id, recorded_in FROM user_coupon ORDER BY id DESC LIMIT 1");
  return {
    stock: putOf<Stock>(db, "stock"),
    userCoupon: putOf<UserCoupon>(db, "userCoupon", "id"),
    order: putOf<Order>(db, "order"),
    wallet: inWallets(db, "ON CONFLICT DO NOTHING"),
    claim: (app: number, requestId: string, userCoupon: number): unknown => claim.get(app, requestId, userCoupon),
    /** The number of the row of a user coupon. */
    idOf: (coupon: number, outUserCouponId: string): number => selectId.get(coupon, outUserCouponId)?.[0],
    /** The last row of user coupons, and the entry that recorded it. */
    last(): { id: number; entry: number } {
      const [id, entry] = selectLast.get() ?? [0, 0];
      return { id, entry: entry ?? 0 };
    },
    touch: toucher(db, "ON CONFLICT DO NOTHING"),
  };
}

/** A record with all its columns; where it is there, what is free of it. `numbered`: the column of its number, if it has one. */
function putOf<R extends Stock | UserCoupon | Order>(db: DatabaseSync, kind: RecordKind, ...numbered: string[]) {
  const columns = columnsOf(kind);
  const names = [...columns.map(({ name }) => name), ...numbered];
  const statement = query(
    db,
    `INSERT INTO ${tables[kind].table} (${names}) VALUES (${names.map(() => "?")})
     ON CONFLICT (${listed(ofRole("key", columns))}) DO UPDATE
     SET ${listed(ofRole("free", columns), ", ", (name) => `${name} = excluded.${name}`)}`,
  );
  return {
    /** Throws where a record belongs to no app or no coupon. */
    rowOf(record: R, numbers: Numbers): PutRow {
      assertOwned(record, numbers);
      return columns.map(({ write }) => write(record, numbers));
    },
    /** Its number is the next where it is null, and what it was where the record is there. */
    put: (row: PutRow, ...number: (number | null)[]): unknown => statement.get(...row, ...number),
  };
}

/** Notes in whose wallet the row of a user coupon is. */
function inWallets(db: DatabaseSync, again = "") {
  const insert = query(
    db,
    `INSERT INTO wallet (app, openid, slot, coupon, user_coupon) VALUES (?, ?, ?, ?, ?) ${again}`,
  );
  return ({ app, openid, slot, coupon }: InWallet, id: number): unknown => insert.get(app, openid, slot, coupon, id);
}

/** Where a user coupon is found. */
export type InWallet = { app: number; openid: string; slot: number; coupon: number };
export const inWallet = (userCoupon: UserCoupon, numbers: Numbers): InWallet => ({
  app: numbers.app(userCoupon.appid),
  openid: userCoupon.openid,
  slot: userCoupon.slot,
  coupon: numbers.coupon(userCoupon),
});

/** A claim names the row of its user coupon, which is found as the claim is inserted. */
function claimInsert(db: DatabaseSync): Write {
  const statement = query(
    db,
    `INSERT INTO claim (app, request_id, user_coupon)
     SELECT ?, ?, id FROM user_coupon WHERE coupon = ? AND out_user_coupon_id = ?`,
  );
  return (record, numbers) => {
    const claim = record as Claim;
    statement.run(numbers.app(claim.appid), claim.requestId, numbers.coupon(claim), claim.outUserCouponId);
  };
}

/** A user coupon, and in whose wallet it is. */
function userCouponInsert(db: DatabaseSync, inserting: string): Write {
  const columns = columnsOf("userCoupon");
  const insert = query(db, `${inserting} RETURNING id`);
  const note = inWallets(db);
  return (record, numbers) => {
    const id = insert.get(...columns.map(({ write }) => write(record, numbers)))?.[0];
    note(inWallet(record as UserCoupon, numbers), id);
  };
}

/** Saves attempts at asking a merchant, and removes those that are no longer kept. */
export function callbackSaver(db: DatabaseSync, appNumbers: AppNumbers) {
  const insert = query(
    db,
    `INSERT INTO callback (id, app, at, ${toldColumns}, attempt) VALUES (
       (SELECT 1 + coalesce(max(id), ?1 * ${POSITIONS}) FROM callback WHERE id BETWEEN ?1 * ${POSITIONS} AND (?1 + 1) * ${POSITIONS} - 1),
       ?1, ?2, ${toldColumns.map((_, i) => `?${i + 3}`)}, ?${toldColumns.length + 3})
     RETURNING id`,
  );
  const removeOld = query(db, "DELETE FROM callback WHERE app = ? AND at < ?");
  const removeMany = query(
    db,
    `DELETE FROM callback WHERE id BETWEEN ?1 * ${POSITIONS} AND
       (SELECT max(id) FROM callback WHERE id < (?1 + 1) * ${POSITIONS}) - ${CALLBACKS_KEPT.count}`,
  );

  const selectRemoval = query(db, "SELECT removal FROM app WHERE number = ?");

  return function saveCallbacks(attempts: readonly CallbackAttempt[]): number[] {
    const newest = new Map<number, number>();
    const nths = attempts.map((attempt) => {
      const app = appNumbers.find(attempt.appid);
      if (app === NONE || selectRemoval.get(app)?.[0]) return 0;
      newest.set(app, Math.max(attempt.at, newest.get(app) ?? 0));
      return positionOf(insert.get(app, attempt.at, ...toldOf(attempt), JSON.stringify(attempt))?.[0]);
    });
    for (const [app, at] of newest) {
      removeOld.run(app, at - CALLBACKS_KEPT.milliseconds);
      removeMany.run(app);
    }
    return nths;
  };
}
