import { nameIn } from "../../domain/catalogue/documents.ts";
import { type CouponPlace, isSought } from "../../domain/catalogue/search.ts";
import { isCouponOver, isUserCouponOver } from "../../domain/expiry.ts";
import { isOpen, isTaken } from "../../domain/hand-outs/progress.ts";
import { subjectText } from "../../domain/journal.ts";
import type { JournalRow } from "../../domain/journal-entry.ts";
import { isUsable, type WalletCoupon } from "../../domain/pricing/eligible.ts";
import type { Coupon, HandOut, Hold, Terms, UserCoupon } from "../../domain/records.ts";
import { timeOf } from "../../domain/sandbox/clock.ts";
import { expiryOf } from "../../domain/wallet/validity.ts";
import type { JournalEnd } from "../../domain/working-copy.ts";
import {
  type HandOutPlace,
  HOLDER_SLICE,
  nextBefore,
  ORDER_SLICE,
  type StoreReads,
  shareOf,
  type TallyPlace,
  WALLET_SLICE,
  type WalletPlace,
} from "../store.ts";
import { catalogueOf, type KeptEntry, keyOf, type Tables } from "./schema.ts";

/** The order of tallies. */
export const byDay = (a: TallyPlace, b: TallyPlace) =>
  a.day === b.day ? (a.outCouponId < b.outCouponId ? -1 : Number(a.outCouponId > b.outCouponId)) : a.day - b.day;

const byPlace = (a: WalletPlace, b: WalletPlace) =>
  a.openid === b.openid ? a.slot - b.slot : a.openid < b.openid ? -1 : 1;

const byCodePoints = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const byName = (a: CouponPlace, b: CouponPlace) => byCodePoints(a.name, b.name) || a.position - b.position;

const newestFirst = (a: CouponPlace, b: CouponPlace) => b.position - a.position;
const latestFirst = (a: HandOutPlace, b: HandOutPlace) =>
  b.createdAt - a.createdAt || (a.handOutId < b.handOutId ? 1 : -1);
const longestWaiting = (a: HandOut, b: HandOut) => a.workerUntil - b.workerUntil || a.updatedAt - b.updatedAt;

