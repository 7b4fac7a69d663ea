import { PAGE, type RouteReply } from "@quanku/protocol/admin";
import type { KeptAttempt } from "../../../domain/claims/attempts.ts";
import type { JournalRow } from "../../../domain/journal-entry.ts";
import { refuse } from "../../../domain/outcome.ts";
import type { KeptCall } from "../../../domain/sandbox/call-log.ts";
import type { StoreReads } from "../../../store/store.ts";
import { tellChecks } from "../../../wire/call-checks.ts";
import { showCallback } from "../callbacks.ts";
import { isNumber, readCursor, writeCursor } from "../cursor.ts";
import type { AdminHandlers } from "../handler.ts";
import { showEntry } from "../history.ts";
import { isProblem, type Problem, problem, problemOf } from "../problem.ts";

type Shown = RouteReply<"listCalls">["entries"][number];

/** How many attempts at a callback are looked through. */
const ATTEMPTS = 20;
/** How much later than its call an attempt at a callback may have been noted, in milliseconds. */
const LATE = 1000;

/** A call as operators read it. */
export const showLogged = (kept: KeptCall): Shown => ({
  call: kept.call,
  nth: kept.nth,
  rid: kept.rid,
  time_ms: kept.at,
  app_time: kept.appTime,
  milliseconds: kept.milliseconds,
  errcode: kept.code,
  errmsg: kept.said,
  openid: kept.openid,
  out_coupon_id: kept.outCouponId,
  request_id: kept.requestId,
  fault: kept.fault,
  ended: kept.ended,
  refused: kept.refused,
  checks: tellChecks(kept),
  request: kept.request,
  reply: kept.reply,
});

/** One call with what it changed and how the merchant was asked for it; undefined where none of that rid is kept. */
export async function explain(
  store: StoreReads,
  appid: string,
  rid: string,
): Promise<RouteReply<"showCall"> | undefined> {
  const [call] = await store.listCalls(appid, { rid }, null, 1);
  if (!call) return undefined;
  const [changed, callbacks] = await Promise.all([entriesOf(store, call), attemptsOf(store, call)]);
  return { call: showLogged(call), changed: changed.map(showEntry), callbacks: callbacks.map(showCallback) };
}

/** The journal's entries that a call caused, newest first, as far as they are still there. */
async function entriesOf(store: StoreReads, { appid, entries }: KeptCall): Promise<JournalRow[]> {
  const found = await Promise.all(entries.map((seq) => store.readJournal(appid, seq - 1, 1)));
  return found.flatMap((rows, i) => rows.filter(({ seq }) => seq === entries[i])).toReversed();
}

/** How the merchant was asked while a call waited for it, oldest first. */
async function attemptsOf(store: StoreReads, call: KeptCall): Promise<KeptAttempt[]> {
  const { appid, requestId, at, milliseconds } = call;
  const asks = call.call === "confirm" || (call.call === "claim" && requestId !== "");
  if (!asks) return [];
  const filter = call.call === "confirm" ? ({ purpose: "confirm" } as const) : { requestId };
  const attempts = await store.listCallbacks(appid, filter, null, ATTEMPTS);
  return attempts.filter((one) => one.at >= at && one.at <= at + milliseconds + LATE).toReversed();
}

/** The calls about the log of sandbox apps' calls. */
export const callsHandlers: AdminHandlers<"listCalls" | "showCall"> = {
  async listCalls({ services, input }) {
    const { appid, call, errcode, openid, out_coupon_id, rid, cursor, limit = PAGE.byDefault } = input;
    const refused = await notSandbox(services.store, appid);
    if (refused) return refused;
    const list = ["calls", appid, call, errcode, openid, out_coupon_id, rid];
    const place = readCursor(list, cursor, isNumber);
    if (isProblem(place)) return place;
    const filter = { call, code: errcode, openid, outCouponId: out_coupon_id, rid };
    const found = await services.store.listCalls(appid, filter, place.after ?? null, limit + 1);
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return { reply: { entries: entries.map(showLogged), next: last ? writeCursor(list, last.nth) : null } };
  },

  async showCall({ services, input: { appid, rid } }) {
    const refused = await notSandbox(services.store, appid);
    if (refused) return refused;
    const explained = await explain(services.store, appid, rid);
    return explained
      ? { reply: explained }
      : problem(
          404,
          "unknown_call",
          `no call ${JSON.stringify(rid)} is kept: see the list of calls`,
          `没有保留请求 ${JSON.stringify(rid)}：请查看请求列表`,
        );
  },
};

/** Why an app has no log of its calls, if it is no sandbox. */
async function notSandbox(store: StoreReads, appid: string): Promise<Problem | undefined> {
  const app = await store.app(appid);
  if (app?.sandbox) return undefined;
  return { ...problemOf(refuse("not_sandbox", { appid })), detail: whyNoLog(appid), zh: whyNoLogInChinese(appid) };
}

const whyNoLogInChinese = (appid: string): string =>
  `${appid} 不是沙箱应用：为客户服务的应用不记录请求，因此不会留下客户的数据；可用 quanku app create --sandbox 创建一个沙箱应用来试用`;

/** Why an app that is no sandbox has no log of its calls, in words. */
export const whyNoLog = (appid: string): string =>
  `${appid} is no sandbox: calls of apps that serve customers are not logged, so that nothing of theirs is kept; quanku app create --sandbox makes one to try things with`;
