import { randomUUIDv7 } from "node:crypto";
import { PAGE } from "@quanku/protocol/admin";
import { ownRequestId } from "../../domain/claims/requests.ts";
import { isRefusal, refuse } from "../../domain/outcome.ts";
import type { UserCoupon } from "../../domain/records.ts";
import { showToOperators } from "../../wire/user-coupon.ts";
import { isNumber, readCursor, writeCursor } from "./cursor.ts";
import type { AdminHandlers, AdminServices } from "./handler.ts";
import { isProblem, type Problem, problem, problemOf } from "./problem.ts";

type PeopleCall = "listWallet" | "give" | "findUserCoupons" | "listHolders" | "showUserCoupon" | "takeBack";

/** What operators see and do about people and the coupons that they have. */
export const peopleHandlers: AdminHandlers<PeopleCall> = {
  async listWallet({ services: { reads }, input }) {
    const { appid, openid, status, out_coupon_id: outCouponId, cursor, limit = PAGE.byDefault } = input;
    const list = ["wallet", appid, openid, status ?? null, outCouponId ?? null];
    const place = readCursor(list, cursor, isNumber);
    if (isProblem(place)) return place;
    const page = await reads.listWallet(appid, openid, { status, outCouponId }, place.after ?? null, limit);
    const next = page.next === null ? null : writeCursor(list, page.next);
    return { reply: { entries: page.entries.map(showToOperators), next } };
  },
  async listHolders({ services: { reads }, input }) {
    const { appid, out_coupon_id: outCouponId, status, cursor, limit = PAGE.byDefault } = input;
    if (!(await reads.coupon(appid, outCouponId))) return problemOf(refuse("unknown_coupon", { id: outCouponId }));
    const list = ["holders", appid, outCouponId, status ?? null];
    const place = readCursor(list, cursor, isText);
    if (isProblem(place)) return place;
    const page = await reads.listHolders({ appid, outCouponId, status }, place.after ?? null, limit);
    const next = page.next === null ? null : writeCursor(list, page.next);
    return { reply: { entries: page.entries.map(showToOperators), next } };
  },
  /** The rules of a claim decide, also where the merchant decides claims, and no limit on claims a minute (our decision). */
  async give({ services, who, input: { appid, openid, out_coupon_id: outCouponId, request_id } }) {
    const requestId = ownRequestId("give", request_id);
    const ids = { appid, openid, outCouponId, requestId, outUserCouponId: randomUUIDv7(), isNew: true };
    const given = await services.ledger.submit({ do: "claimCoupon", ...ids }, who.actor);
    return isRefusal(given) ? problemOf(given) : shown(services, given.result);
  },
  async findUserCoupons({ services: { reads }, input: { appid, out_user_coupon_id } }) {
    const found = await reads.findUserCoupons(appid, out_user_coupon_id, PAGE.most);
    return { reply: { entries: found.map(showToOperators) } };
  },
  showUserCoupon: ({ services, input }) => shown(services, idsIn(input)),
  async takeBack({ services, who, input }) {
    const ids = idsIn(input);
    const existing = await services.reads.userCoupon(ids.appid, ids.outCouponId, ids.outUserCouponId);
    if (!existing) return noSuchUserCoupon(ids);
    const { openid } = existing;
    const command = { do: "changeUserCouponStatus", ...ids, openid, to: "given_up" } as const;
    const taken = await services.ledger.submit(command, who.actor);
    return isRefusal(taken) ? problemOf(taken) : shown(services, ids);
  },
};

const isText = (place: unknown): place is string => typeof place === "string";

type Ids = Pick<UserCoupon, "appid" | "outCouponId" | "outUserCouponId">;

const idsIn = (input: { appid: string; out_coupon_id: string; out_user_coupon_id: string }): Ids => ({
  appid: input.appid,
  outCouponId: input.out_coupon_id,
  outUserCouponId: input.out_user_coupon_id,
});

/** A user coupon as it is now. */
async function shown({ reads }: AdminServices, ids: Ids) {
  const userCoupon = await reads.userCoupon(ids.appid, ids.outCouponId, ids.outUserCouponId);
  return userCoupon ? { reply: { user_coupon: showToOperators(userCoupon) } } : noSuchUserCoupon(ids);
}

const noSuchUserCoupon = ({ outCouponId, outUserCouponId }: Ids): Problem =>
  problem(
    404,
    "unknown_user_coupon",
    `there is no user coupon ${JSON.stringify(outUserCouponId)} of coupon ${JSON.stringify(outCouponId)}`,
    `券 ${JSON.stringify(outCouponId)} 没有用户券 ${JSON.stringify(outUserCouponId)}`,
  );
