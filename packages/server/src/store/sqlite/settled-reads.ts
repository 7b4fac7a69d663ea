import type { StoreReads } from "../store.ts";
import type { JournalFirst } from "./journal-first.ts";
import type { Owed } from "./owed.ts";

/** What is read of the kinds that may be owed, or follows from the journal. Nothing else is ever owed. */
const ofOwed = [
  "findCoupons",
  "listUserCoupons",
  "listWallet",
  "userCoupon",
  "findUserCoupons",
  "listWallets",
  "listWalletCoupons",
  "listHolders",
  "listUserCouponsOver",
  "nextEnds",
  "readJournal",
  "listJournal",
  "listHistory",
  "journalEnd",
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
      const page = await first.readBeside(() => tables.listCoupons(appid, offset, limit));
      if (owed.entries === 0) return page;
      const entries = page.entries.map(({ coupon, stock }) => ({
        coupon,
        stock: owed.stock(appid, coupon.outCouponId) ?? stock,
      }));
      return { ...page, entries };
    },
  };
}
