import { isRefusal, refuse } from "../outcome.ts";
import type { Claim, Hold, RecordKey, Stock, StoredRecord } from "../records.ts";
import type { Rule } from "../rule.ts";
import { give, isStanding, promisedTo, recordsOf, whyNotGiven } from "../wallet/give.ts";
import type { Records } from "../working-copy.ts";
import { type ClaimRequest, claimOf, whyNotClaimable, whyNotRepeat } from "./claim.ts";

/** How long one of the stock is promised to a claim that the merchant has not decided, in seconds (our decision). */
export const HOLD_SECONDS = 30;

const needsOfRequest = ({ appid, openid, outCouponId, requestId }: ClaimRequest): RecordKey[] => [
  { need: "claim", appid, requestId },
  { need: "coupon", appid, outCouponId },
  { need: "hold", appid, requestId },
  { need: "holdsOf", appid, outCouponId, openid },
];

export type HoldCoupon = ClaimRequest & { do: "holdCoupon" };

/**
 * The first phase of a claim that the merchant decides: promises one of the stock to the person. Answers null when the
 * merchant is to be asked, or the claim where the request was granted before.
 */
export const holdCoupon: Rule<HoldCoupon, Claim | null> = {
  needs: (command) => [
    ...needsOfRequest(command),
    { need: "given", appid: command.appid, outCouponId: command.outCouponId, openid: command.openid },
  ],
  decide(command, records, now) {
    const { appid, openid, outCouponId, requestId } = command;
    const granted = records.claim(appid, requestId);
    if (granted) return whyNotRepeat(granted, command) ?? { writes: [], result: granted };
    const until = now + HOLD_SECONDS;
    const before = records.hold(appid, requestId);
    if (before) return whyNotRepeat(before, command) ?? { writes: [holding({ ...before, until })], result: null };
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon) return refuse("unknown_coupon", { id: outCouponId });
    const unclaimable = whyNotClaimable(coupon, now);
    if (unclaimable) return unclaimable;
    const stock = records.stock(appid, outCouponId);
    if (!stock) return refuse("sold_out", { id: outCouponId });
    const refused = whyNotGiven(coupon, stock, openid, records);
    if (refused) return refused;
    const hold = { appid, requestId, outCouponId, openid, until, takenBy: null, open: true };
    return {
      writes: [holding(hold), { record: "stock", value: { ...stock, promised: stock.promised + 1 } }],
      result: null,
    };
  },
};

export type FindHold = ClaimRequest & { do: "findHold" };

/** The open hold of a claim that the merchant still decides; null where there is none. Changes nothing. */
export const findHold: Rule<FindHold, Hold | null> = {
  needs: ({ appid, requestId }) => [{ need: "hold", appid, requestId }],
  decide(command, records) {
    const hold = records.hold(command.appid, command.requestId);
    if (!hold) return { writes: [], result: null };
    return whyNotRepeat(hold, command) ?? { writes: [], result: hold };
  },
};

export type GrantClaim = ClaimRequest & {
  do: "grantClaim";
  outUserCouponId: string;
  /** `said`: the merchant named it. `recorded`: no answer came, but it was recorded on the claim's hold. */
  because: "said" | "recorded";
};

/**
 * The merchant gave a coupon to a held claim. It may have been recorded already by `add_user_coupon`; then the stock
 * was moved by that. A coupon that was withdrawn since is given all the same: it was promised.
 */
