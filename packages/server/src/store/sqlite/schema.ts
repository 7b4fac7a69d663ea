import type { DatabaseSync } from "node:sqlite";
import { nameIn } from "../../domain/catalogue/documents.ts";
import { journalEnds } from "./journal-ends.ts";
import { settlingLater, wallets } from "./settling-schema.ts";

/**
 * A coupon's `id` is `app * 2^32 + position`, so that the catalogue of an app is one run of the table's own B-tree
 * and every narrower table can name the app and the coupon in one integer. User coupons are appended in order of
 * arrival; each has two index entries and no more, because each random index entry costs a claim a page of its own.
 */
const tables = `
CREATE TABLE app (
  number INTEGER PRIMARY KEY,
  appid TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  secret TEXT NOT NULL,
  token_quota INTEGER NOT NULL,
  tokens TEXT NOT NULL
) STRICT;

CREATE TABLE coupon (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL REFERENCES app (number),
  out_coupon_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  channel INTEGER NOT NULL,
  document TEXT NOT NULL,
  terms TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('withdrawn', 'draft', 'active', 'expired', 'void')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  activated_at INTEGER,
  CHECK (id / 4294967296 = app),
  UNIQUE (app, out_coupon_id)
) STRICT;

CREATE TABLE stock (
  coupon INTEGER PRIMARY KEY REFERENCES coupon (id),
  remaining INTEGER NOT NULL CHECK (remaining >= 0),
  claimed INTEGER NOT NULL CHECK (claimed >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user_coupon (
  id INTEGER PRIMARY KEY,
  coupon INTEGER NOT NULL,
  out_user_coupon_id TEXT NOT NULL,
  app INTEGER NOT NULL,
  openid TEXT NOT NULL,
  slot INTEGER NOT NULL CHECK (slot >= 0),
  status TEXT NOT NULL CHECK (status IN ('effective', 'expired', 'used', 'given_up')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE UNIQUE INDEX user_coupon_ids ON user_coupon (coupon, out_user_coupon_id);
-- Lists a wallet by slot and counts what a person was given of one coupon, without touching the rows.
CREATE UNIQUE INDEX user_coupon_wallet ON user_coupon (app, openid, slot, coupon);

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  appid TEXT NOT NULL,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  steps TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`;

/** Which user coupon answers a claim's request. */
const claims = `
CREATE TABLE claim (
  app INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  user_coupon INTEGER NOT NULL REFERENCES user_coupon (id),
  PRIMARY KEY (app, request_id)
) STRICT, WITHOUT ROWID;
`;

/** Claims that the merchant decides: what is promised to them, and every time it was asked for. */
const callbacks = `
ALTER TABLE app ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE app ADD COLUMN confirmed_url TEXT;
ALTER TABLE stock ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0);

CREATE TABLE hold (
  app INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  coupon INTEGER NOT NULL REFERENCES coupon (id),
  openid TEXT NOT NULL,
  until INTEGER NOT NULL,
  taken_by TEXT,
  PRIMARY KEY (app, request_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_of_person ON hold (coupon, openid);
CREATE INDEX hold_over ON hold (until);

CREATE TABLE callback (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  at INTEGER NOT NULL,
  attempt TEXT NOT NULL
) STRICT;
CREATE INDEX callback_of_app ON callback (app, at);
`;

/** What the expiry job asks for. Only what can expire is in these, so that a claim adds to the end of one. */
const expiry = `
CREATE INDEX coupon_over ON coupon (app, terms ->> '$.validity.interval.end') WHERE status = 'active';
CREATE INDEX user_coupon_over ON user_coupon (app, ends_at) WHERE status = 'effective' AND ends_at > 0;
`;

/** Ids that grow with time, as ours do, are then appended to one run, however many coupons are claimed at once. */
const idsFirst = `
DROP INDEX user_coupon_ids;
CREATE UNIQUE INDEX user_coupon_ids ON user_coupon (out_user_coupon_id, coupon);
`;

/** What coupons took off orders. `locked_until` is null where a coupon is used on its order. */
const orders = `
ALTER TABLE user_coupon ADD COLUMN out_order_id TEXT;
ALTER TABLE user_coupon ADD COLUMN locked_until INTEGER;

CREATE TABLE shop_order (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  out_order_id TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (app, out_order_id)
) STRICT;
`;

/** The row that is written to see whether the database can be written to. */
const probe = `
CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 0), at INTEGER NOT NULL) STRICT;
`;

/** Who gave a command; null where that was not written down yet. */
const actors = `
ALTER TABLE journal ADD COLUMN given_by TEXT;
`;

/** Operators, of app 0: the house has no row in `app`. */
const operators = `
CREATE TABLE house_operator (
  app INTEGER NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (app, name)
) STRICT, WITHOUT ROWID;
`;

/** What coupons are searched by, and whether their claims are paused. Each index also holds what is filtered beside it. */
function catalogueSearch(db: DatabaseSync): void {
  db.exec(`
    ALTER TABLE coupon ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));
    ALTER TABLE coupon ADD COLUMN name TEXT NOT NULL DEFAULT '';
  `);
  const select = db.prepare("SELECT id, document FROM coupon WHERE id > ? ORDER BY id LIMIT 100");
  const update = db.prepare("UPDATE coupon SET name = ? WHERE id = ?");
  for (let last = -1, found: object[] = []; ; ) {
    found = select.all(last);
    for (const { id, document } of found as { id: number; document: string }[]) {
      update.run(nameIn(document), id);
      last = id;
    }
    if (found.length === 0) break;
  }
  db.exec(`
    CREATE INDEX coupon_of_status ON coupon (app, status, id);
    CREATE INDEX coupon_of_kind ON coupon (app, kind, id, status);
    CREATE INDEX coupon_named ON coupon (app, name, id, status, kind);
  `);
}

