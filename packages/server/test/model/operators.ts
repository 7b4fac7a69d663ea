import { isDeepStrictEqual } from "node:util";
import type { RouteName } from "@quanku/protocol/admin";
import { isProblem, type Problem } from "../../src/http/admin/problem.ts";
import type { Who } from "../../src/http/admin/who.ts";
import { operate } from "../../testing/admin.ts";
import type { TestServer } from "../../testing/server.ts";
import { Mismatch } from "./compare.ts";
import { handOut, handOutAsOperator, rollHandOut } from "./hand-outs.ts";
import { type Dice, type Pools, pick } from "./kinds.ts";
import { EFFECTIVE, EXPIRED, type Held, type ShopModel, USED } from "./model.ts";
import { shownOrder } from "./orders.ts";
import { Refused } from "./reading.ts";

/**
 * What operators do beside the calls of apps. To teach another of their calls: how it is drawn, a line in `kinds`; what it
 * answers and changes, a line in `answers`; which wire's code tells a refusal of it, a line in `codes`.
 */

/** A call of the operators' API by its name, and what it is given beside the app. */
export type OperatorCall = { name: RouteName; given: Given };
type Given = { [member: string]: string | number };

/** What it must answer: the reply, lists whole; or the wire's code for why it is refused. */
export type Told = { reply: object } | { code: number; why: string };

/** One who may do everything in the apps of a sequence. */
const operator: Who = { actor: "operator ann", operator: "ann", role: "owner", apps: [] };

type Kind = {
  times: number;
  name: RouteName;
  /** Undefined where there is nothing that it could be about. */
  given(shop: ShopModel, rolled: Dice, pools: Pools, now: number): Given | undefined;
};

const GIFTS = 4;
const maybe = <T extends string>(member: string, value: T | undefined): Given =>
  value === undefined ? {} : { [member]: value };

const kinds: Kind[] = [
  {
    times: 10,
    name: "give",
    given(shop, rolled, pools, now) {
      const claimable = shop.coupons.filter((one) => shop.canClaim(one, now)).map(({ id }) => id);
      const coupons = rolled.aim % 4 > 0 && claimable.length > 0 ? claimable : pools.coupons;
      // Also one that the app's own program uses for its claims.
      const claimed = [...shop.claims.granted, ...shop.claims.promised].map(({ requestId }) => requestId);
      const theirs = pick(claimed.length > 0 ? claimed : pools.userCoupons, rolled.held).replaceAll("\u0000", "");
      return {
        openid: pick(pools.openids, rolled.person % 3 > 0 ? 0 : rolled.person),
        out_coupon_id: pick(coupons, rolled.coupon),
        request_id: rolled.two % 3 === 0 ? theirs : `gift-${rolled.held % GIFTS}`,
      };
    },
  },
  {
    times: 7,
    name: "takeBack",
    given(shop, rolled, pools) {
      const effective = shop.held.filter(({ status }) => status === EFFECTIVE);
      const kept = effective.filter(({ order }) => order !== undefined);
      const meant = pick([effective, effective, kept, []], rolled.aim);
      const held = pick(meant.length > 0 ? meant : shop.held, rolled.coupon);
      if (!held) return;
      const id = rolled.two % 9 === 0 ? pick(pools.userCoupons, rolled.held) : held.id;
      return { out_coupon_id: held.couponId, out_user_coupon_id: id };
    },
  },
  {
    times: 3,
    name: "listWallet",
    given: ({ held }, rolled, pools) => ({
      openid: pick(pools.openids, rolled.person),
      limit: 1 + (rolled.held % 3),
      ...maybe("status", pick([undefined, undefined, ...Object.values(statusNames)], rolled.one)),
      ...maybe("out_coupon_id", rolled.two % 2 === 0 ? pick(held, rolled.coupon)?.couponId : undefined),
    }),
  },
  {
    times: 1,
    name: "showUserCoupon",
    given({ held }, rolled) {
      const one = pick(held, rolled.coupon);
      return one && { out_coupon_id: one.couponId, out_user_coupon_id: one.id };
    },
  },
  {
    times: 1,
    name: "findUserCoupons",
    given: ({ held }, rolled, pools) => ({
      out_user_coupon_id: (rolled.one % 2 === 0 && pick(held, rolled.held)?.id) || pick(pools.userCoupons, rolled.held),
    }),
  },
  {
    times: 2,
    name: "showOrder",
    given: ({ orders }, rolled, pools) => ({
      out_order_id: (rolled.one % 8 > 0 && pick(orders.all, rolled.held)?.id) || pick(pools.userCoupons, rolled.held),
    }),
  },
  { times: 4, name: "createHandOut", given: rollHandOut },
];
const drawn = kinds.flatMap((kind) => Array<Kind>(kind.times).fill(kind));

/** An operator's call out of its dice, if there is anything that it could be about. */
export function rollOperator(shops: ShopModel[], rolled: Dice, real: number, pools: Pools) {
  const app = rolled.app % shops.length;
  const shop = shops[app] as ShopModel;
  const { name, given } = pick(drawn, rolled.spoilt);
  const found = given(shop, rolled, pools, shop.time(real));
  const body: OperatorCall | undefined = found && { name, given: found };
  return body && { app, body };
}

