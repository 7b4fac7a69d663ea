import type { Client } from "pg";
import { nameIn } from "../../domain/catalogue/documents.ts";
import { guardsOnShards } from "./guards.ts";
import { journalEnds } from "./journal-ends.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { ordersInOrder } from "./order-numbers.ts";

/**
 * Every primary key begins with appid: shops never mix. What that is worth on a cluster: docs/scale-out.md. Text is
 * compared byte by byte (`COLLATE "C"`): ids are equal when their characters are, whatever the database's language.
 *
 * `ledger` has one narrow row for each app. A transaction that writes for an app locks it before it reads anything else,
 * so transactions of an app run one after another, and its `seq` numbers the app's journal in the order of commits.
 */
const tables = `
CREATE TABLE app (
  appid text COLLATE "C" PRIMARY KEY,
  created_at bigint NOT NULL,
  secret text NOT NULL,
  token_quota bigint NOT NULL,
  tokens text NOT NULL,
  settings text NOT NULL,
  confirmed_url text
);

CREATE TABLE ledger (
  appid text COLLATE "C" PRIMARY KEY,
  seq bigint NOT NULL CHECK (seq >= 0)
);

CREATE TABLE coupon (
  appid text COLLATE "C" NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  out_coupon_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  channel bigint NOT NULL,
  document text NOT NULL,
  terms text NOT NULL,
  status text NOT NULL CHECK (status IN ('withdrawn', 'draft', 'active', 'expired', 'void')),
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  activated_at bigint,
  -- Two of the terms, for statements to ask: whether one person may be given so many only, and when a fixed validity ends.
  limited boolean NOT NULL,
  ends_at bigint,
  PRIMARY KEY (appid, position),
  UNIQUE (appid, out_coupon_id)
);
CREATE INDEX coupon_over ON coupon (appid, ends_at) WHERE status = 'active' AND ends_at IS NOT NULL;

CREATE TABLE stock (
  appid text COLLATE "C" NOT NULL,
  coupon integer NOT NULL,
  remaining integer NOT NULL CHECK (remaining >= 0),
  claimed integer NOT NULL CHECK (claimed >= 0),
  held integer NOT NULL CHECK (held >= 0),
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  PRIMARY KEY (appid, coupon)
);

CREATE TABLE user_coupon (
  appid text COLLATE "C" NOT NULL,
  coupon integer NOT NULL,
  out_user_coupon_id text COLLATE "C" NOT NULL,
  openid text COLLATE "C" NOT NULL,
  slot integer NOT NULL CHECK (slot >= 0),
  status text NOT NULL CHECK (status IN ('effective', 'expired', 'used', 'given_up')),
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  received_at bigint NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  used_at bigint,
  PRIMARY KEY (appid, coupon, out_user_coupon_id)
);
-- Lists a wallet by slot and counts what a person was given of one coupon, without touching the rows.
CREATE UNIQUE INDEX user_coupon_wallet ON user_coupon (appid, openid, slot) INCLUDE (coupon);
CREATE INDEX user_coupon_over ON user_coupon (appid, ends_at) WHERE status = 'effective' AND ends_at > 0;

CREATE TABLE claim (
  appid text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  coupon integer NOT NULL,
  out_user_coupon_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (appid, request_id)
);

CREATE TABLE hold (
  appid text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  coupon integer NOT NULL,
  openid text COLLATE "C" NOT NULL,
  until bigint NOT NULL,
  taken_by text COLLATE "C",
  PRIMARY KEY (appid, request_id)
);
CREATE INDEX hold_of_person ON hold (appid, coupon, openid);
CREATE INDEX hold_over ON hold (until);

CREATE TABLE callback (
  appid text COLLATE "C" NOT NULL,
  nth bigint NOT NULL,
  at bigint NOT NULL,
  attempt text NOT NULL,
  PRIMARY KEY (appid, nth)
);
CREATE INDEX callback_at ON callback (appid, at);

CREATE TABLE journal (
  appid text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  command text NOT NULL,
  steps text NOT NULL,
  -- Of a transaction's first entry: by it a commit is found whose answer was lost.
  transaction uuid,
  PRIMARY KEY (appid, seq)
);
CREATE FUNCTION refuse_to_change_the_journal() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
`;

/** What coupons took off orders. `locked_until` is null where a coupon is used on its order. */
const orders = `
ALTER TABLE user_coupon ADD COLUMN out_order_id text COLLATE "C";
ALTER TABLE user_coupon ADD COLUMN locked_until bigint;

CREATE TABLE shop_order (
  appid text COLLATE "C" NOT NULL,
  out_order_id text COLLATE "C" NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (appid, out_order_id)
);
`;

/** The row that is written to see whether the database can be written to. */
const probe = `
CREATE TABLE probe (appid text COLLATE "C" PRIMARY KEY, at bigint NOT NULL);
`;

