import { type Members, Refused, readBody } from "./reading.ts";
import { checkDocument, sameDocument, validFrom, validUntil } from "./terms.ts";

/**
 * A second server, in plain objects and the shortest code that could be right. It says what every call must answer.
 * It shares nothing with the server it judges, and it is slow, single and forgetful where that one must not be.
 */

type Coupon = {
  id: string;
  type: number;
  promoteType: number;
  info: Members;
  status: number;
  activated?: number;
  created: number;
  updated: number;
  stock?: { left: number; handedOut: number; created: number; updated: number };
};
type Held = {
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
};

/** What a call must answer: the whole reply where it succeeds, the code alone where it does not. */
export type Expected = { errcode: 0; text: string } | { errcode: number; why: string };

const EDITED = 1;
const ACTIVE = 2;
const EFFECTIVE = 100;
const USED = 102;
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

/** What stands for the id that the server makes for an app's n-th granted claim. */
export const standIn = (n: number) => `stand-in-${n}-`;

export class ShopModel {
  readonly appid: string;
  coupons: Coupon[] = [];
  held: Held[] = [];
  claims: { requestId: string; openid: string; couponId: string; shown: object }[] = [];
  /** Stocks that were set by hand: the numbers, and how many user coupons there were by then. */
  readonly restocks = new Map<string, { left: number; handedOut: number; recorded: number }>();
  /** Which records changed, call by call: what the journal must show. */
  changed: { at: number; records: string }[] = [];

  constructor(appid: string) {
    this.appid = appid;
  }

  /** Carries a call out and says what it answers. */
  answer(call: string, sent: string, now: number): Expected {
    try {
      const payload = this.carryOut(call, readBody(call, sent) as unknown as Body, now);
      return { errcode: 0, text: JSON.stringify({ errcode: 0, ...payload }) };
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      return { errcode: refused.code, why: refused.why };
    }
  }

  private carryOut(call: string, body: Body, now: number): object | undefined {
    switch (call) {
      case "confirm":
        throw new Refused(1090056, "no callback is set");
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
      case "claim":
        return this.claim(body, now);
      default:
        return this.updateHeldStatus(this.heldBy(body.openid, body), body.status, now);
    }
  }

  private add(sent: Members, now: number): undefined {
    const { id, ...terms } = readCoupon(sent);
    const there = this.coupons.find((coupon) => coupon.id === id);
    if (!there) {
      this.coupons.push({ id, ...terms, status: EDITED, created: now, updated: now });
      this.changed.push({ at: now, records: "coupon" });
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
    if (JSON.stringify(coupon) !== before) this.changed.push({ at: now, records: "coupon" });
  }

  private updateStatus(coupon: Coupon, status: number, now: number): undefined {
    if (coupon.status === status) return;
    if (!couponMoves.includes(`${coupon.status}>${status}`)) throw new Refused(1090058, `${coupon.status}>${status}`);
    coupon.status = status;
    coupon.updated = now;
    this.changed.push({ at: now, records: status === ACTIVE ? "coupon+stock" : "coupon" });
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
    if (JSON.stringify(stock) !== before) this.changed.push({ at: now, records: "stock" });
  }

  private record(openid: string, sent: HeldBody, taken: number, now: number): undefined {
    const { out_user_coupon_id: id, out_coupon_id: couponId, status } = sent;
    const coupon = this.coupon(couponId);
    const there = this.held.find((held) => held.id === id && held.couponId === couponId);
    if (there?.openid === openid) return;
    if (there) throw new Refused(1090033, "held by another");
    this.give(coupon, { id, openid, status, taken }, now);
    this.changed.push({ at: now, records: "stock+userCoupon" });
  }

  /** Who makes the id of a claimed coupon is the server; here it is a stand-in, which the driver learns to translate. */
  private claim({ openid, out_coupon_id: couponId, request_id: requestId }: Body, now: number): object {
    const there = this.claims.find((claim) => claim.requestId === requestId);
    if (there?.openid === openid && there.couponId === couponId) return { user_coupon: there.shown };
    if (there) throw new Refused(1090033, "asked for something else before");
    const coupon = this.coupon(couponId);
    const { start_time: opens = 0, end_time: closes = Number.POSITIVE_INFINITY } = receiveInfo(coupon);
    const over = validUntil(coupon.info);
    if (now < (opens as number) || now > (closes as number) || now > over) {
      if (coupon.status === ACTIVE) throw new Refused(1090058, `${now} is outside ${opens} to ${closes}, ${over}`);
    }
    const id = standIn(this.claims.length);
    const held = this.give(coupon, { id, openid, status: EFFECTIVE, taken: now }, now);
    const shown = shownHeld(held);
    this.claims.push({ requestId, openid, couponId, shown });
    this.changed.push({ at: now, records: "claim+stock+userCoupon" });
    return { user_coupon: shown };
  }

  private give(coupon: Coupon, gift: Pick<Held, "id" | "openid" | "status" | "taken">, now: number): Held {
    const { openid } = gift;
    if (coupon.status !== ACTIVE || !coupon.stock) throw new Refused(1090058, `status ${coupon.status}`);
    if (coupon.stock.left === 0) throw new Refused(1090029, "none left");
    const limit = (receiveInfo(coupon).limit_num_one_person as number | undefined) ?? Number.POSITIVE_INFINITY;
    const had = this.held.filter((held) => held.couponId === coupon.id && held.openid === openid).length;
    if (had >= limit) throw new Refused(1090030, `has ${had} of ${limit}`);
    if (coupon.stock.handedOut === MOST_HANDED_OUT) throw new Refused(1090033, "cannot count further");
    coupon.stock.left -= 1;
    coupon.stock.handedOut += 1;
    coupon.stock.updated = now;
    const held = { ...gift, couponId: coupon.id, created: now, updated: now, ...validFrom(coupon.info, gift.taken) };
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
    this.changed.push({ at: now, records: "userCoupon" });
  }

  private updateHeldStatus(held: Held, status: number, now: number): undefined {
    if (held.status === status) return;
    if (!heldMoves.includes(`${held.status}>${status}`)) throw new Refused(1090058, `${held.status}>${status}`);
    if (status === USED) held.used ??= now;
    if (held.status === USED && status === EFFECTIVE) delete held.used;
    held.status = status;
    held.updated = now;
    this.changed.push({ at: now, records: "userCoupon" });
  }

  private coupon(id: string): Coupon {
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

const receiveInfo = (coupon: Coupon) => coupon.info.receive_info as Members;

function readCoupon(sent: Members): { id: string; type: number; promoteType: number; info: Members } {
  // Only the server may say this; what a client sends is left out of the document.
  const { ext_info: _, ...info } = sent.coupon_info as Members;
  checkDocument(sent.type as number, info);
  if (JSON.stringify(info).length > 65536) throw new Refused(990008, "coupon_info");
  return {
    id: sent.out_coupon_id as string,
    type: sent.type as number,
    promoteType: sent.promote_type as number,
    info,
  };
}

function page<T>(all: T[], asked: { page_size: number; offset?: number }, show: (one: T) => object): object {
  const from = asked.offset ?? 0;
  return { total_num: all.length, result_list: all.slice(from, from + asked.page_size).map(show) };
}

function shownHeld(held: Held): object {
  return {
    out_user_coupon_id: held.id,
    openid: held.openid,
    out_coupon_id: held.couponId,
    status: held.status,
    create_time: held.created,
    update_time: held.updated,
    end_time: held.end,
    ext_info: held.used === undefined ? {} : { use_time: held.used },
    start_time: held.start,
  };
}
