import type { DatabaseSync } from "node:sqlite";
import type { RecordKind, RecordOf } from "../../domain/records.ts";
import type { Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { readTally, tallyColumns } from "../sql/tallies.ts";
import type { RecordPlace, SnapshotReads } from "../store.ts";
import { readDatabase } from "./connection.ts";
import { journalReader } from "./journal-reader.ts";
import { AppNumbers } from "./numbers.ts";
import { couponColumns, readCoupon } from "./rows.ts";
import { query } from "./statements.ts";

/** How all records of a kind are read, in the order of `keys`. */
type Listing<K extends RecordKind> = {
  selected: string;
  from: string;
  /** The table whose rows are as many as there are records; the record's own unless given. */
  counted?: string;
  /** Which are an app's; `?1` is its number. */
  where: string;
  keys: readonly string[];
  /** What comes before all keys. */
  first: RecordPlace;
  read(row: Row, appid: string): RecordOf[K];
};

const { app, stock, userCoupon, claim, hold, order, operator, handOut, person } = tables;
const ofCoupon = (table: string, number: string) =>
  `${table}.${number} >= ?1 * 4294967296 AND ${table}.${number} < (?1 + 1) * 4294967296`;
const withCoupon = (table: string) => `${table} JOIN coupon ON coupon.id = ${table}.coupon`;

const listings: { [K in RecordKind]: Listing<K> } = {
  app: {
    selected: app.selected,
    from: "app",
    where: "number = ?1 AND removal IS NULL",
    keys: ["number"],
    first: [-1],
    read: (row) => app.read(row, {}),
  },
  coupon: {
    selected: couponColumns,
    from: "coupon",
    where: ofCoupon("coupon", "id"),
    keys: ["coupon.id"],
    first: [-1],
    read: (row, appid) => readCoupon(appid, row),
  },
  stock: {
    selected: `${stock.selected}, out_coupon_id, coupon.id % 4294967296`,
    from: withCoupon("stock"),
    where: ofCoupon("stock", "coupon"),
    keys: ["stock.coupon"],
    first: [-1],
    read: (row, appid) => stock.read(row, { appid, outCouponId: row[stock.width], position: row[stock.width + 1] }),
  },
  userCoupon: {
    selected: `${userCoupon.selected}, out_coupon_id, (wallet.app, wallet.openid, wallet.slot, wallet.coupon) =
      (user_coupon.app, user_coupon.openid, user_coupon.slot, user_coupon.coupon)`,
    from: `wallet JOIN user_coupon ON user_coupon.id = wallet.user_coupon JOIN coupon ON coupon.id = wallet.coupon`,
    counted: "wallet",
    where: "wallet.app = ?1",
    keys: ["wallet.openid", "wallet.slot"],
    first: ["", -1],
    read(row, appid) {
      const record = userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] });
      // In another wallet than it says, or elsewhere in it.
      return row[userCoupon.width + 1] === 1 ? record : { ...record, slot: -1 };
    },
  },
  claim: {
    selected: `${claim.selected}, out_coupon_id`,
    from: `claim JOIN user_coupon ON user_coupon.id = claim.user_coupon JOIN coupon ON coupon.id = user_coupon.coupon`,
    where: "claim.app = ?1",
    keys: ["request_id"],
    first: [""],
    read: (row, appid) => claim.read(row, { appid, outCouponId: row[claim.width] }),
  },
  hold: {
    selected: `${hold.selected}, out_coupon_id`,
    from: withCoupon("hold"),
    where: "hold.app = ?1",
    keys: ["request_id"],
    first: [""],
    read: (row, appid) => hold.read(row, { appid, outCouponId: row[hold.width] }),
  },
  order: {
    selected: order.selected,
    from: "shop_order",
    where: "app = ?1",
    keys: ["id"],
    first: [-1],
    read: (row, appid) => order.read(row, { appid }),
  },
  operator: {
    selected: operator.selected,
    from: "house_operator",
    where: "app = ?1",
    keys: ["name"],
    first: [""],
    read: (row, appid) => operator.read(row, { appid }),
  },
  handOut: {
    selected: handOut.selected,
    from: "hand_out",
    where: "app = ?1",
    keys: ["hand_out_id"],
    first: [""],
    read: (row, appid) => handOut.read(row, { appid }),
  },
  person: {
    selected: person.selected,
    from: "person",
    where: "app = ?1",
    keys: ["name"],
    first: [""],
    read: (row, appid) => person.read(row, { appid }),
  },
};

/** A connection of its own, and on it a transaction that sees the database as it is now. */
export function beginSnapshot(file: string): DatabaseSync {
  const db = readDatabase(file);
  db.exec("BEGIN");
  db.prepare("SELECT seq FROM settled").get();
  return db;
}

/**
 * Reads an app in a transaction that was begun for it, and ends that: writers go on beside it. What they commit meanwhile
 * stays in the log until it ends.
 */
export async function readSnapshot<T>(
  db: DatabaseSync,
  appid: string,
  work: (reads: SnapshotReads) => Promise<T>,
): Promise<T> {
  try {
    const number = new AppNumbers(db).find(appid);
    const selectEnd = query(db, "SELECT seq, digest FROM ledger WHERE app = ?");
    const countEntries = query(db, "SELECT coalesce(sum(entries), 0) FROM journal WHERE appid = ?");
    const entries = journalReader(db);
    const selectTallies = query(
      db,
      `SELECT ${tallyColumns} FROM tally WHERE app = ? AND (day, out_coupon_id) > (?, ?)
       ORDER BY day, out_coupon_id LIMIT ?`,
    );
    return await work({
      async end() {
        const [seq, digest] = selectEnd.get(number) ?? [0, ""];
        return { seq, digest, entries: countEntries.get(appid)?.[0], hasGaps: true };
      },
      count: async (kind) =>
        query(
          db,
          `SELECT count(*) FROM ${listings[kind].counted ?? tables[kind].table} WHERE ${listings[kind].where}`,
        ).get(number)?.[0],
      journal: async (after, limit) => entries.after(appid, after, limit),
      tallies: async (after, limit) =>
        selectTallies
          .all(number, after?.day ?? -1, after?.outCouponId ?? "", limit)
          .map((row) => readTally(appid, row)),
      async records(kind, after, limit) {
        const listing = listings[kind];
        const { first, keys, read } = listing;
        const rows = query(db, pageOf(listing)).all(number, ...(after ?? first), limit);
        const last = rows.length < limit ? null : (rows.at(-1) as Row).slice(-keys.length);
        return { records: rows.map((row) => read(row, appid)), last };
      },
    });
  } finally {
    db.close();
  }
}

function pageOf({ selected, from, where, keys }: Omit<Listing<RecordKind>, "read">): string {
  const after = keys.map((_, i) => `?${i + 2}`).join();
  return `SELECT ${selected}, ${keys} FROM ${from} WHERE ${where} AND (${keys}) > (${after})
    ORDER BY ${keys} LIMIT ?${keys.length + 2}`;
}
