import { isRefusal, refuse, unchanged, write } from "../outcome.ts";
import type { UserCoupon, UserCouponStatus } from "../records.ts";
import type { Rule } from "../rule.ts";
import type { Records } from "../working-copy.ts";
import { give, promisedTo, recordsOf } from "./give.ts";

type Ids = { appid: string; openid: string; outCouponId: string; outUserCouponId: string };

export type RecordUserCoupon = Ids & {
  do: "recordUserCoupon";
  status: UserCouponStatus;
  /** Unix seconds; absent: now. */
  receivedAt: number | undefined;
};

/**
 * The merchant gave a coupon to a person: one from the stock into the wallet. The same again changes nothing. While the
 * merchant decides a claim of that person, the one given is the one that was promised.
 */
export const recordUserCoupon: Rule<RecordUserCoupon> = {
  needs: ({ appid, openid, outCouponId, outUserCouponId }) => [
    { need: "coupon", appid, outCouponId },
    { need: "userCoupon", appid, outCouponId, outUserCouponId },
    { need: "walletSize", appid, openid },
    { need: "given", appid, outCouponId, openid },
    { need: "holdsOf", appid, outCouponId, openid },
  ],
  decide(command, records, now) {
    const { appid, openid, outCouponId, outUserCouponId } = command;
    const coupon = records.coupon(appid, outCouponId);
    if (!coupon) return refuse("unknown_coupon", { id: outCouponId });
    const existing = records.userCoupon(appid, outCouponId, outUserCouponId);
    if (existing) return existing.openid === openid ? unchanged : refuse("user_coupon_exists", { id: outUserCouponId });
    const promised = promisedTo(records, appid, outCouponId, openid);
    if (coupon.status !== "active" && !promised) return refuse("not_active", { status: coupon.status });
    const given = give({ ...command, coupon, receivedAt: command.receivedAt ?? now }, promised, records, now);
    return isRefusal(given) ? given : write(...recordsOf(given));
  },
};

export type AmendUserCoupon = Ids & {
  do: "amendUserCoupon";
  receivedAt: number;
  /** Unix seconds; absent: left as it is. */
  usedAt: number | undefined;
};

/** Corrects when a coupon was received and used; its validity stays as it was recorded. */
export const amendUserCoupon: Rule<AmendUserCoupon> = {
  needs: ({ appid, outCouponId, outUserCouponId }) => [{ need: "userCoupon", appid, outCouponId, outUserCouponId }],
  decide(command, records, now) {
    const existing = ofPerson(command, records);
    if (!existing) return refuse("unknown_user_coupon", { id: command.outUserCouponId });
    const usedAt = command.usedAt ?? existing.usedAt;
    if (existing.receivedAt === command.receivedAt && existing.usedAt === usedAt) return unchanged;
    const amended = { ...existing, receivedAt: command.receivedAt, usedAt, updatedAt: now };
    return write({ record: "userCoupon", value: amended });
  },
};

export type ChangeUserCouponStatus = Ids & { do: "changeUserCouponStatus"; to: UserCouponStatus };

/** Which status leads to which; a used coupon is returned when its order is cancelled (protocol.md section 4). */
export const userCouponTransitions: Record<UserCouponStatus, readonly UserCouponStatus[]> = {
  effective: ["expired", "used", "given_up"],
  used: ["effective"],
  expired: [],
  given_up: [],
};

/** Redeeming notes when, unless that is known already; returning forgets it. A locked one waits for its order. */
export const changeUserCouponStatus: Rule<ChangeUserCouponStatus> = {
  needs: ({ appid, outCouponId, outUserCouponId }) => [{ need: "userCoupon", appid, outCouponId, outUserCouponId }],
  decide(command, records, now) {
    const existing = ofPerson(command, records);
    if (!existing) return refuse("unknown_user_coupon", { id: command.outUserCouponId });
    const { to } = command;
    if (existing.status === to) return unchanged;
    if (!userCouponTransitions[existing.status].includes(to))
      return refuse("forbidden_user_coupon_transition", { status: existing.status, to });
    const lock = lockOn(existing, now);
    if (lock) return refuse("locked", lock);
    const usedAt = to === "used" ? (existing.usedAt ?? now) : to === "effective" ? null : existing.usedAt;
    return write({ record: "userCoupon", value: { ...existing, status: to, usedAt, order: null, updatedAt: now } });
  },
};

/** What says whether a user coupon is kept for an order. */
type Kept = Pick<UserCoupon, "status" | "order">;

/** The lock that keeps a user coupon for an order now, if there is one. Its last second counts. */
export const lockOn = ({ status, order }: Kept, now: number): { order: string; until: number } | undefined =>
  status === "effective" && order !== null && order.until !== null && now <= order.until
    ? { order: order.outOrderId, until: order.until }
    : undefined;

/** A user coupon as an order of ours sees it: a lock for this very order is no lock, also where its time is over. */
export const freeFor = <K extends Kept>(outOrderId: string, userCoupon: K): K =>
  userCoupon.status === "effective" && userCoupon.order?.outOrderId === outOrderId
    ? { ...userCoupon, order: null }
    : userCoupon;

/** The user coupon, if it is this person's. */
function ofPerson({ appid, openid, outCouponId, outUserCouponId }: Ids, records: Records): UserCoupon | undefined {
  const userCoupon = records.userCoupon(appid, outCouponId, outUserCouponId);
  return userCoupon?.openid === openid ? userCoupon : undefined;
}
