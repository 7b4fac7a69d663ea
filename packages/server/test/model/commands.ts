import fc from "fast-check";
import { rollCall } from "./calls.ts";
import { passing, placing } from "./clocks.ts";
import { documents, offer } from "./documents.ts";
import { foresee, isHappening } from "./happenings.ts";
import { type Call, type Dice, diceNames, type Place, type Pools } from "./kinds.ts";
import { ShopModel } from "./model.ts";
import { isRace, mayRace } from "./races.ts";
import { decide, sayings } from "./sayings.ts";

/**
 * Calls that are submitted together after the clock moved on by `wait` seconds, or answers of merchants that come
 * together, or one other happening.
 */
export type Step = { wait: number; calls: Call[] };

export type Sequence = {
  /** Of each app whether it is a sandbox. */
  sandboxes: boolean[];
  start: number;
  steps: Step[];
  /** Whether the process ends with what waits, before the times of all promises pass. */
  crashes: boolean;
  /** How everything is paged through at the end, and whose wallets are looked into. */
  pageSize: number;
  openids: string[];
};

const minute = 60;
const day = 86_400;

/** Families of ids that a careless index would mix up: by their joints, case, padding, normal form, as names or numbers. */
const families = [
  ...[":", "|", "/", ",", " ", "_", "-", "\u0001", "\\", '"'].map((sep) => ["a", `a${sep}b`, `b${sep}c`, "c"]),
  ["coupon_id_1", "COUPON_ID_1", "coupon_id_11", "Coupon_id_1"],
  ["a", " a", "a ", "a\n"],
  ["\u00e9", "e\u0301", "e", "\u00c9"],
  ["%", "_", "'", "*"],
  ["1", "01", "1.0", "1e0"],
  ["null", "undefined", "true", "{}"],
  ["__proto__", "constructor", "toString", "hasOwnProperty"],
  ["优惠券", "優惠券", "😀", "\u2028"],
  ["x".repeat(128), "x".repeat(127), "券".repeat(128), "x".repeat(64)],
];
const oddOpenids = ["oIJ9d5Ad4JMhbybqJ3_J73LkR_Io", "oijs", "oIJS", "o", "__proto__", "constructor", "0", "-", "_"];

const waits = [...Array<number>(30).fill(0), 1, 1, 1, 7, 7, minute, 300, 3_600, 7_200, day, 3 * day];

/** How many of a sequence's first calls mostly bring coupons into being, so that the others find something. */
const EARLY = 6;

const die = fc.noBias(fc.nat(9_999));
const dice = fc.tuple(...diceNames.map(() => die)).map((rolled) => {
  return Object.fromEntries(diceNames.map((name, index) => [name, rolled[index]])) as Dice;
});

type Rolled = { wait: number; repeats: boolean; dice: Dice[] };

/** Calls at once; every other burst is a rush of one kind of call on one thing, and some are of other kinds on it. */
const burst = fc.array(dice, { minLength: 2, maxLength: 8, size: "max" }).map(([first, ...others]) => {
  const { kind, app, coupon, aim, one } = first as Dice;
  const rush = one % 2 === 0 ? { kind, app, coupon, aim } : one % 4 === 1 ? { app, coupon, aim } : {};
  return [first as Dice, ...others.map((other) => ({ ...other, ...rush }))];
});

const rolledStep: fc.Arbitrary<Rolled> = fc.record({
  wait: fc.constantFrom(...waits),
  repeats: fc.constantFrom(true, ...Array<false>(9).fill(false)),
  dice: fc.oneof({ weight: 9, arbitrary: fc.tuple(dice) }, { weight: 1, arbitrary: burst }),
});

const few = (pool: string[], least: number, most: number) =>
  fc.shuffledSubarray(pool, { minLength: least, maxLength: most });

const production = fc.constant<Place>({ sandbox: false });
/** Mostly elsewhere than everybody's clock: by a minute, or where the documents' windows and validities are. */
const sandbox: fc.Arbitrary<Place> = fc.record({
  sandbox: fc.constant(true as const),
  ahead: fc.constantFrom(0, 0, 40, 3 * day + 7, 74_500_000),
  frozen: fc.constantFrom(true, false, false, false),
});
const places = (...kinds: fc.Arbitrary<Place>[]) => fc.tuple(...kinds);

const pools: fc.Arbitrary<Pools> = fc
  .record({
    apps: fc.oneof(
      places(sandbox, production),
      places(production, sandbox),
      places(sandbox, sandbox),
      places(production, sandbox, sandbox),
      places(sandbox, production, sandbox),
      places(sandbox, sandbox, production),
    ),
    merchants: fc.constantFrom([], [0], [0], [0, 1], [1]),
    offered: fc.integer({ min: 2, max: 9 }),
    shopping: fc.boolean(),
    family: fc.constantFrom(...families),
    others: few([...new Set(families.flat())], 3, 3),
    openids: few(oddOpenids, 2, 3),
    documents: fc.array(documents, { minLength: 4, maxLength: 4 }),
  })
  .map(({ family, others, ...pools }) => {
    return { ...pools, coupons: family, userCoupons: [...new Set([...family, ...others])] };
  });

