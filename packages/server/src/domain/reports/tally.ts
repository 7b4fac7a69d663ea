import { dayOf } from "../day.ts";
import type { Order, OrderLine, Stock, UserCoupon, UserCouponStatus } from "../records.ts";
import type { Step } from "../working-copy.ts";

/** What is counted of a coupon, or of the whole shop. Money is fen. */
export type Counts = {
  /** Given to people. */
  claimed: number;
  redeemed: number;
  /** Used ones that came back. */
  returned: number;
  expired: number;
  /** Given up or taken back. */
  givenUp: number;
  /** Orders that were redeemed, each once however many of the coupon are on it. */
  orders: number;
  /** What was taken off such orders. */
  discount: number;
  /** What was paid for all lines of such orders. */
  turnover: number;
  /** What was paid back of such orders. */
  refunded: number;
};

/** What happened on a day of the shop: see {@link dayOf}. */
export type Tally = { appid: string; day: number; outCouponId: string } & Counts;

/** An app in the journal that tells what was counted of it before. */
type Restored = { reports?: readonly Omit<Tally, "appid">[] };

/** Stands for all coupons of a shop, in the place of an `outCouponId`. */
export const WHOLE_SHOP = "";

const nothing: Counts = {
  claimed: 0,
  redeemed: 0,
  returned: 0,
  expired: 0,
  givenUp: 0,
  orders: 0,
  discount: 0,
  turnover: 0,
  refunded: 0,
};
export const countNames = Object.keys(nothing) as (keyof Counts)[];

/** An entry of the journal, as far as it is counted. */
type Entry = { appid: string; at: number; command: string; steps: readonly Step[] };

/** Under what a status is counted that a user coupon comes to. */
const countedAs = { used: "redeemed", expired: "expired", given_up: "givenUp" } as const;

/** What a shop that is imported tells happened elsewhere, on a day that it does not tell: it is not counted (our decision). */
const isImport = (command: string): boolean => command === "importCoupon" || command === "importUserCoupon";

/** Adds up what journal entries count, by app, day and coupon, and for each whole shop. */
export class Tallies {
  readonly #tallies = new Map<string, Tally>();

  /** All that was counted, in no order. */
  get all(): Tally[] {
    return [...this.#tallies.values()];
  }

  /** Counts an entry. Those of claims are cheap, because they are most. */
  add(entry: Entry): void {
    const { appid, at, command, steps } = entry;
    if (isImport(command)) return;
    if (command === "loadSandbox") {
      this.#takeOver(entry);
      return;
    }
    const day = dayOf(at);
    const count: Count = (outCouponId, name, by = 1) => {
      if (by === 0) return;
      this.#of(appid, day, outCouponId)[name] += by;
      if (!ofOrders.has(name)) this.#of(appid, day, WHOLE_SHOP)[name] += by;
    };
    for (const { record, before, after } of steps) {
      if (record === "userCoupon") countUserCoupon(before as UserCoupon | null, after as UserCoupon, steps, count);
      if (record === "order") countOrder(before as Order | null, after as Order, count);
    }
  }

  /** A state that is loaded tells what was counted until it was saved; its records tell no day of what became of them. */
  #takeOver({ appid, steps }: Entry): void {
    for (const { day, outCouponId, ...counts } of steps.flatMap(({ after }) => (after as Restored).reports ?? [])) {
      const tally = this.#of(appid, day, outCouponId);
      for (const name of countNames) tally[name] += counts[name];
    }
  }

  #of(appid: string, day: number, outCouponId: string): Tally {
    const key = `${appid}\0${day}\0${outCouponId}`;
    let tally = this.#tallies.get(key);
    if (!tally) {
      tally = { appid, day, outCouponId, ...nothing };
      this.#tallies.set(key, tally);
    }
    return tally;
  }
}

/** Counts one or more of a coupon, and of its shop too unless it is of an order, which counts once for the shop. */
type Count = (outCouponId: string, name: keyof Counts, by?: number) => void;
const ofOrders: ReadonlySet<keyof Counts> = new Set(["orders", "discount", "turnover", "refunded"]);

function countUserCoupon(before: UserCoupon | null, after: UserCoupon, steps: readonly Step[], count: Count): void {
  const { outCouponId, status } = after;
  if (before === null) {
    if (!isTaken(outCouponId, steps)) return;
    count(outCouponId, "claimed");
  } else if (before.status === status) return;
  else if (before.status === "used") count(outCouponId, "returned");
  const name = (countedAs as Partial<Record<UserCouponStatus, keyof Counts>>)[status];
  if (name) count(outCouponId, name);
}

/** Whether an entry took one of a coupon's stock. */
const isTaken = (outCouponId: string, steps: readonly Step[]): boolean =>
  steps.some(
    ({ record, before, after }) =>
      record === "stock" &&
      (after as Stock).outCouponId === outCouponId &&
      before !== null &&
      (after as Stock).claimed > (before as Stock).claimed,
  );

function countOrder(before: Order | null, after: Order, count: Count): void {
  const { coupons, lines, returns, redeemedAt } = after;
  const names = [WHOLE_SHOP, ...new Set(coupons.map(({ outCouponId }) => outCouponId))];
  if (redeemedAt !== null && (before?.redeemedAt ?? null) === null) {
    for (const name of names) {
      count(name, "orders");
      count(name, "turnover", sumOf(lines, paidFor));
    }
    count(
      WHOLE_SHOP,
      "discount",
      sumOf(lines, ({ discount }) => discount),
    );
    for (const { outCouponId, parts } of coupons)
      count(
        outCouponId,
        "discount",
        sumOf(parts, (part) => part),
      );
  }
  const back = returns.slice(before?.returns.length ?? 0).flatMap((one) => one.lines);
  const refunded = sumOf(back, ({ amount }) => amount);
  for (const name of names) count(name, "refunded", refunded);
}

/** What was paid for all items of a line, fen. */
const paidFor = ({ price, quantity, discount }: OrderLine): number => price * quantity - discount;

const sumOf = <T>(all: readonly T[], amount: (one: T) => number): number =>
  all.reduce((sum, one) => sum + amount(one), 0);