type Answer = (shop: ShopModel, given: Given, now: number) => object;

/** What each call answers, by what it is given. */
const answers: { [name in RouteName]?: Answer } = {
  give: (shop, { openid, out_coupon_id: couponId, request_id: requestId }, now) => ({
    user_coupon: shownEntry(shop.claims.gift({ openid, couponId, requestId } as Gift, now)),
  }),
  takeBack(shop, given, now) {
    const held = heldOf(shop, given);
    shop.updateHeldStatus(held, 103, now);
    return { user_coupon: shownEntry(held) };
  },
  listWallet: (shop, { openid, status, out_coupon_id: couponId }) => ({
    entries: shop.held
      .filter((held) => held.openid === openid && (couponId ?? held.couponId) === held.couponId)
      .map(shownEntry)
      .filter((entry) => (status ?? entry.status) === entry.status)
      .reverse(),
  }),
  showUserCoupon: (shop, given) => ({ user_coupon: shownEntry(heldOf(shop, given)) }),
  findUserCoupons: ({ held, coupons }, { out_user_coupon_id: id }) => ({
    entries: coupons.flatMap((its) => held.filter((one) => one.couponId === its.id && one.id === id).map(shownEntry)),
  }),
  showOrder({ orders }, { out_order_id: id }) {
    const order = orders.all.find((one) => one.id === id);
    if (!order) throw new Refused(1090057, "no such order");
    return { order: shownOrder(order) };
  },
  createHandOut: handOut,
};
type Gift = Parameters<ShopModel["claims"]["gift"]>[0];

/** Which code of the wire stands for what an operator is refused with. */
const codes: { [problem: string]: number } = {
  unknown_coupon: 1090057,
  unknown_user_coupon: 1090057,
  unknown_order: 1090057,
  hand_out_exists: 1090033,
  request_exists: 1090033,
  counter_full: 1090033,
  not_active: 1090058,
  paused: 1090058,
  not_claimable_yet: 1090058,
  no_longer_claimable: 1090058,
  forbidden_user_coupon_transition: 1090058,
  locked: 1090058,
  sold_out: 1090029,
  person_limit: 1090030,
};

/** Lets the model of an app see an operator's call; says what it must answer. */
export function carryOut(shop: ShopModel, { name, given }: OperatorCall, now: number): Told {
  shop.by = " by an operator";
  try {
    return { reply: (answers[name] as Answer)(shop, given, now) };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return refused;
  } finally {
    shop.by = "";
  }
}

/** Makes an operator's call; of a list all pages. */
export async function callAsOperator(
  server: TestServer,
  appid: string,
  { name, given }: OperatorCall,
): Promise<object | Problem> {
  if (name === "createHandOut") return handOutAsOperator(server, operator, { appid, ...given }, codes);
  const entries: object[] = [];
  for (let cursor: string | undefined; ; ) {
    const reply: object = await operate(server, name, { appid, ...given, cursor }, { who: operator });
    if (isProblem(reply) || !("next" in reply)) return reply;
    const page = reply as { entries: object[]; next: string | null };
    entries.push(...page.entries);
    if (page.next === null) return { entries };
    cursor = page.next;
  }
}

/** Throws unless an operator's call answered what it must; answers what came of it, for the tally. */
export function compareTold(where: string, told: Told, answer: object | Problem): string | number {
  const fail = () => new Mismatch(`${where}\nexpected ${JSON.stringify(told)}\nreceived ${JSON.stringify(answer)}`);
  if (!isProblem(answer)) {
    if ("reply" in told && isDeepStrictEqual(answer, told.reply)) return 0;
    throw fail();
  }
  const status = "code" in told && told.code === 1090057 ? 404 : 409;
  if (!("code" in told) || codes[answer.problem] !== told.code || answer.status !== status) throw fail();
  return answer.problem;
}

const statusNames: { [status: number]: string } = {
  [EFFECTIVE]: "effective",
  [EXPIRED]: "expired",
  [USED]: "used",
  103: "given_up",
};

/** A user coupon as operators see it; the order is shown beside a lock whose time is over, too. */
const shownEntry = (held: Held) => ({
  out_coupon_id: held.couponId,
  out_user_coupon_id: held.id,
  openid: held.openid,
  status: statusNames[held.status] as string,
  create_time: held.created,
  update_time: held.updated,
  receive_time: held.taken,
  start_time: held.start,
  end_time: held.end,
  use_time: held.used ?? null,
  out_order_id: held.order?.id ?? null,
  // What is used on an order is kept for it until no second.
  lock_end_time: held.order?.until || null,
});

function heldOf({ held }: ShopModel, { out_coupon_id: couponId, out_user_coupon_id: id }: Given): Held {
  const found = held.find((one) => one.couponId === couponId && one.id === id);
  if (!found) throw new Refused(1090057, "no such user coupon");
  return found;
}
