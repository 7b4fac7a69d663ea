import { refuse } from "../../domain/outcome.ts";
import { showOrder } from "../../wire/order.ts";
import type { AdminHandlers } from "./handler.ts";
import { problemOf } from "./problem.ts";

/** What operators see of orders. */
export const orderHandlers: AdminHandlers<"showOrder"> = {
  async showOrder({ services: { reads }, input: { appid, out_order_id } }) {
    const order = await reads.order(appid, out_order_id);
    return order ? { reply: { order: showOrder(order) } } : problemOf(refuse("unknown_order", { id: out_order_id }));
  },
};
