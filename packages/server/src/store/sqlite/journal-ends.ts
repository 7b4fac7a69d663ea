import type { DatabaseSync } from "node:sqlite";
import { Retelling } from "../sql/retelling.ts";
import { tallyAdder } from "./save.ts";
import { query } from "./statements.ts";

/** How many entries are chained together. */
const BATCH = 1000;

/**
 * `ledger` holds where each app's journal ends; `touched` by what its entries are found, user coupons apart, whose own
 * `entry` is the one that recorded them; `tally` what is counted by day and coupon, '' for the whole shop. An app's
 * number and not its appid stands in them, 0 for the house.
 */
const tables = `
ALTER TABLE journal ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE user_coupon ADD COLUMN entry INTEGER;

CREATE TABLE ledger (
  app INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;

CREATE TABLE touched (
  app INTEGER NOT NULL,
  subject TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (app, subject, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
  app INTEGER NOT NULL,
  day INTEGER NOT NULL,
  out_coupon_id TEXT NOT NULL,
  claimed INTEGER NOT NULL,
  redeemed INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  expired INTEGER NOT NULL,
  given_up INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  turnover INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  PRIMARY KEY (app, day, out_coupon_id)
) STRICT, WITHOUT ROWID;
-- Written once a day for each coupon, because what it holds of a row never changes.
CREATE INDEX tally_of_coupon ON tally (app, out_coupon_id, day);
`;

/** After the rows are there, which is cheaper. */
const guards = `
CREATE INDEX journal_of_app ON journal (appid);
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`;

/** Chains what journals there are, and keeps what is found and counted by them. */
export function journalEnds(db: DatabaseSync): void {
  db.exec(`${tables} DROP TRIGGER journal_is_append_only_update;`);
  const select = query(
    db,
    "SELECT seq, appid, at, command, given_by, steps FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const selectApp = query(db, "SELECT number FROM app WHERE appid = ?");
  const chain = query(db, "UPDATE journal SET digest = ? WHERE seq = ?");
  const touch = query(db, "INSERT INTO touched VALUES (?, ?, ?)");
  const note = query(
    db,
    `UPDATE user_coupon SET entry = ? WHERE out_user_coupon_id = ?
       AND coupon = (SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?)`,
  );
  const addTally = tallyAdder(db);
  const retelling = new Retelling();
  const numberOf = (appid: string): number | undefined => selectApp.get(appid)?.[0];
  for (let last = 0, rows = select.all(last, BATCH); rows.length > 0; rows = select.all(last, BATCH)) {
    for (const [seq, appid, at, command, by, text] of rows) {
      const { digest, subjects, recorded } = retelling.tell({ appid, seq, at, command, by, text });
      last = seq;
      chain.run(digest, seq);
      const app = numberOf(appid);
      if (app === undefined) continue;
      for (const subject of subjects) touch.run(app, subject, seq);
      for (const { outCouponId, outUserCouponId } of recorded) note.run(seq, outUserCouponId, app, outCouponId);
    }
    for (const tally of retelling.takeTallies()) {
      const app = numberOf(tally.appid);
      if (app !== undefined) addTally(app, tally);
    }
  }
  const keepEnd = query(db, "INSERT INTO ledger VALUES (?, ?, ?)");
  for (const [appid, { seq, digest }] of retelling.ends) {
    const app = numberOf(appid);
    if (app !== undefined) keepEnd.run(app, seq, digest);
  }
  db.exec(guards);
}
