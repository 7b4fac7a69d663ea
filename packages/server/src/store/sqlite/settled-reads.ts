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
  /** Reads beside what is owed at the same moment. */
  const beside = <T>(read: (told: Told) => Promise<T>): Promise<{ told: Told; found: T }> =>
    first.readBeside(async () => {
      const { told } = owed;
      return { told, found: await read(told) };
    });

  return {
    ...tables,
    ...settled,
    async listCoupons(appid, offset, limit) {
      const { told, found } = await beside(() => tables.listCoupons(appid, offset, limit));
      const entries = found.entries.map(({ coupon, stock }) => ({
        coupon,
        stock: told.stock(appid, coupon.outCouponId) ?? stock,
      }));
      return { ...found, entries };
    },
    async listUserCoupons(appid, openid, offset, limit) {
      const newestIn = (total: number) => Math.max(-1, total - 1 - offset);
      const { told, found } = await beside<{ total?: number; entries: UserCoupon[] }>(({ walletSize }) => {
        const size = walletSize(appid, openid);
        if (size === undefined) return tables.listUserCoupons(appid, openid, offset, limit);
        return tables.listWallet(appid, openid, {}, newestIn(size) + 1, limit);
      });
      const total = found.total ?? (told.walletSize(appid, openid) as number);
      const inTables = new Map(found.entries.map((entry) => [entry.slot, entry]));
      const newest = newestIn(total);
      const entries: UserCoupon[] = [];
      for (let slot = newest; slot >= 0 && slot > newest - limit; slot--)
        entries.push(told.inSlot(appid, openid, slot) ?? (inTables.get(slot) as UserCoupon));
      return { total, entries };
    },
    async order(appid, outOrderId) {
      const { told, found } = await beside(() => tables.order(appid, outOrderId));
      return told.order(appid, outOrderId) ?? found;
    },
    async userCoupon(appid, outCouponId, outUserCouponId) {
      const { told, found } = await beside(() => tables.userCoupon(appid, outCouponId, outUserCouponId));
      return told.userCoupon(appid, outCouponId, outUserCouponId) ?? found;
    },
  };
}