/** Sequences of so many calls, or a few more where the last are a burst. */
export function sequences(calls: number): fc.Arbitrary<Sequence> {
  return fc
    .record({
      pools,
      start: fc.constantFrom(1_625_454_641, 1_700_000_000, 1_999_999_999),
      rolled: fc.array(rolledStep, { minLength: calls, maxLength: calls }),
      pageSize: fc.integer({ min: 1, max: 3 }),
      crashes: fc.constantFrom(true, false, false),
    })
    .map(({ pools, start, rolled, ...rest }) => {
      const openids = [...pools.openids, "nobody"];
      const sandboxes = pools.apps.map((place) => place.sandbox);
      return { sandboxes, start, steps: rollSteps(pools, start, rolled, calls), openids, ...rest };
    });
}

/** The model goes along, so that calls can be aimed at what is there by then. */
function rollSteps(pools: Pools, start: number, rolled: Rolled[], wanted: number): Step[] {
  const shops = pools.apps.map((place) => new ShopModel("aim", place.sandbox));
  const steps: Step[] = [];
  let now = start;
  const take = (call: Call, wait: number, isApart: boolean) => {
    now += wait;
    if (isApart || wait > 0) steps.push({ wait, calls: [call] });
    else steps.at(-1)?.calls.push(call);
    goAlong(shops, call, now);
  };
  const placed = pools.apps.flatMap((place, app) => {
    if (!place.sandbox) return [];
    return placing(app, place.ahead > 0 ? start + place.ahead : undefined, place.frozen);
  });
  for (const call of placed) take(call, 0, true);
  for (const app of pools.merchants) for (const call of opening(pools, app)) take(call, 0, true);
  const wallets = pools.shopping ? handedOut(pools) : [];
  for (const call of wallets) take(call, 0, true);
  const ready = placed.length + wallets.length;
  let made = ready;
  for (const { wait, repeats, dice } of rolled) {
    if (made >= wanted) break;
    const early = made - ready < (pools.shopping ? 0 : EARLY);
    const last = steps.at(-1);
    for (const [place, source] of ((repeats && last?.calls) || dice).entries()) {
      const before = place === 0 ? wait : 0;
      const next = "body" in source ? { wait: 0, call: source } : rollCall(pools, shops, source, now + before, early);
      const moves = next.wait > 0 && "kind" in source && isMoved(shops, next.call, source);
      const { app } = next.call;
      if (moves) take(passing(app, next.wait, (shops[app] as ShopModel).time(now + before)), before, true);
      const isApart = place === 0 || !goTogether(steps.at(-1)?.calls ?? [], next.call.call);
      take(next.call, moves ? 0 : before + next.wait, moves || isApart);
      // A clock's way costs as much as some calls do.
      made += moves || next.call.call === "clock" ? 2 : 1;
    }
  }
  return steps;
}

/** Whether a moment is not waited for but the app's clock set to it: where that stands, and now and then where it goes. */
const isMoved = (shops: ShopModel[], { app, call }: Call, { spoilt }: Dice): boolean => {
  const watch = shops[app]?.watch;
  return watch !== undefined && !isHappening(call) && (watch.stands || spoilt % 4 === 1);
};

/** A merchant who decides claims offers something that can be claimed: else there would seldom be anything to decide. */
function opening({ coupons, documents, offered }: Pools, app: number): Call[] {
  const [id] = coupons;
  const coupon = { out_coupon_id: id, ...offer(documents[0] ?? {}, offered) };
  const settings = { byMerchant: true, hasUrl: true, autoExpire: true, policy: "product_then_shop", basis: "list" };
  return Object.entries({ configure: settings, add: { coupon }, update_status: { out_coupon_id: id, status: 2 } }).map(
    ([call, body]) => ({ app, call, body: JSON.stringify(body) }),
  );
}

/** Four coupons in force, of each one for somebody, and two more: enough that there is a choice. Some end in days. */
function handedOut({ coupons, documents, openids, offered }: Pools): Call[] {
  const ids = coupons.slice(0, documents.length);
  const offers = ids.flatMap((id, place): [string, object][] => [
    ["add", { coupon: { out_coupon_id: id, ...offer(documents[place] ?? {}, offered, [0, 4, 2, 0][place]) } }],
    ["update_status", { out_coupon_id: id, status: 2 }],
  ]);
  const gifts = [...ids, ids[0], ids[1]].map((id, place): [string, object] => {
    const user_coupon = { out_user_coupon_id: `gift-${place}`, out_coupon_id: id, status: 100 };
    return ["add_user_coupon", { openid: openids[place < 5 ? 0 : 1], user_coupon }];
  });
  return [...offers, ...gifts].map(([call, body]) => ({ app: 0, call, body: JSON.stringify(body) }));
}

/** Calls come together, and so do answers; other happenings come alone. Few calls race with those about orders. */
function goTogether(before: Call[], call: string): boolean {
  const all = [...before.map((one) => one.call), call];
  if (all.some(isHappening)) return all.every((one) => one === "says");
  return !isRace(all) || mayRace(all);
}

function goAlong(shops: ShopModel[], call: Call, now: number): void {
  if (call.call === "says") decide(shops, sayings(shops, [call]), now);
  else if (isHappening(call.call)) foresee(shops, call, now);
  else shops[call.app]?.answer(call.call, call.body, now);
}