/** Who gave a command; null where that was not written down yet. */
const actors = `
ALTER TABLE journal ADD COLUMN given_by text;
`;

/** Operators, of the appid '': the house has a row in `ledger` and none in `app`. */
const operators = `
CREATE TABLE house_operator (
  appid text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (appid, name)
);
INSERT INTO ledger (appid, seq, digest) VALUES ('', 0, '');
`;

/** What coupons are searched by, and whether their claims are paused. Each index also holds what is filtered beside it. */
async function catalogueSearch(client: Client): Promise<void> {
  await oneAtATime(
    client,
    `ALTER TABLE coupon ADD COLUMN paused integer NOT NULL DEFAULT 0;
     ALTER TABLE coupon ADD CONSTRAINT coupon_paused_check CHECK (paused IN (0, 1));
     ALTER TABLE coupon ADD COLUMN name text COLLATE "C" NOT NULL DEFAULT '';`,
  );
  for (let last = { appid: "", position: -1 }; ; ) {
    const { rows } = await client.query(
      `SELECT appid, position, document FROM coupon WHERE (appid, position) > ($1, $2)
       ORDER BY appid, position LIMIT 100`,
      [last.appid, last.position],
    );
    const named = rows.map(({ appid, position, document }) => ({ appid, position, name: nameIn(document) }));
    await client.query(
      `UPDATE coupon SET name = new.name FROM json_to_recordset($1) AS new (appid text, position integer, name text)
       WHERE coupon.appid = new.appid AND coupon.position = new.position`,
      [JSON.stringify(named)],
    );
    const end = named.at(-1);
    if (!end) break;
    last = end;
  }
  await oneAtATime(
    client,
    `CREATE INDEX coupon_of_status ON coupon (appid, status, position);
     CREATE INDEX coupon_of_kind ON coupon (appid, kind, position) INCLUDE (status);
     CREATE INDEX coupon_named ON coupon (appid, name, position) INCLUDE (status, kind);`,
  );
}

/** Hand-outs and their lines. */
const handOuts = `
CREATE TABLE hand_out (
  appid text COLLATE "C" NOT NULL,
  hand_out_id text COLLATE "C" NOT NULL,
  list text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('checking', 'checked', 'running', 'done', 'cancelled')),
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  worker text,
  worker_until bigint NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (appid, hand_out_id),
  UNIQUE (appid, list)
);
CREATE INDEX hand_out_age ON hand_out (appid, created_at, hand_out_id);
CREATE INDEX hand_out_open ON hand_out (updated_at) WHERE state IN ('checking', 'running') OR worker IS NOT NULL;

CREATE TABLE hand_out_line (
  appid text COLLATE "C" NOT NULL,
  list text COLLATE "C" NOT NULL,
  line integer NOT NULL,
  openid text COLLATE "C" NOT NULL,
  result text,
  PRIMARY KEY (appid, list, line)
);
CREATE INDEX hand_out_person ON hand_out_line (appid, list, openid);
`;

/** What attempts at callbacks are found by, and that an app can be deleted. */
const attempts = `
ALTER TABLE callback ADD COLUMN verdict text, ADD COLUMN purpose text, ADD COLUMN request_id text COLLATE "C";
UPDATE callback SET verdict = attempt::json ->> 'verdict', purpose = attempt::json ->> 'purpose',
  request_id = attempt::json ->> 'requestId';
ALTER TABLE callback ALTER COLUMN verdict SET NOT NULL, ALTER COLUMN purpose SET NOT NULL,
  ALTER COLUMN request_id SET NOT NULL;

ALTER TABLE app ADD COLUMN exported text;
-- An app that is removed keeps its row here, so that its numbers go on: 'going' while anything is left of it, then 'gone'.
ALTER TABLE ledger ADD COLUMN removal text;
ALTER TABLE ledger ADD CONSTRAINT ledger_removal_check CHECK (removal IN ('going', 'gone'));
DROP TRIGGER journal_is_append_only ON journal;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE FUNCTION refuse_to_forget_while_the_app_exists() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN
    IF NOT EXISTS (SELECT FROM ledger WHERE appid = OLD.appid AND removal = 'going') THEN
      RAISE EXCEPTION 'the journal is append-only while its app exists';
    END IF;
    RETURN OLD;
  END $$;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION refuse_to_forget_while_the_app_exists();
`;

/**
 * A user coupon's id before its coupon: it is found whatever the coupon, and ids that grow with time, as ours do, are
 * appended to one run of the app, however many coupons are claimed at once.
 */
const idsFirst = `
ALTER TABLE user_coupon DROP CONSTRAINT user_coupon_pkey;
ALTER TABLE user_coupon ADD CONSTRAINT user_coupon_pkey PRIMARY KEY (appid, out_user_coupon_id, coupon);
`;