export const grantClaim: Rule<GrantClaim, Claim> = {
  needs: (command) => [
    ...needsOfRequest(command),
    {
      need: "userCoupon",
      appid: command.appid,
      outCouponId: command.outCouponId,
      outUserCouponId: command.outUserCouponId,
    },
    { need: "walletSize", appid: command.appid, openid: command.openid },
    { need: "given", appid: command.appid, outCouponId: command.outCouponId, openid: command.openid },
  ],
  decide(command, records, now) {
    const { appid, openid, outCouponId, requestId, outUserCouponId, because } = command;
    const granted = records.claim(appid, requestId);
    if (granted) return whyNotRepeat(granted, command) ?? { writes: [], result: granted };
    const hold = records.hold(appid, requestId);
    const mismatch = hold && whyNotRepeat(hold, command);
    if (mismatch) return mismatch;
    // The merchant may just have named it for another claim.
    if (because === "recorded" && hold?.takenBy !== outUserCouponId)
      return refuse("user_coupon_exists", { id: outUserCouponId });
    const recorded = records.userCoupon(appid, outCouponId, outUserCouponId);
    if (recorded && recorded.openid !== openid) return refuse("user_coupon_exists", { id: outUserCouponId });
    if (recorded) {
      const claim = claimOf(requestId, recorded);
      const closing = hold ? recordsClosing(hold, outUserCouponId, records) : [];
      return { writes: [...closing, { record: "claim", value: claim }], result: claim };
    }
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon) return refuse("unknown_coupon", { id: outCouponId });
    const promised = hold && (isStanding(hold) ? hold : promisedTo(records, appid, outCouponId, openid));
    if (!promised && coupon.status !== "active") return refuse("not_active", { status: coupon.status });
    const gift = { coupon, openid, outUserCouponId, status: "effective", receivedAt: now } as const;
    const given = give(gift, promised, records, now);
    if (isRefusal(given)) return given;
    const claim = claimOf(requestId, given.userCoupon);
    const writes = recordsOf({ ...given, hold: hold && { ...hold, open: false } });
    // What was recorded on this hold was meant for the other, whose promise this claim takes.
    if (hold && promised && promised.requestId !== requestId)
      writes.push(holding({ ...promised, takenBy: hold.takenBy }));
    return { writes: [...writes, { record: "claim", value: claim }], result: claim };
  },
};

export type ReleaseHold = ClaimRequest & {
  do: "releaseHold";
  /** `declined`: the merchant said no. `silent`: nothing was said that can be relied on. `over`: nobody waits any more. */
  because: "declined" | "silent" | "over";
};

/**
 * A held claim was not granted. Declined or over, what was promised is given back; while the merchant is silent it stays
 * promised, because it may have been given. Answers the user coupon that the merchant recorded on it meanwhile, if any:
 * unless the claim was declined, that is the answer, and the hold stays for the claim to be granted.
 */
export const releaseHold: Rule<ReleaseHold, string | null> = {
  needs: needsOfRequest,
  decide(command, records, now) {
    const { appid, requestId, outCouponId, because } = command;
    const hold = records.hold(appid, requestId);
    const isOpenFor = because !== "over" || (hold !== undefined && now > hold.until);
    if (!hold || whyNotRepeat(hold, command) || !isOpenFor) return { writes: [], result: null };
    if (because !== "declined" && hold.takenBy !== null) return { writes: [], result: hold.takenBy };
    if (because === "silent") return { writes: [], result: null };
    const stock = records.stock(appid, outCouponId) as Stock;
    const writes: StoredRecord[] = [holding({ ...hold, open: false })];
    if (isStanding(hold)) writes.push({ record: "stock", value: { ...stock, promised: stock.promised - 1 } });
    return { writes, result: null };
  },
};

/**
 * Closes a claim's hold for a user coupon that is recorded already. Where that was recorded on another hold of the same
 * person, the two change places: the other stands for what was recorded on this one, or again for nothing.
 */
function recordsClosing(hold: Hold, outUserCouponId: string, records: Records): StoredRecord[] {
  const { appid, outCouponId, openid, requestId, takenBy } = hold;
  const closing = holding({ ...hold, open: false });
  if (takenBy === outUserCouponId) return [closing];
  const other = records
    .holdsOf(appid, outCouponId, openid)
    .find((one) => one.takenBy === outUserCouponId && one.requestId !== requestId);
  if (other) return [closing, holding({ ...other, takenBy })];
  if (takenBy !== null) return [closing];
  const stock = records.stock(appid, outCouponId) as Stock;
  return [closing, { record: "stock", value: { ...stock, promised: stock.promised - 1 } }];
}

const holding = (value: Hold): StoredRecord => ({ record: "hold", value });
