import { isCouponOver, isUserCouponOver } from "../../domain/expiry.ts";
import { subjectText } from "../../domain/journal.ts";
import { isUsable, type WalletCoupon } from "../../domain/pricing/eligible.ts";
import type { Coupon, UserCoupon } from "../../domain/records.ts";
import { expiryOf } from "../../domain/wallet/validity.ts";
import type { JournalEnd } from "../../domain/working-copy.ts";
import type { JournalRow, StoreReads, TallyPlace, WalletPlace } from "../store.ts";
import { catalogueOf, type KeptEntry, keyOf, type Tables } from "./schema.ts";

const byDay = (a: TallyPlace, b: TallyPlace) =>
  a.day === b.day ? (a.outCouponId < b.outCouponId ? -1 : Number(a.outCouponId > b.outCouponId)) : a.day - b.day;

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
  listHolds: async (second, limit) =>
    [...tables.hold.values()]
      .filter(({ until }) => until < second)
      .toSorted((a, b) => a.until - b.until)
      .slice(0, limit),
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
  listOperators: async (appid) =>
    [...tables.operator.values()]
      .filter((operator) => operator.appid === appid)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  listCallbacks: async (appid, { verdict, purpose, requestId }, before, limit) =>
    (tables.callbacks.get(appid) ?? [])
      .filter(
        (kept) =>
          (verdict ?? kept.verdict) === kept.verdict &&
          (purpose ?? kept.purpose) === kept.purpose &&
          (requestId ?? kept.requestId) === kept.requestId &&
          (before === null || kept.nth < before),
      )
      .toReversed()
      .slice(0, limit),
  callback: async (appid, nth) => (tables.callbacks.get(appid) ?? []).find((kept) => kept.nth === nth),
  listCallbacksAfter: async (appid, after, limit) =>
    (tables.callbacks.get(appid) ?? []).filter(({ nth }) => nth > after).slice(0, limit),
  readJournal: async (appid, after, limit) =>
    rowsOf(
      journalOf(tables, appid).filter(({ seq }) => seq > after),
      limit,
    ),
  listJournal: async (appid, before, limit) => rowsOf(journalBefore(tables, appid, before), limit),
  async listHistory(appid, subject, before, limit) {
    const text = subjectText(subject);
    const recorded =
      subject.of === "userCoupon"
        ? tables.entries.get(keyOf(appid, subject.outCouponId, subject.outUserCouponId))
        : undefined;
    const about = journalBefore(tables, appid, before).filter(
      ({ seq, subjects }) => seq === recorded || subjects.includes(text),
    );
    return rowsOf(about, limit);
  },
  journalEnd: async (appid) => endOf(tables, appid),
  listTallies: async (appid, { from, to, outCouponId }, last, limit) =>
    [...(tables.tallies.get(appid)?.values() ?? [])]
      .filter(
        (tally) => tally.day >= from && tally.day <= to && (outCouponId ?? tally.outCouponId) === tally.outCouponId,
      )
      .filter((tally) => last === null || byDay(tally, last) > 0)
      .toSorted(byDay)
      .slice(0, limit),
});

const journalOf = (tables: Tables, appid: string): KeptEntry[] => tables.journals.get(appid) ?? [];

const journalBefore = (tables: Tables, appid: string, before: number | null): KeptEntry[] =>
  journalOf(tables, appid)
    .filter(({ seq }) => before === null || seq < before)
    .toReversed();

const rowsOf = (entries: readonly KeptEntry[], limit: number): JournalRow[] =>
  entries.slice(0, limit).map(({ subjects: _, ...row }) => row);

/** Where an app's journal ends. */
export function endOf(tables: Tables, appid: string): JournalEnd {
  const { seq, digest } = journalOf(tables, appid).at(-1) ?? { seq: 0, digest: "" };
  return { seq, digest };
}
