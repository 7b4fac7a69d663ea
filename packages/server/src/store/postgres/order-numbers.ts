/** An app's orders one after another. Each costs an entry at the end of its app's, and its changes none. */
export const ordersInOrder = `
ALTER TABLE shop_order ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX shop_order_age ON shop_order (appid, number);
`;
