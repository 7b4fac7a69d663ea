/**
 * A row of `journal` may hold several entries (`sql/journal-rows.ts`). What the entries after `settled` say of records, and
 * what is found and counted by them, is not in the other tables yet. Beside `ledger`, which always tells where journals end.
 */
export const settlingLater = `
ALTER TABLE journal ADD COLUMN entries INTEGER NOT NULL DEFAULT 1;
ALTER TABLE journal ADD COLUMN batch BLOB;

CREATE TABLE settled (id INTEGER PRIMARY KEY CHECK (id = 0), seq INTEGER NOT NULL) STRICT;
INSERT INTO settled SELECT 0, coalesce(max(seq), 0) FROM journal;
`;

/**
 * What user coupons are listed by and counted by person, in the place of an index of their table: rows are then put in the
 * order in which they came, which is that of their ids and ends too, and these in their own. Else each few that are settled
 * together are spread over the pages of one index or the other, and those are written every time.
 */
export const wallets = `
CREATE TABLE wallet (
  app INTEGER NOT NULL,
  openid TEXT NOT NULL,
  slot INTEGER NOT NULL,
  coupon INTEGER NOT NULL,
  user_coupon INTEGER NOT NULL REFERENCES user_coupon (id),
  PRIMARY KEY (app, openid, slot)
) STRICT, WITHOUT ROWID;
-- Older processes that still run give this no value, and so record nothing: what they record would be in no wallet.
ALTER TABLE user_coupon RENAME COLUMN entry TO recorded_in;
INSERT INTO wallet SELECT app, openid, slot, coupon, id FROM user_coupon ORDER BY app, openid, slot;
DROP INDEX user_coupon_wallet;
`;
