import { openStore } from "../src/cli/data.ts";
import type { Change } from "../src/domain/working-copy.ts";
import { aClaim, aCoupon, aUserCoupon } from "../testing/records.ts";
import { progress } from "./progress.ts";
import { couponId, type Place, shop } from "./shop.ts";

const PEOPLE = 100_000;
const RECORDS_TOGETHER = 20_000;
const BEGAN = 1_780_000_000;

/** The openid of one of so many people, by five digits that count them. */
export const oneOfManyPeople = (digits: string) => `o-one-of-100000-people-${digits}`;

/**
 * Has so many user coupons claimed of a shop's first `coupons`, evenly by all people, with random requests. They are saved
 * through the store itself, in the order of their requests and of people: that is what makes two million a matter of a minute.
 */
export async function holdAlready(place: Place, coupons: number, userCoupons: number): Promise<void> {
  const defaults = { dataDir: "", databaseConnections: 1, statementTimeout: 60_000 };
  const { store } = await openStore({ ...defaults, ...place }, { mayCreate: false });
  const all = Array.from({ length: coupons }, (_, position) => aCoupon(shop.appid, couponId(position), position));
  const keys = all.map(({ appid, outCouponId }) => ({ need: "coupon" as const, appid, outCouponId }));
  const bar = progress(`${userCoupons.toLocaleString("en")} user coupons`, userCoupons);
  const each = userCoupons / PEOPLE;
  for (let from = 0; from < userCoupons; from += RECORDS_TOGETHER) {
    const changes: Change[] = [];
    for (let nth = from; nth < Math.min(from + RECORDS_TOGETHER, userCoupons); nth++) {
      const [person, slot] = [Math.floor(nth / each), nth % each];
      const coupon = all[(person * 7 + Math.floor((slot * coupons) / each)) % coupons] as (typeof all)[number];
      const openid = oneOfManyPeople(String(person).padStart(5, "0"));
      const id = `0198c0de-0000-7000-8000-${hex(nth, 12)}`;
      const value = aUserCoupon(coupon, openid, id, slot, { createdAt: BEGAN, updatedAt: BEGAN, receivedAt: BEGAN });
      const request = `${hex(Math.floor((nth / userCoupons) * 2 ** 32), 8)}-0000-4000-8000-${hex(nth, 12)}`;
      changes.push(
        { record: "userCoupon", value, fresh: true },
        { record: "claim", value: aClaim(value, request), fresh: true },
      );
    }
    await store.transact(keys, () => ({ changes, journal: [] }));
    bar.at(Math.min(from + RECORDS_TOGETHER, userCoupons));
  }
  bar.done();
  await store.close();
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
