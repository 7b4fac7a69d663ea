import { expect, it } from "vitest";
import { type Command, decide, needsOf } from "../../src/domain/decide.ts";
import { isRefusal, type RefusalCode } from "../../src/domain/outcome.ts";
import { idsOf, type RecordKey, type StoredRecord } from "../../src/domain/records.ts";
import { WorkingCopy } from "../../src/domain/working-copy.ts";

/** What a rule comes to: a refusal, nothing to write, or what differs in each record after it (of a new one: all). */
type Then = RefusalCode | "nothing" | Partial<Record<StoredRecord["record"], object>>;

/** Given records; when, in Unix seconds, which command; then what. */
export type Row = [name: string, given: StoredRecord[], at: number, when: Command, then: Then];

/** Holds a rule to a table of cases: it is given exactly what it says it needs, and nothing else. */
export const holds = (rows: Row[]): void =>
  it.each(rows)("%s", (_, given, at, when, then) => {
    const records = new WorkingCopy();
    for (const key of needsOf(when)) provide(records, key, given);
    const outcome = decide(when, records, at);
    if (isRefusal(outcome)) return expect(outcome.refused).toBe(then);
    const steps = records.write(outcome.writes);
    expect(new Set(steps.map(({ record }) => record)).size, "a table tells one record of a kind").toBe(steps.length);
    const changed = steps.map(({ record, before, after }) => [record, differing(before ?? {}, after)]);
    expect(steps.length === 0 ? "nothing" : Object.fromEntries(changed)).toEqual(then);
  });

const differing = (before: object, after: object) =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof object]),
    ),
  );

/** Tells a working copy all that the given records say of a key. */
function provide(records: WorkingCopy, key: RecordKey, given: StoredRecord[]): void {
  const ids = idsOf(key);
  const userCoupons = given.flatMap((one) => (one.record === "userCoupon" ? [one.value] : []));
  if (key.need === "catalogueSize") {
    records.provideCount(key.need, ids, given.filter(({ record }) => record === "coupon").length);
  } else if (key.need === "walletSize" || key.need === "given") {
    records.provideCount(key.need, ids, userCoupons.filter((one) => isOf(key, one)).length);
  } else if (key.need === "holdsOf") {
    const holds = given.flatMap((one) => (one.record === "hold" && isOf(key, one.value) ? [one.value] : []));
    records.provideHoldsOf([key.appid, key.outCouponId, key.openid], holds);
  } else if (key.need === "operators") {
    records.provideOperators(
      key.appid,
      given.flatMap((one) => (one.record === "operator" && isOf(key, one.value) ? [one.value] : [])),
    );
  } else if (key.need === "persons") {
    records.providePersons(
      key.appid,
      given.flatMap((one) => (one.record === "person" && isOf(key, one.value) ? [one.value] : [])),
    );
  } else {
    const find = (record: StoredRecord["record"]) =>
      given.find((one) => one.record === record && isOf(key, one.value))?.value;
    if (key.need === "coupon") records.provide("stock", ids, find("stock"));
    records.provide(key.need, ids, find(key.need));
  }
}

/** Whether a record has the ids that a key names. */
const isOf = ({ need: _, ...ids }: RecordKey, value: object): boolean =>
  Object.entries(ids).every(([name, id]) => value[name as keyof object] === id);
