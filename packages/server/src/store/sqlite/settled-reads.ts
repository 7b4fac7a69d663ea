import type { UserCoupon } from "../../domain/records.ts";
import type { StoreReads } from "../store.ts";
import type { JournalFirst } from "./journal-first.ts";
import type { Owed, Told } from "./owed.ts";

/** What is read of the kinds that may be owed, or is kept beside the journal, which itself is always complete. */
const ofOwed = [
  "findCoupons",
  "listWallet",
  "findUserCoupons",
  "listWallets",
  "listWalletCoupons",
  "listHolders",
  "listUserCouponsOver",
  "listOrders",
  "nextEnds",
  "listHistory",
  "listTallies",
] as const satisfies (keyof StoreReads)[];

/** Reads that see all that was acknowledged: what is owed is settled first, or put in the place of what the tables say. */
export function settledReads(tables: StoreReads, first: JournalFirst, owed: Owed): StoreReads {
  const settled = Object.fromEntries(
    ofOwed.map((name) => {
      const read = tables[name] as (...given: unknown[]) => Promise<unknown>;
      return [name, (...given: unknown[]) => first.read(() => read(...given))];
    }),
  ) as Pick<StoreReads, (typeof ofOwed)[number]>;
  /** Reads beside what is owed at the same moment, which is to be asked for before anything is waited for. */
  const beside = <T>(read: (told: Told) => Promise<T>): Promise<T> => first.readBeside(() => read(owed.told));

  return {
    ...tables,
    ...settled,
    listCoupons: (appid, offset, limit) =>
      beside(async (told) => {
        const found = await tables.listCoupons(appid, offset, limit);
        const entries = found.entries.map(({ coupon, stock }) => ({
          coupon,
          stock: told.stock(appid, coupon.outCouponId) ?? stock,
        }));
        return { ...found, entries };
      }),
    listUserCoupons: (appid, openid, offset, limit) =>
      beside(async ({ walletSize, inWallet }) => {
        const size = walletSize(appid, openid);
        const owed = inWallet(appid, openid);
        const newestIn = (total: number) => Math.max(-1, total - 1 - offset);
        const found: { total?: number; entries: UserCoupon[] } = await (size === undefined
          ? tables.listUserCoupons(appid, openid, offset, limit)
          : tables.listWallet(appid, openid, {}, newestIn(size) + 1, limit));
        const total = size ?? (found.total as number);
        const inTables = new Map(found.entries.map((entry) => [entry.slot, entry]));
        const newest = newestIn(total);
        const entries: UserCoupon[] = [];
        for (let slot = newest; slot >= 0 && slot > newest - limit; slot--)
          entries.push(owed.get(slot) ?? (inTables.get(slot) as UserCoupon));
        return { total, entries };
      }),
    order: (appid, outOrderId) =>
      beside(async ({ order }) => order(appid, outOrderId) ?? tables.order(appid, outOrderId)),
    userCoupon: (appid, outCouponId, outUserCouponId) =>
      beside(
        async ({ userCoupon }) =>
          userCoupon(appid, outCouponId, outUserCouponId) ?? tables.userCoupon(appid, outCouponId, outUserCouponId),
      ),
  };
}
