import { PAGE, type RouteReply } from "@quanku/protocol/admin";
import type { KeptAttempt } from "../../domain/claims/attempts.ts";
import { isRefusal, type Refusal } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import { showApp } from "../../wire/app.ts";
import { platformTest, testOf } from "../../wire/merchant.ts";
import { isNumber, readCursor, writeCursor } from "./cursor.ts";
import type { AdminCall, AdminHandlers } from "./handler.ts";
import { isProblem, type Problem, problem, problemOf } from "./problem.ts";

type Shown = RouteReply<"listCallbacks">["entries"][number];

/** An attempt as operators read it. */
export const showCallback = (kept: KeptAttempt): Shown => ({
  callback: String(kept.nth),
  time_ms: kept.at,
  purpose: kept.purpose,
  request_id: kept.requestId,
  openid: kept.openid,
  out_coupon_id: kept.outCouponId,
  url: kept.url,
  request: kept.request,
  message: kept.message,
  status: kept.status,
  reply: kept.reply,
  read: kept.read,
  milliseconds: kept.milliseconds,
  verdict: kept.verdict,
  reason: kept.reason,
  fault: kept.fault ?? null,
});

type Names =
  | "listCallbacks"
  | "resendCallback"
  | "testCallback"
  | "confirmCallback"
  | "verifyCallback"
  | "showCallbackKeys";

/** The log of what merchants were asked, and asking them for an operator. Every attempt is kept. */
export const callbackHandlers: AdminHandlers<Names> = {
  async listCallbacks({ services, input }) {
    const { appid, verdict, purpose, request_id, cursor, limit = PAGE.byDefault } = input;
    const list = ["callbacks", appid, verdict, purpose, request_id];
    const place = readCursor(list, cursor, isNumber);
    if (isProblem(place)) return place;
    const filter = { verdict, purpose, requestId: request_id };
    const found = await services.store.listCallbacks(appid, filter, place.after ?? null, limit + 1);
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return { reply: { entries: entries.map(showCallback), next: last ? writeCursor(list, last.nth) : null } };
  },

  async resendCallback({ services, who, input: { appid, callback } }) {
    const { store, claims, callbacks } = services;
    const [app, sent] = [await appOf(services, appid), await store.callback(appid, nthIn(callback))];
    if (!sent)
      return problem(
        404,
        "unknown_callback",
        `no attempt ${callback} is kept: see the list of attempts`,
        `没有保留回调记录 ${callback}：请查看回调列表`,
      );
    const { purpose, requestId, openid, outCouponId } = sent;
    if (purpose === "verify") return told(await callbacks.verify(app));
    if (openid === "" || outCouponId === "")
      return problem(
        409,
        "not_resendable",
        "whose claim it was is not kept of it: an older program wrote it down",
        "这条记录由旧版本程序写下，没有保存是谁的领取，无法重发",
      );
    const claim = { openid, outCouponId, requestId };
    if (purpose === "confirm" || purpose === "test") return told(await callbacks.askFor(app, purpose, claim));
    const resent = await claims.resend(app, { appid, ...claim }, who.actor);
    return told(isRefusal(resent) ? resent : { kept: resent });
  },

  async testCallback({ services, input: { appid, openid, out_coupon_id } }) {
    const app = await appOf(services, appid);
    return told(await services.callbacks.askFor(app, "test", testOf(out_coupon_id, openid)));
  },

  async confirmCallback({ services, who, input: { appid } }) {
    const asked = await services.callbacks.askFor(await appOf(services, appid), "confirm", platformTest);
    if (isRefusal(asked)) return notAsked(asked);
    if (asked.answer.answer === "granted") {
      const confirmed = await services.apps.confirm(appid, asked.url, who.actor);
      if (isRefusal(confirmed)) return problemOf(confirmed);
    }
    const app = await appOf(services, appid);
    return { reply: { callback: showCallback(asked.kept), app: showApp(app) } };
  },

  async showCallbackKeys({ services, who, input: { appid } }) {
    const { callbackToken: token, encodingAesKey } = (await appOf(services, appid)).settings;
    services.log.info({ appid, by: who.actor }, "the keys of a callback were shown to an operator");
    return { reply: { keys: { token, encoding_aes_key: encodingAesKey } } };
  },

  async verifyCallback({ services, input: { appid } }) {
    return told(await services.callbacks.verify(await appOf(services, appid)));
  },
};

/** The app that a call was let in for. */
async function appOf({ apps }: AdminCall<Names>["services"], appid: string): Promise<App> {
  const app = await apps.find(appid);
  if (!app) throw new Error(`app ${appid} went away while it was called`);
  return app;
}

const told = (asked: Refusal | { kept: KeptAttempt }) =>
  isRefusal(asked) ? notAsked(asked) : { reply: { callback: showCallback(asked.kept) } };

const notAsked = (refusal: Refusal): Problem =>
  refusal.refused === "too_many_waiting"
    ? {
        ...problem(
          503,
          "busy",
          "others ask this merchant just now: ask again in a second",
          "正有其他请求在询问该商家：请一秒后再试",
        ),
        retryAfter: 1,
      }
    : problemOf(refusal);

/** The number that an attempt's id is; 0, which none has, for what is no id. */
const nthIn = (callback: string): number => (/^[1-9]\d{0,14}$/.test(callback) ? Number(callback) : 0);
