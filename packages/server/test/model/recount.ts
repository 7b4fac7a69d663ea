import type { Order, Stock, UserCoupon } from "../../src/domain/records.ts";

/** A record that an entry changed: as it was before the entry, and after it. */
export type Touched = { record: string; before: object | null; after: object };

/** Which counts are told of a coupon, in this order. */
const names = "claimed redeemed returned expired givenUp orders discount turnover refunded".split(" ");

/** What happened elsewhere, and what sets a stock whatever it was. */
const uncounted = ["importCoupon", "importUserCoupon", "restock"];

/**
 * Counts by day and coupon what a journal tells, from the records that each entry leaves and not as the ledger does:
 * claims by what was taken from stocks, orders by their lines.
 */
export class Recount {
  private readonly counts = new Map<string, number>();

  add(at: number, command: string, touched: readonly Touched[]): void {
    if (uncounted.includes(command)) return;
    const day = new Date((at + 8 * 3600) * 1000).toISOString().slice(0, 10);
    const count = (outCouponId: string, name: string, by: number) => {
      const key = JSON.stringify([day, outCouponId, name]);
      if (by !== 0) this.counts.set(key, (this.counts.get(key) ?? 0) + by);
    };
    const both = (outCouponId: string, name: string, by = 1) => {
      count(outCouponId, name, by);
      count("", name, by);
    };
    const claimed = touched.some(({ record, before }) => record === "userCoupon" && before === null);
    for (const { record, before, after } of touched) {
      if (record === "stock" && before && claimed)
        both((after as Stock).outCouponId, "claimed", (after as Stock).claimed - (before as Stock).claimed);
      if (record === "userCoupon") countStatus(before as UserCoupon | null, after as UserCoupon, both);
      if (record === "order") countOrder(before as Order | null, after as Order, count);
    }
  }

  /** Every count that is not 0, a line each. */
  get lines(): string[] {
    return [...this.counts].map(([key, count]) => `${key} ${count}`).toSorted();
  }
}

/** The same of what a store keeps. */
export const linesOfTallies = (tallies: readonly { day: number; outCouponId: string }[]): string[] =>
  tallies
    .flatMap((tally) => {
      const day = new Date(tally.day * 86_400_000).toISOString().slice(0, 10);
      return names.flatMap((name) => {
        const count = (tally as unknown as Record<string, number>)[name];
        return count === 0 ? [] : [`${JSON.stringify([day, tally.outCouponId, name])} ${count}`];
      });
    })
    .toSorted();

type Count = (outCouponId: string, name: string, by: number) => void;

function countStatus(before: UserCoupon | null, { outCouponId, status }: UserCoupon, both: Count): void {
  const was = before?.status ?? "effective";
  if (was === status) return;
  if (was === "used") both(outCouponId, "returned", 1);
  const name = { used: "redeemed", expired: "expired", given_up: "givenUp", effective: "" }[status];
  if (name) both(outCouponId, name, 1);
}

function countOrder(before: Order | null, after: Order, count: Count): void {
  const coupons = new Set(["", ...after.coupons.map(({ outCouponId }) => outCouponId)]);
  const off = (of: string) =>
    after.coupons
      .filter(({ outCouponId }) => of === "" || outCouponId === of)
      .flatMap(({ parts }) => parts)
      .reduce((sum, part) => sum + part, 0);
  const paid = after.lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) - off("");
  const refunds = (order: Order | null) =>
    (order?.returns ?? []).flatMap(({ lines }) => lines).reduce((sum, { amount }) => sum + amount, 0);
  const isNew = after.redeemedAt !== null && before?.status !== "redeemed" && after.status === "redeemed";
  for (const outCouponId of coupons) {
    if (isNew) {
      count(outCouponId, "orders", 1);
      count(outCouponId, "discount", off(outCouponId));
      count(outCouponId, "turnover", paid);
    }
    count(outCouponId, "refunded", refunds(after) - refunds(before));
  }
}
