import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdDecompressSync } from "node:zlib";
import { openDatabase } from "../../src/store/sqlite/connection.ts";
import { AppNumbers } from "../../src/store/sqlite/numbers.ts";
import { settler } from "../../src/store/sqlite/settle.ts";
import { query } from "../../testing/postgres.ts";

export type Row = Record<string, string | number | null>;

/** What a store holds: its tables in the words of the journal, the journal, and what is broken below both. */
export type Contents = {
  tables: Record<"coupon" | "stock" | "userCoupon" | "claim" | "hold" | "order" | "handOut", Row[]>;
  journal: Row[];
  damage: string[];
};

/** Lets the tables of a file follow what its journal says, as whoever opens it does. */
function settle(dataDir: string): void {
  const db = openDatabase(dataDir);
  try {
    db.exec("BEGIN IMMEDIATE");
    settler(db, new AppNumbers(db)).all();
    db.exec("COMMIT");
  } finally {
    db.close();
  }
}

/** Reads the database of a data directory, once what its journal says is in its tables. */
export function readFile(dataDir: string): Contents {
  settle(dataDir);
  const db = new DatabaseSync(join(dataDir, "quanku.db"), { readOnly: true });
  try {
    const all = (sql: string) => db.prepare(sql).all() as Row[];
    return {
      tables: tablesOfFile(all),
      journal: all("SELECT seq, appid, command, steps, batch FROM journal ORDER BY seq").flatMap(entriesIn),
      damage: [
        ...all("PRAGMA integrity_check").flatMap(({ integrity_check: said }) =>
          said === "ok" ? [] : [`file: ${said}`],
        ),
        ...all("SELECT * FROM user_coupon WHERE coupon NOT IN (SELECT id FROM coupon)").map(
          (row) => `no coupon behind ${JSON.stringify(row)}`,
        ),
        ...all(
          `SELECT id, app, openid, slot, coupon FROM user_coupon EXCEPT SELECT user_coupon, app, openid, slot, coupon FROM wallet
           UNION ALL SELECT * FROM (SELECT user_coupon, app, openid, slot, coupon FROM wallet
             EXCEPT SELECT id, app, openid, slot, coupon FROM user_coupon)`,
        ).map((row) => `in no wallet, or in another: ${JSON.stringify(row)}`),
        ...all("SELECT sum(entries) AS n, max(seq) AS last FROM journal HAVING n <> last").map(
          (row) => `journal with a gap: ${JSON.stringify(row)}`,
        ),
      ],
    };
  } finally {
    db.close();
  }
}

/** A file's tables in the words of the journal. */
function tablesOfFile(all: (sql: string) => Row[]) {
  const coupon = all(
    `SELECT appid, out_coupon_id AS outCouponId, id % 4294967296 AS position, kind, channel, document, terms, status,
       coupon.created_at AS createdAt, updated_at AS updatedAt, activated_at AS activatedAt, paused
     FROM coupon JOIN app ON app.number = coupon.app`,
  ).map((row) => ({ ...row, terms: JSON.parse(row.terms as string), paused: row.paused === 1 }) as unknown as Row);
  const stock = all(
    `SELECT appid, out_coupon_id AS outCouponId, id % 4294967296 AS position, remaining, claimed, held AS promised,
       stock.created_at AS createdAt, stock.updated_at AS updatedAt
     FROM stock JOIN coupon ON coupon.id = stock.coupon JOIN app ON app.number = coupon.app`,
  );
  const userCoupon = all(
    `SELECT appid, out_coupon_id AS outCouponId, out_user_coupon_id AS outUserCouponId, openid, slot,
       held.status, held.created_at AS createdAt, held.updated_at AS updatedAt, received_at AS receivedAt,
       starts_at AS "start", ends_at AS "end", used_at AS usedAt, out_order_id AS outOrderId, locked_until AS "until"
     FROM user_coupon AS held JOIN coupon ON coupon.id = held.coupon JOIN app ON app.number = coupon.app`,
  ).map(({ start, end, outOrderId, until, ...row }) => {
    const order = outOrderId === null ? null : { outOrderId, until };
    return { ...row, validity: { start, end }, order } as unknown as Row;
  });
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
  const order = all(
    "SELECT appid, out_order_id AS outOrderId, content FROM shop_order JOIN app ON app.number = shop_order.app",
  ).map(withContent);
  const handOut = all(
    `SELECT appid, hand_out_id AS handOutId, list, state, hand_out.created_at AS createdAt, updated_at AS updatedAt, worker,
       worker_until AS workerUntil, content FROM hand_out JOIN app ON app.number = hand_out.app`,
  ).map(withContent);
  return { coupon, stock, userCoupon, claim, hold, order, handOut };
}

const withContent = ({ content, ...row }: Row): Row => ({ ...row, ...JSON.parse(content as string) });