/** Holds that are over are looked for app by app, so that one's hide no other's. */
const holdsOfApps = `
DROP INDEX hold_over;
CREATE INDEX hold_over ON hold (appid, until);
`;

/** Sandbox apps, and the clock that a transaction of one is decided by, which stands in the row that it locks. */
const sandboxApps = `
ALTER TABLE app ADD COLUMN sandbox text;
ALTER TABLE ledger ADD COLUMN clock text;
`;

/** The log of sandbox apps' calls. */
const callLog = `
CREATE TABLE call (
  appid text COLLATE "C" NOT NULL,
  nth bigint NOT NULL,
  rid text COLLATE "C" NOT NULL,
  call text COLLATE "C" NOT NULL,
  code integer NOT NULL,
  openid text COLLATE "C" NOT NULL,
  out_coupon_id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (appid, nth)
);
`;

/** People of sandbox apps who were given a name. */
const persons = `
CREATE TABLE person (
  appid text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  openid text COLLATE "C" NOT NULL,
  unionid text COLLATE "C",
  created_at bigint NOT NULL,
  PRIMARY KEY (appid, name)
);
`;

/** Keeps what is compressed from being compressed again, except on Citus, which cannot be told. */
const compressedAlready = (table: string, column: string) => `
DO $$ BEGIN
  ALTER TABLE ${table} ALTER COLUMN ${column} SET STORAGE EXTERNAL;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
`;

/** States of sandbox apps that were saved. */
const states = `
CREATE TABLE sandbox_state (
  appid text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  format integer NOT NULL,
  saved_at bigint NOT NULL,
  time bigint NOT NULL,
  given_by text NOT NULL,
  records integer NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (appid, name)
);
${compressedAlready("sandbox_state", "body")}
-- What a sandbox did proves nothing to anybody: its journal begins anew where it is emptied. Sandbox apps have a clock.
CREATE OR REPLACE FUNCTION refuse_to_forget_while_the_app_exists() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN
    IF NOT EXISTS (SELECT FROM ledger WHERE appid = OLD.appid AND (removal = 'going' OR clock IS NOT NULL)) THEN
      RAISE EXCEPTION 'the journal is append-only while its app exists';
    END IF;
    RETURN OLD;
  END $$;
`;

/** Whose entries are removed is looked at once for each statement: of an app that is emptied there are thousands. */
const forgetting = `
DROP TRIGGER journal_is_kept ON journal;
CREATE OR REPLACE FUNCTION refuse_to_forget_while_the_app_exists() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN
    IF EXISTS (
      SELECT FROM (SELECT DISTINCT appid FROM forgotten) AS of WHERE NOT EXISTS (
        SELECT FROM ledger WHERE ledger.appid = of.appid AND (removal = 'going' OR clock IS NOT NULL)
      )
    ) THEN
      RAISE EXCEPTION 'the journal is append-only while its app exists';
    END IF;
    RETURN NULL;
  END $$;
CREATE TRIGGER journal_is_kept AFTER DELETE ON journal REFERENCING OLD TABLE AS forgotten
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_forget_while_the_app_exists();
`;

/**
 * What a batch costs less by: a journal row for all its entries, a claim in the row of the user coupon it was granted, and
 * the number of open holds in the row that is locked, so that none are looked for where there are none. Claims from before
 * stay where they are: to move them would write every user coupon anew.
 */
const batches = `
-- Older processes that still run write no number here, and so nothing: they would not find what was claimed since.
ALTER TABLE journal ADD COLUMN entries integer NOT NULL DEFAULT 1;
ALTER TABLE journal ADD COLUMN batch bytea;
${compressedAlready("journal", "batch")}
ALTER TABLE user_coupon ADD COLUMN request_id text COLLATE "C";
CREATE UNIQUE INDEX user_coupon_of_request ON user_coupon (appid, request_id) WHERE request_id IS NOT NULL;
ALTER TABLE ledger ADD COLUMN holds integer NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD CONSTRAINT ledger_holds_check CHECK (holds >= 0);
UPDATE ledger SET holds = (SELECT count(*) FROM hold WHERE hold.appid = ledger.appid);
`;

/** What leads from one version of the schema to the next. */
type SchemaStep = string | ((client: Client) => Promise<void>);

/** The steps from an empty database, which is version 0. Append only. */
export const steps: readonly SchemaStep[] = [
  tables,
  orders,
  probe,
  actors,
  journalEnds,
  operators,
  catalogueSearch,
  handOuts,
  attempts,
  idsFirst,
  holdsOfApps,
  sandboxApps,
  callLog,
  persons,
  states,
  ordersInOrder,
  forgetting,
  batches,
  guardsOnShards,
];
