import { EFFECTIVE, EXPIRED, type Held, type ShopModel, USED } from "./model.ts";
import {
  aloneOff,
  type Basis,
  best,
  type Candidate,
  type Choice,
  inTheWay,
  isUndone,
  type Line,
  lackOf,
  type Policy,
  type Stacking,
  type Why,
  wayBeside,
  worthOf,
} from "./prices.ts";
import { Refused } from "./reading.ts";

type Ids = { out_user_coupon_id: string; out_coupon_id: string };

/** What an order asks for, as a body holds it once it is read. */
export type Content = { openid: string; lines: Line[]; user_coupons: "best" | Ids[]; policy?: Policy };

type Body = Content & { out_order_id: string; ttl_seconds: number };
type Items = { line: number; quantity: number }[];
type ReturnBody = { out_order_id: string; out_return_id?: string; lines?: Items };
type Refund = { amount: number; lines: (Items[number] & { amount: number })[] };

export type Order = {
  id: string;
  content: Content;
  /** The policy that held when it was decided. */
  policy: Policy;
  /** The basis of shop coupons' thresholds that held then. */
  basis: Basis;
  status: "locked" | "redeemed" | "returned";
  lines: (Line & { discount: number; returned: number })[];
  coupons: (Ids & { parts: number[] })[];
  lockedUntil?: number;
  paid?: number;
  /** By the ids of returns; undefined: that of all that was left. */
  returns: { id: string | undefined; refund: Refund }[];
};

/** A coupon of a wallet as it stands to a cart. */
type Judged = { ids: Ids; worth?: Candidate; why?: Why };

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const idsOf = ({ id, couponId }: Held): Ids => ({ out_coupon_id: couponId, out_user_coupon_id: id });
const isThis = (ids: Ids) => (held: Held) => held.id === ids.out_user_coupon_id && held.couponId === ids.out_coupon_id;

/** Whether a user coupon is kept for an order now; the last second counts. */
export const isKept = ({ status, order }: Held, now: number): boolean =>
  status === EFFECTIVE && order !== undefined && now <= order.until;

/** Carts and orders of one app. */
export class OrdersModel {
  all: Order[] = [];
  private readonly shop: ShopModel;

  constructor(shop: ShopModel) {
    this.shop = shop;
  }

  carryOut(call: string, body: object, now: number): object {
    if (call === "quote") return this.quote(body as Body, now);
    if (call === "lock") return { order: shownOrder(this.lock(body as Body, now)) };
    if (call === "redeem") return { order: shownOrder(this.redeem(body as Body, now)) };
    const { order, refund } = this.giveBack(body as ReturnBody, now);
    return { refund, order: shownOrder(order) };
  }

  /** The coupons of an order that end, or ended, before its lock does. */
  outlasted = (order: Order, now: number): Held[] =>
    isStanding(order, now) ? this.heldOf(order).filter(({ end }) => end > 0 && end < (order.lockedUntil ?? 0)) : [];

  /** The seconds at which locks end. */
  lockEnds = (): number[] =>
    this.all.flatMap(({ status, lockedUntil }) => (status === "locked" ? [lockedUntil ?? 0] : []));

  private quote({ openid, lines, policy = this.shop.settings.policy }: Body, now: number): object {
    const judged = this.judge(this.wallet(openid), lines, now);
    const stacking = { policy, basis: this.shop.settings.basis };
    const choice = choose(judged, lines, stacking);
    this.met(`quoted with ${choice.used.length} coupons`);
    const total = sum(lines.map(({ price, quantity }) => price * quantity));
    return {
      total,
      discount: total - choice.pays,
      payable: choice.pays,
      proven: true,
      not_looked_at: 0,
      lines: discounted(lines, choice),
      user_coupons: judged.map((one) => {
        const { reason, ...rest } = told(one, judged, choice, lines, stacking);
        if (reason) this.met(`quoted as ${reason.code}`);
        return { ...one.ids, ...rest, ...(reason && { reason }) };
      }),
    };
  }

  private lock(body: Body, now: number): Order {
    const before = this.known(body.out_order_id, body);
    if (before && (before.status === "redeemed" || isStanding(before, now))) return this.again(before);
    if (before) this.met("locked again after its end");
    const decided = this.decide(body, this.wanted(body, now), now);
    const until = now + body.ttl_seconds;
    const order: Order = { ...decided, status: "locked", lockedUntil: until };
    if (this.outlasted(order, now).length > 0) this.met("locked past an end");
    return this.keep(order, now, (held) => Object.assign(held, { order: { id: order.id, until } }));
  }

