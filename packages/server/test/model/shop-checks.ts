import type { Store } from "../../src/store/store.ts";
import type { Sequence } from "./commands.ts";
import { Mismatch } from "./compare.ts";
import type { Shop } from "./run.ts";

type Listed = {
  coupon: {
    out_coupon_id: string;
    coupon_info: { receive_info: { limit_num_one_person?: number; total_num: number } };
  };
  coupon_stock?: { stock_info: { issued_num: number; receive_num: number } };
};
type HeldEntry = { out_coupon_id: string; openid: string };
type CallOnce = (call: string, body: object) => Promise<string>;

/**
 * Pages through all that an app has, each page as the model says, and holds what came together against the invariants:
 * these look only at what the server answers, and at which stocks were set by hand.
 */
export async function checkShop(sequence: Sequence, shop: Shop, callOnce: CallOnce): Promise<void> {
  const coupons = await pageThrough<Listed>(callOnce, "get_list", {}, 200);
  const inSmallPages = await pageThrough<Listed>(callOnce, "get_list", {}, sequence.pageSize);
  if (JSON.stringify(inSmallPages) !== JSON.stringify(coupons)) {
    throw new Mismatch(`${shop.app.appid}: pages of ${sequence.pageSize} do not add up to the whole list`);
  }
  for (const { coupon } of coupons) await callOnce("get", { out_coupon_id: coupon.out_coupon_id });
  const held: HeldEntry[] = [];
  for (const openid of sequence.openids) {
    const wallet = await pageThrough<HeldEntry>(callOnce, "get_usercoupon_list", { openid }, sequence.pageSize);
    held.push(...wallet);
  }
  for (const listed of coupons) checkInvariants(shop, listed, held);
  const { all } = shop.model.orders;
  for (const { id } of all) checkRefunds(await callOnce("return", { out_order_id: id }));
  for (const openid of new Set(all.map(({ content }) => content.openid)))
    await callOnce("get_usercoupon_list", { openid, page_size: 200 });
}

/** When everything came back, as much was paid back as was paid: nothing where nothing was. */
function checkRefunds(reply: string): void {
  const { order } = JSON.parse(reply) as { order: { payable: number; refunded: number; use_time?: number } };
  const paid = order.use_time === undefined ? 0 : order.payable;
  if (order.refunded !== paid) throw new Mismatch(`paid ${paid}, paid back ${order.refunded}: ${reply}`);
}

function checkInvariants({ app, model }: Shop, listed: Listed, held: HeldEntry[]): void {
  const id = listed.coupon.out_coupon_id;
  const { total_num: total, limit_num_one_person: limit } = listed.coupon.coupon_info.receive_info;
  const recorded = held.filter((one) => one.out_coupon_id === id);
  const stock = listed.coupon_stock?.stock_info;
  const broken = (what: string) => new Mismatch(`${app.appid}, coupon ${id}: ${what}`);
  if (!stock) {
    if (recorded.length > 0) throw broken(`${recorded.length} handed out, though never activated`);
    return;
  }
  // A restock sets both numbers anew; what was recorded before it no longer counts.
  const base = model.restocks.get(id) ?? { left: total, handedOut: 0, recorded: 0 };
  const since = recorded.length - base.recorded;
  if (stock.receive_num !== base.handedOut + since) throw broken(`receive_num ${stock.receive_num}, recorded ${since}`);
  // What was promised is given although a restock left less.
  if (stock.issued_num !== Math.max(base.left - since, 0))
    throw broken(`issued_num ${stock.issued_num}, recorded ${since}`);
  for (const [openid, theirs] of Map.groupBy(recorded, (one) => one.openid)) {
    // 0 is how typed clients send no limit.
    if (Number(limit ?? 0) > 0 && theirs.length > Number(limit))
      throw broken(`${openid} has ${theirs.length} of ${limit}`);
  }
}

/** When all times are over, nothing is promised any more: neither to a request nor of a stock. */
export async function checkPromises(store: Store, shops: Shop[]): Promise<void> {
  for (const { app } of shops) {
    const [open] = await store.listHoldsOf(app.appid, Number.MAX_SAFE_INTEGER, 1);
    if (open) throw new Mismatch(`${app.appid}: ${JSON.stringify(open)} is held for good`);
    const { entries } = await store.listCoupons(app.appid, 0, 200);
    const promised = entries.find(({ stock }) => stock && stock.promised !== 0);
    if (promised) throw new Mismatch(`${app.appid}: held for nobody: ${JSON.stringify(promised.stock)}`);
  }
}

/** All entries of a list, page by page, as many as total_num says. */
async function pageThrough<Entry>(callOnce: CallOnce, call: string, of: object, size: number): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const text = await callOnce(call, { ...of, page_size: size, offset: all.length });
    const reply = JSON.parse(text) as { total_num: number; result_list: Entry[] };
    all.push(...reply.result_list);
    if (reply.result_list.length > 0 && all.length < reply.total_num) continue;
    if (reply.total_num !== all.length)
      throw new Mismatch(`${call}: total_num ${reply.total_num}, found ${all.length}`);
    return all;
  }
}
