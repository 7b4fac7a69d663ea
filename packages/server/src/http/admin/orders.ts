import { PAGE } from "@quanku/protocol/admin";
import { refuse } from "../../domain/outcome.ts";
import { showOrder } from "../../wire/order.ts";
import { isNumber, readCursor, writeCursor } from "./cursor.ts";
import type { AdminHandlers } from "./handler.ts";
import { isProblem, problemOf } from "./problem.ts";

/** What operators see of orders. */
export const orderHandlers: AdminHandlers<"showOrder" | "listOrders"> = {
  async listOrders({ services: { reads }, input: { appid, openid, status, cursor, limit = PAGE.byDefault } }) {
    const list = ["orders", appid, openid ?? null, status ?? null];
    const place = readCursor(list, cursor, isNumber);
    if (isProblem(place)) return place;
    const page = await reads.listOrders(appid, { openid, status }, place.after ?? null, limit);
    const next = page.next === null ? null : writeCursor(list, page.next);
    return { reply: { entries: page.entries.map(showOrder), next } };
  },
  async showOrder({ services: { reads }, input: { appid, out_order_id } }) {
    const order = await reads.order(appid, out_order_id);
    return order ? { reply: { order: showOrder(order) } } : problemOf(refuse("unknown_order", { id: out_order_id }));
  },
};
