/** An app's orders one after another. Each costs an entry at the end of its app's, and its changes none. */
export const ordersInOrder = `
ALTER TABLE shop_order ADD COLUMN number bigint;
UPDATE shop_order SET number = kept.number
  FROM (SELECT appid, out_order_id, row_number() OVER (PARTITION BY appid ORDER BY ctid) AS number FROM shop_order) AS kept
  WHERE shop_order.appid = kept.appid AND shop_order.out_order_id = kept.out_order_id;
ALTER TABLE shop_order ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX shop_order_age ON shop_order (appid, number);
`;
