import { expect, it } from "vitest";
import type { StoredRecord } from "../../src/domain/records.ts";
import { WorkingCopy } from "../../src/domain/working-copy.ts";
import { aCoupon, aHold, aStock, aUserCoupon } from "../../testing/records.ts";

const coupon = aCoupon("a", "c", 0);
const stock = aStock(coupon);
const held = (id: string, slot: number): StoredRecord => ({
  record: "userCoupon",
  value: aUserCoupon(coupon, "o", id, slot),
});

/** What a transaction was told of a person who has two of a coupon, and holds no more. */
function aCopy(): WorkingCopy {
  const records = new WorkingCopy();
  records.provide("coupon", ["a", "c"], coupon);
  records.provide("stock", ["a", "c"], stock);
  for (const id of ["1", "2"]) records.provide("userCoupon", ["a", "c", id], undefined);
  records.provideCount("walletSize", ["a", "o"], 2);
  records.provideCount("given", ["a", "c", "o"], 2);
  records.provideHoldsOf(["a", "c", "o"], []);
  records.provide("hold", ["a", "r"], undefined);
  return records;
}

const counts = (records: WorkingCopy) => [records.walletSize("a", "o"), records.given("a", "c", "o")];

it("what no key named cannot be read, whatever else was told of the app", () => {
  const records = aCopy();
  expect(() => records.claim("a", "r")).toThrow("a rule read a record its command did not name: claim a r");
  expect(() => records.userCoupon("a", "c", "3")).toThrow("userCoupon a c 3");
  expect(() => records.userCoupon("a", "d", "1")).toThrow("userCoupon a d 1");
  expect(() => records.catalogueSize("a")).toThrow("catalogueSize a");
  expect(() => records.coupon("b", "c")).toThrow("coupon b c");
  expect(() => records.write([held("3", 2)])).toThrow("userCoupon a c 3");
  expect(records.changes).toEqual([]);
});

it("apps with the same ids are told apart, in whatever order they are asked for", () => {
  const records = aCopy();
  records.provide("coupon", ["b", "c"], undefined);
  expect(records.coupon("a", "c")).toBe(coupon);
  expect(records.coupon("b", "c")).toBeUndefined();
  expect(records.coupon("a", "c")).toBe(coupon);
  expect(() => records.stock("b", "c")).toThrow("did not name");
  expect(records.knows({ need: "coupon", appid: "b", outCouponId: "c" })).toBe(true);
  expect(records.knows({ need: "coupon", appid: "b", outCouponId: "d" })).toBe(false);
});

it("a record that is written twice is one change, fresh as it was first, as it is last", () => {
  const records = aCopy();
  records.write([held("1", 2)]);
  const used: StoredRecord = { record: "userCoupon", value: aUserCoupon(coupon, "o", "1", 2, { status: "used" }) };
  const [step] = records.write([used]);
  expect(step).toEqual({ record: "userCoupon", before: held("1", 2).value, after: used.value });
  expect(records.changes).toEqual([{ ...used, fresh: true }]);
  expect(counts(records)).toEqual([3, 3]);
});

it("what is written to a fork is seen below once it is adopted, and not before", () => {
  const records = aCopy();
  records.write([held("1", 2), { record: "stock", value: { ...stock, remaining: 8 } }]);
  const fork = records.fork();
  fork.write([held("2", 3), { record: "stock", value: { ...stock, remaining: 7 } }]);
  fork.write([{ record: "hold", value: aHold(coupon, "o", "r") }]);
  expect(counts(fork)).toEqual([4, 4]);
  expect(fork.holdsOf("a", "c", "o")).toHaveLength(1);
  expect(counts(records)).toEqual([3, 3]);
  expect(records.stock("a", "c")?.remaining).toBe(8);
  expect(records.userCoupon("a", "c", "2")).toBeUndefined();
  expect(records.holdsOf("a", "c", "o")).toEqual([]);
  expect(records.changes).toHaveLength(2);
  records.adopt(fork);
  expect(counts(records)).toEqual([4, 4]);
  expect(records.holdsOf("a", "c", "o")).toHaveLength(1);
  expect(records.changes.map(({ record, fresh }) => [record, fresh])).toEqual([
    ["userCoupon", true],
    ["stock", false],
    ["userCoupon", true],
    ["hold", true],
  ]);
  expect(records.changes[1]?.value).toMatchObject({ remaining: 7 });
});

it("the entry is noted of what it recorded, and of nothing that it changed", () => {
  const records = aCopy();
  const recorded = records.write([held("1", 2)]);
  records.recordedIn(7, recorded);
  records.recordedIn(8, records.write([held("1", 2), { record: "stock", value: stock }]));
  expect(records.changes.map(({ entry }) => entry)).toEqual([7, undefined]);
});
