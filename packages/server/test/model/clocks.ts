import { isDeepStrictEqual } from "node:util";
import { isProblem } from "../../src/http/admin/problem.ts";
import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { operate } from "../../testing/admin.ts";
import type { TestServer } from "../../testing/server.ts";
import { Mismatch } from "./compare.ts";
import { expire, nextDue, turnsFrom } from "./ends.ts";
import { type Call, type Dice, type Pools, pick } from "./kinds.ts";
import type { ShopModel } from "./model.ts";
import { decide, rollReplies, type Said, sayings } from "./sayings.ts";

/** What operators do with the clocks of apps, each at its own time. */

type Name = "showClock" | "advanceClock" | "setClock" | "freezeClock" | "resumeClock";
/** The body of a `clock`; `replies`: what a merchant says who is asked on the way. */
export type ClockCall = { name: Name; given: { by?: number; to?: number }; replies: MerchantAnswer[] };

/** What it must answer, or the problem that it must be refused with. */
type Told = { reply: object } | { problem: string };

const LAST_SECOND = 2_147_483_647;
/** The latest second that a clock is set to. */
const LATEST = 2_112_923_647;
const [DAY, FAR] = [86_400, 20 * 86_400];
/** How seldom a clock is moved of any app, also of a production app, which has none. */
const ANY = 8;

/** The calls that bring an app's clock to a place where it is when everything begins. */
export function placing(app: number, to: number | undefined, frozen: boolean): Call[] {
  const calls: ClockCall[] = [
    ...(to === undefined ? [] : [{ name: "setClock" as const, given: { to }, replies: [] }]),
    ...(frozen ? [{ name: "freezeClock" as const, given: {}, replies: [] }] : []),
  ];
  return calls.map((call) => ({ app, call: "clock", body: JSON.stringify(call) }));
}

/** Sets an app's clock forward by seconds in place of waiting for them; merchants who are asked meanwhile are silent. */
export function passing(app: number, by: number, now: number): Call {
  const replies = Array<MerchantAnswer>(3).fill({ answer: "timed_out", problem: "too slow" });
  const isTooFar = now + by > LATEST;
  const call: ClockCall = isTooFar
    ? { name: "resumeClock", given: {}, replies: [] }
    : { name: "advanceClock", given: { by }, replies };
  return { app, call: "clock", body: JSON.stringify(call) };
}

/** Moves a clock, mostly to right before, at or after a second at which something begins or ends. */
export function rollClock(shops: ShopModel[], rolled: Dice, real: number, pools: Pools) {
  const sandboxes = [...shops.keys()].filter((app) => shops[app]?.watch);
  const app = rolled.held % ANY === 0 ? rolled.app % shops.length : pick(sandboxes, rolled.app);
  const shop = shops[app] as ShopModel;
  const now = shop.time(real);
  const turns = turnsFrom(shop, now);
  const near = turns.filter((turn) => turn < now + FAR);
  // Where everything is over, little is left to be proved: seldom so far.
  const turn = rolled.aim % 4 > 0 ? pick(rolled.aim % 16 > 1 ? near : turns, rolled.coupon) : undefined;
  const by = pick([1, 20, 60, 3600, 7199, 7200, DAY, 2 * DAY, LAST_SECOND], rolled.person);
  const to = (turn ?? now + by) + (turn === undefined ? 0 : pick([-1, 0, 0, 1, 1, 1, 2], rolled.two));
  const goes: Name[] = ["freezeClock", "freezeClock", "resumeClock", "showClock"];
  const stands: Name[] = ["resumeClock", "resumeClock", "resumeClock", "freezeClock"];
  const forward = Array<Name>(8).fill("advanceClock");
  const name = pick(
    [...(shop.watch?.stands ? stands : goes), ...forward, "setClock", "setClock", "setClock"],
    rolled.one,
  );
  const replies = rollReplies(shop, shop.claims.idle()[0], rolled, pools);
  if (name === "advanceClock") return { app, body: { name, given: { by: Math.max(1, to - now) }, replies } };
  if (name !== "setClock") return { app, body: { name, given: {}, replies: [] } };
  const back = pick([1, 1, 60, 10 * DAY], rolled.two);
  const meant = Math.min(rolled.person % 4 === 0 ? now - back : to, LAST_SECOND);
  return { app, body: { name, given: { to: meant }, replies } };
}

