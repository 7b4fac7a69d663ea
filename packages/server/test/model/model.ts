import { ClaimsModel } from "./claims.ts";
import type { HandedOut } from "./hand-outs.ts";
import { isKept, OrdersModel } from "./orders.ts";
import { refusePaused } from "./pauses.ts";
import type { Basis, Policy } from "./prices.ts";
import { type Members, Refused, readBody } from "./reading.ts";
import { page, shownHeld } from "./shown.ts";
import { checkDocument, sameDocument, validFrom, validUntil } from "./terms.ts";
import { shownBy, untouched, type Watch } from "./watches.ts";

/**
 * A second server, in plain objects and the shortest code that could be right. It says what every call must answer.
 * It shares nothing with the server it judges, and it is slow, single and forgetful where that one must not be.
 */

export type Coupon = {
  id: string;
  type: number;
  promoteType: number;
  /** The document as it is shown, and what is read of it. */
  info: Members;
  terms: Members;
  status: number;
  /** Whether nobody may claim it for now. */
  paused?: boolean;
  activated?: number;
  created: number;
  updated: number;
  stock?: { left: number; handedOut: number; created: number; updated: number };
};
export type Held = {
  id: string;
  couponId: string;
  openid: string;
  status: number;
  created: number;
  updated: number;
  start: number;
  end: number;
  taken: number;
  used?: number;
  /** The order that it is kept for until a second, or was used on. */
  order?: { id: string; until: number };
};

/** What a call must answer: the whole reply where it succeeds, the code alone where it does not. */
export type Expected = { errcode: 0; text: string } | { errcode: number; why: string };

/** A call that is not answered before the merchant has decided its request. */
export type Waits = { waitsFor: string };

const EDITED = 1;
export const ACTIVE = 2;
export const OVER = 3;
export const orderCalls = ["quote", "lock", "redeem", "return"];
export const EFFECTIVE = 100;
export const EXPIRED = 101;
export const USED = 102;
const MOST_HANDED_OUT = 2147483647;
const couponMoves = ["1>2", "2>3", "2>4"];
const heldMoves = ["100>101", "100>102", "100>103", "102>100"];

/** What the bodies hold once they are read; a call finds only those members there that it asks for. */
type HeldBody = {
  out_user_coupon_id: string;
  out_coupon_id: string;
  status: number;
  ext_info: { use_time?: number };
};
type Body = HeldBody & {
  coupon: Members;
  coupon_stock: { out_coupon_id: string; stock_info: { issued_num: number; receive_num: number } };
  openid: string;
  user_coupon: HeldBody;
  recv_time: number;
  page_size: number;
  offset?: number;
  request_id: string;
};

export class ShopModel {
  readonly appid: string;
  coupons: Coupon[] = [];
  held: Held[] = [];
  readonly claims = new ClaimsModel(this);
  readonly orders = new OrdersModel(this);
  /** What the app is set to. */
  settings = {
    byMerchant: false,
    hasUrl: false,
    autoExpire: true,
    policy: "product_then_shop" as Policy,
    basis: "list" as Basis,
  };
  /** Stocks that were set by hand: the numbers, and how many user coupons there were by then. */
  restocks = new Map<string, { left: number; handedOut: number; recorded: number }>();
  /** Which records changed, call by call: what the journal must show. */
  changed: { at: number; records: string }[] = [];
  /** What was handed out, by the id of the hand-out. */
  handOuts = new Map<string, { couponId: string; handedOut: HandedOut }>();
  /** Who makes the changes that are noted: nobody in particular, unless it is an operator. */
  by = "";
  /** How often which of the rules about promises and orders spoke. */
  met = new Map<string, number>();
  /** The clock of a sandbox app, which can be moved. */
  watch: Watch | undefined;

  constructor(appid: string, isSandbox: boolean) {
    this.appid = appid;
    this.watch = isSandbox ? untouched : undefined;
  }

