import { isCouponOver, isUserCouponOver } from "../../domain/expiry.ts";
import { isUsable, type WalletCoupon } from "../../domain/pricing/eligible.ts";
import type { Coupon, UserCoupon } from "../../domain/records.ts";
import { expiryOf } from "../../domain/wallet/validity.ts";
import { nextBefore, type StoreReads, shareOf, WALLET_SLICE, type WalletPlace } from "../store.ts";
import { catalogueOf, keyOf, type Tables } from "./schema.ts";

const byPlace = (a: WalletPlace, b: WalletPlace) =>
  a.openid === b.openid ? a.slot - b.slot : a.openid < b.openid ? -1 : 1;

export const reads = (tables: Tables): StoreReads => ({
  async listCoupons(appid, offset, limit) {
    const all = tables.catalogues.get(appid) ?? [];
    const entries = all
      .slice(offset, offset + limit)
      .map((key) => ({ coupon: tables.coupon.get(key) as Coupon, stock: tables.stock.get(key) }));
    return { total: all.length, entries };
  },
  coupon: async (appid, outCouponId) => tables.coupon.get(keyOf(appid, outCouponId)),
  async listUserCoupons(appid, openid, offset, limit) {
    const all = tables.wallets.get(keyOf(appid, openid)) ?? [];
    const end = Math.max(0, all.length - offset);
    const newestFirst = all.slice(Math.max(0, end - limit), end).toReversed();
    return { total: all.length, entries: newestFirst.map((key) => tables.userCoupon.get(key) as UserCoupon) };
  },
  async listWallet(appid, openid, { status, outCouponId }, before, limit) {
    const all = tables.wallets.get(keyOf(appid, openid)) ?? [];
    const end = Math.min(before ?? all.length, all.length);
    const start = Math.max(0, end - WALLET_SLICE);
    const entries = all
      .slice(start, Math.max(0, end))
      .toReversed()
      .map((key) => tables.userCoupon.get(key) as UserCoupon)
      .filter((one) => (status ?? one.status) === one.status && (outCouponId ?? one.outCouponId) === one.outCouponId)
      .slice(0, limit);
    return { entries, next: nextBefore(entries, start, limit) };
  },
  userCoupon: async (appid, outCouponId, outUserCouponId) =>
    tables.userCoupon.get(keyOf(appid, outCouponId, outUserCouponId)),
  findUserCoupons: async (appid, outUserCouponId, limit) =>
    catalogueOf(tables, appid)
      .flatMap(({ outCouponId }) => tables.userCoupon.get(keyOf(appid, outCouponId, outUserCouponId)) ?? [])
      .slice(0, limit),
  listWallets: async (appid, last, limit) =>
    [...tables.userCoupon.values()]
      .filter((owned) => owned.appid === appid && (last === null || byPlace(owned, last) > 0))
      .toSorted(byPlace)
      .slice(0, limit),
  async listWalletCoupons(appid, openid, now, limit) {
    const newestFirst = (tables.wallets.get(keyOf(appid, openid)) ?? []).toReversed().map((key) => {
      const userCoupon = tables.userCoupon.get(key) as UserCoupon;
      return { coupon: tables.coupon.get(keyOf(appid, userCoupon.outCouponId)) as Coupon, userCoupon };
    });
    const end = ({ userCoupon }: WalletCoupon) => Math.min(expiryOf(userCoupon), Number.MAX_SAFE_INTEGER);
    const usable = newestFirst.filter((owned) => isUsable(owned, now)).toSorted((a, b) => end(a) - end(b));
    const others = newestFirst.filter((owned) => !isUsable(owned, now));
    const entries = [...usable, ...others].slice(0, limit).toSorted((a, b) => b.userCoupon.slot - a.userCoupon.slot);
    return { entries, more: Math.max(0, usable.length - limit) };
  },
  order: async (appid, outOrderId) => tables.order.get(keyOf(appid, outOrderId)),
  app: async (appid) => tables.app.get(appid),
  listApps: async () => [...tables.app.values()],
  async listHolds(second, ofEach, inAll) {
    const over = [...tables.hold.values()].filter(({ until }) => until < second).toSorted((a, b) => a.until - b.until);
    const ofApps = [...Map.groupBy(over, ({ appid }) => appid).values()];
    const share = shareOf(ofApps.length, ofEach, inAll);
    return ofApps.flatMap((holds) => holds.slice(0, share)).toSorted((a, b) => a.until - b.until);
  },
  listCouponsOver: async (appid, second, limit) =>
    catalogueOf(tables, appid)
      .filter((coupon) => isCouponOver(coupon, second))
      .slice(0, limit)
      .map(({ outCouponId }) => outCouponId),
  listUserCouponsOver: async (appid, second, limit) =>
    [...tables.userCoupon.values()]
      .filter((userCoupon) => userCoupon.appid === appid && isUserCouponOver(userCoupon, second))
      .slice(0, limit)
      .map(({ outCouponId, outUserCouponId }) => ({ outCouponId, outUserCouponId })),
  listCallbacks: async (appid, limit) => (tables.callbacks.get(appid) ?? []).slice(-limit).toReversed(),
  readJournal: async (appid, after, limit) => (tables.journals.get(appid) ?? []).slice(after, after + limit),
});