/** Lets the models see it; says what it must answer, and stop by stop what merchants say who are asked on the way. */
export function moveClock(shops: ShopModel[], { app, body }: Call, real: number): { told: Told; asked: Said[][] } {
  const { name, given, replies } = JSON.parse(body) as ClockCall;
  const shop = shops[app] as ShopModel;
  if (!shop.watch) return { told: { problem: "not_sandbox" }, asked: [] };
  const now = shop.time(real);
  const shown = () => {
    const shows = shop.time(real);
    return { now: shows, real, ahead: shows - real, frozen: shop.watch?.stands };
  };
  if (name === "freezeClock") shop.watch = { showed: now, when: real, stands: true };
  if (name === "resumeClock") shop.watch = { showed: now, when: real, stands: false };
  if (name !== "advanceClock" && name !== "setClock") return { told: { reply: { clock: shown() } }, asked: [] };
  const to = given.to ?? now + (given.by as number);
  if (to < now) return { told: { problem: "clock_backwards" }, asked: [] };
  if (to > LATEST) return { told: { problem: "clock_too_far" }, asked: [] };
  const { passed, asked } = goForward(shops, app, to, replies, real);
  return { told: { reply: { clock: shown(), passed } }, asked };
}

/** From one second at which something is due to the next. Who waits for his merchant, waits on. */
function goForward(shops: ShopModel[], app: number, to: number, replies: MerchantAnswer[], real: number) {
  const shop = shops[app] as ShopModel;
  const passed = { user_coupons: 0, coupons: 0, holds: 0 };
  const asked: Said[][] = [];
  const waiting = shop.claims.questions.map(({ requestId }) => requestId);
  const isOver = ({ until, requestId }: { until: number; requestId: string }) =>
    until >= shop.time(real) && until < to && waiting.includes(requestId);
  if (shop.claims.promised.some(isOver)) shop.count("clock: a claim waits past its time");
  for (let at = shop.time(real); ; at = Math.min(to, nextDue(shop, at))) {
    shop.watch = { showed: at, when: real, stands: shop.watch?.stands ?? false };
    const holds = shop.claims.finishAbandoned(at);
    const questions = shop.claims.questions.filter(({ requestId }) => !waiting.includes(requestId));
    const calls = questions.map(({ requestId }) => {
      return { app, call: "says", body: JSON.stringify({ request_id: requestId, replies }) };
    });
    const said = sayings(shops, calls);
    decide(shops, said, real);
    if (said.length > 0) asked.push(said);
    const ended = expire(shop, at, "on the way");
    passed.holds += holds;
    passed.user_coupons += ended.user_coupons;
    passed.coupons += ended.coupons;
    if (holds > 0) shop.count("clock: given back on the way");
    if (said.length > 0) shop.count("clock: asked again on the way");
    if (at >= to) return { passed, asked };
  }
}

/** Makes the call, and has merchants answer what they are asked on the way; answers what came of it, for the tally. */
export async function callClock(
  where: string,
  server: TestServer,
  appid: string,
  { name, given }: ClockCall,
  told: Told,
  say: () => Promise<void>,
): Promise<string> {
  const moving = operate(server, name, { appid, ...given });
  await say();
  const answer = await moving;
  const came = isProblem(answer) ? { problem: answer.problem } : { reply: answer };
  const isOwn = !isProblem(answer) || answer.status === 409;
  if (isOwn && isDeepStrictEqual(came, told)) return `${name} ${"problem" in came ? came.problem : 0}`;
  throw new Mismatch(
    `${where}: ${name} ${JSON.stringify(given)}\nexpected ${JSON.stringify(told)}\nreceived ${JSON.stringify(answer)}`,
  );
}
