import { compare, Mismatch, type Sent } from "./compare.ts";
import { type Changed, linesOf } from "./history.ts";
import type { Call } from "./kinds.ts";
import { type Expected, orderCalls, type ShopModel } from "./model.ts";

/**
 * Calls about orders look before they decide, so which of several at once comes first nobody can foretell. There must be
 * one order of them that explains all replies, and what the journal tells, but not in which order that came: who asked
 * for the best coupons may have looked before another's decision and decided after it.
 */

/** What may come together with a call about an order: the model can take it back, and what it did shows in the replies. */
const companions = ["update_usercoupon_status", "get_usercoupon_list", "update_status"];
const MOST = 4;

export const isRace = (calls: string[]): boolean => calls.length > 1 && calls.some((call) => orderCalls.includes(call));
export const mayRace = (calls: string[]): boolean =>
  calls.length <= MOST && calls.every((call) => orderCalls.includes(call) || companions.includes(call));

/** A call that was sent in a race, and what it was answered. */
export type Raced = Call & { where: string; sent: Sent };

/**
 * Takes the models through calls in an order that explains the replies, and what was journaled since `changed` of each
 * model was empty; answers what was expected of each call.
 */
export function explain(models: ShopModel[], raced: Raced[], journals: Changed[][], real: number): Expected[] {
  const before = models.map((model) => model.state);
  let closest = new Mismatch("no call raced");
  // Of several orders that explain it, the one that was journaled is what came.
  for (const asJournaled of [true, false])
    for (const order of ordersOf(raced.map((_, place) => place))) {
      for (const [app, model] of models.entries()) model.state = structuredClone(before[app] as ShopModel["state"]);
      const found = follow(models, raced, order, journals, real, asJournaled);
      if (Array.isArray(found)) return found;
      if (order.every((place, at) => place === at)) closest = found;
    }
  throw new Mismatch(`no order of these calls explains their replies; in that of their sending:\n${closest.message}`);
}

function follow(
  models: ShopModel[],
  raced: Raced[],
  order: number[],
  journals: Changed[][],
  real: number,
  asJournaled: boolean,
): Expected[] | Mismatch {
  const expected: Expected[] = [];
  try {
    for (const place of order) {
      const { app, call, body, where, sent } = raced[place] as Raced;
      const answer = models[app]?.answer(call, body, real) as Expected;
      expected[place] = compare(where, [answer], sent, real);
    }
  } catch (difference) {
    if (difference instanceof Mismatch) return difference;
    throw difference;
  }
  for (const [app, { appid, changed }] of models.entries()) {
    const [wanted, found] = [linesOf(changed), linesOf(journals[app] ?? [])].map((lines) =>
      (asJournaled ? lines : lines.sort()).join("\n"),
    );
    if (wanted !== found) return new Mismatch(`journal of ${appid}\nexpected ${wanted}\n   found ${found}`);
  }
  return expected;
}

/** Every order of some things. */
function* ordersOf<T>(all: T[]): Generator<T[]> {
  if (all.length === 0) yield [];
  for (const [at, one] of all.entries()) for (const rest of ordersOf(all.toSpliced(at, 1))) yield [one, ...rest];
}