  private redeem({ user_coupons, ...sent }: Partial<Body> & { out_order_id: string }, now: number): Order {
    const isUnset = user_coupons?.length === 0 && !sent.openid && !sent.lines;
    const body: typeof sent & Partial<Body> = user_coupons === undefined || isUnset ? sent : { ...sent, user_coupons };
    const given = [body.openid, body.lines, body.user_coupons].filter((one) => one !== undefined).length;
    if (given === 1 || given === 2) throw new Refused(990007, "an order in part");
    const whole = given === 3 ? (body as Body) : undefined;
    const before = this.known(body.out_order_id, whole);
    if (!before && !whole) throw new Refused(1090057, "no such order");
    if (before?.status === "redeemed") return this.again(before);
    const order: Order = before && isStanding(before, now) ? before : this.decideLate(before, whole, now);
    if (order === before) {
      const isOver = this.outlasted(order, now).some(({ end }) => end < now);
      this.met(isOver ? "redeemed as it was locked, though over" : "redeemed as it was locked");
    }
    return this.keep({ ...order, status: "redeemed", paid: now }, now, (held) =>
      Object.assign(held, { status: USED, used: now, order: { id: order.id, until: 0 } }),
    );
  }

  /** Without a lock that stands; after one, with the coupons that were locked. */
  private decideLate(before: Order | undefined, whole: Body | undefined, now: number): Order {
    if (!before) return this.decide(whole as Body, this.wanted(whole as Body, now), now);
    const body = { ...before.content, policy: before.policy, ...whole, out_order_id: before.id };
    const held = whole ? this.shop.settings.basis : before.basis;
    if (whole && whole.policy === undefined) body.policy = this.shop.settings.policy;
    const named = body.user_coupons === "best" ? before.coupons : body.user_coupons;
    const { policy, basis, coupons, lines } = this.decide(body, named, now, held);
    this.met("redeemed after its lock");
    return { ...before, policy, basis, coupons, lines };
  }

  private giveBack(body: ReturnBody, now: number): { order: Order; refund: Refund } {
    const { out_order_id: id, out_return_id: returnId, lines } = body;
    if ((lines === undefined) !== (returnId === undefined)) throw new Refused(990007, "a return in part");
    const order = this.all.find((one) => one.id === id);
    if (!order) throw new Refused(1090057, "no such order");
    const before = order.returns.find((one) => one.id === returnId);
    if (
      before &&
      lines &&
      !isDeeplyEqual(
        lines,
        before.refund.lines.map(({ line, quantity }) => ({ line, quantity })),
      )
    )
      throw new Refused(1090033, "returned with other content");
    if (before) {
      this.met("returned again");
      return { order, refund: before.refund };
    }
    if (lines && order.paid === undefined) throw new Refused(1090058, "nothing was paid");
    const refund = order.paid === undefined ? { amount: 0, lines: [] } : payBack(order, lines);
    order.returns.push({ id: returnId, refund });
    const isAll = !lines || order.lines.every(({ quantity, returned }) => quantity === returned);
    const freed = isAll && order.status !== "returned" ? this.free(order, now) : [];
    if (isAll && lines) this.met("all came back in parts");
    if (order.status === "locked") this.met("a lock given up");
    if (isAll) order.status = "returned";
    this.shop.note(now, `order ${order.status}`, ...freed.map(() => "userCoupon"));
    return { order, refund };
  }

  /** Gives the coupons back that are still this order's. */
  private free(order: Order, now: number): Held[] {
    const theirs = this.heldOf(order).filter((held) => held.order?.id === order.id);
    if (theirs.length < order.coupons.length) this.met("a coupon is another's by now");
    for (const held of theirs) {
      if (held.status === USED) {
        const isOver = held.end > 0 && held.end < now;
        held.status = isOver ? EXPIRED : EFFECTIVE;
        delete held.used;
        this.met(isOver ? "given back expired" : "given back");
      }
      delete held.order;
      held.updated = now;
    }
    return theirs;
  }

  /** The order of an id, which stands for one content, for good, and ends with its return. */
  private known(id: string, content: Content | undefined): Order | undefined {
    const before = this.all.find((one) => one.id === id);
    if (before && content && spelled(before.content) !== spelled(content))
      throw new Refused(1090033, "an order with other content");
    if (before?.status === "returned") throw new Refused(1090058, "the order was returned");
    return before;
  }

  private again(order: Order): Order {
    this.met(order.status === "locked" ? "locked again" : "redeemed again");
    return order;
  }

