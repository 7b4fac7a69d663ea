import { beforeEach, describe, expect, it } from "vitest";
import { CouponPages, type PageEncoding } from "../../src/service/coupon-pages.ts";
import type { Store } from "../../src/store/store.ts";
import { aCoupon, anApp, aStock, put } from "../../testing/records.ts";
import { openTestStore } from "../../testing/stores.ts";

/** Writes an entry as `id:remaining`, so that a stale one shows. */
const encoding: PageEncoding = {
  entry: ({ coupon, stock }) => Buffer.from(`${coupon.outCouponId}:${stock?.remaining ?? "-"}`),
  page: (total, entries) => Buffer.from(`${total}|${entries.map(String).join(",")}`),
};

describe("pages of coupons", () => {
  let store: Store;
  let reads: [number, number][];
  let revision: number;
  let pages: CouponPages;
  const coupons = Array.from({ length: 6 }, (_, i) => aCoupon("a", `c${i}`, i));
  const page = async (offset: number, limit: number) => String(await pages.page("a", offset, limit));

  beforeEach(async () => {
    const opened = (await openTestStore("memory")).store;
    reads = [];
    revision = 0;
    store = {
      ...opened,
      foreignRevision: async () => revision,
      listCoupons(appid, offset, limit) {
        if (limit > 0) reads.push([offset, limit]);
        return opened.listCoupons(appid, offset, limit);
      },
    };
    await put(store, { record: "app", value: anApp("a") });
    for (const value of coupons) await put(store, { record: "coupon", value });
    pages = new CouponPages(store, encoding);
  });

  /** Commits a stock as the ledger does: saved, then told. */
  async function restock(position: number, remaining: number) {
    const value = aStock(coupons[position] as (typeof coupons)[0], { remaining });
    await put(store, { record: "stock", value });
    pages.forget([{ record: "stock", value, fresh: false }]);
  }

  it("are read once and then kept", async () => {
    expect(await page(1, 3)).toBe("6|c1:-,c2:-,c3:-");
    expect(await page(1, 3)).toBe("6|c1:-,c2:-,c3:-");
    expect(await page(2, 2)).toBe("6|c2:-,c3:-");
    expect(reads).toEqual([[1, 3]]);
  });

  it("are read once for all who ask meanwhile, and again for those who ask after a change", async () => {
    const before = [page(0, 6), page(0, 6), page(0, 6)];
    await restock(1, 7);
    const after = [page(0, 6), page(0, 6)];
    await Promise.all(before);
    for (const told of await Promise.all(after)) expect(told).toBe("6|c0:-,c1:7,c2:-,c3:-,c4:-,c5:-");
    expect(reads.length).toBeLessThanOrEqual(2);
  });

  it("read again exactly what changed", async () => {
    await page(0, 6);
    await restock(1, 7);
    await restock(4, 8);
    await restock(5, 9);
    reads.length = 0;
    expect(await page(0, 6)).toBe("6|c0:-,c1:7,c2:-,c3:-,c4:8,c5:9");
    expect(reads).toEqual([
      [1, 1],
      [4, 2],
    ]);
  });

  it("show a new coupon and the new total", async () => {
    expect(await page(5, 5)).toBe("6|c5:-");
    const value = aCoupon("a", "c6", 6);
    await put(store, { record: "coupon", value });
    pages.forget([{ record: "coupon", value, fresh: true }]);
    expect(await page(5, 5)).toBe("7|c5:-,c6:-");
  });

  it("are empty past the end, with the true total", async () => {
    expect(await page(6, 5)).toBe("6|");
    expect(await page(2 ** 31 - 1, 200)).toBe("6|");
  });

  it("forget everything when another process may have written", async () => {
    await page(0, 2);
    await put(store, { record: "stock", value: aStock(coupons[0] as (typeof coupons)[0], { remaining: 3 }) });
    expect(await page(0, 2)).toBe("6|c0:-,c1:-");
    revision++;
    expect(await page(0, 2)).toBe("6|c0:3,c1:-");
  });

  it("never keep what a commit overtook while it was read", async () => {
    const list = store.listCoupons;
    let overtake = true;
    store.listCoupons = async (...range) => {
      const read = await list(...range);
      if (overtake && range[2] > 0) {
        overtake = false;
        await restock(0, 5);
      }
      return read;
    };
    expect(await page(0, 1)).toBe("6|c0:-");
    expect(await page(0, 1)).toBe("6|c0:5");
  });

  it("of one app tell nothing of another's", async () => {
    await put(store, { record: "coupon", value: aCoupon("b", "c0", 0) });
    expect(String(await pages.page("b", 0, 9))).toBe("1|c0:-");
    expect(String(await pages.page("nobody", 0, 9))).toBe("0|");
  });
});
