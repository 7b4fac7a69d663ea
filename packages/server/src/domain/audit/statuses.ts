import { couponTransitions } from "../catalogue/coupons.ts";
import type { CouponStatus, Order, RecordKind, UserCouponStatus } from "../records.ts";
import { userCouponTransitions } from "../wallet/user-coupons.ts";
import { type AuditedEntry, calledOf, type JournalStep } from "./entry.ts";

/** What of a record never changes. */
const fixed: { [K in RecordKind]?: readonly string[] } = {
  app: ["createdAt"],
  coupon: ["position", "createdAt"],
  stock: ["position"],
  userCoupon: ["openid", "slot", "createdAt"],
  claim: ["outCouponId", "outUserCouponId", "openid", "claimedAt"],
  order: ["openid", "asked"],
};

type Ways<S extends string> = Readonly<Partial<Record<S, readonly S[]>>>;

/** Which status a command leads from and to; a command that is not here leads wherever any may. */
const couponWays: Readonly<Record<string, Ways<CouponStatus>>> = {
  changeCouponStatus: couponTransitions,
  expireCoupon: { active: ["expired"] },
  importCoupon: { draft: ["active", "expired", "void"], active: ["expired", "void"] },
  replaceCoupon: {},
};

const userCouponWays: Readonly<Record<string, Ways<UserCouponStatus>>> = {
  changeUserCouponStatus: userCouponTransitions,
  importUserCoupon: { effective: ["expired", "used", "given_up"] },
  expireUserCoupon: { effective: ["expired"] },
  redeemOrder: { effective: ["used"] },
  returnOrder: { used: ["effective", "expired"] },
  amendUserCoupon: {},
  lockOrder: {},
};

const anyUserCouponWay: Ways<UserCouponStatus> = {
  effective: ["expired", "used", "given_up"],
  used: ["effective", "expired"],
};

const orderWays: Ways<Order["status"]> = { locked: ["redeemed", "returned"], redeemed: ["returned"] };

/** The only status that something new may have by a command, where there is one. */
const first: { [K in RecordKind]?: Readonly<Record<string, string>> } = {
  coupon: { addCoupon: "draft" },
  userCoupon: { claimCoupon: "effective", grantClaim: "effective" },
  order: { lockOrder: "locked", redeemOrder: "redeemed" },
};

/** What an entry changed that never changes, and statuses it moved where none of its kind may go. */
export const statusFaults = ({ command, steps }: AuditedEntry): string[] =>
  steps.flatMap((step) => [...changedFixed(step), ...moved(command, step)]);

function changedFixed({ record, before, after }: JournalStep): string[] {
  if (before === null) return [];
  return (fixed[record] ?? [])
    .filter((name) => before[name] !== after[name])
    .map((name) => `changed ${name} of ${calledOf(record, after)}, which never changes`);
}

function moved(command: string, { record, before, after }: JournalStep): string[] {
  const status = after.status as string;
  const called = calledOf(record, after);
  if (before === null) {
    const must = first[record]?.[command];
    return must === undefined || must === status ? [] : [`began ${called} as ${status}: it begins as ${must}`];
  }
  if (before.status === status) return [];
  const ways = waysOf(record, command) as Readonly<Record<string, readonly string[]>> | undefined;
  return ways && !ways[before.status as string]?.includes(status)
    ? [`made ${called} ${status}, which was ${before.status}: ${command} cannot`]
    : [];
}

function waysOf(record: RecordKind, command: string): object | undefined {
  if (record === "coupon") return couponWays[command] ?? couponTransitions;
  if (record === "userCoupon") return userCouponWays[command] ?? anyUserCouponWay;
  return record === "order" ? orderWays : undefined;
}
