import type { JudgedCoupon, OrderShown } from "@quanku/protocol/calls";
import { addActive, coupon, give } from "../../../testing/coupons.ts";
import { startTestServer } from "../../../testing/server.ts";
import type { Line, Offer } from "./carts.ts";
import { OPENED_AT } from "./shop.ts";

export type Ids = { out_coupon_id: string; out_user_coupon_id: string };
export type QuoteShown = {
  total: number;
  discount: number;
  payable: number;
  proven: boolean;
  lines: (Line & { discount: number })[];
  user_coupons: JudgedCoupon[];
};
export type ReturnShown = {
  refund: { amount: number; lines: { line: number; quantity: number; amount: number }[] };
  order: OrderShown;
};

/** A shop on the memory store, to which a new person comes as often as a test likes. */
export async function openOrders() {
  const server = await startTestServer({ adapter: "memory", now: OPENED_AT });
  const app = await server.createApp("wx_orders");
  let persons = 0;

  /** A person with a wallet of their own, given to them at {@link OPENED_AT}, at which the clock is put back. */
  async function newPerson(wallet: readonly Offer[]) {
    server.clock.now = OPENED_AT;
    const openid = `person_${persons++}`;
    for (const [at, { type, discount_info, valid_second }] of wallet.entries()) {
      const out_coupon_id = `${openid}-${at}`;
      const valid_info = valid_second && { valid_type: 3, valid_second };
      await addActive(app, coupon(out_coupon_id, { total_num: 1 }, { type, discount_info, valid_info }));
      await give(app, openid, out_coupon_id, `u-${at}`);
    }
    const validUntil = new Map(
      wallet.map(({ valid_second }, at) => [
        `${openid}-${at}`,
        valid_second === undefined ? Number.POSITIVE_INFINITY : OPENED_AT + valid_second,
      ]),
    );

    /** The status of each of the person's coupons on the wire, by out_coupon_id. */
    async function statuses(): Promise<Record<string, number>> {
      const { result_list } = await app.must("get_usercoupon_list", { openid, page_size: 200 });
      const entries = result_list as { out_coupon_id: string; status: number }[];
      return Object.fromEntries(entries.map(({ out_coupon_id, status }) => [out_coupon_id, status]));
    }

    const order = async (call: "lock" | "redeem", id: string, body: object) =>
      (await app.must(call, { out_order_id: `${openid}-${id}`, openid, ...body })).order as OrderShown;

    return {
      openid,
      /** The last second of each coupon, by out_coupon_id. */
      validUntil,
      statuses,
      quote: async (body: object) => (await app.must("quote", { openid, ...body })) as unknown as QuoteShown,
      lock: async (id: string, body: object) => await order("lock", id, body),
      redeem: async (id: string, body: object) => await order("redeem", id, body),
      /** All that is kept of the person and of an order of theirs, and how long the journal of all is. */
      kept: async (outOrderId: string) => ({
        held: (await server.store.listUserCoupons(app.appid, openid, 0, 1000)).entries,
        order: await server.store.order(app.appid, outOrderId),
        journal: (await server.store.readJournal(app.appid, 0, 1_000_000)).length,
      }),
    };
  }

  return { server, app, newPerson };
}
export type Orders = Awaited<ReturnType<typeof openOrders>>;

export type Person = Awaited<ReturnType<Orders["newPerson"]>>;

/** The coupons that a quote uses, by their ids. */
export const usedIn = ({ user_coupons }: Pick<QuoteShown, "user_coupons">): Ids[] =>
  user_coupons
    .filter(({ used }) => used)
    .map(({ out_coupon_id, out_user_coupon_id }) => ({ out_coupon_id, out_user_coupon_id }));

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
