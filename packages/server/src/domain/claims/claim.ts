import { isRefusal, type Refusal, refuse } from "../outcome.ts";
import type { Claim, Coupon } from "../records.ts";
import type { Rule } from "../rule.ts";
import { give } from "../wallet/give.ts";

export type ClaimCoupon = {
  do: "claimCoupon";
  appid: string;
  openid: string;
  outCouponId: string;
  /** The claimer's own id of this request: the same request again has the same answer. */
  requestId: string;
  /** The id of the user coupon if the claim is granted. */
  outUserCouponId: string;
};

/** A person claims a coupon and our rules decide (our decision: protocol.md section 7 leaves it to us). */
export const claimCoupon: Rule<ClaimCoupon, Claim> = {
  needs: ({ appid, openid, outCouponId, outUserCouponId, requestId }) => [
    { need: "claim", appid, requestId },
    { need: "coupon", appid, outCouponId },
    { need: "userCoupon", appid, outCouponId, outUserCouponId },
    { need: "walletSize", appid, openid },
    { need: "held", appid, outCouponId, openid },
  ],
  decide(command, records, now) {
    const { appid, openid, outCouponId, outUserCouponId, requestId } = command;
    const granted = records.claim(appid, requestId);
    if (granted)
      return granted.openid === openid && granted.outCouponId === outCouponId
        ? { writes: [], result: granted }
        : refuse("request_exists", { id: requestId });
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon) return refuse("unknown_coupon", { id: outCouponId });
    const closed = closedTo(coupon, now);
    if (closed) return closed;
    if (records.userCoupon(appid, outCouponId, outUserCouponId))
      return refuse("user_coupon_exists", { id: outUserCouponId });
    const given = give({ coupon, openid, outUserCouponId, status: "effective", receivedAt: now }, records, now);
    if (isRefusal(given)) return given;
    const { userCoupon, stock } = given;
    const { validity } = userCoupon;
    const claim = { appid, requestId, outCouponId, outUserCouponId, openid, claimedAt: now, validity };
    return {
      writes: [
        { record: "userCoupon", value: userCoupon },
        { record: "stock", value: stock },
        { record: "claim", value: claim },
      ],
      result: claim,
    };
  },
};

/** Why nobody can claim the coupon now, if so. Intervals include their ends. */
function closedTo({ status, terms }: Coupon, now: number): Refusal | undefined {
  if (status !== "active") return refuse("not_active", { status });
  const { claimWindow, validity } = terms;
  if (claimWindow && now < claimWindow.start) return refuse("not_claimable_yet", { opens: claimWindow.start });
  const ends = [claimWindow?.end, validity?.kind === "fixed" ? validity.interval.end : undefined];
  for (const closed of ends) if (closed !== undefined && now > closed) return refuse("no_longer_claimable", { closed });
}
