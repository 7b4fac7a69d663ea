import { isRefusal } from "../../domain/outcome.ts";
import { platformTest } from "../../wire/merchant.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { encodeClaim } from "../../wire/user-coupon.ts";
import { done, type Handlers } from "./handler.ts";

/** The calls about claims, and about the merchant's callback that may decide them. */
export const claimHandlers: Handlers<"claim" | "confirm"> = {
  async claim({ claims, metrics }, { app, by }, { openid, out_coupon_id, request_id }) {
    const request = { appid: app.appid, openid, outCouponId: out_coupon_id, requestId: request_id };
    const answer = await claims.claim(app, request, by);
    metrics.claimed(isRefusal(answer) ? answer.refused : "granted");
    return isRefusal(answer)
      ? tellRefusal(answer)
      : { ready: `{"errcode":0,"user_coupon":${encodeClaim(answer.claim)}}` };
  },
  /** Asks the callback that is set to prove itself; what answers as the test asks is the one in force from now on. */
  async confirm({ apps, callbacks }, { app, by }) {
    const proved = await callbacks.prove(app, platformTest);
    if (isRefusal(proved)) return tellRefusal(proved);
    const confirmed = await apps.confirm(app.appid, proved.url, by);
    return isRefusal(confirmed) ? tellRefusal(confirmed) : done;
  },
};
