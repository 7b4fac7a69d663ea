import type { MerchantAnswer } from "../../src/service/merchant.ts";
import type { Decided, Promised } from "./claims.ts";
import { type Call, type Dice, type Pools, pick } from "./kinds.ts";
import type { ShopModel } from "./model.ts";

/** The body of a `says`. */
export type Saying = { request_id: string; replies: MerchantAnswer[] };

const silent = { answer: "timed_out", problem: "too slow" } as const;
const unreachable = { answer: "unreachable", problem: "nobody is there" } as const;
const mismatched = { answer: "mismatched", problem: "it does not match" } as const;
const reasons = ["sold_out", "person_limit", "slow_down", "unknown_coupon", "wrong_status", "system", "other"] as const;

/** What a merchant says to a question, attempt by attempt. */
export function rollReplies(
  shop: ShopModel,
  question: Promised | undefined,
  rolled: Dice,
  pools: Pools,
): MerchantAnswer[] {
  const before = Array<MerchantAnswer>(pick([0, 0, 1, 2, 3, 3], rolled.one)).fill(
    rolled.person % 2 === 0 ? silent : unreachable,
  );
  const because = pick(reasons, rolled.person);
  const id = question ? idFor(shop, question, rolled, pools) : `own-${rolled.held}`;
  const granted = { answer: "granted", outUserCouponId: id } as const;
  const declined = { answer: "declined", because, message: "no" } as const;
  return [...before, pick<MerchantAnswer>([granted, granted, granted, granted, declined, mismatched], rolled.two)];
}

/** What a merchant may say was given: a new one, one recorded by hand, or one given before. */
function idFor(shop: ShopModel, asked: Promised, rolled: Dice, pools: Pools): string {
  const isTheirs = (one: { openid: string; couponId: string }) =>
    one.openid === asked.openid && one.couponId === asked.couponId;
  const ofCoupon = shop.held.filter(({ couponId }) => couponId === asked.couponId);
  const others = shop.claims.promised.filter((one) => one !== asked && isTheirs(one));
  const onOthers = others.flatMap(({ recorded }) => recorded ?? []);
  const own = [`own-${rolled.held}`];
  const onThis = asked.recorded === undefined ? onOthers : [asked.recorded];
  const before = [ofCoupon.filter(isTheirs).map(({ id }) => id), ofCoupon.map(({ id }) => id), pools.userCoupons];
  const from = pick([own, own, own, own, onThis, onThis, onOthers, onOthers, ...before], rolled.aim);
  return pick(from.length > 0 ? from : own, rolled.held);
}

/** What a merchant says to one question: to all attempts but the last of them, nothing. */
export type Said = { app: number; requestId: string; early: MerchantAnswer[]; last: MerchantAnswer };

/** What comes of the answers of one step: one for each question that is asked now, as far as it is asked. */
export function sayings(shops: ShopModel[], calls: Call[]): Said[] {
  const said = calls.flatMap(({ app, body }): Said[] => {
    const { request_id: requestId, replies } = JSON.parse(body) as Saying;
    const heard = (shops[app] as ShopModel).claims.heard(requestId, replies);
    const last = heard.at(-1);
    return last ? [{ app, requestId, early: heard.slice(0, -1), last }] : [];
  });
  return said.filter((one, place) => place === said.findIndex((other) => isSameQuestion(one, other)));
}

const isSameQuestion = (one: Said, other: Said) => one.app === other.app && one.requestId === other.requestId;

/** Lets the models see what merchants say; answers the requests that are decided by it. */
export function decide(shops: ShopModel[], said: Said[], real: number): (Decided & { app: number })[] {
  for (const { app, requestId, early } of said) {
    const shop = shops[app] as ShopModel;
    for (const reply of early) shop.claims.merchantSays([{ requestId, reply }], shop.time(real));
  }
  return shops.flatMap(({ claims, time }, app) => {
    const last = said.filter((one) => one.app === app).map(({ requestId, last }) => ({ requestId, reply: last }));
    return claims.merchantSays(last, time(real)).map((decided) => ({ ...decided, app }));
  });
}
