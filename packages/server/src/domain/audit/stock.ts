import type { Hold, Stock, Terms } from "../records.ts";
import { isStanding } from "../wallet/give.ts";
import type { AuditedEntry, JournalStep } from "./entry.ts";

/** What sets a stock, whatever it was. */
const setting: ReadonlySet<string> = new Set(["changeCouponStatus", "restock", "importCoupon"]);

/** What gives user coupons that a stock has counted already. */
export const isImported = (command: string): boolean => command === "importUserCoupon" || isWholeState(command);

/** What puts back a whole app, entry by entry: its stocks are as its user coupons and holds left them. */
const isWholeState = (command: string): boolean => command === "loadSandbox";

/** How many of a coupon an entry gave, and how many more it promised: fewer where it gave what was promised. */
type Moved = { given: number; promised: number };

const ofCoupon = ({ after }: JournalStep) => after.outCouponId as string;

/** How many user coupons a step gave. */
export const givenBy = ({ record, before }: JournalStep): number =>
  record === "userCoupon" && before === null ? 1 : 0;

/** How many more holds stand for something after a step than before it. */
export function promisedBy({ record, before, after }: JournalStep): number {
  if (record !== "hold") return 0;
  const standing = (hold: object | null) => (hold && isStanding(hold as Hold) ? 1 : 0);
  return standing(after) - standing(before);
}

/** What an entry did to stocks that does not follow from what it gave, promised, or was told to set. */
export function stockFaults({ command, steps }: AuditedEntry): string[] {
  if (isWholeState(command)) return [];
  const moved = new Map<string, Moved>();
  for (const step of steps) {
    const [given, promised] = [isImported(command) ? 0 : givenBy(step), promisedBy(step)];
    if (given === 0 && promised === 0) continue;
    const sums = moved.get(ofCoupon(step)) ?? { given: 0, promised: 0 };
    moved.set(ofCoupon(step), { given: sums.given + given, promised: sums.promised + promised });
  }
  const faults: string[] = [];
  const told = new Set<string>();
  for (const step of steps) {
    if (step.record !== "stock") continue;
    const id = ofCoupon(step);
    told.add(id);
    const must = setting.has(command)
      ? setTo(command, step, steps)
      : movedBy(step, moved.get(id) ?? { given: 0, promised: 0 });
    if (typeof must === "string") faults.push(`${must} ${JSON.stringify(id)}`);
    else faults.push(...differences(step, must));
  }
  for (const [id, { given, promised }] of moved)
    if (!told.has(id) && (given !== 0 || promised !== 0))
      faults.push(
        `gave ${given} and promised ${promised} of coupon ${JSON.stringify(id)} and left its stock as it was`,
      );
  return faults;
}

type Numbers = Partial<Pick<Stock, "remaining" | "claimed" | "promised">>;

/** What a stock must be once it was set: an activation makes it of the coupon's terms, others set both its numbers. */
function setTo(command: string, { before, after }: JournalStep, steps: readonly JournalStep[]): Numbers {
  if (before !== null) return { promised: promisedIn(before) };
  if (command === "importCoupon") return { promised: 0 };
  const coupon = steps.find((step) => step.record === "coupon" && ofCoupon(step) === after.outCouponId);
  const terms = coupon?.after.terms as Terms | undefined;
  return { remaining: terms?.total ?? 0, claimed: 0, promised: 0 };
}

/** What a stock must be after so many were given and promised of it. A restock may have left fewer than were promised. */
function movedBy({ before }: JournalStep, { given, promised }: Moved): Numbers | string {
  if (before === null) return "made a stock without an activation: that of coupon";
  if (given === 0 && promised === 0) return "moved a stock and gave none: that of coupon";
  const { remaining, claimed } = before as Stock;
  const free = remaining - promisedIn(before);
  if (given + promised > Math.max(free, 0))
    return `gave or promised ${given + promised} where ${free} were left of coupon`;
  return {
    remaining: Math.max(remaining - given, 0),
    claimed: claimed + given,
    promised: promisedIn(before) + promised,
  };
}

function differences({ after }: JournalStep, must: Numbers): string[] {
  const id = JSON.stringify(after.outCouponId);
  return Object.entries(must).flatMap(([name, value]) => {
    const is = name === "promised" ? promisedIn(after) : after[name];
    return is === value ? [] : [`made ${name} of the stock of coupon ${id} ${is}: it would be ${value}`];
  });
}

/** What is promised of a stock, which was called otherwise once. */
export const promisedIn = (stock: object): number => {
  const { promised, held } = stock as { promised?: number; held?: number };
  return promised ?? held ?? 0;
};
