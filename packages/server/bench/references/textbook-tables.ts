/** What the textbook handler keeps of a shop: see textbook-postgres.ts. */
export const textbookTables = `
CREATE TABLE textbook_coupon (
  id bigserial PRIMARY KEY,
  appid text NOT NULL,
  out_coupon_id text NOT NULL,
  type integer NOT NULL,
  status integer NOT NULL,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL,
  document json NOT NULL,
  valid_days integer NOT NULL,
  remaining integer NOT NULL CHECK (remaining >= 0),
  claimed integer NOT NULL,
  UNIQUE (appid, out_coupon_id)
);
CREATE TABLE textbook_user_coupon (
  id bigserial PRIMARY KEY,
  appid text NOT NULL,
  out_coupon_id text NOT NULL,
  out_user_coupon_id text NOT NULL,
  openid text NOT NULL,
  request_id text NOT NULL,
  status integer NOT NULL,
  create_time bigint NOT NULL,
  end_time bigint NOT NULL,
  UNIQUE (appid, out_coupon_id, out_user_coupon_id),
  UNIQUE (appid, request_id)
);
CREATE INDEX ON textbook_user_coupon (appid, openid);
INSERT INTO textbook_coupon (appid, out_coupon_id, type, status, create_time, update_time, document, valid_days, remaining, claimed)
  SELECT appid, out_coupon_id, 2, 2, created_at, updated_at, document::json, 30, 2000000000, 0 FROM coupon ORDER BY position;
`;