/** Hand-outs and their lines. */
const handOuts = `
CREATE TABLE hand_out (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  hand_out_id TEXT NOT NULL,
  list TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'running', 'done', 'cancelled')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  worker TEXT,
  worker_until INTEGER NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (app, hand_out_id)
) STRICT;
CREATE INDEX hand_out_age ON hand_out (app, created_at, hand_out_id);
CREATE INDEX hand_out_open ON hand_out (updated_at) WHERE state IN ('checking', 'running') OR worker IS NOT NULL;
CREATE UNIQUE INDEX hand_out_list ON hand_out (app, list);

CREATE TABLE hand_out_line (
  app INTEGER NOT NULL,
  list TEXT NOT NULL,
  line INTEGER NOT NULL,
  openid TEXT NOT NULL,
  result TEXT,
  PRIMARY KEY (app, list, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_out_person ON hand_out_line (app, list, openid);
`;

/** What attempts at callbacks are found by, and that an app can be deleted. */
const attempts = `
DROP INDEX callback_of_app;
ALTER TABLE callback RENAME TO callback_before;
CREATE TABLE callback (
  -- app * 2^32 + nth: the attempts of an app are one run, in order.
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  at INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  purpose TEXT NOT NULL,
  request_id TEXT NOT NULL,
  attempt TEXT NOT NULL,
  CHECK (id / 4294967296 = app)
) STRICT;
INSERT INTO callback
  SELECT app * 4294967296 + row_number() OVER (PARTITION BY app ORDER BY at, id), app, at,
    attempt ->> '$.verdict', attempt ->> '$.purpose', attempt ->> '$.requestId', attempt
  FROM callback_before;
DROP TABLE callback_before;
CREATE INDEX callback_of_app ON callback (app, at);

ALTER TABLE app ADD COLUMN exported TEXT;
-- An app that is removed keeps its number: 'going' while anything is left of it, then 'gone'.
ALTER TABLE app ADD COLUMN removal TEXT CHECK (removal IN ('going', 'gone'));
DROP TRIGGER journal_is_append_only_delete;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
  WHEN NOT EXISTS (SELECT 1 FROM app WHERE appid = OLD.appid AND removal = 'going')
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only while its app exists'); END;
`;

/** Holds that are over are looked for app by app, so that one's hide no other's. */
const holdsOfApps = `
DROP INDEX hold_over;
CREATE INDEX hold_over ON hold (app, until);
`;

/** Sandbox apps, and the clock that a transaction of one is decided by. */
const sandboxApps = `
ALTER TABLE app ADD COLUMN sandbox TEXT;
`;

/** The log of sandbox apps' calls. */
const callLog = `
CREATE TABLE call (
  -- app * 2^32 + nth, as attempts at callbacks are numbered.
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  rid TEXT NOT NULL,
  call TEXT NOT NULL,
  code INTEGER NOT NULL,
  openid TEXT NOT NULL,
  out_coupon_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  CHECK (id / 4294967296 = app)
) STRICT;
CREATE INDEX call_of_app ON call (app);
`;

/** People of sandbox apps who were given a name. */
const persons = `
CREATE TABLE person (
  app INTEGER NOT NULL,
  name TEXT NOT NULL,
  openid TEXT NOT NULL,
  unionid TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app, name)
) STRICT, WITHOUT ROWID;
`;

/** States of sandbox apps that were saved. */
const states = `
CREATE TABLE sandbox_state (
  app INTEGER NOT NULL,
  name TEXT NOT NULL,
  format INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  time INTEGER NOT NULL,
  given_by TEXT NOT NULL,
  records INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (app, name)
) STRICT;

-- What a sandbox did proves nothing to anybody: its journal begins anew where it is emptied.
DROP TRIGGER journal_is_append_only_delete;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
  WHEN NOT EXISTS (SELECT 1 FROM app WHERE appid = OLD.appid AND (removal = 'going' OR sandbox IS NOT NULL))
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only while its app exists'); END;
`;

/** An app's orders one after another. Each costs an entry at the end of its app's, and its changes none. */
const ordersInOrder = `
CREATE INDEX shop_order_age ON shop_order (app, id);
`;

/** What leads from one version of the schema to the next. */
type SchemaStep = string | ((db: DatabaseSync) => void);

/** Calls are found by their ids, in which their apps are. */
const callsByIds = "DROP INDEX call_of_app";

/** The steps from an empty database, which is version 0. Append only. */
export const steps: readonly SchemaStep[] = [
  tables,
  claims,
  callbacks,
  expiry,
  idsFirst,
  orders,
  probe,
  actors,
  journalEnds,
  operators,
  catalogueSearch,
  handOuts,
  attempts,
  holdsOfApps,
  sandboxApps,
  callLog,
  persons,
  states,
  ordersInOrder,
  callsByIds,
  settlingLater,
  wallets,
];

/** Brings a database to the schema of this program; refuses one written by a newer program. */
export function migrate(db: DatabaseSync): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
    if (version > steps.length)
      throw new Error(
        `the database has schema ${version}, this program knows up to ${steps.length}: start the newer program again, or restore a backup`,
      );
    for (const step of steps.slice(version)) {
      if (typeof step === "string") db.exec(step);
      else step(db);
    }
    // Also where it is that already: this commit syncs what a killed process wrote to the log and did not sync, before
    // anybody is told of it.
    db.exec(`PRAGMA user_version = ${steps.length}`);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
