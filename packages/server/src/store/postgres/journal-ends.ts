import type { Client } from "pg";
import { Retelling, type UnchainedRow } from "../sql/retelling.ts";
import { addingCounts, tallyRow } from "../sql/tallies.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { asJson } from "./statements.ts";

/** How many entries are chained together. */
const BATCH = 1000;

/**
 * `ledger` tells the digest that each app's journal ends with too; `touched` by what its entries are found, user coupons
 * apart, whose own `entry` is the one that recorded them; `tally` what is counted by day and coupon, '' for the whole shop.
 */
const tables = `
ALTER TABLE ledger ADD COLUMN digest text NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN digest text NOT NULL DEFAULT '';
ALTER TABLE user_coupon ADD COLUMN entry bigint;

CREATE TABLE touched (
  appid text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (appid, subject, seq)
);

CREATE TABLE tally (
  appid text COLLATE "C" NOT NULL,
  day integer NOT NULL,
  out_coupon_id text COLLATE "C" NOT NULL,
  claimed bigint NOT NULL,
  redeemed bigint NOT NULL,
  returned bigint NOT NULL,
  expired bigint NOT NULL,
  given_up bigint NOT NULL,
  orders bigint NOT NULL,
  discount bigint NOT NULL,
  turnover bigint NOT NULL,
  refunded bigint NOT NULL,
  PRIMARY KEY (appid, day, out_coupon_id)
) WITH (fillfactor = 70);
-- Written once a day for each coupon, because what it holds of a row never changes.
CREATE INDEX tally_of_coupon ON tally (appid, out_coupon_id, day);
`;

const dropGuard = "DROP TRIGGER journal_is_append_only ON journal;";
const guard = `
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
`;

const select = `SELECT appid, seq, at, command, given_by AS by, steps AS text FROM journal
  WHERE (appid, seq) > ($1, $2) ORDER BY appid, seq LIMIT ${BATCH}`;
const chain = `UPDATE journal SET digest = new.digest
  FROM json_to_recordset($1) AS new (appid text, seq bigint, digest text)
  WHERE journal.appid = new.appid AND journal.seq = new.seq`;
const touch = "INSERT INTO touched SELECT * FROM json_populate_recordset(NULL::touched, $1)";
const note = `UPDATE user_coupon SET entry = new.seq
  FROM json_to_recordset($1) AS new (appid text, seq bigint, coupon text, id text)
  WHERE user_coupon.appid = new.appid AND user_coupon.out_user_coupon_id = new.id AND user_coupon.coupon =
    (SELECT position FROM coupon WHERE coupon.appid = new.appid AND out_coupon_id = new.coupon)`;
const addTallies = `INSERT INTO tally SELECT * FROM json_populate_recordset(NULL::tally, $1)
  ON CONFLICT (appid, day, out_coupon_id) DO UPDATE SET ${addingCounts}`;
const keepEnds = `UPDATE ledger SET digest = new.digest
  FROM json_to_recordset($1) AS new (appid text, digest text) WHERE ledger.appid = new.appid`;

/** Chains what journals there are, and keeps what is found and counted by them. */
export async function journalEnds(client: Client): Promise<void> {
  await oneAtATime(client, `${tables} ${dropGuard}`);
  const retelling = new Retelling();
  const send = (text: string, rows: readonly object[]) => client.query(text, [asJson(rows)]);
  for (let place: unknown[] = ["", -1]; ; ) {
    // The driver reads whole numbers of 64 bits as texts on this connection.
    const rows = (await client.query(select, place)).rows.map(
      (row): UnchainedRow => ({ ...row, seq: Number(row.seq), at: Number(row.at) }),
    );
    const last = rows.at(-1);
    if (!last) break;
    place = [last.appid, last.seq];
    const told = rows.map((row) => ({ ...row, ...retelling.tell(row) }));
    await send(
      chain,
      told.map(({ appid, seq, digest }) => ({ appid, seq, digest })),
    );
    await send(
      touch,
      told.flatMap(({ appid, seq, subjects }) => subjects.map((subject) => ({ appid, subject, seq }))),
    );
    await send(
      note,
      told.flatMap(({ appid, seq, recorded }) =>
        recorded.map(({ outCouponId, outUserCouponId }) => ({ appid, seq, coupon: outCouponId, id: outUserCouponId })),
      ),
    );
    await send(addTallies, retelling.takeTallies().map(tallyRow));
  }
  await send(
    keepEnds,
    [...retelling.ends].map(([appid, { digest }]) => ({ appid, digest })),
  );
  await client.query(guard);
}
