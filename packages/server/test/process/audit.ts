import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

type Row = Record<string, string | number | null>;
type Step = { record: string; before: Row | null; after: Row };

/** What a database file holds, read by SQL of its own and not by the program's. */
export type Holdings = {
  /** Status by out_coupon_id. */
  coupons: Map<string, string>;
  /** Holder and status by out_coupon_id and out_user_coupon_id. */
  userCoupons: Map<string, string>;
};

export const pairOf = (outCouponId: string, outUserCouponId: string) => `${outCouponId} ${outUserCouponId}`;

/**
 * Opens the database of a data directory as a crash left it, and tells every way in which it contradicts itself.
 * Stock is what activation created less what was recorded since: the workload must not restock.
 */
export function audit(dataDir: string): { faults: string[]; holdings: Holdings; journalRows: number } {
  const db = new DatabaseSync(join(dataDir, "quanku.db"), { readOnly: true });
  try {
    const all = (sql: string) => db.prepare(sql).all() as Row[];
    const tables = readTables(all);
    const journal = all("SELECT seq, appid, command, steps FROM journal ORDER BY seq");
    const faults = [
      ...all("PRAGMA integrity_check").flatMap(({ integrity_check: said }) => (said === "ok" ? [] : [`file: ${said}`])),
      ...positionFaults(all),
      ...stockFaults(all, journal),
      ...journalFaults(journal, tables),
    ];
    const holdings = {
      coupons: new Map(tables.coupon.map((row) => [row.outCouponId as string, row.status as string])),
      userCoupons: new Map(
        tables.userCoupon.map((row) => [
          pairOf(row.outCouponId as string, row.outUserCouponId as string),
          `${row.openid} ${row.status}`,
        ]),
      ),
    };
    return { faults, holdings, journalRows: journal.length };
  } finally {
    db.close();
  }
}

/** The tables in the words of the journal. */
function readTables(all: (sql: string) => Row[]) {
  const coupon = all(
    `SELECT appid, out_coupon_id AS outCouponId, id % 4294967296 AS position, kind, channel, document, terms, status,
       coupon.created_at AS createdAt, updated_at AS updatedAt, activated_at AS activatedAt
     FROM coupon JOIN app ON app.number = coupon.app`,
  ).map((row) => ({ ...row, terms: JSON.parse(row.terms as string) }) as Row);
  const stock = all(
    `SELECT appid, out_coupon_id AS outCouponId, id % 4294967296 AS position, remaining, claimed, held,
       stock.created_at AS createdAt, stock.updated_at AS updatedAt
     FROM stock JOIN coupon ON coupon.id = stock.coupon JOIN app ON app.number = coupon.app`,
  );
  const userCoupon = all(
    `SELECT appid, out_coupon_id AS outCouponId, out_user_coupon_id AS outUserCouponId, openid, slot,
       held.status, held.created_at AS createdAt, held.updated_at AS updatedAt, received_at AS receivedAt,
       starts_at AS "start", ends_at AS "end", used_at AS usedAt
     FROM user_coupon AS held JOIN coupon ON coupon.id = held.coupon JOIN app ON app.number = coupon.app`,
  ).map(({ start, end, ...row }) => ({ ...row, validity: { start, end } }) as unknown as Row);
  const claim = all(
    `SELECT appid, request_id AS requestId, out_coupon_id AS outCouponId, out_user_coupon_id AS outUserCouponId, openid,
       given.created_at AS claimedAt, starts_at AS "start", ends_at AS "end"
     FROM claim JOIN user_coupon AS given ON given.id = claim.user_coupon
     JOIN coupon ON coupon.id = given.coupon JOIN app ON app.number = claim.app`,
  ).map(({ start, end, ...row }) => ({ ...row, validity: { start, end } }) as unknown as Row);
  const hold = all(
    `SELECT appid, request_id AS requestId, out_coupon_id AS outCouponId, openid, until, taken_by AS takenBy
     FROM hold JOIN coupon ON coupon.id = hold.coupon JOIN app ON app.number = hold.app`,
  ).map((row) => ({ ...row, open: true }) as unknown as Row);
  return { coupon, stock, userCoupon, claim, hold };
}