/** The journal's entries in a row of it. */
function entriesIn({ batch, ...row }: Record<string, unknown>): Row[] {
  if (batch === null) return [row as Row];
  const [, ...lines] = zstdDecompressSync(batch as Uint8Array)
    .toString()
    .split("\n");
  return lines.map((line) => {
    const [head = "", steps = ""] = line.split("\t");
    const [seq, , command] = JSON.parse(head);
    return { ...(row as Row), seq, command, steps };
  });
}

/** Reads a PostgreSQL database. */
export async function readDatabase(url: string): Promise<Contents> {
  const all = async (sql: string) => (await query(url, sql)).rows as Row[];
  const [coupon, stock, userCoupon, claim, hold, order, handOut, journal, homeless, gaps, miscounted] =
    await Promise.all([
      all(
        `SELECT appid, out_coupon_id AS "outCouponId", position, kind, channel, document, terms::json, status,
         created_at AS "createdAt", updated_at AS "updatedAt", activated_at AS "activatedAt", paused = 1 AS paused FROM coupon`,
      ),
      all(
        `SELECT appid, out_coupon_id AS "outCouponId", position, remaining, claimed, held AS promised, stock.created_at AS "createdAt",
         stock.updated_at AS "updatedAt" FROM stock JOIN coupon USING (appid) WHERE position = stock.coupon`,
      ),
      all(
        `SELECT appid, out_coupon_id AS "outCouponId", out_user_coupon_id AS "outUserCouponId", openid, slot,
         held.status, held.created_at AS "createdAt", held.updated_at AS "updatedAt", received_at AS "receivedAt",
         json_build_object('start', starts_at, 'end', held.ends_at) AS validity, used_at AS "usedAt",
         CASE WHEN out_order_id IS NULL THEN NULL
           ELSE json_build_object('outOrderId', out_order_id, 'until', locked_until) END AS "order"
       FROM user_coupon AS held JOIN coupon USING (appid) WHERE position = held.coupon`,
      ),
      all(
        `SELECT appid, claimed.request_id AS "requestId", out_coupon_id AS "outCouponId", out_user_coupon_id AS "outUserCouponId",
         openid, given.created_at AS "claimedAt", json_build_object('start', starts_at, 'end', given.ends_at) AS validity
       FROM (SELECT appid, request_id, coupon, out_user_coupon_id FROM user_coupon WHERE request_id IS NOT NULL
         UNION ALL SELECT appid, request_id, coupon, out_user_coupon_id FROM claim) AS claimed
       JOIN user_coupon AS given USING (appid, coupon, out_user_coupon_id) JOIN coupon USING (appid)
       WHERE position = claimed.coupon`,
      ),
      all(
        `SELECT appid, request_id AS "requestId", out_coupon_id AS "outCouponId", openid, until, taken_by AS "takenBy",
         true AS open FROM hold JOIN coupon USING (appid) WHERE position = hold.coupon`,
      ),
      all('SELECT appid, out_order_id AS "outOrderId", content FROM shop_order'),
      all(
        `SELECT appid, hand_out_id AS "handOutId", list, state, created_at AS "createdAt", updated_at AS "updatedAt", worker,
         worker_until AS "workerUntil", content FROM hand_out`,
      ),
      query(url, "SELECT seq, appid, command, steps, batch FROM journal ORDER BY appid, seq"),
      all(
        `SELECT 'user coupon' AS what, appid, coupon FROM user_coupon
         WHERE NOT EXISTS (SELECT FROM coupon WHERE coupon.appid = user_coupon.appid AND position = user_coupon.coupon)
       UNION ALL SELECT 'claim', appid, coupon FROM claim WHERE NOT EXISTS (SELECT FROM user_coupon
         WHERE (appid, coupon, out_user_coupon_id) = (claim.appid, claim.coupon, claim.out_user_coupon_id))`,
      ),
      all(
        `SELECT appid, ledger.seq, sum(entries) AS n, max(journal.seq) AS last FROM ledger JOIN journal USING (appid)
       GROUP BY appid, ledger.seq HAVING sum(entries) <> max(journal.seq) OR ledger.seq <> max(journal.seq)`,
      ),
      all("SELECT appid, holds FROM ledger WHERE holds <> (SELECT count(*) FROM hold WHERE hold.appid = ledger.appid)"),
    ]);
  return {
    tables: {
      coupon,
      stock,
      userCoupon,
      claim,
      hold,
      order: order.map(withContent),
      handOut: handOut.map(withContent),
    },
    journal: journal.rows.flatMap(entriesIn),
    damage: [
      ...miscounted.map((row) => `open holds not as counted: ${JSON.stringify(row)}`),
      ...homeless.map((row) => `nothing behind ${JSON.stringify(row)}`),
      ...gaps.map((row) => `journal with a gap: ${JSON.stringify(row)}`),
    ],
  };
}
