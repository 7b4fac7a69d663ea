import { randomUUIDv7 } from "node:crypto";
import { errorText, type WireError } from "@quanku/protocol/codes";
import type { ClaimRequest } from "../../../domain/claims/claim.ts";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import type { Claim } from "../../../domain/records.ts";
import type { SandboxApp } from "../../../domain/sandbox/sandbox.ts";
import { tellRefusal } from "../../../wire/refusals.ts";
import { showToOperators } from "../../../wire/user-coupon.ts";
import { unconfirmed } from "../../calls/unconfirmed.ts";
import { showCallback } from "../callbacks.ts";
import type { AdminCall, AdminHandler, AdminServices } from "../handler.ts";
import { faultIn, isProblem, type Problem, problemOf } from "../problem.ts";
import { sandboxApp } from "./sandbox-app.ts";

/** How many attempts at one claim are counted at most: operators may resend it, and requests be repeated. */
const ATTEMPTS = 100;

/** Plays a person's tap: the claim takes the way of the wire's own, whatever decides it. A refusal is told, and is no problem. */
export const triggerClaim: AdminHandler<"triggerClaim"> = async ({ services, who, input }) => {
  const { appid, out_coupon_id: outCouponId, request_id: requestId = `tap-${randomUUIDv7()}` } = input;
  const app = await sandboxApp(services, appid);
  if (isProblem(app)) return app;
  const openid = await whoTaps(services, input);
  if (typeof openid !== "string") return openid;
  const request = { appid, openid, outCouponId, requestId };
  const answer = await claimed(services, app, request, who.actor);
  const isGranted = "claim" in answer;
  const userCoupon = isGranted
    ? await services.reads.userCoupon(appid, outCouponId, answer.claim.outUserCouponId)
    : undefined;
  await services.callbacks.written();
  const attempts = await services.store.listCallbacks(appid, { requestId }, null, ATTEMPTS);
  const [last] = attempts;
  return {
    reply: {
      granted: isGranted,
      errcode: isGranted ? 0 : answer.errcode,
      errmsg: isGranted ? null : errorText(answer),
      request_id: requestId,
      openid,
      attempts: attempts.length,
      user_coupon: userCoupon ? showToOperators(userCoupon) : null,
      callback: last ? showCallback(last) : null,
    },
  };
};

type Call = AdminCall<"triggerClaim">;

/** The openid that was given, or that of the person whose name was. */
async function whoTaps({ reads }: AdminServices, { appid, openid, person }: Call["input"]): Promise<string | Problem> {
  if ((openid === undefined) === (person === undefined)) {
    return faultIn("openid", "must be given, or person; one of the two", "和 person 必须且只能给出一个");
  }
  if (person === undefined) return openid as string;
  const found = await reads.person(appid, person);
  return found?.openid ?? problemOf(refuse("unknown_person", { name: person }));
}

async function claimed(
  { claims, metrics }: AdminServices,
  app: SandboxApp,
  request: ClaimRequest,
  by: Call["who"]["actor"],
): Promise<{ claim: Claim } | WireError> {
  const error = unconfirmed(app);
  if (error) return error;
  const answer = await claims.claim(app, request, by);
  metrics.claimed(isRefusal(answer) ? answer.refused : "granted");
  return isRefusal(answer) ? tellRefusal(answer) : answer;
}
