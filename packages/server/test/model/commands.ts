import fc from "fast-check";
import { type Call, type Dice, diceNames, type Pools, rollCall } from "./calls.ts";
import { documents } from "./documents.ts";
import { ShopModel } from "./model.ts";

/** Calls that are submitted together after the clock moved on by `wait` seconds. */
export type Step = { wait: number; calls: Call[] };

export type Sequence = {
  apps: number;
  start: number;
  steps: Step[];
  /** How everything is paged through at the end, and whose wallets are looked into. */
  pageSize: number;
  openids: string[];
};

const minute = 60;
const day = 86_400;

/** Ids that a careless index would mix up: case, joints, padding, normal forms, wildcards, names of properties. */
const oddIds = [
  ...["coupon_id_1", "COUPON_ID_1", "优惠券", "a", "a:b", "b:c", "c", "a|b", "b|c", "a/b", "a,b", " a", "a ", "A"],
  ...["%", "_", "'", '"', "\\", "\u0001", "a\u0001b", "é", "e\u0301", "😀", "1", "01", "1.0", "null", "undefined"],
  ...["__proto__", "constructor", "toString", "x".repeat(128), "券".repeat(128), "\u2028", "{}", "\n"],
];
const oddOpenids = ["oIJ9d5Ad4JMhbybqJ3_J73LkR_Io", "oijs", "oIJS", "o", "__proto__", "constructor", "0", "-", "_"];

const few = (pool: string[], least: number, most: number) =>
  fc.shuffledSubarray(pool, { minLength: least, maxLength: most });

const waits = [...Array<number>(30).fill(0), 1, 1, 1, 7, 7, minute, 300, 3_600, 7_200, day, 3 * day];

/** How many of a sequence's first steps mostly bring coupons into being, so that the others find something. */
const EARLY = 10;

const die = fc.noBias(fc.nat(9_999));
const dice = fc.tuple(...diceNames.map(() => die)).map((rolled) => {
  return Object.fromEntries(diceNames.map((name, index) => [name, rolled[index]])) as Dice;
});

type Rolled = { wait: number; repeats: boolean; dice: Dice[] };

const rolledStep: fc.Arbitrary<Rolled> = fc.record({
  wait: fc.constantFrom(...waits),
  repeats: fc.constantFrom(true, ...Array<false>(9).fill(false)),
  dice: fc.oneof(
    { weight: 9, arbitrary: fc.tuple(dice) },
    { weight: 1, arbitrary: fc.array(dice, { minLength: 2, maxLength: 8, size: "max" }) },
  ),
});

const pools: fc.Arbitrary<Pools> = fc.record({
  apps: fc.integer({ min: 2, max: 3 }),
  coupons: few(oddIds, 3, 4),
  userCoupons: few(oddIds, 5, 7),
  openids: few(oddOpenids, 2, 3),
  documents: fc.array(documents, { minLength: 4, maxLength: 4 }),
});

/** Sequences of so many steps, each of one call at least. */
export function sequences(length: number): fc.Arbitrary<Sequence> {
  return fc
    .record({
      pools,
      start: fc.constantFrom(1_625_454_641, 1_700_000_000, 1_999_999_999),
      rolled: fc.array(rolledStep, { minLength: length, maxLength: length }),
      pageSize: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ pools, start, rolled, pageSize }) => {
      const openids = [...pools.openids, "nobody"];
      return { apps: pools.apps, start, steps: rollSteps(pools, start, rolled), pageSize, openids };
    });
}

/** The model goes along, so that calls can be aimed at what is there by then. */
function rollSteps(pools: Pools, start: number, rolled: Rolled[]): Step[] {
  const shops = Array.from({ length: pools.apps }, () => new ShopModel("aim"));
  let now = start;
  let before: Call[] = [];
  return rolled.map(({ wait, repeats, dice }, index) => {
    now += wait;
    const calls: Call[] = [];
    for (const call of repeats && index > 0 ? before : dice) {
      const made = "body" in call ? call : rollCall(pools, shops, call, index < EARLY);
      shops[made.app]?.answer(made.call, made.body, now);
      calls.push(made);
    }
    before = calls;
    return { wait, calls };
  });
}
