import type { RecordKind, RecordOf } from "../../domain/records.ts";
import type { Row } from "../sql/columns.ts";
import { tables } from "../sql/tables.ts";
import { readTally, tallyColumns } from "../sql/tallies.ts";
import type { RecordPlace, SnapshotReads } from "../store.ts";
import { entriesAfter } from "./journal.ts";
import { allClaims, couponColumns, couponIdOf, readCoupon } from "./rows.ts";
import { type Ask, type Statement, statement } from "./statements.ts";

/** How all records of a kind are read, in the order of `keys`; `$1` is the app, and each page has at most `$2`. */
type Listing<K extends RecordKind> = {
  select: Statement;
  count: Statement;
  keys: readonly string[];
  /** What comes before all keys. */
  first: RecordPlace;
  read(row: Row, appid: string): RecordOf[K];
};

type Told<K extends RecordKind> = Omit<Listing<K>, "select" | "count"> & {
  selected: string;
  from: string;
  /** What holds one row for each record, where `from` joins more to it: a table, or a selection and how it is named. */
  owner?: { of: string; name: string };
};

function listing<K extends RecordKind>(listed: Told<K>): Listing<K> {
  const { selected, from, owner = { of: from, name: from }, ...told } = listed;
  const { keys } = told;
  const after = keys.map((_, i) => `$${i + 3}`);
  const select = statement(
    `SELECT ${selected}, ${keys} FROM ${from} WHERE ${owner.name}.appid = $1 AND (${keys}) > (${after}) ORDER BY ${keys} LIMIT $2`,
  );
  return { select, count: statement(`SELECT count(*) FROM ${owner.of} WHERE appid = $1`), ...told };
}

const { app, stock, userCoupon, claim, hold, order, operator, handOut, person } = tables;

/** A page of all claims: from wherever they stand one by one in their order, which the planner would not see of both together. */
const claimsAfter = `(${["user_coupon", "claim"]
  .map(
    (table) => `(SELECT appid, request_id, coupon, out_user_coupon_id FROM ${table}
       WHERE appid = $1 AND request_id > $3 ORDER BY request_id LIMIT $2)`,
  )
  .join(" UNION ALL ")} ORDER BY request_id LIMIT $2) AS claim`;

const listings: { [K in RecordKind]: Listing<K> } = {
  app: listing({
    selected: app.selected,
    from: "app",
    keys: ["created_at"],
    first: [-1],
    read: (row) => app.read(row, {}),
  }),
  coupon: listing({
    selected: couponColumns,
    from: "coupon",
    keys: ["position"],
    first: [-1],
    read: (row) => readCoupon(row),
  }),
  stock: listing({
    selected: `${stock.selected}, ${couponIdOf("stock")}`,
    from: "stock",
    keys: ["coupon"],
    first: [-1],
    read: (row, appid) => stock.read(row, { appid, outCouponId: row[stock.width], position: row[stock.width + 1] }),
  }),
  userCoupon: listing({
    selected: `${userCoupon.selected}, ${couponIdOf("user_coupon")}`,
    from: "user_coupon",
    keys: ["openid", "slot"],
    first: ["", -1],
    read: (row, appid) => userCoupon.read(row, { appid, outCouponId: row[userCoupon.width] }),
  }),
  claim: listing({
    selected: `${claim.selected}, ${couponIdOf("claim")}`,
    from: `${claimsAfter} CROSS JOIN LATERAL (SELECT * FROM user_coupon AS owned WHERE owned.appid = claim.appid
      AND owned.coupon = claim.coupon AND owned.out_user_coupon_id = claim.out_user_coupon_id OFFSET 0) AS user_coupon`,
    owner: { of: allClaims, name: "claim" },
    keys: ["claim.request_id"],
    first: [""],
    read: (row, appid) => claim.read(row, { appid, outCouponId: row[claim.width] }),
  }),
  hold: listing({
    selected: `${hold.selected}, ${couponIdOf("hold")}`,
    from: "hold",
    keys: ["request_id"],
    first: [""],
    read: (row, appid) => hold.read(row, { appid, outCouponId: row[hold.width] }),
  }),
  order: listing({
    selected: order.selected,
    from: "shop_order",
    keys: ["number"],
    first: [-1],
    read: (row, appid) => order.read(row, { appid }),
  }),
  operator: listing({
    selected: operator.selected,
    from: "house_operator",
    keys: ["name"],
    first: [""],
    read: (row, appid) => operator.read(row, { appid }),
  }),
  handOut: listing({
    selected: handOut.selected,
    from: "hand_out",
    keys: ["hand_out_id"],
    first: [""],
    read: (row, appid) => handOut.read(row, { appid }),
  }),
  person: listing({
    selected: person.selected,
    from: "person",
    keys: ["name"],
    first: [""],
    read: (row, appid) => person.read(row, { appid }),
  }),
};

const selectEnd = statement(
  "SELECT seq, digest, (SELECT coalesce(sum(entries), 0) FROM journal WHERE journal.appid = $1) FROM ledger WHERE ledger.appid = $1",
);
const selectTallies = statement(
  `SELECT ${tallyColumns} FROM tally WHERE appid = $1 AND (day, out_coupon_id) > ($2, $3)
   ORDER BY day, out_coupon_id LIMIT $4`,
);

/** Reads an app; all that is asked is asked in one transaction. */
export const snapshotReads = (ask: Ask, appid: string): SnapshotReads => ({
  async end() {
    const [[seq, digest, entries] = [0, "", 0]] = await ask(selectEnd, appid);
    return { seq, digest, entries, hasGaps: false };
  },
  count: async (kind) => (await ask(listings[kind].count, appid))[0]?.[0],
  journal: (after, limit) => entriesAfter(ask, appid, after, limit),
  tallies: async (after, limit) =>
    (await ask(selectTallies, appid, after?.day ?? -1, after?.outCouponId ?? "", limit)).map((row) =>
      readTally(appid, row),
    ),
  async records(kind, after, limit) {
    const { select, keys, first, read } = listings[kind];
    const rows = await ask(select, appid, limit, ...(after ?? first));
    const last = rows.length < limit ? null : (rows.at(-1) as Row).slice(-keys.length);
    return { records: rows.map((row) => read(row, appid)), last };
  },
});
