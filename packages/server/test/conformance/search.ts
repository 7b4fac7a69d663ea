import { expect, it } from "vitest";
import type { CouponFilters, CouponPlace } from "../../src/domain/catalogue/search.ts";
import type { Coupon } from "../../src/domain/records.ts";
import type { Store } from "../../src/store/store.ts";
import { aCoupon, aStock, awkward, put } from "../../testing/records.ts";

/** The ids of all pages of a search, and how many pages there were. */
async function walk(store: Store, filters: CouponFilters, limit: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let after: CouponPlace | null = null;
  for (let pages = 1; ; pages++) {
    const { entries, next }: Awaited<ReturnType<Store["findCoupons"]>> = await store.findCoupons(
      "a",
      filters,
      after,
      limit,
    );
    expect(entries.length).toBeLessThanOrEqual(limit);
    ids.push(...entries.map(({ coupon }) => coupon.outCouponId));
    if (next === null) return { ids, pages };
    after = next;
  }
}

/** Names in the order of their code points, which is not that of UTF-16: the emoji come after the private use area. */
const names = [
  "",
  "%",
  "%_",
  "A",
  "_",
  "a",
  "a\tb",
  "a b",
  "ab",
  "abc",
  "ab\u{10FFFF}",
  "ab\u{10FFFF}\u{10FFFF}z",
  "b",
  "\uD7FF",
  "é",
  "满100减15",
  "满减",
  "\uE000",
  "\uFF05",
  "🎟️ 券",
  "🎟️ 券 2",
].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** What the port promises of its search, asked of the store that a test is given. */
export function search(store: () => Store): void {
  it("searches coupons by status, kind and the beginning of the name, page by page", async () => {
    const statuses = ["draft", "active", "void"] as const;
    const kinds = ["shop_flat_discount", "product_trade_in"] as const;
    const coupons = Array.from({ length: 24 }, (_, i) =>
      aCoupon("a", `c${i}`, i, {
        status: statuses[i % 3] ?? "draft",
        kind: kinds[i % 2] ?? "product_trade_in",
        document: JSON.stringify(i === 23 ? {} : { name: `${i % 4 === 0 ? "Sale" : "sale"} ${i % 5}` }),
      }),
    );
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    const stock = aStock(coupons[1] as Coupon);
    await put(store(), { record: "stock", value: stock });
    await put(store(), { record: "coupon", value: aCoupon("b", "other", 0, { document: '{"name":"sale 0"}' }) });
    const nameOf = ({ document }: Coupon) => JSON.parse(document).name ?? "";
    for (const status of [undefined, ...statuses, "expired" as const])
      for (const kind of [undefined, ...kinds, "product_buy_and_get" as const])
        for (const namePrefix of [undefined, "s", "sale 1", "Sale", "SALE", "sale 1 "]) {
          const fitting = coupons.filter(
            (one) =>
              (status === undefined || one.status === status) &&
              (kind === undefined || one.kind === kind) &&
              (namePrefix === undefined || nameOf(one).startsWith(namePrefix)),
          );
          const byName = (a: Coupon, b: Coupon) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);
          const sorted = namePrefix === undefined ? fitting.toReversed() : fitting.toSorted(byName);
          for (const limit of [1, 4, 99]) {
            const { ids } = await walk(store(), { status, kind, namePrefix }, limit);
            expect(ids, JSON.stringify({ status, kind, namePrefix, limit })).toEqual(
              sorted.map(({ outCouponId }) => outCouponId),
            );
          }
        }
    const after = { name: "", position: 2 };
    const page = await store().findCoupons("a", { status: "active" }, after, 9);
    expect(page).toEqual({ entries: [{ coupon: coupons[1], stock }], next: null });
    expect(await store().findCoupons("nobody", {}, null, 9)).toEqual({ entries: [], next: null });
  });

  it("finds a coupon under the status and the name that it has now", async () => {
    const draft = aCoupon("a", "c", 0, { status: "draft", document: '{"name":"before"}' });
    await put(store(), { record: "coupon", value: draft });
    await put(store(), { record: "coupon", value: { ...draft, status: "active", document: '{"name":"after"}' } });
    const found = async (filters: CouponFilters) => (await walk(store(), filters, 9)).ids;
    expect(await found({ namePrefix: "before" })).toEqual([]);
    expect(await found({ status: "draft" })).toEqual([]);
    expect(await found({ namePrefix: "after", status: "active" })).toEqual(["c"]);
  });

  it("compares names by their code points, and takes no character of one for another", async () => {
    const shuffled = names.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1));
    const coupons = shuffled.map((name, i) => aCoupon("a", name || "none", i, { document: JSON.stringify({ name }) }));
    const broken = ["\uD800", "\0"].map((name, i) =>
      aCoupon("a", `broken ${i}`, names.length + i, { document: JSON.stringify({ name, awkward }) }),
    );
    await put(store(), ...[...coupons, ...broken].map((value) => ({ record: "coupon", value }) as const));
    const prefixes = names.flatMap((name) =>
      Array.from(name, (_, i) =>
        Array.from(name)
          .slice(0, i + 1)
          .join(""),
      ),
    );
    for (const namePrefix of new Set([...prefixes, "\u{10FFFF}", "ab\u{10FFFE}", "\uD7FE"])) {
      const { ids } = await walk(store(), { namePrefix }, 2);
      expect(ids, JSON.stringify(namePrefix)).toEqual(
        names.filter((name) => name !== "" && name.startsWith(namePrefix)),
      );
    }
    expect((await walk(store(), { namePrefix: "\uFFFD" }, 9)).ids).toEqual(["broken 0", "broken 1"]);
  });

  it("goes on where a page came short because what it looked at was not what is sought", async () => {
    const coupons = Array.from({ length: 2100 }, (_, i) =>
      aCoupon("a", `c${i}`, i, {
        status: i === 3 || i === 2099 ? "draft" : "active",
        document: `{"name":"n${String(i).padStart(4, "0")}"}`,
      }),
    );
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    for (const limit of [1, 9]) {
      const both = await walk(store(), { status: "draft", kind: "shop_flat_discount" }, limit);
      expect(both.ids).toEqual(["c2099", "c3"]);
      const named = await walk(store(), { status: "draft", namePrefix: "n" }, limit);
      expect(named.ids).toEqual(["c3", "c2099"]);
      expect(Math.max(both.pages, named.pages)).toBeLessThanOrEqual(4);
    }
  });
}
