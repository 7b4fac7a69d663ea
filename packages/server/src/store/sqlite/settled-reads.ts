import type { UserCoupon } from "../../domain/records.ts";
import type { StoreReads } from "../store.ts";
import type { JournalFirst } from "./journal-first.ts";
import type { Owed } from "./owed.ts";

/** What is read of the kinds that may be owed, or is kept beside the journal, which itself is always complete. */
const ofOwed = [
  "findCoupons",
  "listWallet",
  "findUserCoupons",
  "listWallets",
  "listWalletCoupons",
  "listHolders",
  "listUserCouponsOver",
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
  return {
    ...tables,
    ...settled,
    async listCoupons(appid, offset, limit) {
      await first.lookAround();
      const { told } = owed;
      const page = await tables.listCoupons(appid, offset, limit);
      const entries = page.entries.map(({ coupon, stock }) => ({
        coupon,
        stock: told.stock(appid, coupon.outCouponId) ?? stock,
      }));
      return { ...page, entries };
    },
    async listUserCoupons(appid, openid, offset, limit) {
      await first.lookAround();
      const { told } = owed;
      const total = told.walletSize(appid, openid);
      const isIn = (found: UserCoupon) => told.inSlot(appid, openid, found.slot) ?? found;
      if (total === undefined) {
        const page = await tables.listUserCoupons(appid, openid, offset, limit);
        return { ...page, entries: page.entries.map(isIn) };
      }
      const newest = total - 1 - offset;
      const slots = Array.from({ length: Math.max(0, Math.min(limit, newest + 1)) }, (_, i) => newest - i);
      const { entries } = await tables.listWallet(appid, openid, {}, Math.max(0, newest + 1), limit);
      const known = new Map(entries.map((entry) => [entry.slot, entry]));
      return {
        total,
        entries: slots.map((slot) => told.inSlot(appid, openid, slot) ?? (known.get(slot) as UserCoupon)),
      };
    },
    async userCoupon(appid, outCouponId, outUserCouponId) {
      await first.lookAround();
      const found = owed.told.userCoupon(appid, outCouponId, outUserCouponId);
      return found ?? tables.userCoupon(appid, outCouponId, outUserCouponId);
    },
  };
}
