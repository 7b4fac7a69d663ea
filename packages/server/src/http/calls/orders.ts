import type { CallRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import { isRefusal } from "../../domain/outcome.ts";
import type { OrderAsked } from "../../service/orders.ts";
import { cartOf, idsOf, showOrder, showQuote, showReturn } from "../../wire/order.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import type { Handlers } from "./handler.ts";

type OrderCall = "quote" | "lock" | "redeem" | "return";

/** The calls about carts and orders. */
export const orderHandlers: Handlers<OrderCall> = {
  async quote({ orders }, { app }, { openid, lines, policy }) {
    return { payload: showQuote(await orders.quote(app, { openid, lines: cartOf(lines), policy })) };
  },
  async lock({ orders }, { app, by }, { ttl_seconds, ...body }) {
    const order = await orders.lock(app, askedOf(body), ttl_seconds, by);
    return isRefusal(order) ? tellRefusal(order) : { payload: { order: showOrder(order) } };
  },
  async redeem({ orders }, { app, by }, { out_order_id, openid, lines, policy, ...body }) {
    // An empty list is a choice beside a cart; without one it is how typed clients leave the choice out.
    const isUnset = openid === undefined && lines === undefined && body.user_coupons?.length === 0;
    const user_coupons = isUnset ? undefined : body.user_coupons;
    const content = { openid, lines, user_coupons };
    const absent = Object.entries(content).flatMap(([name, value]) => (value === undefined ? [name] : []));
    const isWhole = openid !== undefined && lines !== undefined && user_coupons !== undefined;
    if (!isWhole && absent.length < 3) return incomplete(absent[0] as string);
    const asked = isWhole ? askedOf({ out_order_id, openid, lines, user_coupons, policy }) : undefined;
    const order = await orders.redeem(app, out_order_id, asked, by);
    return isRefusal(order) ? tellRefusal(order) : { payload: { order: showOrder(order) } };
  },
  async return({ orders }, { app, by }, { out_order_id, out_return_id, lines }) {
    if (lines && out_return_id === undefined)
      return { errcode: 990007, detail: "out_return_id is required beside lines: a repeat is known by it" };
    if (!lines && out_return_id !== undefined)
      return { errcode: 990007, detail: "lines is required beside out_return_id; leave both out to return all" };
    const items = lines && out_return_id !== undefined ? { outReturnId: out_return_id, lines } : null;
    const returned = await orders.giveBack(app, out_order_id, items, by);
    return isRefusal(returned) ? tellRefusal(returned) : { payload: showReturn(returned) };
  },
};

const incomplete = (name: string): WireError => ({
  errcode: 990007,
  detail: `${name} is required: give openid, lines and user_coupons, or none of them to redeem what was locked`,
});

const askedOf = ({
  openid,
  out_order_id,
  lines,
  user_coupons,
  policy,
}: Omit<CallRequest<"lock">, "ttl_seconds">): OrderAsked => ({
  openid,
  outOrderId: out_order_id,
  lines: cartOf(lines),
  userCoupons: user_coupons === "best" ? user_coupons : idsOf(user_coupons),
  policy,
});
