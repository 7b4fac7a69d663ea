import { isRefusal, type Refusal, refuse } from "../outcome.ts";
import type { Claim, Coupon, Hold, UserCoupon } from "../records.ts";
import type { Rule } from "../rule.ts";
import { give, isStanding, recordsOf } from "../wallet/give.ts";

/** What a claim asks for. */
export type ClaimRequest = {
  appid: string;
  openid: string;
  outCouponId: string;
  /** The claimer's own id of this request: the same request again has the same answer. */
  requestId: string;
};

export type ClaimCoupon = ClaimRequest & {
  do: "claimCoupon";
  /** The id of the user coupon if the claim is granted. */
  outUserCouponId: string;
  /** That id was just made and is like no other: nobody need look whether it is taken. */
  isNew?: boolean;
};

/**
 * A person claims a coupon and our rules decide (our decision: protocol.md section 7 leaves it to us). If the merchant was
 * to decide this request when it was made first, it takes what was promised to it then.
 */
export const claimCoupon: Rule<ClaimCoupon, Claim> = {
  needs: ({ appid, openid, outCouponId, outUserCouponId, requestId, isNew = false }) => [
    { need: "claim", appid, requestId },
    { need: "hold", appid, requestId },
    { need: "coupon", appid, outCouponId },
    { need: "userCoupon", appid, outCouponId, outUserCouponId, isNew },
    { need: "walletSize", appid, openid },
    { need: "given", appid, outCouponId, openid },
    { need: "holdsOf", appid, outCouponId, openid },
  ],
  decide(command, records, now) {
    const { appid, openid, outCouponId, outUserCouponId, requestId } = command;
    const granted = records.claim(appid, requestId);
    if (granted) return whyNotRepeat(granted, command) ?? { writes: [], result: granted };
    const hold = records.hold(appid, requestId);
    const mismatch = hold && whyNotRepeat(hold, command);
    if (mismatch) return mismatch;
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon) return refuse("unknown_coupon", { id: outCouponId });
    const promised = hold && isStanding(hold) ? hold : undefined;
    const unclaimable = promised ? undefined : whyNotClaimable(coupon, now);
    if (unclaimable) return unclaimable;
    if (records.userCoupon(appid, outCouponId, outUserCouponId))
      return refuse("user_coupon_exists", { id: outUserCouponId });
    const gift = { coupon, openid, outUserCouponId, status: "effective", receivedAt: now } as const;
    const given = give(gift, promised, records, now);
    if (isRefusal(given)) return given;
    const claim = claimOf(requestId, given.userCoupon);
    const writes = recordsOf({ ...given, hold: hold && { ...hold, open: false } });
    return { writes: [...writes, { record: "claim", value: claim }], result: claim };
  },
};

export type FindClaim = ClaimRequest & { do: "findClaim" };

/** What a request was granted before; null if nothing was. Changes nothing. */
export const findClaim: Rule<FindClaim, Claim | null> = {
  needs: ({ appid, requestId }) => [{ need: "claim", appid, requestId }],
  decide(command, records) {
    const granted = records.claim(command.appid, command.requestId);
    if (!granted) return { writes: [], result: null };
    return whyNotRepeat(granted, command) ?? { writes: [], result: granted };
  },
};

/** Why a request id that was used cannot stand for this request, if so. */
export function whyNotRepeat(
  before: Claim | Hold,
  { openid, outCouponId, requestId }: ClaimRequest,
): Refusal | undefined {
  if (before.openid !== openid || before.outCouponId !== outCouponId)
    return refuse("request_exists", { id: requestId });
}

/** The claim that a request comes to when it is granted a user coupon. */
export function claimOf(requestId: string, userCoupon: UserCoupon): Claim {
  const { appid, outCouponId, outUserCouponId, openid, createdAt, validity } = userCoupon;
  return { appid, requestId, outCouponId, outUserCouponId, openid, claimedAt: createdAt, validity };
}

/** Why nobody can claim the coupon now, if so. Intervals include their ends. */
export function whyNotClaimable({ outCouponId, status, paused, terms }: Coupon, now: number): Refusal | undefined {
  if (status !== "active") return refuse("not_active", { status });
  if (paused) return refuse("paused", { id: outCouponId });
  const { claimWindow, validity } = terms;
  if (claimWindow && now < claimWindow.start) return refuse("not_claimable_yet", { opens: claimWindow.start });
  const ends = [claimWindow?.end, validity?.kind === "fixed" ? validity.interval.end : undefined];
  for (const ended of ends) if (ended !== undefined && now > ended) return refuse("no_longer_claimable", { ended });
}
