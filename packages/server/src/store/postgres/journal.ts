import type { Client } from "pg";
import { type Subject, subjectText } from "../../domain/journal.ts";
import type { JournalText } from "../../domain/journal-entry.ts";
import type { Row } from "../sql/columns.ts";
import { entriesIn, keptColumns, keptNames, NEVER, type NewRow, packed, readKept, told } from "../sql/journal-rows.ts";
import type { StoreReads } from "../store.ts";
import { type Ask, run, statement } from "./statements.ts";

/** Joins rows whose numbers `found` tells; before they are found, no batch is read. */
const rowsOf = (found: string) =>
  `(${found}) AS found CROSS JOIN LATERAL
   (SELECT * FROM journal AS owned WHERE owned.appid = $1 AND owned.seq = found.seq OFFSET 0) AS journal`;

/** The row that holds an entry. */
const holderOf = (entry: string) =>
  `(SELECT owned.seq FROM journal AS owned WHERE owned.appid = $1 AND owned.seq >= ${entry} ORDER BY owned.seq LIMIT 1)`;

/** As many rows as surely hold `$3` entries after `$2`: of the first of them it may be one. */
const selectAfter = statement(
  `SELECT ${keptColumns} FROM ${rowsOf(
    `SELECT seq FROM (
       SELECT seq, sum(entries) OVER up - entries - first_value(entries) OVER up + 1 AS before
       FROM (SELECT seq, entries FROM journal WHERE appid = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3::bigint) AS next
       WINDOW up AS (ORDER BY seq)) AS counted
     WHERE before < $3::bigint`,
  )} ORDER BY found.seq`,
);
/** The same before `$2`: of the row that holds that entry it may be none. */
const selectBefore = statement(
  `SELECT ${keptColumns} FROM ${rowsOf(
    `SELECT seq FROM (
       SELECT seq, coalesce(sum(CASE WHEN seq < $2::bigint THEN entries ELSE 0 END) OVER down, 0) AS later
       FROM (SELECT seq, entries FROM journal WHERE appid = $1 AND seq <= coalesce(${holderOf("$2::bigint")}, $2::bigint)
         ORDER BY seq DESC LIMIT $3::bigint + 1) AS last
       WINDOW down AS (ORDER BY seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS counted
     WHERE later < $3::bigint`,
  )} ORDER BY found.seq DESC`,
);
const selectTouched = statement(
  `SELECT ${keptColumns}, found.wanted FROM ${rowsOf(
    `SELECT holder.seq, array_agg(about.seq) AS wanted
     FROM (SELECT seq FROM touched WHERE appid = $1 AND subject = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4) AS about
     CROSS JOIN LATERAL ${holderOf("about.seq")} AS holder GROUP BY holder.seq`,
  )} ORDER BY found.seq DESC`,
);
const selectRecorded = statement(
  `SELECT ${keptColumns}, found.wanted FROM ${rowsOf(
    `SELECT holder.seq, ARRAY[recorded.entry] AS wanted
     FROM (SELECT entry FROM user_coupon WHERE appid = $1 AND out_user_coupon_id = $3
       AND coupon = (SELECT position FROM coupon WHERE appid = $1 AND out_coupon_id = $2)) AS recorded
     CROSS JOIN LATERAL ${holderOf("recorded.entry")} AS holder WHERE recorded.entry < $4`,
  )}`,
);
const selectEnd = statement("SELECT seq, digest FROM ledger WHERE appid = $1 AND removal IS NULL");

/** At most `limit` entries of an app's journal after one, as they are kept. */
export async function entriesAfter(ask: Ask, appid: string, after: number, limit: number): Promise<JournalText[]> {
  const rows = await ask(selectAfter, appid, after, limit);
  return rows
    .flatMap((row) => entriesIn(readKept(appid, row)))
    .filter(({ seq }) => seq > after)
    .slice(0, limit);
}

async function entriesBefore(ask: Ask, appid: string, before: number, limit: number): Promise<JournalText[]> {
  const rows = await ask(selectBefore, appid, before, limit);
  return rows
    .flatMap((row) => entriesIn(readKept(appid, row)).toReversed())
    .filter(({ seq }) => seq < before)
    .slice(0, limit);
}

/** Of rows that end with the numbers of those entries in them that are wanted these, the last first. */
const wantedOf = (appid: string, rows: readonly Row[]): JournalText[] =>
  rows.flatMap((row) => {
    const wanted = new Set(row[keptNames.length].map(Number));
    return entriesIn(readKept(appid, row))
      .filter(({ seq }) => wanted.has(seq))
      .toReversed();
  });

async function entriesAbout(
  ask: Ask,
  appid: string,
  subject: Subject,
  before: number,
  limit: number,
): Promise<JournalText[]> {
  const entries = wantedOf(appid, await ask(selectTouched, appid, subjectText(subject), before, limit));
  if (subject.of !== "userCoupon" || entries.length === limit) return entries;
  const { outCouponId, outUserCouponId } = subject;
  const recorded = await ask(selectRecorded, appid, outCouponId, outUserCouponId, before);
  return [...entries, ...wantedOf(appid, recorded)];
}

type HistoryReads = "readJournal" | "listJournal" | "listHistory" | "journalEnd";

export const historyReads = (ask: Ask): Pick<StoreReads, HistoryReads> => {
  const toldOf = (appid: string, entries: readonly JournalText[]) => entries.map((entry) => told(appid, entry));
  return {
    readJournal: async (appid, after, limit) => toldOf(appid, await entriesAfter(ask, appid, after, limit)),
    listJournal: async (appid, before, limit) => toldOf(appid, await entriesBefore(ask, appid, before ?? NEVER, limit)),
    listHistory: async (appid, subject, before, limit) =>
      toldOf(appid, await entriesAbout(ask, appid, subject, before ?? NEVER, limit)),
    async journalEnd(appid) {
      const [seq, digest] = (await ask(selectEnd, appid))[0] ?? [0, ""];
      return { seq, digest };
    },
  };
};

const insert = statement(
  `INSERT INTO journal (appid, transaction, ${keptNames})
   VALUES ($1, $2, ${keptNames.map((_, i) => `$${i + 3}`)})`,
);

/** Saves the rows of one transaction; the first has the id that its commit is found by. */
export function* saveRows(client: Client, rows: readonly NewRow[], transaction: string): Generator<Promise<Row[]>> {
  for (const [i, { appid, seq, at, command, by, digest, text, entries, batch }] of rows.entries())
    yield run(
      client,
      insert,
      ...[appid, i === 0 ? transaction : null],
      ...[seq, at, command, by, digest, text, entries, packed(batch)],
    );
}