  /** The app's time, by which everything of it happens, when it is a second for everybody. */
  time = (real: number): number => (this.watch ? shownBy(this.watch, real) : real);

  /** Carries a call out and says what it answers. */
  answer(call: string, sent: string, real: number): Expected | Waits {
    const now = this.time(real);
    return outcomeOf(() => {
      const body = readBody(call, sent) as unknown as Body;
      if (call === "claim") return this.claim(body, now);
      return orderCalls.includes(call) ? this.orders.carryOut(call, body, now) : this.carryOut(call, body, now);
    });
  }

  /** What calls that claim nothing change. */
  get state() {
    const { coupons, held, restocks, changed, met, orders } = this;
    return structuredClone({ coupons, held, restocks, changed, met, orders: orders.all });
  }

  set state({ orders, ...rest }) {
    Object.assign(this, rest);
    this.orders.all = orders;
  }

  count(rule: string): void {
    this.met.set(rule, (this.met.get(rule) ?? 0) + 1);
  }

  note(at: number, ...records: string[]): void {
    this.changed.push({ at, records: records.sort().join("+") + this.by });
  }

  /** How the journal shows a stock: with what is promised of it from then on. */
  stock = (couponId: string) => `stock with ${this.claims.promisesOf(couponId)} promised`;

  private carryOut(call: string, body: Body, now: number): object | undefined {
    switch (call) {
      case "confirm":
        if (!this.settings.hasUrl) throw new Refused(1090056, "no callback is set");
        return;
      case "add":
        return this.add(body.coupon, now);
      case "get":
        return { result: { coupon: this.shown(this.coupon(body.out_coupon_id)) } };
      case "get_list":
        return page(this.coupons, body, (coupon) => this.listed(coupon));
      case "update":
        return this.update(body.coupon, now);
      case "update_status":
        return this.updateStatus(this.coupon(body.out_coupon_id), body.status, now);
      case "update_coupon_stock":
        return this.restock(body.coupon_stock, now);
      case "add_user_coupon":
        return this.record(body.openid, body.user_coupon, body.recv_time ?? now, now);
      case "get_usercoupon_list":
        return page(this.held.filter((held) => held.openid === body.openid).reverse(), body, shownHeld);
      case "update_user_coupon":
        return this.updateHeld(body.openid, body.user_coupon, body.recv_time, now);
      default:
        return this.updateHeldStatus(this.heldBy(body.openid, body), body.status, now);
    }
  }

  private add(sent: Members, now: number): undefined {
    const { id, ...terms } = readCoupon(sent);
    const there = this.coupons.find((coupon) => coupon.id === id);
    if (!there) {
      this.coupons.push({ id, ...terms, status: EDITED, created: now, updated: now });
      this.note(now, "coupon");
    } else if (
      there.type !== terms.type ||
      there.promoteType !== terms.promoteType ||
      !sameDocument(there.info, terms.info)
    ) {
      throw new Refused(1090033, "another document");
    }
  }

  private update(sent: Members, now: number): undefined {
    const { id, ...terms } = readCoupon(sent);
    const coupon = this.coupon(id);
    if (coupon.status !== EDITED) throw new Refused(1090058, `status ${coupon.status}`);
    const before = JSON.stringify(coupon);
    Object.assign(coupon, terms, { updated: now });
    if (JSON.stringify(coupon) !== before) this.note(now, "coupon");
  }

  private updateStatus(coupon: Coupon, status: number, now: number): undefined {
    if (coupon.status === status) return;
    if (!couponMoves.includes(`${coupon.status}>${status}`)) throw new Refused(1090058, `${coupon.status}>${status}`);
    coupon.status = status;
    coupon.updated = now;
    if (status === ACTIVE) this.note(now, "coupon", this.stock(coupon.id));
    else this.note(now, "coupon");
    if (status !== ACTIVE) return;
    coupon.activated = now;
    coupon.stock = { left: receiveInfo(coupon).total_num as number, handedOut: 0, created: now, updated: now };
  }