export const reads = (tables: Tables): StoreReads => ({
  async listCoupons(appid, offset, limit) {
    const all = tables.catalogues.get(appid) ?? [];
    const entries = all
      .slice(offset, offset + limit)
      .map((key) => ({ coupon: tables.coupon.get(key) as Coupon, stock: tables.stock.get(key) }));
    return { total: all.length, entries };
  },
  coupon: async (appid, outCouponId) => tables.coupon.get(keyOf(appid, outCouponId)),
  async findCoupons(appid, filters, after, limit) {
    const isByName = filters.namePrefix !== undefined;
    const order = isByName ? byName : newestFirst;
    const places = catalogueOf(tables, appid)
      .filter((coupon) => isSought(coupon, filters))
      .map(({ document, position }) => ({ name: isByName ? nameIn(document) : "", position }))
      .filter((place) => after === null || order(place, after) > 0)
      .toSorted(order);
    const page = places.slice(0, limit);
    const keys = page.map(({ position }) => tables.catalogues.get(appid)?.[position] as string);
    return {
      entries: keys.map((key) => ({ coupon: tables.coupon.get(key) as Coupon, stock: tables.stock.get(key) })),
      next: places.length > limit ? (page.at(-1) as CouponPlace) : null,
    };
  },
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
  async listHolders({ appid, outCouponId, status }, before, limit) {
    const slice = [...tables.userCoupon.values()]
      .filter((held) => held.appid === appid && (before === null || byCodePoints(held.outUserCouponId, before) < 0))
      .toSorted((a, b) => byCodePoints(b.outUserCouponId, a.outUserCouponId))
      .slice(0, HOLDER_SLICE);
    const found = slice.filter((held) => held.outCouponId === outCouponId && (status ?? held.status) === held.status);
    const entries = found.slice(0, limit);
    const last = entries.length < limit ? slice.at(-1) : entries.at(-1);
    const isEnd = slice.length < HOLDER_SLICE && last === slice.at(-1);
    return { entries, next: isEnd || !last ? null : last.outUserCouponId };
  },
  order: async (appid, outOrderId) => tables.order.get(keyOf(appid, outOrderId)),
  async listOrders(appid, { openid, status }, before, limit) {
    const all = [...tables.order.values()].filter((order) => order.appid === appid);
    const end = Math.min(before ?? all.length, all.length);
    const start = Math.max(0, end - ORDER_SLICE);
    const found = all
      .map((order, place) => ({ order, place }))
      .slice(start, end)
      .filter(({ order }) => (openid ?? order.openid) === order.openid && (status ?? order.status) === order.status)
      .toReversed()
      .slice(0, limit);
    const reached = found.length < limit ? start : (found.at(-1)?.place ?? start);
    return { entries: found.map(({ order }) => order), next: reached > 0 ? reached : null };
  },
  app: async (appid) => tables.app.get(appid),
  listApps: async () => [...tables.app.values()],
  async listHolds(second, ofEach, inAll) {
    const secondOf = (appid: string) => timeOf(tables.app.get(appid)?.sandbox?.clock, second);
    const over = holdsOver(tables, ({ appid }) => secondOf(appid));
    const ofApps = [...Map.groupBy(over, ({ appid }) => appid).values()];
    const share = shareOf(ofApps.length, ofEach, inAll);
    return ofApps.flatMap((holds) => holds.slice(0, share)).toSorted((a, b) => a.until - b.until);
  },
  listHoldsOf: async (appid, second, limit) =>
    holdsOver(tables, (hold) => (hold.appid === appid ? second : 0)).slice(0, limit),
  listCouponsOver: async (appid, second, limit) =>
    catalogueOf(tables, appid)
      .filter((coupon) => isCouponOver(coupon, second))
      .map(({ outCouponId, terms }) => ({ outCouponId, last: fixedEndOf(terms) as number }))
      .toSorted((a, b) => a.last - b.last)
      .slice(0, limit),
  listUserCouponsOver: async (appid, second, limit) =>
    [...tables.userCoupon.values()]
      .filter((userCoupon) => userCoupon.appid === appid && isUserCouponOver(userCoupon, second))
      .toSorted((a, b) => a.validity.end - b.validity.end)
      .slice(0, limit)
      .map((one) => ({
        outCouponId: one.outCouponId,
        outUserCouponId: one.outUserCouponId,
        last: lastSecondOf(one),
      })),
  async nextEnds(appid, from) {
    const first = (seconds: (number | null)[]) =>
      seconds.reduce(
        (first, last) => (last !== null && last >= from && last < (first ?? Infinity) ? last : first),
        null,
      );
    const own = <T extends { appid: string }>(records: Iterable<T>) =>
      [...records].filter((one) => one.appid === appid);
    const effective = own(tables.userCoupon.values()).filter(
      ({ status, validity }) => status === "effective" && validity.end > 0,
    );
    const active = catalogueOf(tables, appid).filter(({ status }) => status === "active");
    return {
      hold: first(own(tables.hold.values()).map(({ until }) => until)),
      userCoupon: first(effective.map(lastSecondOf)),
      coupon: first(active.map(({ terms }) => fixedEndOf(terms))),
    };
  },
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
  listCalls: async (appid, { call, code, openid, outCouponId, rid }, before, limit) =>
    (tables.calls.get(appid) ?? [])
      .filter(
        (kept) =>
          (call ?? kept.call) === kept.call &&
          (code ?? kept.code) === kept.code &&
          (openid ?? kept.openid) === kept.openid &&
          (outCouponId ?? kept.outCouponId) === kept.outCouponId &&
          (rid ?? kept.rid) === kept.rid &&
          (before === null || kept.nth < before),
      )
      .toReversed()
      .slice(0, limit),
  listCallsAfter: async (appid, after, limit) =>
    (tables.calls.get(appid) ?? []).filter(({ nth }) => nth > after).slice(0, limit),
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
  state: async (appid, name) => tables.states.get(keyOf(appid, name)),
  listStates: async (appid) =>
    [...tables.states.values()]
      .filter((state) => state.appid === appid)
      .map(({ body: _, ...state }) => state)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  listOperators: async (appid) =>
    [...tables.operator.values()]
      .filter((operator) => operator.appid === appid)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  person: async (appid, name) => tables.person.get(keyOf(appid, name)),
  listPersons: async (appid, last, limit) =>
    [...tables.person.values()]
      .filter((person) => person.appid === appid && (last === null || byCodePoints(person.name, last) > 0))
      .toSorted((a, b) => byCodePoints(a.name, b.name))
      .slice(0, limit),
  handOut: async (appid, handOutId) => tables.handOut.get(keyOf(appid, handOutId)),
  listHandOuts: async (appid, last, limit) =>
    [...tables.handOut.values()]
      .filter((handOut) => handOut.appid === appid && (last === null || latestFirst(last, handOut) < 0))
      .filter(({ handOutId }) => handOutId !== last?.handOutId)
      .toSorted(latestFirst)
      .slice(0, limit),
  listOpenHandOuts: async (worker, second, limit) =>
    [...tables.handOut.values()]
      .filter((handOut) => isOpen(handOut) && !isTaken(handOut, worker, second))
      .toSorted(longestWaiting)
      .slice(0, limit),
  listHandOutLines: async (appid, list, after, limit) =>
    (tables.handOutLines.get(keyOf(appid, list)) ?? []).filter(({ line }) => line > after).slice(0, limit),
  async listLooseLines(before, limit) {
    const had = new Set([...tables.handOut.values()].map(({ appid, list }) => keyOf(appid, list)));
    return [...tables.handOutLines.keys()]
      .filter((key) => !had.has(key))
      .map((key) => key.split("\0") as [string, string])
      .flatMap(([appid, list]) => (list < before ? { appid, list } : []))
      .slice(0, limit);
  },
});

/** Open holds that are over before the second that is said for each, those over longest first. */
const holdsOver = (tables: Tables, secondOf: (hold: Hold) => number): Hold[] =>
  [...tables.hold.values()].filter((hold) => hold.until < secondOf(hold)).toSorted((a, b) => a.until - b.until);

const fixedEndOf = ({ validity }: Terms): number | null => (validity?.kind === "fixed" ? validity.interval.end : null);

const lastSecondOf = ({ validity, order }: UserCoupon): number => Math.max(validity.end, order?.until ?? 0);

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