  private wanted({ openid, lines, user_coupons: wanted, policy }: Body, now: number): Ids[] {
    if (wanted !== "best") return wanted;
    const judged = this.judge(this.wallet(openid), lines, now);
    const { used } = choose(judged, lines, { ...this.shop.settings, ...(policy && { policy }) });
    return judged.flatMap(({ ids, worth }) => (worth && used.includes(worth) ? [ids] : []));
  }

  /** The order with exactly these coupons. */
  private decide(
    body: Omit<Body, "ttl_seconds">,
    coupons: Ids[],
    now: number,
    basis: Basis = this.shop.settings.basis,
  ): Order {
    const { out_order_id: id, openid, lines, user_coupons, policy = this.shop.settings.policy } = body;
    const sent = body.policy === undefined ? {} : { policy: body.policy };
    const content = { openid, lines, user_coupons, ...sent };
    const priced = this.priced(body, coupons, { policy, basis }, now);
    return { id, content, policy, basis, status: "locked", ...priced, returns: [] };
  }

  private priced(
    { openid, lines }: Pick<Content, "openid" | "lines">,
    coupons: Ids[],
    stacking: Stacking,
    now: number,
  ) {
    const wallet = coupons.map((ids) => this.wallet(openid).find(isThis(ids)));
    if (wallet.includes(undefined)) throw new Refused(1090057, "no such user coupon");
    const judged = this.judge(wallet as Held[], lines, now);
    const choice = choose(judged, lines, stacking);
    const used = judged.map(({ ids, worth, why }) => {
      const parts = worth && choice.parts.get(worth);
      if (!parts) {
        this.met(`refused as ${why?.code ?? "not with the others"}`);
        throw new Refused(1090058, `${ids.out_user_coupon_id} cannot be used`);
      }
      return { out_coupon_id: ids.out_coupon_id, out_user_coupon_id: ids.out_user_coupon_id, parts };
    });
    return { coupons: used, lines: discounted(lines, choice).map((line) => ({ ...line, returned: 0 })) };
  }

  /** Writes an order down with what becomes of its coupons. */
  private keep(order: Order, now: number, change: (held: Held) => void): Order {
    this.all = [...this.all.filter(({ id }) => id !== order.id), order];
    const coupons = this.heldOf(order);
    this.met(`${order.status} with ${coupons.length} coupons`);
    for (const held of coupons) {
      change(held);
      held.updated = now;
    }
    this.shop.note(now, `order ${order.status}`, ...coupons.map(() => "userCoupon"));
    return order;
  }

  /** A person's user coupons, newest first. */
  private wallet = (openid: string): Held[] => this.shop.held.filter((held) => held.openid === openid).reverse();

  private heldOf = ({ coupons }: Order): Held[] => coupons.map((ids) => this.shop.held.find(isThis(ids)) as Held);

  private judge(wallet: Held[], lines: Line[], now: number): Judged[] {
    const [someone] = wallet;
    const whole = someone ? this.wallet(someone.openid) : [];
    return wallet.map((held) => {
      const { type, terms, status } = this.shop.coupon(held.couponId);
      const worth = whyNot(held, status, now) ?? worthOf(type, terms, lines);
      const ends = held.end === 0 ? Number.POSITIVE_INFINITY : held.end;
      const ids = idsOf(held);
      return "code" in worth ? { ids, why: worth } : { ids, worth: { ...worth, place: whole.indexOf(held), ends } };
    });
  }

  private met(what: string): void {
    this.shop.count(`order: ${what}`);
  }
}

/** Why a user coupon cannot be used now, whatever is in the cart. An expired coupon leaves those handed out as they are. */
function whyNot(held: Held, couponStatus: number, now: number): Why | undefined {
  const { status, start, end, used, order } = held;
  if (couponStatus !== 2 && couponStatus !== 3) return { code: "not_in_force", status: couponStatus };
  if (status === 103) return { code: "given_up" };
  if (status === USED) return { code: "already_used", ...(used !== undefined && { use_time: used }) };
  if (isKept(held, now)) return { code: "locked", lock_end_time: order?.until };
  if (status === EXPIRED || (end > 0 && now > end)) return { code: "no_longer_valid", end_time: end };
  if (now < start) return { code: "not_valid_yet", start_time: start };
}

const choose = (judged: Judged[], lines: Line[], stacking: Stacking): Choice =>
  best(
    judged.flatMap(({ worth }) => worth ?? []),
    lines,
    stacking,
  );

