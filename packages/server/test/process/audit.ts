import { type Contents, type Row, readDatabase, readFile } from "./contents.ts";

type Step = { record: string; before: Row | null; after: Row };

/** What a store holds, read by SQL of its own and not by the program's. */
export type Holdings = {
  /** Status by out_coupon_id. */
  coupons: Map<string, string>;
  /** Holder and status by out_coupon_id and out_user_coupon_id. */
  userCoupons: Map<string, string>;
};

type Audit = { faults: string[]; holdings: Holdings; journalRows: number };

export const pairOf = (outCouponId: string, outUserCouponId: string) => `${outCouponId} ${outUserCouponId}`;

/**
 * Opens the database of a data directory as a crash left it, and tells every way in which it contradicts itself.
 * Stock is what activation created less what was recorded since: the workload must not restock.
 */
export const audit = (dataDir: string): Audit => examine(readFile(dataDir));

/** The same of a PostgreSQL database. */
export const auditDatabase = async (url: string): Promise<Audit> => examine(await readDatabase(url));

function examine({ tables, journal, damage }: Contents): Audit {
  const { coupon, userCoupon } = tables;
  const faults = [
    ...damage,
    ...positionFaults(tables),
    ...stockFaults(tables, journal),
    ...journalFaults(journal, tables),
  ];
  const holdings = {
    coupons: new Map(coupon.map((row) => [row.outCouponId as string, row.status as string])),
    userCoupons: new Map(
      userCoupon.map((row) => [
        pairOf(row.outCouponId as string, row.outUserCouponId as string),
        `${row.openid} ${row.status}`,
      ]),
    ),
  };
  return { faults, holdings, journalRows: journal.length };
}

/** Positions of coupons in an app and slots in a wallet are 0, 1, 2, … without a gap. */
function positionFaults({ coupon, userCoupon }: Contents["tables"]): string[] {
  const gaps = (what: string, rows: Row[], place: string, of: string[]) =>
    [...Map.groupBy(rows, (row) => of.map((name) => row[name]).join(" "))].flatMap(([owner, owned]) => {
      const places = owned.map((row) => row[place] as number).toSorted((a, b) => a - b);
      return places.every((found, i) => found === i) ? [] : [`${what} of ${owner} with a gap: ${places}`];
    });
  return [
    ...gaps("catalogue", coupon, "position", ["appid"]),
    ...gaps("wallet", userCoupon, "slot", ["appid", "openid"]),
  ];
}

const countBy = (rows: Row[], of: (row: Row) => string) =>
  new Map([...Map.groupBy(rows, of)].map(([key, counted]) => [key, counted.length]));

/** What is left and handed out of each coupon, against its user coupons and against the claims in the journal. */
function stockFaults({ coupon, stock, userCoupon, hold }: Contents["tables"], journal: Row[]): string[] {
  const of = ({ appid, outCouponId }: Row) => `${appid} ${outCouponId}`;
  const recorded = countBy(
    journal.flatMap(({ appid, command, steps }) => {
      if (!["recordUserCoupon", "claimCoupon", "grantClaim"].includes(command as string)) return [];
      const given = (JSON.parse(steps as string) as Step[]).find(({ record }) => record === "userCoupon");
      return given ? [{ ...given.after, appid: appid as string }] : [];
    }),
    of,
  );
  const given = countBy(userCoupon, of);
  const promised = countBy(
    hold.filter(({ takenBy }) => takenBy === null),
    of,
  );
  const stocks = new Map(stock.map((row) => [of(row), row]));
  return coupon.flatMap((row) => {
    const key = of(row);
    const inJournal = recorded.get(key) ?? 0;
    const has = stocks.get(key);
    const { total } = row.terms as unknown as { total: number };
    const isRight = has
      ? has.claimed === (given.get(key) ?? 0) &&
        has.claimed === inJournal &&
        has.remaining === total - inJournal &&
        has.promised === (promised.get(key) ?? 0)
      : row.status === "draft" && !given.has(key) && inJournal === 0;
    return isRight
      ? []
      : [`stock of ${key}: ${JSON.stringify(has)}, ${given.get(key)} given, ${inJournal} recorded in the journal`];
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
  order: ["outOrderId"],
  handOut: ["handOutId"],
};

const keyOf = (record: string, appid: unknown, row: Row) =>
  [record, appid, ...(idsOf[record] ?? ["outCouponId"]).map((id) => row[id])].join(" ");

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
