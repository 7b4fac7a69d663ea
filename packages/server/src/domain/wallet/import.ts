import { type Imported, olderThanOurs } from "../catalogue/import.ts";
import { isRefusal, type Refusal, refuse } from "../outcome.ts";
import type { UserCoupon } from "../records.ts";
import type { Rule } from "../rule.ts";
import { lockOn } from "./user-coupons.ts";

type ImportedUserCoupon = Omit<UserCoupon, "slot" | "order">;

export type ImportUserCoupon = { do: "importUserCoupon"; userCoupon: ImportedUserCoupon };

/**
 * A user coupon of a live shop as it is there, new or changed since it was imported. The stock is not moved: the
 * imported stock has counted it already. What is older than ours is refused, and what would make one usable again that
 * was used, expired or given up.
 */
export const importUserCoupon: Rule<ImportUserCoupon, Imported> = {
  needs: ({ userCoupon: { appid, openid, outCouponId, outUserCouponId } }) => [
    { need: "coupon", appid, outCouponId },
    { need: "userCoupon", appid, outCouponId, outUserCouponId },
    { need: "walletSize", appid, openid },
  ],
  decide({ userCoupon: theirs }, records, now) {
    const { appid, openid, outCouponId, outUserCouponId } = theirs;
    if (!records.coupon(appid, outCouponId)) return refuse("unknown_coupon", { id: outCouponId });
    const ours = records.userCoupon(appid, outCouponId, outUserCouponId);
    const value = ours ? since(ours, theirs, now) : { ...theirs, slot: records.walletSize(appid, openid), order: null };
    if (!value) return { writes: [], result: "unchanged" };
    if (isRefusal(value)) return value;
    return { writes: [{ record: "userCoupon", value }], result: ours ? "changed" : "new" };
  },
};

/** Our user coupon as the live shop has it now; undefined where nothing has changed. */
function since(ours: UserCoupon, theirs: ImportedUserCoupon, now: number): UserCoupon | Refusal | undefined {
  const id = ours.outUserCouponId;
  if (ours.openid !== theirs.openid || ours.createdAt !== theirs.createdAt) return refuse("user_coupon_exists", { id });
  const hasSameStatus = ours.status === theirs.status;
  if (hasSameStatus && hasSameTimes(ours, theirs) && theirs.updatedAt <= ours.updatedAt) return undefined;
  if (theirs.updatedAt < ours.updatedAt) return olderThanOurs(id, ours, theirs);
  if (hasSameStatus && theirs.updatedAt === ours.updatedAt) return refuse("user_coupon_exists", { id });
  if (!hasSameStatus && ours.status !== "effective")
    return refuse("not_revived", { id, status: ours.status, to: theirs.status });
  const lock = lockOn(ours, now);
  if (lock) return refuse("locked", lock);
  return { ...theirs, slot: ours.slot, order: hasSameStatus ? ours.order : null };
}

const hasSameTimes = (ours: UserCoupon, theirs: ImportedUserCoupon): boolean =>
  ours.receivedAt === theirs.receivedAt &&
  ours.usedAt === theirs.usedAt &&
  ours.validity.start === theirs.validity.start &&
  ours.validity.end === theirs.validity.end;