  private restock(sent: Body["coupon_stock"], now: number): undefined {
    const { stock } = this.coupon(sent.out_coupon_id);
    if (!stock) throw new Refused(1090005, "never activated");
    const before = JSON.stringify(stock);
    stock.left = sent.stock_info.issued_num;
    stock.handedOut = sent.stock_info.receive_num;
    stock.updated = now;
    const recorded = this.held.filter((held) => held.couponId === sent.out_coupon_id).length;
    this.restocks.set(sent.out_coupon_id, { left: stock.left, handedOut: stock.handedOut, recorded });
    if (JSON.stringify(stock) !== before) this.note(now, this.stock(sent.out_coupon_id));
  }

  private record(openid: string, sent: HeldBody, taken: number, now: number): undefined {
    const { out_user_coupon_id: id, out_coupon_id: couponId, status } = sent;
    const coupon = this.coupon(couponId);
    const there = this.held.find((held) => held.id === id && held.couponId === couponId);
    if (there?.openid === openid) return;
    if (there) throw new Refused(1090033, "held by another");
    const promise = this.claims.oldest(couponId, openid);
    this.give(coupon, { id, openid, status, taken }, promise !== undefined, now);
    if (coupon.paused) this.count("pause: one is given by hand");
    if (promise) this.claims.recordedOn(promise, id);
    this.note(now, ...(promise ? ["hold"] : []), this.stock(couponId), "userCoupon");
  }

  private claim({ openid, out_coupon_id: couponId, request_id: requestId }: Body, now: number): object | Waits {
    return this.claims.claim({ requestId, openid, couponId }, now);
  }

  /** The coupon, if anybody may claim it now. */
  claimable(couponId: string, now: number): Coupon {
    const coupon = this.coupon(couponId);
    const { start_time: opens = 0, end_time: closes = Number.POSITIVE_INFINITY } = receiveInfo(coupon);
    const over = validUntil(coupon.terms);
    if (coupon.status !== ACTIVE) throw new Refused(1090058, `status ${coupon.status}`);
    refusePaused(this, coupon);
    if (now >= (opens as number) && now <= (closes as number) && now <= over) return coupon;
    throw new Refused(1090058, `${now} is outside ${opens} to ${closes}, ${over}`);
  }

  /** Whether somebody may claim the coupon now. */
  canClaim(coupon: Coupon, now: number): boolean {
    const outcome = outcomeOf(() => {
      this.checkLeft(this.claimable(coupon.id, now), "nobody");
      return undefined;
    });
    return "text" in outcome;
  }

  /** Refuses where a person cannot have one more. What is promised is there for nobody else, and counts as had. */
  checkLeft(coupon: Coupon, openid: string): void {
    const promises = this.claims.promisesOf(coupon.id);
    if (!coupon.stock || coupon.stock.left <= promises)
      throw new Refused(1090029, `none left but ${promises} promised`);
    const limit = (receiveInfo(coupon).limit_num_one_person as number | undefined) ?? Number.POSITIVE_INFINITY;
    const given = this.held.filter((held) => held.couponId === coupon.id && held.openid === openid).length;
    const had = given + this.claims.promisesOf(coupon.id, openid);
    if (had >= limit) throw new Refused(1090030, `has ${had} of ${limit}`);
  }

  /** Hands one out; `promised`: it is this person's already, whatever became of the coupon or is left. */
  give(coupon: Coupon, gift: Pick<Held, "id" | "openid" | "status" | "taken">, promised: boolean, now: number): Held {
    if (!promised && coupon.status !== ACTIVE) throw new Refused(1090058, `status ${coupon.status}`);
    if (!promised) this.checkLeft(coupon, gift.openid);
    if (!coupon.stock) throw new Refused(1090058, "never activated");
    if (coupon.stock.handedOut === MOST_HANDED_OUT) throw new Refused(1090033, "cannot count further");
    if (coupon.stock.left > 0) coupon.stock.left -= 1;
    coupon.stock.handedOut += 1;
    coupon.stock.updated = now;
    const held = { ...gift, couponId: coupon.id, created: now, updated: now, ...validFrom(coupon.terms, gift.taken) };
    this.held.push(held);
    return held;
  }

