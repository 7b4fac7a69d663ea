import { ASKED_AGAIN_AFTER, PROMISED_FOR } from "./claims.ts";
import { moveClock, rollClock } from "./clocks.ts";
import { endsFrom, expire } from "./ends.ts";
import { type Call, type Dice, type Pools, pick } from "./kinds.ts";
import type { ShopModel } from "./model.ts";
import { carryOut, type OperatorCall, rollOperator } from "./operators.ts";
import { pause } from "./pauses.ts";
import { bases, policies } from "./prices.ts";
import { rollReplies } from "./sayings.ts";

/**
 * What happens besides calls of an app. They stand among the calls of a sequence, their details as JSON:
 * `says`: the merchant answers one question, with a reply for each attempt; `configure`: an app's settings change;
 * `finishAbandoned` and `expire`: the jobs run; `crash`: the process ends and another starts; `operator`: one makes a call;
 * `pause`: an operator pauses or resumes claims of a coupon; `clock`: one moves an app's clock.
 */
export const happenings = [
  "says",
  "configure",
  "finishAbandoned",
  "expire",
  "crash",
  "operator",
  "pause",
  "clock",
] as const;
export type Happening = (typeof happenings)[number];

export const isHappening = (call: string): call is Happening => (happenings as readonly string[]).includes(call);

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
      const replies = rollReplies(shop, question, rolled, pools);
      return { app, body: { request_id: question.requestId, replies } };
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
    roll(shops, rolled, real) {
      const idle = somewhere(shops, ({ claims }) => claims.idle());
      const promises = idle.length > 0 ? idle : somewhere(shops, ({ claims }) => claims.promised);
      if (promises.length === 0) return;
      const { shop, one } = pick(promises, rolled.coupon);
      const { until } = one;
      const again = until - PROMISED_FOR + ASKED_AGAIN_AFTER;
      return {
        wait: Math.max(
          pick([again, again + 1, again + 1, again + 1, again + 2, until, until + 1], rolled.one) - shop.time(real),
          0,
        ),
        body: {},
      };
    },
  },
  {
    times: 8,
    call: "expire",
    roll(shops, rolled, real) {
      const lefts = somewhere(shops, (shop) => endsFrom(shop, shop.time(real)).map((end) => end - shop.time(real)));
      const wait = (lefts.length === 0 ? 0 : pick(lefts, rolled.coupon).one) + (rolled.one % 2);
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
  {
    times: 6,
    call: "pause",
    roll(shops, rolled) {
      const all = somewhere(shops, ({ coupons }) => coupons);
      const paused = all.filter(({ one }) => one.paused && one.status === 2);
      const promised = all.filter(({ shop, one }) => shop.claims.promisesOf(one.id) > 0);
      const from = pick([all, promised, paused, paused, paused], rolled.two);
      if (from.length === 0) return;
      const { app, one } = pick(from, rolled.coupon);
      const isMeant = rolled.one % 5 > 0;
      return {
        app,
        body: { out_coupon_id: rolled.one % 9 === 8 ? "none" : one.id, paused: isMeant !== (one.paused ?? false) },
      };
    },
  },
  { times: 9, call: "clock", roll: rollClock },
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

/** Lets the models see another happening; answers how many the expiry job turned. */
export function foresee(shops: ShopModel[], { app, call, body }: Call, real: number): number {
  const shop = shops[app] as ShopModel;
  if (call === "configure") shop.settings = JSON.parse(body) as Settings;
  if (call === "finishAbandoned") for (const one of shops) finishAbandoned(one, real);
  if (call === "operator") carryOut(shop, JSON.parse(body) as OperatorCall, shop.time(real));
  if (call === "pause") pause(shop, JSON.parse(body), shop.time(real));
  if (call === "crash") for (const { claims } of shops) claims.crash();
  if (call === "clock") moveClock(shops, { app, call, body }, real);
  if (call !== "expire") return 0;
  const ended = shops.map((one) => expire(one, one.time(real), "by the job"));
  return ended.reduce((all, { user_coupons, coupons }) => all + user_coupons + coupons, 0);
}

function finishAbandoned(shop: ShopModel, real: number): void {
  const { watch, claims } = shop;
  if (
    watch?.stands &&
    claims.idle().some(({ until }) => until >= watch.showed && until < watch.showed + real - watch.when)
  )
    shop.count("clock: a promise stands with its clock");
  claims.finishAbandoned(shop.time(real), watch?.stands);
}
