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
