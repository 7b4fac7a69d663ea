import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CouponEntry, UserCoupon } from "../src/index.ts";
import { openShop, type Shop, userCoupon } from "./support/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  for (let n = 0; n < 23; n++) await shop.addCoupon(`c${n}`, { total_num: 1000 });
});
afterAll(() => shop.close());

async function collected<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const all: Entry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

const ids = (entries: CouponEntry[]) => entries.map(({ coupon }) => coupon.out_coupon_id);
const all = Array.from({ length: 23 }, (_, n) => `c${n}`);

describe("coupons()", () => {
  it.each([1, 7, 23, 24, undefined])("gives every coupon once, in pages of %s", async (pageSize) => {
    expect(ids(await collected(shop.client.coupons({ pageSize })))).toEqual(all);
  });

  it("fetches a page when it is needed, and no more once the loop is left", async () => {
    const before = shop.paths().length;
    for await (const { coupon } of shop.client.coupons({ pageSize: 5 })) if (coupon.out_coupon_id === "c7") break;
    expect(shop.paths().slice(before)).toEqual(["/shop/coupon/get_list", "/shop/coupon/get_list"]);
  });

  it("gives what was added meanwhile too", async () => {
    const seen: string[] = [];
    for await (const { coupon } of shop.client.coupons({ pageSize: 10 })) {
      if (seen.length === 3) await shop.addCoupon("late");
      seen.push(coupon.out_coupon_id);
    }
    expect(seen).toEqual([...all, "late"]);
  });

  it("throws what a page throws, in the loop", async () => {
    const walking = collected(shop.client.coupons({ pageSize: 201 }));
    await expect(walking).rejects.toMatchObject({ code: 990005, field: "page_size", call: "get_list" });
    const aborted = collected(shop.client.coupons({ signal: AbortSignal.abort() }));
    await expect(aborted).rejects.toMatchObject({ kind: "aborted" });
  });
});

describe("userCoupons()", () => {
  const given = (entries: UserCoupon[]) => entries.map((entry) => entry.out_user_coupon_id);
  const give = (openid: string, id: string) => shop.client.add_user_coupon(userCoupon(openid, "c0", id));
  beforeAll(() => shop.client.update_status({ out_coupon_id: "c0", status: 2 }));

  it("gives every coupon of a person once, newest first", async () => {
    for (let n = 0; n < 12; n++) await give("holder", `u${n}`);
    const expected = Array.from({ length: 12 }, (_, n) => `u${11 - n}`);
    for (const pageSize of [1, 5, 12, undefined])
      expect(given(await collected(shop.client.userCoupons("holder", { pageSize })))).toEqual(expected);
    expect(await collected(shop.client.userCoupons("nobody"))).toEqual([]);
  });

  it.each([1, 2, 3, 8, 40])("gives none twice and misses none where %s are given meanwhile", async (more) => {
    const openid = `busy-${more}`;
    for (let n = 0; n < 10; n++) await give(openid, `${openid}-${n}`);
    const seen: string[] = [];
    for await (const { out_user_coupon_id } of shop.client.userCoupons(openid, { pageSize: 3 })) {
      if (seen.length === 2) for (let n = 0; n < more; n++) await give(openid, `${openid}-late-${n}`);
      seen.push(out_user_coupon_id);
    }
    expect(seen).toEqual(Array.from({ length: 10 }, (_, n) => `${openid}-${9 - n}`));
  });
});