/** Positions of coupons in an app, slots in a wallet and numbers of journal rows are 0 (1), 2, … without a gap. */
function positionFaults(all: (sql: string) => Row[]): string[] {
  const gaps = (what: string, sql: string) => all(sql).map((row) => `${what} with a gap: ${JSON.stringify(row)}`);
  return [
    ...gaps(
      "catalogue",
      `SELECT app, count(*) AS n, max(id % 4294967296) AS last FROM coupon GROUP BY app HAVING n <> last + 1`,
    ),
    ...gaps(
      "wallet",
      `SELECT app, openid, count(*) AS n, count(DISTINCT slot) AS d, max(slot) AS last FROM user_coupon
       GROUP BY app, openid HAVING n <> last + 1 OR d <> n`,
    ),
    ...gaps("journal", "SELECT count(*) AS n, max(seq) AS last FROM journal HAVING n <> last"),
    ...gaps("no coupon behind", "SELECT * FROM user_coupon WHERE coupon NOT IN (SELECT id FROM coupon)"),
  ];
}

/** What is left and handed out of each coupon, against its user coupons and against the claims in the journal. */
function stockFaults(all: (sql: string) => Row[], journal: Row[]): string[] {
  const recorded = new Map<string, number>();
  for (const { appid, command, steps } of journal) {
    if (!["recordUserCoupon", "claimCoupon", "grantClaim"].includes(command as string)) continue;
    const given = (JSON.parse(steps as string) as Step[]).find(({ record }) => record === "userCoupon");
    if (!given) continue;
    const key = `${appid} ${given.after.outCouponId}`;
    recorded.set(key, (recorded.get(key) ?? 0) + 1);
  }
  return all(
    `SELECT appid, out_coupon_id, json_extract(terms, '$.total') AS total, remaining, claimed, held,
       (SELECT count(*) FROM user_coupon WHERE user_coupon.coupon = coupon.id) AS given,
       (SELECT count(*) FROM hold WHERE hold.coupon = coupon.id AND taken_by IS NULL) AS promised, coupon.status
     FROM coupon JOIN app ON app.number = coupon.app LEFT JOIN stock ON stock.coupon = coupon.id`,
  ).flatMap((row) => {
    const { appid, out_coupon_id, total, remaining, claimed, held, given, promised, status } = row;
    const inJournal = recorded.get(`${appid} ${out_coupon_id}`) ?? 0;
    const isRight =
      status === "draft"
        ? remaining === null && given === 0 && inJournal === 0
        : claimed === given &&
          claimed === inJournal &&
          remaining === (total as number) - inJournal &&
          held === promised;
    return isRight ? [] : [`stock of ${JSON.stringify(row)}, ${inJournal} recorded in the journal`];
  });
}

/** Each step of the journal continues the one before of its record, and the last ones are what the tables hold. */
function journalFaults(journal: Row[], tables: Record<string, Row[]>): string[] {
  const faults: string[] = [];
  const state = new Map<string, string>();
  for (const { seq, appid, steps } of journal)
    for (const { record, before, after } of JSON.parse(steps as string) as Step[]) {
      const key = keyOf(record, appid, after);
      if ((before === null || isClosed(before) ? undefined : canonical(before)) !== state.get(key))
        faults.push(`journal row ${seq} does not continue what ${key} was before`);
      if (isClosed(after)) state.delete(key);
      else state.set(key, canonical(after));
    }
  for (const [record, rows] of Object.entries(tables))
    for (const { appid, ...row } of rows) {
      const key = keyOf(record, appid, row);
      if (state.get(key) !== canonical(row))
        faults.push(`${key} is ${canonical(row)}; the journal says ${state.get(key)}`);
      state.delete(key);
    }
  for (const key of state.keys()) if (!key.startsWith("app ")) faults.push(`${key} is in the journal and in no table`);
  return faults;
}

/** A hold is kept while it is open only. */
const isClosed = (record: Row): boolean => "open" in record && !record.open;

const idsOf: Record<string, string[]> = {
  app: [],
  userCoupon: ["outCouponId", "outUserCouponId"],
  claim: ["requestId"],
  hold: ["requestId"],
};

const keyOf = (record: string, appid: unknown, row: Row) =>
  [record, appid, ...(idsOf[record] ?? ["outCouponId"]).map((id) => row[id])].join(" ");

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