  private updateHeld(openid: string, sent: HeldBody, taken: number, now: number): undefined {
    const held = this.heldBy(openid, sent);
    const used = sent.ext_info.use_time ?? held.used;
    if (held.taken === taken && held.used === used) return;
    held.taken = taken;
    held.updated = now;
    if (used !== undefined) held.used = used;
    this.note(now, "userCoupon");
  }

  updateHeldStatus(held: Held, status: number, now: number): undefined {
    if (held.status === status) return;
    if (!heldMoves.includes(`${held.status}>${status}`)) throw new Refused(1090058, `${held.status}>${status}`);
    if (isKept(held, now)) throw new Refused(1090058, "kept for an order");
    if (status === USED) held.used ??= now;
    if (held.status === USED && status === EFFECTIVE) delete held.used;
    delete held.order;
    held.status = status;
    held.updated = now;
    this.note(now, "userCoupon");
  }

  coupon(id: string): Coupon {
    const coupon = this.coupons.find((one) => one.id === id);
    if (!coupon) throw new Refused(1090057, "no such coupon");
    return coupon;
  }

  private heldBy(openid: string, ids: { out_coupon_id: string; out_user_coupon_id: string }): Held {
    const { out_coupon_id: couponId, out_user_coupon_id: id } = ids;
    const held = this.held.find((one) => one.id === id && one.couponId === couponId && one.openid === openid);
    if (!held) throw new Refused(1090057, "no such user coupon");
    return held;
  }

  private shown(coupon: Coupon): object {
    const extInfo = coupon.activated === undefined ? {} : { ext_info: { valid_time: coupon.activated } };
    return {
      out_coupon_id: coupon.id,
      type: coupon.type,
      promote_type: coupon.promoteType,
      coupon_info: { ...coupon.info, ...extInfo },
      status: coupon.status,
      create_time: coupon.created,
      update_time: coupon.updated,
      appid: this.appid,
    };
  }

  private listed(coupon: Coupon): object {
    const { stock } = coupon;
    if (!stock) return { coupon: this.shown(coupon) };
    return {
      coupon: this.shown(coupon),
      coupon_stock: {
        out_coupon_id: coupon.id,
        stock_info: { issued_num: stock.left, receive_num: stock.handedOut },
        create_time: stock.created,
        update_time: stock.updated,
        appid: this.appid,
      },
    };
  }
}

const receiveInfo = (coupon: Coupon) => coupon.terms.receive_info as Members;

function readCoupon(sent: Members): { id: string; type: number; promoteType: number; info: Members; terms: Members } {
  // Only the server may say this; what a client sends is left out of the document.
  const [{ ext_info: _, ...info }, { ext_info: __, ...terms }] = [sent.kept as Members, sent.coupon_info as Members];
  checkDocument(sent.type as number, terms);
  if (JSON.stringify(info).length > 65536) throw new Refused(990008, "coupon_info");
  return {
    id: sent.out_coupon_id as string,
    type: sent.type as number,
    promoteType: sent.promote_type as number,
    info,
    terms,
  };
}

/** What carrying something out comes to. */
export function outcomeOf(carryOut: () => object | Waits | undefined): Expected | Waits {
  try {
    const payload = carryOut();
    if (payload && "waitsFor" in payload) return payload;
    return { errcode: 0, text: JSON.stringify({ errcode: 0, ...payload }) };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { errcode: refused.code, why: refused.why };
  }
}
