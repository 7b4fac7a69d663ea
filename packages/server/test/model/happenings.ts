import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { ASKED_AGAIN_AFTER, type Decided, PROMISED_FOR, type Promised } from "./claims.ts";
import { type Call, type Dice, type Pools, pick } from "./kinds.ts";
import type { ShopModel } from "./model.ts";
import { carryOut, type OperatorCall, rollOperator } from "./operators.ts";
import { bases, policies } from "./prices.ts";

/**
 * What happens besides calls of an app. They stand among the calls of a sequence, their details as JSON:
 * `says`: the merchant answers one question, with a reply for each attempt; `configure`: an app's settings change;
 * `finishAbandoned` and `expire`: the jobs run; `crash`: the process ends and another starts; `operator`: one makes a call.
 */
export const happenings = ["says", "configure", "finishAbandoned", "expire", "crash", "operator"] as const;
export type Happening = (typeof happenings)[number];

export const isHappening = (call: string): call is Happening => (happenings as readonly string[]).includes(call);

/** The body of a `says`. */
export type Saying = { request_id: string; replies: MerchantAnswer[] };
/** The body of a `configure`. */
export type Settings = ShopModel["settings"];

/** A happening, and how many seconds pass before it. */
export type Rolled = { wait: number; call: Call };

type Kind = {
  times: number;
  call: Happening;
  /** Undefined where there is nothing that it could happen to. */
  roll(
    shops: ShopModel[],
    rolled: Dice,
    now: number,
    pools: Pools,
  ): { app?: number; wait?: number; body: object } | undefined;
};

const somewhere = <T>(shops: ShopModel[], what: (shop: ShopModel) => T[]) =>
  shops.flatMap((shop, app) => what(shop).map((one) => ({ app, shop, one })));

const silent = { answer: "timed_out", problem: "too slow" } as const;
const unreachable = { answer: "unreachable", problem: "nobody is there" } as const;
const mismatched = { answer: "mismatched", problem: "it does not match" } as const;
const reasons = ["sold_out", "person_limit", "slow_down", "unknown_coupon", "wrong_status", "system", "other"] as const;

/** Longer than this nothing is waited for. */
const LONGEST_WAIT = 10 * 86_400;

const kinds: Kind[] = [
  {
    times: 26,
    call: "says",
    roll(shops, rolled, _, pools) {
      const questions = somewhere(shops, ({ claims: { questions, inWeight } }) =>
        inWeight().filter((promise) => questions.some(({ requestId }) => requestId === promise.requestId)),
      );
      if (questions.length === 0) return;
      const { app, shop, one: question } = pick(questions, rolled.coupon);
      const before = Array<MerchantAnswer>(pick([0, 0, 1, 2, 3, 3], rolled.one)).fill(
        rolled.person % 2 === 0 ? silent : unreachable,
      );
      const because = pick(reasons, rolled.person);
      const granted = { answer: "granted", outUserCouponId: idFor(shop, question, rolled, pools) } as const;
      const declined = { answer: "declined", because, message: "no" } as const;
      const last = pick<MerchantAnswer>([granted, granted, granted, granted, declined, mismatched], rolled.two);
      return { app, body: { request_id: question.requestId, replies: [...before, last] } };
    },
  },
  {
    times: 5,
    call: "configure",
    roll(shops, rolled) {
      const app = rolled.app % shops.length;
      const { settings } = shops[app] as ShopModel;
      if (rolled.two % 4 === 0)
        return { app, body: { ...settings, policy: pick(policies, rolled.one), basis: pick(bases, rolled.person) } };
      if (!settings.byMerchant) return { app, body: { ...settings, byMerchant: true, hasUrl: true } };
      const changes = [
        { byMerchant: false },
        { byMerchant: false, hasUrl: false },
        { autoExpire: !settings.autoExpire },
      ];
      return { app, body: { ...settings, ...pick(changes, rolled.one) } };
    },
  },
  {
    times: 9,
    call: "finishAbandoned",
    roll(shops, rolled, now) {
      const idle = somewhere(shops, ({ claims }) => claims.idle());
      const promises = idle.length > 0 ? idle : somewhere(shops, ({ claims }) => claims.promised);
      if (promises.length === 0) return;
      const { until } = pick(promises, rolled.coupon).one;
      const again = until - PROMISED_FOR + ASKED_AGAIN_AFTER;
      return {
        wait: Math.max(
          pick([again, again + 1, again + 1, again + 1, again + 2, until, until + 1], rolled.one) - now,
          0,
        ),
        body: {},
      };
    },
  },
  {
    times: 8,
    call: "expire",
    roll(shops, rolled, now) {
      const ends = somewhere(shops, (shop) => shop.endsFrom(now));
      const end = ends.length === 0 ? now : pick(ends, rolled.coupon).one;
      const wait = end - now + (rolled.one % 2);
      return { wait: wait > LONGEST_WAIT ? 0 : wait, body: {} };
    },
  },
  {
    times: 2,
    call: "crash",
    roll: (shops) =>
      shops.some(({ claims, orders }) => claims.promised.length > 0 || orders.lockEnds().length > 0)
        ? { body: {} }
        : undefined,
  },
  { times: 16, call: "operator", roll: rollOperator },
];
const drawn = kinds.flatMap((kind) => Array<Kind>(kind.times).fill(kind));
/** How many of the faces of a die are happenings. */
export const FACES = drawn.length;

/** A happening out of its dice, if there is anything that it could happen to. */
export function rollHappening(
  shops: ShopModel[],
  face: number,
  rolled: Dice,
  now: number,
  pools: Pools,
): Rolled | undefined {
  const { call, roll } = drawn[face] as Kind;
  const happens = roll(shops, rolled, now, pools);
  if (!happens) return;
  const { app = 0, wait = 0, body } = happens;
  return { wait, call: { app, call, body: JSON.stringify(body) } };
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
export function decide(shops: ShopModel[], said: Said[], now: number): (Decided & { app: number })[] {
  for (const { app, requestId, early } of said)
    for (const reply of early) shops[app]?.claims.merchantSays([{ requestId, reply }], now);
  return shops.flatMap(({ claims }, app) => {
    const last = said.filter((one) => one.app === app).map(({ requestId, last }) => ({ requestId, reply: last }));
    return claims.merchantSays(last, now).map((decided) => ({ ...decided, app }));
  });
}

/** Lets the models see another happening; answers how many the expiry job turned. */
export function foresee(shops: ShopModel[], { app, call, body }: Call, now: number): number {
  if (call === "configure") (shops[app] as ShopModel).settings = JSON.parse(body) as Settings;
  if (call === "finishAbandoned") for (const shop of shops) shop.claims.finishAbandoned(now);
  if (call === "operator") carryOut(shops[app] as ShopModel, JSON.parse(body) as OperatorCall, now);
  if (call === "crash") for (const shop of shops) shop.claims.crash();
  return call === "expire" ? shops.reduce((expired, shop) => expired + shop.expire(now), 0) : 0;
}