type Told = { used: boolean; alone?: number; discount?: number; parts?: number[]; reason?: Why | undefined };

/** What a quote tells of one coupon beside its ids; in what words is not the model's. */
function told({ worth, why }: Judged, all: Judged[], choice: Choice, lines: Line[], stacking: Stacking): Told {
  const { parts } = choice;
  if (!worth) return { used: false, alone: 0, reason: why };
  const part = parts.get(worth);
  if (part) return { used: true, discount: sum(part), parts: part };
  const alone = aloneOff(worth, lines);
  const idsOfAll = (those: Candidate[]) => those.map((other) => all.find((one) => one.worth === other)?.ids);
  const inItsWay = inTheWay(stacking.policy, worth, choice);
  if (inItsWay.length > 0) return { used: false, alone, reason: { code: "not_combinable", with: idsOfAll(inItsWay) } };
  const lost = undoneBeside(worth, choice, lines, stacking.basis);
  if (!lost) return { used: false, alone, reason: { code: "adds_nothing" } };
  const { with: those, ...more } = lost;
  return { used: false, alone, reason: { code: "condition_undone", with: idsOfAll(those), ...more } };
}

/** With which of those used a coupon's condition would not be met, though it gave away the least it can, or theirs not. */
function undoneBeside(worth: Candidate, choice: Choice, lines: Line[], basis: Basis) {
  const { ways } = choice;
  const added = { one: worth, way: wayBeside(worth, choice) ?? worth.ways[0] };
  const set = [...ways, added];
  const { items, spend } = lackOf(added, set, lines, basis);
  const takes = ({ one, way }: (typeof set)[number]) =>
    !one.isShop &&
    ((worth.isShop && basis === "after_product_coupons" && added.way.asks.spend > 0) ||
      way.gives.some((at) => added.way.counts.includes(at)));
  if (items > 0 || spend > 0)
    return { with: ways.filter(takes).map(({ one }) => one), items_more: items, spend_more: spend };
  const others = ways.filter((used) => isUndone(used, set, lines, basis));
  if (others.length > 0) return { with: others.map(({ one }) => one) };
}

const discounted = (lines: Line[], { parts }: Choice) =>
  lines.map((line, at) => ({ ...line, discount: sum([...parts.values()].map((part) => part[at] as number)) }));

/** Whether an order's coupons are kept for it now. */
const isStanding = ({ status, lockedUntil = 0 }: Order, now: number) => status === "locked" && now <= lockedUntil;

/** A content in one spelling; in which order it names its coupons does not count. */
const spelled = ({ openid, lines, user_coupons: wanted, policy }: Content): string => {
  const named = wanted === "best" ? wanted : wanted.map((ids) => JSON.stringify(Object.entries(ids).sort())).sort();
  return JSON.stringify([openid, lines, named, policy ?? null]);
};

const isDeeplyEqual = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/** Takes items of an order back: all that is left, unless it is said which. */
function payBack(order: Order, items: Items | undefined): Refund {
  const left = order.lines.map(({ quantity, returned }, line) => ({ line, quantity: quantity - returned }));
  const after = order.lines.map(({ returned }) => returned);
  const lines = (items ?? left.filter(({ quantity }) => quantity > 0)).map(({ line: at, quantity }) => {
    const line = order.lines[at];
    const before = after[at] ?? 0;
    if (!line || before + quantity > line.quantity) throw new Refused(1090033, "more than is left");
    after[at] = before + quantity;
    const paid = line.price * line.quantity - line.discount;
    const share = (count: number) => Number((BigInt(paid) * BigInt(count)) / BigInt(line.quantity));
    return { line: at, quantity, amount: share(before + quantity) - share(before) };
  });
  for (const [at, line] of order.lines.entries()) line.returned = after[at] as number;
  return { amount: sum(lines.map(({ amount }) => amount)), lines };
}

/** An order as the wire shows it. */
export function shownOrder({ id, content, status, lines, coupons, lockedUntil, paid, returns }: Order): object {
  const total = sum(lines.map(({ price, quantity }) => price * quantity));
  const discount = sum(lines.map((line) => line.discount));
  return {
    out_order_id: id,
    openid: content.openid,
    status,
    total,
    discount,
    payable: total - discount,
    refunded: sum(returns.map(({ refund }) => refund.amount)),
    lines,
    user_coupons: coupons.map(({ parts, ...ids }) => ({ ...ids, discount: sum(parts), parts })),
    ...(lockedUntil !== undefined && { lock_end_time: lockedUntil }),
    ...(paid !== undefined && { use_time: paid }),
  };
}
